/* What a browser or a table sends, taken apart. */
#include "tests/forms/forms.h"
#include "tests/forms/pool.h"

static struct answers
parsed(const char *body, size_t n)
{
	struct answers a;
	struct err err = { 0 };

	if (answers_parse(&a, body, n, &pool, &err) != 0)
		fail_msg("%s", err.text);
	return a;
}

static bool
refused(const char *body, size_t n)
{
	struct answers a;
	struct err err = { 0 };
	bool bad = answers_parse(&a, body, n, &pool, &err) != 0;

	assert_int_equal(err.code, bad ? ERR_INPUT : ERR_NONE);
	if (bad)
		assert_int_equal(a.pairs, 0);
	return bad;
}

static void
pairs_come_in_the_order_sent(void **state)
{
	struct answers a = parsed("b=1&a=2&b=3", 11);

	(void)state;
	assert_int_equal(a.pairs, 3);
	assert_string_equal(a.pair[0].name, "b");
	assert_string_equal(a.pair[1].name, "a");
	assert_string_equal(a.pair[2].value, "3");
}

/* The form-urlencoded examples of the URL standard's serializer, read back. */
static void
plus_and_percent_are_decoded(void **state)
{
	struct answers a = parsed("a+b=%E6%BB%A1+%e6%84%8f&c%26=%3D%2B%25", 38);

	(void)state;
	assert_string_equal(a.pair[0].name, "a b");
	assert_string_equal(a.pair[0].value, "满 意");
	assert_int_equal(a.pair[0].value_n, 7);
	assert_string_equal(a.pair[1].name, "c&");
	assert_string_equal(a.pair[1].value, "=+%");
}

static void
empty_parts_are_nothing_and_empty_values_are_empty(void **state)
{
	struct answers a = parsed("&&a=&b&=c&d==e&", 15);

	(void)state;
	assert_int_equal(a.pairs, 4);
	assert_string_equal(a.pair[0].value, "");
	assert_string_equal(a.pair[1].name, "b");
	assert_string_equal(a.pair[1].value, "");
	assert_string_equal(a.pair[2].name, "");
	assert_string_equal(a.pair[2].value, "c");
	assert_string_equal(a.pair[3].value, "=e");
	assert_int_equal(parsed("", 0).pairs, 0);
}

static void
nul_bytes_are_kept_and_counted(void **state)
{
	struct answers a = parsed("a%00b=c%00d", 11);

	(void)state;
	assert_int_equal(a.pair[0].name_n, 3);
	assert_memory_equal(a.pair[0].value, "c\0d", 4);
	assert_int_equal(parsed("a=\0", 3).pair[0].value_n, 1);
}

static void
broken_percents_are_refused(void **state)
{
	(void)state;
	assert_true(refused("a=%", 3));
	assert_true(refused("a=%4", 4));
	assert_true(refused("a=%4&b=1", 8));
	assert_true(refused("a=%zz", 5));
	assert_true(refused("%G0=1", 5));
	assert_true(refused("a=%u6EE1", 8));
	assert_false(refused("a=%41", 5));
}

static void
too_many_pairs_and_too_long_bodies_are_refused(void **state)
{
	static char body[FORM_BODY_MAX + 2];
	struct text t = TEXT_INIT;

	(void)state;
	for (int i = 0; i < ANSWERS_PAIRS_MAX; i++)
		text_puts(&t, "a=1&");
	assert_int_equal(parsed(t.s, t.n).pairs, ANSWERS_PAIRS_MAX);
	text_puts(&t, "a=1");
	assert_true(refused(t.s, t.n));
	memset(body, 'a', sizeof(body));
	assert_false(refused(body, FORM_BODY_MAX));
	assert_true(refused(body, FORM_BODY_MAX + 1));
	text_clear(&t);
}

/* Every byte value, encoded by hand, comes back. */
static void
every_byte_survives(void **state)
{
	char all[256];
	struct text t = TEXT_INIT;
	struct answers a;

	(void)state;
	for (int i = 0; i < 256; i++)
		all[i] = (char)i;
	forms_field(&t, "x", all, 256);
	a = parsed(t.s, t.n);
	assert_int_equal(a.pair[0].value_n, 256);
	assert_memory_equal(a.pair[0].value, all, 256);
	text_clear(&t);
}

static void
a_doubled_or_poisoned_field_is_not_given(void **state)
{
	struct answers a = parsed("_key=k1&_lang=en&_lang=zh&_t=1%002", 34);

	(void)state;
	assert_string_equal(answers_get(&a, "_key"), "k1");
	assert_null(answers_get(&a, "_lang"));
	assert_null(answers_get(&a, "_t"));
	assert_null(answers_get(&a, "_ke"));
	assert_null(answers_get(&a, "missing"));
}

static void
cells_of_a_table_are_answers(void **state)
{
	const struct form *c = forms_load("C", &pool);
	static const char *const name[] = { "resid", "aided", "unaided", "sex", "nosuch" };
	static const char *const cell[] = { "1", " 12315  month ", "打 12345", "", "x" };
	struct answers a;

	(void)state;
	answers_from_cells(&a, c, name, cell, 5, &pool);
	assert_int_equal(a.pairs, 5);
	assert_string_equal(a.pair[1].value, "12315");
	assert_string_equal(a.pair[2].name, "aided");
	assert_string_equal(a.pair[2].value, "month");
	assert_int_equal(a.pair[2].value_n, 5);
	assert_string_equal(a.pair[3].value, "打 12345");
	assert_string_equal(a.pair[4].name, "nosuch");
	answers_from_cells(&a, c, name, cell, 0, &pool);
	assert_int_equal(a.pairs, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pairs_come_in_the_order_sent),
		cmocka_unit_test(plus_and_percent_are_decoded),
		cmocka_unit_test(empty_parts_are_nothing_and_empty_values_are_empty),
		cmocka_unit_test(nul_bytes_are_kept_and_counted),
		cmocka_unit_test(broken_percents_are_refused),
		cmocka_unit_test(too_many_pairs_and_too_long_bodies_are_refused),
		cmocka_unit_test(every_byte_survives),
		cmocka_unit_test(a_doubled_or_poisoned_field_is_not_given),
		cmocka_unit_test(cells_of_a_table_are_answers),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, clear_pool);
}
