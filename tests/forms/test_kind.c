/* How each kind of question reads what was sent. */
#include "tests/forms/forms.h"

#include "forms/kind.h"
#include "tests/forms/pool.h"

static void
kinds_have_words(void **state)
{
	static const char *const word[] = { "scale", "single", "multi", "text",
		"township", "phone" };
	const struct form *b = forms_load("B", &pool);

	(void)state;
	for (int kind = 0; kind < KIND_MAX; kind++)
		assert_string_equal(kind_name((enum kind)kind), word[kind]);
	assert_int_equal(forms_item(b, "level")->kind, KIND_SCALE);
	assert_int_equal(forms_item(b, "reason")->kind, KIND_MULTI);
	assert_int_equal(forms_item(b, "town")->kind, KIND_TOWNSHIP);
	assert_int_equal(forms_item(b, "phone")->kind, KIND_PHONE);
	assert_int_equal(forms_item(b, "callback")->kind, KIND_SINGLE);
	assert_true(forms_item(b, "text")->mask && forms_item(b, "text")->multiline);
}

static void
dont_know_is_an_answer_of_its_own_in_a_multi(void **state)
{
	static const char body[] =
		"{\"settings\": {\"form_id\": \"T\", \"version\": \"1.0\","
		" \"title\": {\"zh\": \"试\", \"en\": \"T\"},\"population\": {\"zh\": \"人\","
		" \"en\": \"P\"}, \"minutes\": 0, \"seconds\": 5,"
		" \"mapping\": \"share\",\"consent\": {\"zh\": \"同意\", \"en\": \"C\"}},"
		" \"choices\": {\"l\": [{\"name\": \"a\", \"label\": {\"zh\": \"甲\","
		" \"en\": \"A\"}},{\"name\": \"98\", \"label\": {\"zh\": \"不清楚\","
		" \"en\": \"N\"}}]}, \"survey\": [{\"type\": \"begin_group\","
		" \"name\": \"g\"},{\"type\": \"select_multiple l\", \"name\": \"x\","
		" \"label\": {\"zh\": \"问\", \"en\": \"X\"}}, {\"type\": \"end_group\"}]}";
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

/* One item's values as sent, "|" between them: the state they are read as, or the issue. */
static int
read_as(struct value *v, const struct form *form, const char *name, const char *sent)
{
	const struct item *item = forms_item(form, name);
	struct value *before = pool_array(&pool, form->items, sizeof(*before));
	const struct response so_far = { .form = form, .value = before };
	struct pair pair[8];
	const struct pair *each[8];
	struct reading in = { form, item, &so_far, each, 0, &pool };

	for (const char *p = sent; in.n < 8; p += pair[in.n].value_n + 1, in.n++) {
		size_t n = strcspn(p, "|");

		pair[in.n] = (struct pair){ item->name, strlen(item->name),
			pool_strndup(&pool, p, n), n };
		each[in.n] = &pair[in.n];
		if (p[n] == '\0') {
			in.n++;
			break;
		}
	}
	return kind_read(v, &in);
}

static void
each_kind_reads_its_own_and_refuses_the_rest(void **state)
{
	static const struct { const char *item, *sent; int issue;
		enum value_state state; } row[] = {
			{ "level", "5", READ_FINE, VALUE_GIVEN },
			{ "level", "99", READ_FINE, VALUE_SKIPPED },
			{ "level", "6", ISSUE_RANGE, 0 }, { "level", "-1", ISSUE_RANGE, 0 },
			{ "level", "x", ISSUE_CHOICE, 0 }, { "level", "5|4", ISSUE_DOUBLED, 0 },
			{ "level", "5.0", ISSUE_CHOICE, 0 }, { "level", "\x01", ISSUE_ENCODING, 0 },
			{ "callback", "2", READ_FINE, VALUE_GIVEN },
			{ "callback", "7", ISSUE_CHOICE, 0 },
			{ "town", "97", READ_FINE, VALUE_GIVEN }, { "town", "98", ISSUE_CHOICE, 0 },
			{ "reason", "11|12", READ_FINE, VALUE_GIVEN },
			{ "reason", "99", READ_FINE, VALUE_SKIPPED },
			{ "reason", "11|99", ISSUE_TOGETHER, 0 },
			{ "reason", "11|11", ISSUE_DOUBLED, 0 }, { "reason", "x", ISSUE_CHOICE, 0 },
			{ "text", "很好", READ_FINE, VALUE_GIVEN },
			{ "text", "99", READ_FINE, VALUE_SKIPPED },
			{ "text", " \t", READ_FINE, VALUE_SKIPPED },
			{ "text", "a|b", ISSUE_DOUBLED, 0 }, { "text", "\x1b", ISSUE_ENCODING, 0 },
			{ "phone", "138 1234 5678", READ_FINE, VALUE_GIVEN },
			{ "phone", "12345", ISSUE_PHONE, 0 },
			{ "phone", "99", READ_FINE, VALUE_SKIPPED },
		};
	const struct form *form = forms_load("B", &pool);

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct value v;
		int issue = read_as(&v, form, row[i].item, row[i].sent);

		if (issue != row[i].issue ||
				v.state != (issue == READ_FINE ? row[i].state : VALUE_SKIPPED))
			fail_msg("%s=%s: issue %d, state %d", row[i].item, row[i].sent,
				issue, v.state);
		if (issue != READ_FINE)		/* nothing of what was refused is left */
			assert_true(v.choice == NULL && v.many == NULL && v.text == NULL);
	}
}

static void
what_was_read_is_in_the_forms_order_clean_and_masked(void **state)
{
	const struct form *form = forms_load("B", &pool);
	char longest[4 * FORM_TEXT_MAX];
	struct value v;
	size_t n = forms_item(form, "text")->max_chars;

	(void)state;
	assert_int_equal(read_as(&v, form, "reason", "12|11"), READ_FINE);
	assert_int_equal(v.count, 2);
	assert_string_equal(v.many[0]->name, "11");
	assert_string_equal(v.many[1]->name, "12");
	assert_int_equal(read_as(&v, form, "text", "  找13812345678 "), READ_FINE);
	assert_string_equal(v.text, "找***********");
	assert_true(v.masked);
	assert_int_equal(read_as(&v, form, "phone", "（0411）85123456"), READ_FINE);
	assert_string_equal(v.text, "041185123456");
	for (size_t i = 0; i <= n; i++)
		memcpy(longest + 3 * i, "满", 4);
	assert_int_equal(read_as(&v, form, "text", longest), ISSUE_TOO_LONG);
	longest[3 * n] = '\0';
	assert_int_equal(read_as(&v, form, "text", longest), READ_FINE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kinds_have_words),
		cmocka_unit_test(each_kind_reads_its_own_and_refuses_the_rest),
		cmocka_unit_test(what_was_read_is_in_the_forms_order_clean_and_masked),
		cmocka_unit_test(dont_know_is_an_answer_of_its_own_in_a_multi),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, clear_pool);
}
