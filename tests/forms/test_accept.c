/* The door: honest answers pass, everything a script may try is listed beside its question. */
#include "tests/forms/forms.h"
#include "tests/forms/pool.h"

static const struct form *form_a, *form_b, *form_c;

/* What one body must meet with: "item:issue item:issue" in form order, "" for accepted. */
struct attack {
	const char *body;
	const char *issues;
};

static void
describe(struct text *out, const struct form *form, const struct issue issue[], size_t n)
{
	text_reset(out);
	for (size_t i = 0; i < n; i++)
		text_fmt(out, "%s%s:%s", i > 0 ? " " : "", issue[i].item >= 0 ?
			form->item[issue[i].item].name : "*", issue_name(issue[i].code));
}

static void
meets(const struct form *form, const char *body, size_t n, const char *sector, const char *issues)
{
	struct issue issue[ISSUES_MAX];
	struct text t = TEXT_INIT;
	struct response r;
	size_t count;

	memset(&r, 0xa5, sizeof(r));
	count = forms_submit(form, &r, issue, body, n, sector, &pool);
	describe(&t, form, issue, count);
	if (strcmp(text_str(&t), issues) != 0)
		fail_msg("%s: \"%s\", want \"%s\"", body, text_str(&t), issues);
	/* never partly filled */
	if (count > 0)
		assert_true(r.form == NULL && r.value == NULL && r.phone == NULL && !r.flagged &&
			!r.work_order);
	else
		assert_true(r.form == form && r.value != NULL);
	text_clear(&t);
}

static void
each_meets(const struct form *form, const struct attack attack[], size_t n)
{
	for (size_t i = 0; i < n; i++)
		meets(form, attack[i].body, strlen(attack[i].body), NULL, attack[i].issues);
}

#define EACH(form, list) each_meets(form, list, sizeof(list) / sizeof((list)[0]))

static void
missing_answers(void **state)
{
	static const struct attack b[] = {
		{ "", "level:missing" }, { "level=", "level:missing" },
		{ "level=99", "level:missing" }, { "level=5", "" },
		{ "level=5&reason=&text=&town=", "" }, { "level=5&prompted=99&town=99", "" },
		{ "level=2&callback=2", "phone:missing" }, { "level=2&callback=1", "" },
		{ "level=1", "" },
		{ "level=2&callback=2&phone=+", "phone:missing" },
	}, a[] = { { "sat=5", "sector:missing" }, { "sector=98", "" } };

	(void)state;
	EACH(form_b, b);
	EACH(form_a, a);
}

static void
doubled_answers(void **state)
{
	static const struct attack b[] = {
		{ "level=5&level=5", "level:doubled" }, { "level=5&level=1", "level:doubled" },
		{ "level=5&level=", "" }, { "level=5&reason=11&reason=12", "" },
		{ "level=5&reason=11&reason=11", "reason:doubled" },
		{ "level=5&text=a&text=b", "text:doubled" },
		{ "level=5&town=97&town=99", "town:doubled" },
		{ "level=2&callback=2&phone=13812345678&phone=13812345678", "phone:doubled" },
	};

	(void)state;
	EACH(form_b, b);
}

static void
unknown_names(void **state)
{
	static const struct attack b[] = {
		{ "level=5&admin=1", "*:unknown" }, { "level=5&admin=1&admin=2&x=3", "*:unknown" },
		{ "level=5&_key=abc&_t=1&_anything=1", "" },
		{ "Level=5", "level:missing *:unknown" },
		{ "level%00=5", "level:missing *:unknown" },
		{ "level =5", "level:missing *:unknown" },
		{ "levelx=5", "level:missing *:unknown" }, { "leve=5", "level:missing *:unknown" },
		{ "level=5&=1", "*:unknown" }, { "level=5&id=7", "*:unknown" },
		{ "level=5&rate=1", "*:unknown" }, { "level=5&level[]=1", "*:unknown" },
		{ "level=7&zz=1", "level:range *:unknown" },
	};

	(void)state;
	EACH(form_b, b);
}

static void
unknown_names_are_shown_printable_and_short(void **state)
{
	static const char body[] =
		"level=5&%1b[31m%ff%00%C2%85ab\xe6\xbb\xa1"
		"0123456789012345678901234567890=1";
	struct issue issue[ISSUES_MAX];
	struct response r;

	(void)state;
	assert_int_equal(forms_submit(form_b, &r, issue, body, sizeof(body) - 1, NULL, &pool), 1);
	assert_int_equal(issue[0].item, -1);
	assert_string_equal(issue[0].name, "?[31m???ab满01234567890123456789");
}

/* Only the choice's own name, byte for byte, is the choice. */
static void
numbers_that_are_not_quite(void **state)
{
	static const struct attack a[] = {
		{ "sector=S01&sat=11", "sat:range" }, { "sector=S01&sat=0", "sat:range" },
		{ "sector=S01&sat=-1", "sat:range" }, { "sector=S01&sat=07", "sat:range" },
		{ "sector=S01&sat=97", "sat:range" }, { "sector=S01&sat=100", "sat:range" },
		{ "sector=S01&sat=99999999999999999999", "sat:range" },
		{ "sector=S01&sat=1.0", "sat:choice" }, { "sector=S01&sat=+5", "sat:choice" },
		{ "sector=S01&sat=5+", "sat:choice" }, { "sector=S01&sat=%EF%BC%95", "sat:choice" },
		{ "sector=S01&sat=5e0", "sat:choice" }, { "sector=S01&sat=0x5", "sat:choice" },
		{ "sector=S01&sat=NaN", "sat:choice" }, { "sector=S01&sat=five", "sat:choice" },
		{ "sector=S01&sat=5;drop+table", "sat:choice" },
		{ "sector=S01&sat=-", "sat:choice" }, { "sector=S01&sat=10", "" },
		{ "sector=S01&sat=98", "" }, { "sector=S01&sat=99", "" },
		{ "sector=S13", "sector:choice" }, { "sector=s01", "sector:choice" },
		{ "sector=S01&age=7", "age:choice" }, { "sector=S01&age=98", "age:choice" },
		{ "sector=S01&town=210281012", "town:choice" }, { "sector=S01&town=210281001", "" },
		{ "sector=S01&problem=3&handled=6", "" },
		{ "sector=S01&problem=3&handled=0", "handled:choice" },
	};

	(void)state;
	EACH(form_a, a);
}

static void
bytes_that_are_no_text(void **state)
{
	static const struct attack b[] = {
		{ "level=5%00", "level:encoding" }, { "level=%ff", "level:encoding" },
		{ "level=5%0A", "level:encoding" }, { "level=%C0%B5", "level:encoding" },
		{ "level=5&text=a%00b", "text:encoding" },
		{ "level=5&text=%ED%A0%80", "text:encoding" },
		{ "level=5&text=a%1Bb", "text:encoding" },
		{ "level=5&text=a%7Fb", "text:encoding" },
		{ "level=5&text=%C2%85", "text:encoding" },
		{ "level=5&text=%EF%BF%BE", "text:encoding" },
		{ "level=5&text=%F4%90%80%80", "text:encoding" },
		{ "level=5&text=\xc4\xe3\xba\xc3", "text:encoding" },	/* 你好 in GBK */
		{ "level=5&reason=11&reason=%ff", "reason:encoding" },
		{ "level=2&callback=2&phone=138%001234", "phone:encoding" },
		{ "level=5&text=a%0D%0Ab%09c", "" }, { "level=5&text=%F0%9F%98%80", "" },
	};

	(void)state;
	EACH(form_b, b);
}

/* max_chars counts characters after trimming: 200 of three bytes each pass, 201 do not. */
static void
length_is_counted_in_characters(void **state)
{
	struct text t = TEXT_INIT;

	(void)state;
	for (int n = 199; n <= 201; n++) {
		text_reset(&t);
		text_puts(&t, "level=5&text=%20%20%E3%80%80");
		for (int i = 0; i < n; i++)
			text_puts(&t, "满");
		text_puts(&t, "%0D%0A++");
		meets(form_b, t.s, t.n, NULL, n <= 200 ? "" : "text:too-long");
	}
	text_reset(&t);
	text_puts(&t, "level=5&text=");
	for (int i = 0; i < 60000; i++)
		text_putc(&t, 'x');
	meets(form_b, t.s, t.n, NULL, "text:too-long");
	text_clear(&t);
}

/* The body as the cells of a file, where nobody changes his mind. */
static void
file_meets(const struct form *form, const char *body, const char *issues)
{
	struct issue issue[ISSUES_MAX];
	struct text t = TEXT_INIT;
	struct answers a;
	struct response r;

	assert_int_equal(answers_parse(&a, body, strlen(body), &pool, NULL), 0);
	a.typed_up = true;
	describe(&t, form, issue, form_accept(form, &r, issue, &a, NULL, &pool));
	if (strcmp(text_str(&t), issues) != 0)
		fail_msg("%s: \"%s\", want \"%s\"", body, text_str(&t), issues);
	text_clear(&t);
}

/* What a changed mind left behind: in a file a mistake, on a page dropped whatever it is; and
 * stored as if never said. */
static const struct {
	char form;
	const char *body, *in_a_file, *as_if;
} left_behind[] = {
	{ 'A', "sector=98&sat=5", "sat:not-asked", "sector=98" },
	{ 'A', "sector=98&sat=5&sat=6", "sat:not-asked", "sector=98" },
	{ 'A', "sector=98&sat=%ff", "sat:not-asked", "sector=98" },
	{ 'A', "sector=98&sat=&age=99", "", "sector=98" },
	{ 'A', "sector=98&sat=99&sat=99", "", "sector=98" },
	{ 'A', "sector=S01&problem=1&handled=5", "handled:not-asked", "sector=S01&problem=1" },
	{ 'A', "sector=S01&handled=5", "handled:not-asked", "sector=S01" },
	{ 'A', "sector=S01&problem=3&handled=5", "", "sector=S01&problem=3&handled=5" },
	{ 'A', "sector=98&last_use=1&img=1&edu=1",
		"last_use:not-asked img:not-asked edu:not-asked", "sector=98" },
	{ 'B', "level=3&callback=1", "callback:not-asked", "level=3" },
	{ 'B', "level=5&callback=2", "callback:not-asked", "level=5" },
	{ 'B', "level=5&callback=2&phone=1", "callback:not-asked", "level=5" },
	{ 'B', "level=5&phone=13812345678", "phone:not-asked", "level=5" },
	{ 'B', "level=2&callback=1&phone=13812345678", "phone:not-asked", "level=2&callback=1" },
	{ 'B', "level=2&phone=13812345678", "phone:not-asked", "level=2" },
	{ 'B', "level=5&reason=21", "reason:choice", "level=5" },
	{ 'B', "level=2&reason=11", "reason:choice", "level=2" },
	{ 'B', "level=5&reason=21&reason=22&reason=21", "reason:choice", "level=5" },
	{ 'B', "level=1&reason=30&reason=11", "reason:choice", "level=1&reason=30" },
	{ 'B', "level=5&reason=21&reason=11&callback=2&phone=abc",
		"reason:choice callback:not-asked", "level=5&reason=11" },
	{ 'C', "resid=3&T=5", "T:not-asked", "resid=3" },
	{ 'C', "resid=3&aided=12315", "aided:not-asked", "resid=3" },
};

static void
stored_as(struct text *out, const struct form *form, const char *body, bool *phone)
{
	struct issue issue[ISSUES_MAX];
	struct response r;

	text_reset(out);
	if (forms_submit(form, &r, issue, body, strlen(body), NULL, &pool) > 0)
		fail_msg("%s: %s %s", body, issue[0].name, issue_name(issue[0].code));
	response_put_json(out, &r);
	*phone = r.phone != NULL;
}

static void
what_a_changed_mind_leaves_behind_is_dropped(void **state)
{
	struct text got = TEXT_INIT, want = TEXT_INIT;
	bool phone, as_if;

	(void)state;
	for (size_t i = 0; i < sizeof(left_behind) / sizeof(left_behind[0]); i++) {
		const struct form *form = left_behind[i].form == 'A' ? form_a :
			left_behind[i].form == 'B' ? form_b : form_c;

		file_meets(form, left_behind[i].body, left_behind[i].in_a_file);
		stored_as(&got, form, left_behind[i].body, &phone);
		stored_as(&want, form, left_behind[i].as_if, &as_if);
		assert_string_equal(text_str(&got), text_str(&want));
		assert_int_equal(phone, as_if);
	}
	text_clear(&got);
	text_clear(&want);
}

/* What hangs on a faulty answer is not judged: one mistake, one message. */
static void
one_mistake_gives_one_message(void **state)
{
	static const struct attack a[] = {
		{ "sector=S77&sat=5&handled=5&age=1", "sector:choice" },
		{ "sat=5&problem=3&handled=5", "sector:missing" },
		{ "sector=S01&problem=9&handled=5", "problem:choice" },
		{ "sector=S01&problem=9&sat=11", "sat:range problem:choice" },
	}, b[] = {
		{ "level=7&reason=21&callback=2&phone=1", "level:range" },
		{ "reason=21&reason=11", "level:missing" },
		{ "level=2&callback=3&phone=13812345678", "callback:choice" },
	};

	(void)state;
	EACH(form_a, a);
	EACH(form_b, b);
}

static void
choices_that_are_none(void **state)
{
	static const struct attack b[] = {
		{ "level=3&reason=16", "" }, { "level=1&reason=30&reason=21", "" },
		{ "level=5&reason=17", "reason:choice" },
		{ "level=1&reason=30&reason=17&reason=11", "reason:choice" },
		{ "level=5&reason=21%00", "reason:encoding" },
		{ "level=2&reason=21&reason=21&reason=11", "reason:doubled" },
	};

	(void)state;
	EACH(form_b, b);
}

static void
choices_that_stand_alone(void **state)
{
	static const struct attack c[] = {
		{ "resid=1&aided=none", "" },
		{ "resid=1&aided=none&aided=12315", "aided:together" },
		{ "resid=1&aided=12315&aided=none", "aided:together" },
		{ "resid=1&aided=12315&aided=99", "aided:together" }, { "resid=1&aided=99", "" },
		{ "resid=1&aided=98", "aided:choice" },
		{ "resid=1&aided=12315&aided=12345&aided=12365&"
			"aided=title&aided=month&aided=direct", "" },
		{ "resid=1&unaided=98", "" },
		{ "resid=1&unaided=98&unaided=12345", "unaided:doubled" },
	};

	(void)state;
	EACH(form_c, c);
}

static void
phones(void **state)
{
	static const struct attack b[] = {
		{ "level=2&callback=2&phone=13812345678", "" },
		{ "level=2&callback=2&phone=abc", "phone:phone" },
		{ "level=2&callback=2&phone=12345", "phone:phone" },
		{ "level=2&callback=2&phone=138123456789", "phone:phone" },
		{ "level=2&callback=2&phone=%EF%BC%91%EF%BC%93%EF%BC%98%EF%BC%91%EF%BC%92%EF"
			"%BC%93%EF%BC%94%EF%BC%95%EF%BC%96%EF%BC%97%EF%BC%98", "" },
		{ "level=2&callback=2&phone=0411-8512+3456", "" },
		{ "level=2&callback=2&phone=1111111111111111111111111111111111", "phone:too-long" },
	};

	(void)state;
	EACH(form_b, b);
}

static struct response
accepted(const struct form *form, const char *body, const char *sector)
{
	struct issue issue[ISSUES_MAX];
	struct response r;

	if (forms_submit(form, &r, issue, body, strlen(body), sector, &pool) > 0)
		fail_msg("%s: %s %s", body, issue[0].name, issue_name(issue[0].code));
	return r;
}

static const struct value *
value_of(const struct response *r, const char *name)
{
	return &r->value[form_item(r->form, name)];
}

/* The phone goes its own way: no value holds it, and no stored byte. */
static void
a_phone_is_no_part_of_the_answers(void **state)
{
	struct response r = accepted(form_b, "level=1&callback=2&phone=%2B86+138-1234-5678", NULL);
	struct text t = TEXT_INIT;

	(void)state;
	assert_string_equal(r.phone, "13812345678");
	assert_int_equal(value_of(&r, "phone")->state, VALUE_NOT_ASKED);
	assert_null(value_of(&r, "phone")->text);
	response_put_json(&t, &r);
	assert_string_equal(t.s, "[1,99,99,99,99,2,null,99,99,99]");
	text_clear(&t);
}

static void
comments_are_cleaned_and_masked(void **state)
{
	struct response r = accepted(form_b,
		"level=5&text=%0D%0A+%E6%88%91%EF%BC%9A13812345678%0D%0AOK%09!%0A+", NULL);

	(void)state;
	assert_string_equal(value_of(&r, "text")->text, "我：***********\nOK !");
	assert_true(r.masked);
	r = accepted(form_b, "level=5&text=2026-11-30+10:25", NULL);
	assert_string_equal(value_of(&r, "text")->text, "2026-11-30 10:25");
	assert_false(r.masked);
}

static void
the_site_answers_for_its_sector(void **state)
{
	struct response r = accepted(form_a, "sat=9", "S03");

	(void)state;
	assert_string_equal(value_of(&r, "sector")->choice->name, "S03");
	r = accepted(form_a, "sector=S05", "S03");
	assert_string_equal(value_of(&r, "sector")->choice->name, "S05");
	r = accepted(form_a, "sector=&sat=9", "S03");
	assert_string_equal(value_of(&r, "sector")->choice->name, "S03");
	r = accepted(form_b, "level=5", "S03");		/* no choice of B's level */
	assert_string_equal(value_of(&r, "level")->choice->name, "5");
	meets(form_a, "sat=9", 5, "S77", "sector:missing");
	meets(form_a, "sat=9", 5, "98", "sector:missing");
	meets(form_a, "sector=99", 9, "S03", "sector:missing");
	meets(form_b, "", 0, "S03", "level:missing");
	meets(form_c, "", 0, "1", "resid:missing");
}

static void
many_choices_come_in_list_order(void **state)
{
	struct response r = accepted(form_c, "resid=1&aided=month&aided=12345&aided=12315", NULL);
	const struct value *v = value_of(&r, "aided");

	(void)state;
	assert_int_equal(v->count, 3);
	assert_string_equal(v->many[0]->name, "12315");
	assert_string_equal(v->many[1]->name, "12345");
	assert_string_equal(v->many[2]->name, "month");
}

static void
states_tell_skipped_from_unknown_from_not_asked(void **state)
{
	struct response r = accepted(form_a, "sector=S12&again=98&sat=99&problem=1", NULL);

	(void)state;
	assert_int_equal(value_of(&r, "again")->state, VALUE_DONT_KNOW);
	assert_string_equal(texts_for(&value_of(&r, "again")->choice->label, LANG_ZH),
		"没有别的选择");
	assert_int_equal(value_of(&r, "sat")->state, VALUE_SKIPPED);
	assert_null(value_of(&r, "sat")->choice);
	assert_int_equal(value_of(&r, "sat_exp")->state, VALUE_SKIPPED);
	assert_int_equal(value_of(&r, "handled")->state, VALUE_NOT_ASKED);
	assert_int_equal(value_of(&r, "problem")->state, VALUE_GIVEN);
}

/* As many issues as can be: every item once, and one for the rest. */
static void
issues_never_overflow(void **state)
{
	struct issue issue[ISSUES_MAX + 1];
	struct text t = TEXT_INIT;
	struct response r;
	size_t n;

	(void)state;
	text_puts(&t, "x1=1&x2=2&resid=1");
	for (int twice = 0; twice < 2; twice++)
		for (size_t i = 1; i < form_c->items; i++)
			text_fmt(&t, "&%s=%%ff", form_c->item[i].name);
	issue[ISSUES_MAX].name = "untouched";
	n = forms_submit(form_c, &r, issue, t.s, t.n, NULL, &pool);
	assert_int_equal(n, form_c->items);	/* all but resid, and the unknown one last */
	for (size_t i = 0; i + 1 < n; i++)
		assert_int_equal(issue[i].item, i + 1);
	assert_int_equal(issue[n - 1].code, ISSUE_UNKNOWN);
	assert_string_equal(issue[n - 1].name, "x1");
	assert_string_equal(issue[ISSUES_MAX].name, "untouched");
	text_clear(&t);
}

static void
five_hundred_copies_of_a_box_are_refused(void **state)
{
	struct text t = TEXT_INIT;

	(void)state;
	text_puts(&t, "resid=1");
	for (int i = 0; i < 500; i++)
		text_puts(&t, "&aided=12315");
	meets(form_c, t.s, t.n, NULL, "aided:doubled");
	text_clear(&t);
}

static void
honest_people_always_pass(void **state)
{
	const struct form *const forms[] = { form_a, form_b, form_c };
	struct text body = TEXT_INIT;
	uint64_t random = 7;

	(void)state;
	for (int i = 0; i < 3000; i++) {
		struct pool p = POOL_INIT;
		struct issue issue[ISSUES_MAX];
		struct response r;

		forms_honest(&body, forms[i % 3], &random);
		if (forms_submit(forms[i % 3], &r, issue, text_str(&body), body.n, NULL, &p) > 0)
			fail_msg("%s: %s %s", text_str(&body), issue[0].name,
				issue_name(issue[0].code));
		pool_clear(&p);
	}
	text_clear(&body);
}

static void
issues_have_words_in_both_languages(void **state)
{
	(void)state;
	for (int code = ISSUE_MISSING; code <= ISSUE_PHONE; code++) {
		assert_true(strlen(issue_words((enum issue_code)code, LANG_ZH)) > 6);
		assert_true(strlen(issue_words((enum issue_code)code, LANG_EN)) > 6);
		for (int other = 0; other < code; other++)
			assert_string_not_equal(issue_name((enum issue_code)code),
				issue_name((enum issue_code)other));
	}
}

static int
load_all(void **state)
{
	(void)state;
	form_a = forms_load("A", &pool);
	form_b = forms_load("B", &pool);
	form_c = forms_load("C", &pool);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(missing_answers),
		cmocka_unit_test(doubled_answers),
		cmocka_unit_test(unknown_names),
		cmocka_unit_test(unknown_names_are_shown_printable_and_short),
		cmocka_unit_test(numbers_that_are_not_quite),
		cmocka_unit_test(bytes_that_are_no_text),
		cmocka_unit_test(length_is_counted_in_characters),
		cmocka_unit_test(what_a_changed_mind_leaves_behind_is_dropped),
		cmocka_unit_test(one_mistake_gives_one_message),
		cmocka_unit_test(choices_that_are_none),
		cmocka_unit_test(choices_that_stand_alone),
		cmocka_unit_test(phones),
		cmocka_unit_test(a_phone_is_no_part_of_the_answers),
		cmocka_unit_test(comments_are_cleaned_and_masked),
		cmocka_unit_test(the_site_answers_for_its_sector),
		cmocka_unit_test(many_choices_come_in_list_order),
		cmocka_unit_test(states_tell_skipped_from_unknown_from_not_asked),
		cmocka_unit_test(issues_never_overflow),
		cmocka_unit_test(five_hundred_copies_of_a_box_are_refused),
		cmocka_unit_test(honest_people_always_pass),
		cmocka_unit_test(issues_have_words_in_both_languages),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, load_all, clear_pool);
}
