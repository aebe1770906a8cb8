/* A form file read: what ends up where. */
#include "tests/forms/forms.h"

#include "base/file.h"
#include "base/sha256.h"
#include "tests/forms/pool.h"

static void
the_file_is_kept_and_named_by_its_digest(void **state)
{
	const struct form *form = forms_load("A", &pool);
	const char *bytes;
	char hex[65];
	size_t n;

	(void)state;
	assert_int_equal(file_read(&bytes, &n, check_path("forms/questionnaires/A.json"), 0,
		&pool, NULL), 0);
	assert_int_equal(form->body_n, n);
	assert_memory_equal(form->body, bytes, n + 1);
	sha256_hex(hex, bytes, n);
	assert_string_equal(form->sha256, hex);
}

static void
a_byte_order_mark_is_allowed(void **state)
{
	const struct form *form = forms_load("B", &pool), *marked;
	char *bytes = pool_fmt(&pool, "\xef\xbb\xbf%s", form->body);
	struct err err = { 0 };

	(void)state;
	marked = form_parse(bytes, form->body_n + 3, "B.json", &pool, &err);
	assert_non_null(marked);
	assert_int_equal(marked->items, form->items);
	assert_string_not_equal(marked->sha256, form->sha256);
}

static void
a_form_outlives_the_bytes_it_came_from(void **state)
{
	const struct form *form = forms_load("C", &pool), *copy;
	char *bytes = malloc(form->body_n);
	struct err err = { 0 };

	(void)state;
	memcpy(bytes, form->body, form->body_n);
	copy = form_parse(bytes, form->body_n, "C.json", &pool, &err);
	assert_non_null(copy);
	memset(bytes, 'x', form->body_n);
	free(bytes);
	assert_string_equal(texts_for(&copy->title, LANG_ZH), "城市质量满意度调查");
	assert_string_equal(copy->body, form->body);
}

static void
conditions_of_groups_are_joined_to_their_items(void **state)
{
	const struct form *form = forms_load("A", &pool);
	const struct item *handled = forms_item(form, "handled"), *sat = forms_item(form, "sat");

	(void)state;
	assert_null(sat->relevant_source);
	assert_int_equal(sat->relevant.root->op, RELEVANT_NE);
	assert_string_equal(handled->relevant_source, "${problem} = '3'");
	assert_int_equal(handled->relevant.root->op, RELEVANT_AND);
	assert_null(forms_item(form, "sector")->relevant.root);
	assert_null(form->screen[0].relevant.root);
	assert_non_null(form->screen[1].relevant.root);
}

static void
a_choice_alone_in_one_question_is_not_alone_in_another(void **state)
{
	static const char body[] =
		"{\"settings\": {\"form_id\": \"T\", \"version\": \"1\","
		" \"title\": {\"zh\": \"试\", \"en\": \"T\"},\"population\": {\"zh\": \"人\","
		" \"en\": \"P\"}, \"minutes\": 0, \"seconds\": 5,"
		" \"mapping\": \"share\",\"consent\": {\"zh\": \"同意\", \"en\": \"C\"}},"
		" \"choices\": {\"l\": [{\"name\": \"a\", \"label\": {\"zh\": \"甲\","
		" \"en\": \"A\"}},{\"name\": \"none\", \"label\": {\"zh\": \"无\","
		" \"en\": \"N\"}}]}, \"survey\": [{\"type\": \"begin_group\","
		" \"name\": \"g\"},{\"type\": \"select_multiple l\", \"name\": \"x\","
		" \"label\": {\"zh\": \"问\", \"en\": \"X\"},\"constraint\": \"not(selected(.,"
		" 'none') and count-selected(.) > 1)\"},{\"type\": \"select_multiple l\","
		" \"name\": \"y\", \"label\": {\"zh\": \"问\", \"en\": \"Y\"}},"
		" {\"type\": \"end_group\"}]}";
	struct err err = { 0 };
	const struct form *form = form_parse(body, sizeof(body) - 1, "t", &pool, &err);

	(void)state;
	if (form == NULL)
		fail_msg("%s", err.text);
	assert_true(form_choice(&form->item[0], "none")->alone);
	assert_false(form_choice(&form->item[1], "none")->alone);
}

/* How the answers to a form sent by a page, or in the cells of a file, are met: its
 * issues, or what is stored. */
static void
filter_meets(const struct form *form, const char *sent, bool typed_up, const char *want)
{
	struct issue issue[ISSUES_MAX];
	struct text got = TEXT_INIT;
	struct answers a;
	struct response r;
	size_t n;

	assert_int_equal(answers_parse(&a, sent, strlen(sent), &pool, NULL), 0);
	a.typed_up = typed_up;
	n = form_accept(form, &r, issue, &a, NULL, &pool);
	for (size_t i = 0; i < n; i++)
		text_fmt(&got, "%s%s:%s", i > 0 ? " " : "", issue[i].name,
			issue_name(issue[i].code));
	if (n == 0)
		response_put_json(&got, &r);
	if (strcmp(text_str(&got), want) != 0)
		fail_msg("%s, %s: %s, want %s", sent, typed_up ? "file" : "page",
			text_str(&got), want);
	text_clear(&got);
}

static const struct form *
filtered_form(const char *required)
{
	const char *body = pool_fmt(&pool,
		"{\"settings\": {\"form_id\": \"T\", \"version\": \"1\","
		" \"title\": {\"zh\": \"试\", \"en\": \"T\"},\"population\": {\"zh\": \"人\","
		" \"en\": \"P\"}, \"minutes\": 0, \"seconds\": 5,"
		" \"mapping\": \"share\",\"consent\": {\"zh\": \"同意\", \"en\": \"C\"}},"
		" \"choices\": {\"l\": [{\"name\": \"a\", \"label\": {\"zh\": \"甲\","
		" \"en\": \"A\"}},{\"name\": \"b\", \"label\": {\"zh\": \"乙\", \"en\": \"B\"}}],"
		" \"m\": [{\"name\": \"1\", \"label\": {\"zh\": \"一\", \"en\": \"1\"},"
		" \"filter\": \"a\"},{\"name\": \"2\", \"label\": {\"zh\": \"二\", \"en\": \"2\"},"
		" \"filter\": \"b\"},{\"name\": \"3\", \"label\": {\"zh\": \"三\","
		" \"en\": \"3\"}}]}, \"survey\": [{\"type\": \"begin_group\","
		" \"name\": \"g\"},{\"type\": \"select_one l\", \"name\": \"x\","
		" \"label\": {\"zh\": \"问\", \"en\": \"X\"}},{\"type\": \"select_one m\","
		" \"name\": \"y\", \"label\": {\"zh\": \"问\", \"en\": \"Y\"},"
		" \"required\": %s,\"choice_filter\": \"filter = ${x}\"},"
		" {\"type\": \"end_group\"}]}", required);
	struct err err = { 0 };
	const struct form *form = form_parse(body, strlen(body), "t", &pool, &err);

	if (form == NULL)
		fail_msg("%s", err.text);
	return form;
}

/* A choice that x takes away was left behind on a page and is dropped there; in a
 * file it is a mistake. */
static void
a_filter_may_follow_a_question(void **state)
{
	static const struct { const char *sent, *page, *file; } tries[] = {
		{ "x=a&y=1", "[\"a\",1]", "[\"a\",1]" }, { "x=b&y=2", "[\"b\",2]", "[\"b\",2]" },
		{ "x=b&y=3", "[\"b\",3]", "[\"b\",3]" }, { "y=3", "[99,3]", "[99,3]" },
		{ "x=a&y=2", "[\"a\",99]", "y:choice" }, { "x=b&y=1", "[\"b\",99]", "y:choice" },
		{ "y=1", "[99,99]", "y:choice" }, { "x=a&y=2&y=1", "[\"a\",1]", "y:doubled" },
		/* what was never a choice is nobody's changed mind; what is offered must be one */
		{ "x=a&y=9", "y:choice", "y:choice" }, { "x=a&y=1&y=3", "y:doubled", "y:doubled" },
		/* what hangs on a faulty answer is not judged by it */
		{ "x=c&y=1", "x:choice", "x:choice" }, { "x=c&y=9", "x:choice", "x:choice" },
		{ "x=a&x=b&y=2", "x:doubled", "x:doubled" },
	};
	const struct form *form = filtered_form("false");

	(void)state;
	for (size_t i = 0; i < sizeof(tries) / sizeof(tries[0]); i++) {
		filter_meets(form, tries[i].sent, false, tries[i].page);
		filter_meets(form, tries[i].sent, true, tries[i].file);
	}
}

/* Dropping a choice leaves the question unanswered, and one that must be
 * answered is asked again. */
static void
what_a_filter_dropped_is_still_required(void **state)
{
	const struct form *form = filtered_form("true");

	(void)state;
	filter_meets(form, "x=a&y=2", false, "y:missing");
	filter_meets(form, "x=a&y=2", true, "y:choice");
	filter_meets(form, "x=a&y=2&y=3", false, "[\"a\",3]");
}

/* The manual's example is a form, and the manual names every word the loader knows. */
static void
the_manual_is_right(void **state)
{
	static const char *const words[] = { "form_id", "version", "title", "population", "minutes",
		"seconds", "mapping", "indicators", "consent", "reverse_half", "flag", "work_order",
		"variant_by", "filter", "decoy", "image", "begin_group", "end_group", "select_one",
		"select_multiple", "text", "hint", "required", "relevant", "appearance",
		"field-list", "randomize=true", "scale", "likert", "minimal", "multiline",
		"unaided", "callback", "choice_filter", "constraint", "construct", "mask", "coding",
		"unaided-1", "items", "weights", "person", "min_items", "when", "{city}",
		"{table_number}", "{agency}", "{approval}",
		"{valid_until}", "{minutes}", "{days}", "{processor}", "{contact}", "townships" };
	struct err err = { 0 };
	const struct form *form;
	const char *page, *from, *to;
	size_t n;

	(void)state;
	assert_int_equal(file_read(&page, &n, check_path("forms/form.5"), 0, &pool, NULL), 0);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strstr(page, words[i]) == NULL)
			fail_msg("form.5 does not mention %s", words[i]);
	from = strstr(strstr(page, ".Sh EXAMPLES"), ".Bd -literal\n") + strlen(".Bd -literal\n");
	to = strstr(from, "\n.Ed");
	form = form_parse(from, (size_t)(to - from), "form.5", &pool, &err);
	if (form == NULL)
		fail_msg("%s", err.text);
	assert_int_equal(form->items, 3);
	assert_int_equal(form->screens, 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_file_is_kept_and_named_by_its_digest),
		cmocka_unit_test(a_byte_order_mark_is_allowed),
		cmocka_unit_test(a_form_outlives_the_bytes_it_came_from),
		cmocka_unit_test(conditions_of_groups_are_joined_to_their_items),
		cmocka_unit_test(a_choice_alone_in_one_question_is_not_alone_in_another),
		cmocka_unit_test(a_filter_may_follow_a_question),
		cmocka_unit_test(what_a_filter_dropped_is_still_required),
		cmocka_unit_test(the_manual_is_right),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, clear_pool);
}
