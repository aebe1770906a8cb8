/* tests/markup: the reader that judges our pages finds what it should. */
#include "tests/support/check.h"
#include "tests/support/markup.h"

#define PAGE(body) \
	"<!DOCTYPE html><html lang=\"en\"><head><title>t</title></head><body>" body "</body></html>"

static void
a_good_page_has_no_fault(void **state)
{
	const char *fault = markup_fault(PAGE("<h1>1</h1><form><fieldset><legend>q</legend>"
		"<label><input type=radio name=a value=1><b>1</b></label></fieldset><label"
		" for=\"x\">x</label><input id=\"x\" aria-describedby=\"y z\"><i id=\"y\"></i><i"
		" id=\"z\">&lt;</i><script defer src=\"/s/a.js\"></script><a"
		" href=\"#y\">y</a></form>"));

	(void)state;
	if (fault != NULL)
		fail_msg("%s", fault);
}

static void
every_fault_is_found(void **state)
{
	static const struct { const char *html, *says; } bad[] = {
		{ PAGE("<p><b></p>"), "</p> closes <b>" },
		{ PAGE("<p>"), "</body> closes <p>" },
		{ "<div><p></p>", "<div> is never closed" },
		{ PAGE(""), "0 h1" },
		{ PAGE("<h1>a</h1><h1>b</h1>"), "2 h1" },
		{ PAGE("<h1>a</h1><h3>b</h3>"), "h3 after h1" },
		{ "<p id=\"a\"></p><p id=\"a\"></p>", "id a twice" },
		{ "<p id=\"a\" id=\"b\"></p>", "id twice" },
		{ "<p title=\"a></p>", "does not end" },
		{ "<p title=a/b></p>", "not quoted" },
		{ "a & b", "bare &" },
		{ "&nbsp;", "bare &" },
		{ "a > b", "bare >" },
		{ "<p style=\"color:red\"></p>", "style" },
		{ "<p onclick=\"a()\"></p>", "onclick" },
		{ "<script>a()</script>", "script" },
		{ "<script src=\"a\">b()</script>", "script" },
		{ "<a href=\"#a\">a</a>", "the id a" },
		{ "<p aria-describedby=\"a\"></p>", "the id a" },
		{ "<label for=\"a\">a</label>", "the id a" },
		{ "<input id=\"a\">", "labels the control a" },
		{ "<input name=\"a\">", "without a label" },
		{ "<fieldset><p></p></fieldset>", "before the legend" },
		{ "<th>a</th>", "scope" },
		{ "<svg role=\"img\"><path/></svg>", "title" },
		{ "a\1b", "control character" },
		{ "a\xff", "UTF-8" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		const char *fault = markup_fault(bad[i].html);

		if (fault == NULL || strstr(fault, bad[i].says) == NULL)
			fail_msg("%s: \"%s\" instead of \"%s\"", bad[i].html,
				fault != NULL ? fault : "no fault", bad[i].says);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_good_page_has_no_fault),
		cmocka_unit_test(every_fault_is_found),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
