/* Conditions on earlier answers: what they mean, and what is said when they are wrong. */
#include "base/lang.h"
#include "tests/forms/forms.h"
#include "tests/forms/pool.h"

/* Two items: 0 "sector" with choices S01 and 98, 1 "sat" with 1..10, 2 "many", 3 "text". */
static const struct choice sector[] = { { .name = "S01", .code = -1 },
	{ .name = "98", .code = 98 } };
static const struct choice sat[] = { { .name = "2", .code = 2 }, { .name = "10", .code = 10 } };
static const struct choice many[] = { { .name = "a", .code = -1 }, { .name = "b", .code = -2 } };
static int
find(const char *name, const void *ctx)
{
	static const char *const known[] = { "sector", "sat", "many", "text" };

	(void)ctx;
	for (int i = 0; i < 4; i++)
		if (strcmp(name, known[i]) == 0)
			return i;
	return -1;
}

static struct relevant
parse(const char *source)
{
	struct err err = { 0 };
	struct relevant r;

	if (relevant_parse(&r, source, find, NULL, &pool, NULL, &err) != 0)
		fail_msg("%s: %s", source, err.text);
	return r;
}

/* Is source true of these values? */
static bool
holds(const char *source, const struct value value[4])
{
	struct response r = { .value = value };
	struct relevant c = parse(source);

	return relevant_true(&c, NULL, &r);
}

#define GIVEN(c) { .state = VALUE_GIVEN, .choice = &(c) }

static void
comparisons_follow_the_answer(void **state)
{
	const struct value v[4] = { GIVEN(sector[0]), GIVEN(sat[0]) };

	(void)state;
	assert_true(holds("${sector} = 'S01'", v));
	assert_false(holds("${sector} != 'S01'", v));
	assert_true(holds("${sat} < 3", v));
	assert_true(holds("${sat} <= 2", v));
	assert_false(holds("${sat} < 2", v));
	assert_true(holds("${sat} >= 2", v));
	assert_false(holds("${sat} > 2", v));
	assert_true(holds("${sat} = 2", v));
	assert_true(holds("${sat} = '2'", v));
	assert_true(holds("${sat} < 2.5", v));
	assert_false(holds("${sat} > -1 and ${sat} > '7'", v));
}

/* Numbers, not words: as words '10' would come before '3'. */
static void
ten_is_more_than_three(void **state)
{
	const struct value v[4] = { GIVEN(sector[0]), GIVEN(sat[1]) };

	(void)state;
	assert_true(holds("${sat} > 3", v));
}

static void
an_unasked_item_is_empty_and_neither_below_nor_above(void **state)
{
	const struct value v[4] = { { .state = VALUE_NOT_ASKED }, { .state = VALUE_NOT_ASKED } };

	(void)state;
	assert_true(holds("${sector} = ''", v));
	assert_true(holds("${sector} != 'S01'", v));
	assert_false(holds("${sat} < 100 or ${sat} >= 100", v));
	assert_false(holds("${sector} = '99'", v));
	assert_false(holds("selected(${many}, '')", v));
}

static void
special_codes_are_values_but_not_numbers(void **state)
{
	const struct value v[4] = { { .state = VALUE_SKIPPED },
		{ .state = VALUE_DONT_KNOW, .choice = &sector[1] } };

	(void)state;
	assert_true(holds("${sector} = '99'", v));
	assert_true(holds("${sector} = ''", v));
	assert_false(holds("${sector} != ''", v));
	assert_true(holds("${sat} = '98'", v));
	assert_true(holds("${sat} = 98", v));
	assert_true(holds("${sat} != ''", v));
	assert_false(holds("${sat} > 3 or ${sat} <= 3", v));
}

static void
multiple_answers_are_selected_one_by_one(void **state)
{
	const struct choice *both[] = { &many[0], &many[1] };
	const struct value v[4] = { GIVEN(sector[0]), { 0 },
		{ .state = VALUE_GIVEN, .many = both, .count = 2 },
		{ .state = VALUE_GIVEN, .text = "你好" } };

	(void)state;
	assert_true(holds("selected(${many}, 'a')", v));
	assert_true(holds("selected( ${many} , \"b\" )", v));
	assert_false(holds("selected(${many}, 'c')", v));
	assert_true(holds("${many} = 'a b'", v));
	assert_false(holds("${many} = 'a'", v));
	assert_false(holds("${many} = 'a b c'", v));
	assert_true(holds("selected(${sector}, 'S01')", v));
	assert_true(holds("${text} = '你好'", v));
}

/* Held together by single blanks in list order, as ODK does; anything else is another text. */
static void
several_answers_are_one_text_and_no_number(void **state)
{
	const struct choice *both[] = { &many[0], &many[1] }, *one[] = { &many[1] };
	const struct value v[4] = { GIVEN(sector[0]), { 0 },
		{ .state = VALUE_GIVEN, .many = both, .count = 2 },
		{ .state = VALUE_GIVEN, .text = "5" } };
	const struct value w[4] = { [2] = { .state = VALUE_GIVEN, .many = one, .count = 1 } };

	(void)state;
	assert_false(holds("${many} = 'b a'", v));
	assert_false(holds("${many} = 'a c'", v));
	assert_false(holds("${many} = 'a  b'", v));
	assert_false(holds("${many} = 'a,b'", v));
	assert_false(holds("${many} = 'ab'", v));
	assert_false(holds("${many} = ''", v));
	assert_true(holds("${many} = 'b'", w));
	assert_false(holds("${many} = 'bb'", w));
	assert_false(holds("selected(${many}, 'a b')", v));
	assert_false(holds("selected(${many}, '')", v));
	assert_false(holds("${many} > 0 or ${many} <= 0", v));
	/* a name and a text are no numbers, whatever they look like */
	assert_false(holds("${sector} >= 0 or ${sector} < 0", v));
	assert_false(holds("${text} = '5' and ${text} > 4", v));
}

/* The limits are exact: one more is refused, and the words say which limit it was. */
static void
nesting_and_length_stop_at_their_limit(void **state)
{
	static char deep[400], wide[2100];
	struct relevant r;

	(void)state;
	lang_set(LANG_EN);
	for (int n = 32; n <= 33; n++) {
		struct err err = { 0 };

		deep[0] = '\0';
		for (int i = 0; i < n; i++)
			strcat(deep, "(");
		strcat(deep, "${sat} = 1");
		for (int i = 0; i < n; i++)
			strcat(deep, ")");
		assert_int_equal(relevant_parse(&r, deep, find, NULL, &pool, NULL, &err),
			n == 32 ? 0 : -1);
		assert_string_equal(err.text, n == 32 ? "" : "nested too deeply, at most 32");
	}
	for (int n = 2000; n <= 2001; n++) {
		struct err err = { 0 };

		snprintf(wide, sizeof(wide), "%*s", n, "${sat} = 1");
		assert_int_equal(relevant_parse(&r, wide, find, NULL, &pool, NULL, &err),
			n == 2000 ? 0 : -1);
		assert_string_equal(err.text,
			n == 2000 ? "" : "the condition is too long, at most 2000 bytes");
	}
	lang_set(LANG_ZH);
}

/* All eight rows of the truth table of (p or q) and not r, against C's own operators. */
static void
and_binds_tighter_than_or(void **state)
{
	(void)state;
	for (int bits = 0; bits < 8; bits++) {
		int p = bits & 1, q = bits >> 1 & 1, r = bits >> 2 & 1;
		const struct value v[4] = {
			[0] = { .state = p ? VALUE_GIVEN : VALUE_SKIPPED,
				.choice = p ? &sector[0] : NULL },
			[1] = { .state = q ? VALUE_GIVEN : VALUE_SKIPPED,
				.choice = q ? &sat[0] : NULL },
			[3] = { .state = r ? VALUE_GIVEN : VALUE_SKIPPED, .text = r ? "x" : NULL },
		};

		assert_int_equal(holds("${sector}='S01' or ${sat}=2 and ${text}='x'", v),
			p || (q && r));
		assert_int_equal(holds("(${sector}='S01' or ${sat}=2) and ${text}='x'", v),
			(p || q) && r);
		assert_int_equal(holds("not(${sector}='S01') and not (${sat}=2 or ${text}='x')", v),
			!p && !(q || r));
	}
}

static void
joined_conditions_hold_together(void **state)
{
	const struct value v[4] = { GIVEN(sector[0]), GIVEN(sat[0]) };
	struct response r = { .value = v };
	struct relevant none = { NULL }, yes = parse("${sat} = 2"), no = parse("${sat} = 10"), both;

	(void)state;
	assert_true(relevant_true(&none, NULL, &r));
	both = relevant_and(none, yes, &pool);
	assert_true(both.root == yes.root);
	both = relevant_and(yes, none, &pool);
	assert_true(both.root == yes.root);
	both = relevant_and(yes, no, &pool);
	assert_false(relevant_true(&both, NULL, &r));
	both = relevant_and(yes, yes, &pool);
	assert_true(relevant_true(&both, NULL, &r));
}

/* ^ marks where the fault is; it is taken out before parsing. */
static void
faults_say_where_they_are(void **state)
{
	static const char *const wrong[] = {
		"^", "^sector = 1", "${sector} ^", "${sector} =^= 'x'", "${sector} = ^",
		"${sector} = ^x", "^${nosuch} = 1", "${sector ^= 1", "${sector} = ^'x",
		"(${sat} = 1^", "not ^${sat} = 1", "${sat} = 1 ^xor ${sat} = 2", "${sat} = 1 and ^",
		"selected(${many}^)", "selected ^${many}", "${sat} < 'S01'^", "${sat} = 1^)",
		"${sat} <^> 1", "${sat} = 0^x10", "${sat} = ^nan", "${sat} = ^1.2.3",
		"${sat} ^& ${sat}", "${sat} = 1 ^android", "${sat} = 1 ^; drop",
		/* where a name ends: on either side of what may stand in one */
		"${sat^[} = 1", "${sat^@} = 1", "${sat^{} = 1", "${sat^`} = 1", "${sat^:} = 1",
		"${sat^/} = 1", "${sat^~} = 1", "${sat^满} = 1", "${sat^.} = 1", "^${sa-t} = 1",
		"^${} = 1", "^${_sat} = 1", "^$ {sat} = 1",
		/* words and numbers that are none */
		"^not_(${sat} = 1)", "^selected-(${many}, 'a')", "${sat} = 1 and^",
		"${sat} = 1 ^and-${sat} = 1", "${sat} = ^-", "${sat} = ^.", "${sat} = ^-.-",
		"${sat} = 1^e3", "${sat} = 1 ^2", "${sat} = ^1111111111111111111111111111111111",
		"${sat} >= ^", "${sat} >= ''^", "${sat} >= 'nan'^", "${sat} >= '0x1'^",
		"${sat} >= '1 '^", "selected(^'a', 'a')", "selected(${many},^)",
		"selected(${many}, 'a'^", "selected(${many}, 'a'^, 'b')", "not(${sat} = 1^", "(^)",
		"not(^)", "${sat} = 1 or not(^${x} = 1)", "((${sat} = 1)^",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		size_t want = strcspn(wrong[i], "^"), at = 999;
		struct err err = { 0 };
		struct relevant r;
		char source[128];

		snprintf(source, sizeof(source), "%.*s%s", (int)want, wrong[i],
			wrong[i] + want + 1);
		if (relevant_parse(&r, source, find, NULL, &pool, &at, &err) == 0)
			fail_msg("%s: parsed", source);
		assert_int_equal(err.code, ERR_INPUT);
		assert_null(r.root);
		if (at != want)
			fail_msg("%s: fault at %zu, want %zu (%s)", source, at, want, err.text);
	}
}

static void
deep_nesting_and_long_sources_are_refused(void **state)
{
	static char deep[4000], list[4000];
	struct relevant r;
	struct err err = { 0 };

	(void)state;
	for (int i = 0; i < 100; i++)
		strcat(deep, "not(");
	assert_int_equal(relevant_parse(&r, deep, find, NULL, &pool, NULL, &err), -1);
	for (int i = 0; i < 150; i++)
		strcat(list, i == 0 ? "${sat} = 1" : " or ${sat} = 1");
	err = (struct err){ 0 };
	assert_int_equal(relevant_parse(&r, list, find, NULL, &pool, NULL, &err), -1);
	/* a long one that is short enough parses or fails, but never crashes */
	list[1896] = '\0';
	relevant_parse(&r, list, find, NULL, &pool, NULL, NULL);
}

static void
faults_are_worded_in_both_languages(void **state)
{
	struct relevant r;

	(void)state;
	for (int lang = 0; lang < LANG_MAX; lang++) {
		struct err err = { 0 };

		lang_set((enum lang)lang);
		assert_int_equal(relevant_parse(&r, "${nosuch} = 1", find, NULL, &pool, NULL, &err),
			-1);
		assert_non_null(strstr(err.text, lang == LANG_ZH ? "前面没有名叫 nosuch" :
			"no earlier question is named nosuch"));
	}
	lang_set(LANG_ZH);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(comparisons_follow_the_answer),
		cmocka_unit_test(ten_is_more_than_three),
		cmocka_unit_test(an_unasked_item_is_empty_and_neither_below_nor_above),
		cmocka_unit_test(special_codes_are_values_but_not_numbers),
		cmocka_unit_test(multiple_answers_are_selected_one_by_one),
		cmocka_unit_test(several_answers_are_one_text_and_no_number),
		cmocka_unit_test(nesting_and_length_stop_at_their_limit),
		cmocka_unit_test(and_binds_tighter_than_or),
		cmocka_unit_test(joined_conditions_hold_together),
		cmocka_unit_test(faults_say_where_they_are),
		cmocka_unit_test(deep_nesting_and_long_sources_are_refused),
		cmocka_unit_test(faults_are_worded_in_both_languages),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, clear_pool);
}
