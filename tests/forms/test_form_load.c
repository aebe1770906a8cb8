/* A form file read: what ends up where. */
#include "base/file.h"
#include "base/sha256.h"
#include "tests/forms/forms.h"

static struct pool pool;

static void
the_file_is_kept_and_named_by_its_digest(void **state)
{
	const struct form *form = forms_load("A", &pool);
	const char *bytes;
	char hex[65];
	size_t n;

	(void)state;
	assert_int_equal(file_read(&bytes, &n, check_path("forms/questionnaires/A.json"), 0, &pool, NULL), 0);
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
	assert_string_equal(copy->title.in[LANG_ZH], "城市质量满意度调查");
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
labels_follow_the_sector(void **state)
{
	const struct form *form = forms_load("A", &pool);
	const struct item *item = forms_item(form, "q_s2"), *sat = forms_item(form, "sat");

	(void)state;
	assert_string_equal(item->sector_label, "q_s2");
	assert_null(sat->sector_label);
	assert_string_equal(form_label(form, item, "S04").in[LANG_ZH], "明码标价做得怎么样？");
	assert_string_equal(form_label(form, item, "S77").in[LANG_ZH], item->label.in[LANG_ZH]);
	assert_string_equal(form_label(form, item, NULL).in[LANG_EN], item->label.in[LANG_EN]);
	assert_string_equal(form_label(form, sat, "S04").in[LANG_ZH], sat->label.in[LANG_ZH]);
}

static void
choices_are_found_by_name_and_by_code(void **state)
{
	const struct form *form = forms_load("A", &pool);
	const struct item *sector = forms_item(form, "sector"), *town = forms_item(form, "town");

	(void)state;
	assert_int_equal(form_item(form, "nosuch"), -1);
	assert_int_equal(form_choice(sector, "S03")->code, -3);
	assert_int_equal(form_choice(sector, "98")->code, 98);
	assert_null(form_choice(sector, "S3"));
	assert_string_equal(form_choice_code(town, 210281113)->label.in[LANG_ZH], "红沿河镇");
	assert_string_equal(form_choice_code(town, 97)->name, "97");
	assert_null(form_choice_code(town, 5));
}

static void
kinds_have_words(void **state)
{
	static const char *const word[] = { "scale", "single", "multi", "text", "township", "phone" };
	const struct form *b = forms_load("B", &pool);

	(void)state;
	for (int kind = 0; kind < KIND_MAX; kind++)
		assert_string_equal(kind_name((enum kind)kind), word[kind]);
	assert_string_equal(kind_type(KIND_TOWNSHIP), "select_one");
	assert_string_equal(kind_type(KIND_MULTI), "select_multiple");
	assert_int_equal(forms_item(b, "level")->kind, KIND_SCALE);
	assert_int_equal(forms_item(b, "reason")->kind, KIND_MULTI);
	assert_int_equal(forms_item(b, "town")->kind, KIND_TOWNSHIP);
	assert_int_equal(forms_item(b, "phone")->kind, KIND_PHONE);
	assert_int_equal(forms_item(b, "callback")->kind, KIND_SINGLE);
	assert_true(forms_item(b, "text")->mask && forms_item(b, "text")->multiline);
}

static void
a_choice_alone_in_one_question_is_not_alone_in_another(void **state)
{
	static const char body[] = "{\"settings\": {\"form_id\": \"T\", \"version\": \"1\", \"title\": {\"zh\": \"试\", \"en\": \"T\"},"
	    "\"population\": {\"zh\": \"人\", \"en\": \"P\"}, \"minutes\": 0, \"seconds\": 5, \"mapping\": \"share\","
	    "\"consent\": {\"zh\": \"同意\", \"en\": \"C\"}}, \"choices\": {\"l\": [{\"name\": \"a\", \"label\": {\"zh\": \"甲\", \"en\": \"A\"}},"
	    "{\"name\": \"none\", \"label\": {\"zh\": \"无\", \"en\": \"N\"}}]}, \"survey\": [{\"type\": \"begin_group\", \"name\": \"g\"},"
	    "{\"type\": \"select_multiple l\", \"name\": \"x\", \"label\": {\"zh\": \"问\", \"en\": \"X\"},"
	    "\"constraint\": \"not(selected(., 'none') and count-selected(.) > 1)\"},"
	    "{\"type\": \"select_multiple l\", \"name\": \"y\", \"label\": {\"zh\": \"问\", \"en\": \"Y\"}}, {\"type\": \"end_group\"}]}";
	struct err err = { 0 };
	const struct form *form = form_parse(body, sizeof(body) - 1, "t", &pool, &err);

	(void)state;
	if (form == NULL)
		fail_msg("%s", err.text);
	assert_true(form_choice(&form->item[0], "none")->alone);
	assert_false(form_choice(&form->item[1], "none")->alone);
}

static void
dont_know_is_an_answer_of_its_own_in_a_multi(void **state)
{
	static const char body[] = "{\"settings\": {\"form_id\": \"T\", \"version\": \"1.0\", \"title\": {\"zh\": \"试\", \"en\": \"T\"},"
	    "\"population\": {\"zh\": \"人\", \"en\": \"P\"}, \"minutes\": 0, \"seconds\": 5, \"mapping\": \"share\","
	    "\"consent\": {\"zh\": \"同意\", \"en\": \"C\"}}, \"choices\": {\"l\": [{\"name\": \"a\", \"label\": {\"zh\": \"甲\", \"en\": \"A\"}},"
	    "{\"name\": \"98\", \"label\": {\"zh\": \"不清楚\", \"en\": \"N\"}}]}, \"survey\": [{\"type\": \"begin_group\", \"name\": \"g\"},"
	    "{\"type\": \"select_multiple l\", \"name\": \"x\", \"label\": {\"zh\": \"问\", \"en\": \"X\"}}, {\"type\": \"end_group\"}]}";
	struct err err = { 0 };
	const struct form *form = form_parse(body, sizeof(body) - 1, "t", &pool, &err);
	struct issue issue[ISSUES_MAX];
	struct response r, back;
	struct text t = TEXT_INIT;

	(void)state;
	if (form == NULL)
		fail_msg("%s", err.text);
	assert_int_equal(forms_submit(form, &r, issue, "x=98", 4, NULL, &pool), 0);
	assert_int_equal(r.value[0].state, VALUE_DONT_KNOW);
	assert_null(r.value[0].many);
	response_put_json(&t, &r);
	assert_string_equal(t.s, "[98]");
	assert_int_equal(response_from_json(&back, form, t.s, &pool, &err), 0);
	assert_ptr_equal(back.value[0].choice, r.value[0].choice);
	assert_int_equal(response_from_json(&back, form, "[[98]]", &pool, NULL), -1);
	assert_int_equal(forms_submit(form, &r, issue, "x=98&x=a", 8, NULL, &pool), 1);
	assert_int_equal(issue[0].code, ISSUE_TOGETHER);
	text_clear(&t);
}

/* How the answers to a form sent by a page, or in the cells of a file, are met: its issues, or what is stored. */
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
		text_fmt(&got, "%s%s:%s", i > 0 ? " " : "", issue[i].name, issue_name(issue[i].code));
	if (n == 0)
		response_put_json(&got, &r);
	if (strcmp(text_str(&got), want) != 0)
		fail_msg("%s, %s: %s, want %s", sent, typed_up ? "file" : "page", text_str(&got), want);
	text_clear(&got);
}

static const struct form *
filtered_form(const char *required)
{
	const char *body = pool_fmt(&pool, "{\"settings\": {\"form_id\": \"T\", \"version\": \"1\", \"title\": {\"zh\": \"试\", \"en\": \"T\"},"
	    "\"population\": {\"zh\": \"人\", \"en\": \"P\"}, \"minutes\": 0, \"seconds\": 5, \"mapping\": \"share\","
	    "\"consent\": {\"zh\": \"同意\", \"en\": \"C\"}}, \"choices\": {\"l\": [{\"name\": \"a\", \"label\": {\"zh\": \"甲\", \"en\": \"A\"}},"
	    "{\"name\": \"b\", \"label\": {\"zh\": \"乙\", \"en\": \"B\"}}], \"m\": ["
	    "{\"name\": \"1\", \"label\": {\"zh\": \"一\", \"en\": \"1\"}, \"filter\": \"a\"},"
	    "{\"name\": \"2\", \"label\": {\"zh\": \"二\", \"en\": \"2\"}, \"filter\": \"b\"},"
	    "{\"name\": \"3\", \"label\": {\"zh\": \"三\", \"en\": \"3\"}}]}, \"survey\": [{\"type\": \"begin_group\", \"name\": \"g\"},"
	    "{\"type\": \"select_one l\", \"name\": \"x\", \"label\": {\"zh\": \"问\", \"en\": \"X\"}},"
	    "{\"type\": \"select_one m\", \"name\": \"y\", \"label\": {\"zh\": \"问\", \"en\": \"Y\"}, \"required\": %s,"
	    "\"choice_filter\": \"filter = ${x}\"}, {\"type\": \"end_group\"}]}", required);
	struct err err = { 0 };
	const struct form *form = form_parse(body, strlen(body), "t", &pool, &err);

	if (form == NULL)
		fail_msg("%s", err.text);
	return form;
}

/* A choice that x takes away was left behind on a page and is dropped there; in a file it is a mistake. */
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

/* Dropping a choice leaves the question unanswered, and one that must be answered is asked again. */
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
	static const char *const words[] = { "form_id", "version", "title", "population", "minutes", "seconds",
	    "mapping", "indicators", "consent", "reverse_half", "flag", "work_order", "variant_by", "filter", "decoy",
	    "image", "begin_group", "end_group", "select_one", "select_multiple", "text", "hint", "required",
	    "relevant", "appearance", "field-list", "randomize=true", "scale", "likert", "minimal", "multiline",
	    "unaided", "callback", "choice_filter", "constraint", "construct", "mask", "coding", "unaided-1", "items",
	    "weights", "person", "min_items", "when", "{city}", "{table_number}", "{agency}", "{approval}",
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

static int
clear(void **state)
{
	(void)state;
	pool_clear(&pool);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_file_is_kept_and_named_by_its_digest),
		cmocka_unit_test(a_byte_order_mark_is_allowed),
		cmocka_unit_test(a_form_outlives_the_bytes_it_came_from),
		cmocka_unit_test(conditions_of_groups_are_joined_to_their_items),
		cmocka_unit_test(labels_follow_the_sector),
		cmocka_unit_test(choices_are_found_by_name_and_by_code),
		cmocka_unit_test(kinds_have_words),
		cmocka_unit_test(a_choice_alone_in_one_question_is_not_alone_in_another),
		cmocka_unit_test(dont_know_is_an_answer_of_its_own_in_a_multi),
		cmocka_unit_test(a_filter_may_follow_a_question),
		cmocka_unit_test(what_a_filter_dropped_is_still_required),
		cmocka_unit_test(the_manual_is_right),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, clear);
}
