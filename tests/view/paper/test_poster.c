/* view/poster, view/qr: addresses, symbols and sheets. */
#include "tests/support/check.h"

#include <qrencode.h>

#include "base/pool.h"
#include "view/paper/poster.h"
#include "view/paper/qr.h"

static struct text out = TEXT_INIT;

static struct pool pool;

static const char *
url(const char *base, const char *code)
{
	struct err err = { 0 };

	text_reset(&out);
	if (poster_url(&out, base, code, &err) != 0)
		fail_msg("%s", err.text);
	return text_str(&out);
}

static void
refused(const char *base, const char *code, const char *names)
{
	struct err err = { 0 };

	text_reset(&out);
	assert_int_equal(poster_url(&out, base, code, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_int_equal(out.n, 0);
	if (strstr(err.text, names) == NULL)
		fail_msg("\"%s\" does not name \"%s\"", err.text, names);
}

static void
an_address_is_upper_case_throughout(void **state)
{
	(void)state;
	assert_string_equal(url("https://zl.wafangdian.gov.cn", "7K3M9P"),
		"HTTPS://ZL.WAFANGDIAN.GOV.CN/Q/7K3M9P");
	assert_string_equal(url("http://localhost:8080/", "7k3m9p"),
		"HTTP://LOCALHOST:8080/Q/7K3M9P");
}

static void
what_a_symbol_cannot_hold_is_named(void **state)
{
	(void)state;
	refused("https://zl_w.gov.cn", "7K3M9P", "_");
	refused("https://a.cn/?x=1&y", "7K3M9P", "?=&");
	refused("https://市.cn", "7K3M9P", "https://市.cn");
	refused("https://a.cn", "7K3M 9P", "7K3M 9P");
	refused("zl.wafangdian.gov.cn", "7K3M9P", "http");
	refused("ftp://a.cn", "7K3M9P", "http");
	refused("https://", "7K3M9P", "https://");
	refused("", "7K3M9P", "http");
	/* A path would be turned into capitals, which is another path. */
	refused("https://a.cn/survey", "7K3M9P", "/survey");
}

static const struct form form_b = { .id = "B",
	.title = { &languages_two, (const char *const[]){ "现场一分钟评价", "One-minute rating" } },
	.minutes = 1 };

static struct poster
poster_of(const char *code)
{
	return (struct poster){ .base_url = "https://zl.wafangdian.gov.cn", .code = code,
		.site_name = "瓦房店市政务服务中心", .window = "3号窗口", .city = "瓦房店市",
		.agency = "市场监督管理局", .table_number = "瓦质调01表",
		.approval = "瓦统制〔2024〕3号", .valid_until = "2025-12-31", .form = &form_b };
}

static void
the_same_sites_give_the_same_bytes(void **state)
{
	struct poster poster[2] = { poster_of("7K3M9P"), poster_of("7K3M9P") };
	struct text again = TEXT_INIT;
	struct err err = { 0 };

	(void)state;
	poster[1].demo = true;
	text_reset(&out);
	assert_int_equal(poster_pdf(&out, poster, 2, &err), 0);
	assert_int_equal(poster_pdf(&again, poster, 2, &err), 0);
	assert_memory_equal(out.s, "%PDF-", 5);
	assert_int_equal(out.n, again.n);
	assert_memory_equal(out.s, again.s, out.n);
	assert_null(memmem(out.s, out.n, "CreationDate", 12));
	text_clear(&again);
}

static void
unknown_facts_leave_no_hole_and_markup_is_words(void **state)
{
	struct poster bare = { .base_url = "http://localhost:8080", .code = "7K3M9P",
		.site_name = "<b>&amp;</b>", .form = &form_b };
	struct err err = { 0 };

	(void)state;
	text_reset(&out);
	assert_int_equal(poster_pdf(&out, &bare, 1, &err), 0);
	bare.site_name = NULL;
	assert_int_equal(poster_pdf(&out, &bare, 1, &err), 0);
}

static void
a_sheet_that_cannot_be_made_leaves_nothing(void **state)
{
	struct poster poster[2] = { poster_of("7K3M9P"), poster_of("7K3M9P") };
	struct err err = { 0 };

	(void)state;
	text_reset(&out);
	poster[1].base_url = "https://a_b.cn";
	assert_int_equal(poster_pdf(&out, poster, 2, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_int_equal(out.n, 0);
}

static int
done(void **state)
{
	(void)state;
	text_clear(&out);
	pool_clear(&pool);
	return 0;
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_address_is_upper_case_throughout),
		cmocka_unit_test(what_a_symbol_cannot_hold_is_named),
		cmocka_unit_test(the_same_sites_give_the_same_bytes),
		cmocka_unit_test(unknown_facts_leave_no_hole_and_markup_is_words),
		cmocka_unit_test(a_sheet_that_cannot_be_made_leaves_nothing),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, done);
}
