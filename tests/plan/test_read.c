/* Members of a request, read one by one. */
#include "tests/plan/plan.h"

#include "plan/read.h"

static void
a_member_of_another_kind_is_named(void **state)
{
	const json_t *o = json(
		"{'text': 5, 'flag': 'yes', 'number': 'x', 'level': 1.5, 'texts': [1],"
		" 'numbers': ['x'], 'object': [], 'word': 'other'}");
	static const char *const words[] = { "one", "two", NULL };
	const char *text = "before", *const *texts;
	const double *numbers;
	const json_t *object;
	bool flag = true;
	double number = 7;
	size_t n;
	int word = 3;

	(void)state;
	assert_int_equal(read_text(&text, o, "text", &err), FAULT_INPUT);
	assert_non_null(strstr(err.text, "text"));
	assert_int_equal(read_flag(&flag, o, "flag", &err), FAULT_INPUT);
	assert_int_equal(read_number(&number, o, "number", &err), FAULT_INPUT);
	assert_int_equal(read_level(&number, o, "level", &err), FAULT_INPUT);
	assert_int_equal(read_texts(&texts, &n, o, "texts", &pool, &err), FAULT_INPUT);
	assert_int_equal(read_numbers(&numbers, &n, o, "numbers", &pool, &err), FAULT_INPUT);
	assert_int_equal(read_object(&object, o, "object", &err), FAULT_INPUT);
	err = (struct err){ 0 };
	assert_int_equal(read_word(&word, o, "word", words, &err), FAULT_INPUT);
	assert_non_null(strstr(err.text, "other"));
	assert_string_equal(text, "before");
	assert_true(flag && number == 7 && word == 3);
}

static void
an_absent_or_null_member_leaves_its_result_as_it_was(void **state)
{
	const json_t *o = json("{'text': null, 'number': null}");
	const char *text = "before", *const *texts = NULL;
	const json_t *object = o;
	double number = 7;
	size_t n = 9;

	(void)state;
	assert_int_equal(read_text(&text, o, "text", &err), 0);
	assert_int_equal(read_number(&number, o, "number", &err), 0);
	assert_int_equal(read_number(&number, o, "nothing", &err), 0);
	assert_int_equal(read_texts(&texts, &n, o, "nothing", &pool, &err), 0);
	assert_int_equal(read_object(&object, o, "nothing", &err), 0);
	assert_string_equal(text, "before");
	assert_true(number == 7 && texts == NULL && n == 9 && object == NULL);
	assert_int_equal(read_required(o, "text", &err), FAULT_INPUT);
	assert_non_null(strstr(err.text, "text"));
}

static void
one_text_is_a_list_of_one_and_null_keeps_its_place(void **state)
{
	const json_t *o = json("{'one': 'a', 'many': ['a', null, 'c'], 'p': 0.5, 'ps': [0.1, 2]}");
	const char *const *texts;
	const double *numbers;
	size_t n;

	(void)state;
	assert_int_equal(read_texts(&texts, &n, o, "one", &pool, &err), 0);
	assert_int_equal(n, 1);
	assert_string_equal(texts[0], "a");
	assert_int_equal(read_texts(&texts, &n, o, "many", &pool, &err), 0);
	assert_int_equal(n, 3);
	assert_true(texts[1] == NULL && strcmp(texts[2], "c") == 0);
	assert_int_equal(read_numbers(&numbers, &n, o, "p", &pool, &err), 0);
	assert_true(n == 1 && numbers[0] == 0.5);
	assert_int_equal(read_numbers(&numbers, &n, o, "ps", &pool, &err), 0);
	assert_true(n == 2 && numbers[1] == 2);
}

static void
a_misspelt_member_is_named_and_notes_are_allowed(void **state)
{
	static const char *const known[] = { "op", "of", NULL };

	(void)state;
	assert_int_equal(read_known(
		json("{'op': 1, 'of': 2, 'note': 3, 'title': 4, 'comment': []}"), known, &err), 0);
	assert_int_equal(read_known(json("{'op': 1, 'off': 2}"), known, &err), FAULT_INPUT);
	assert_non_null(strstr(err.text, "off"));
}

static void
a_member_of_its_kind_is_read(void **state)
{
	const json_t *o = json(
		"{'text': 't', 'flag': true, 'number': -2.5, 'level': 0.9, 'none': 0, 'all': 1,"
		" 'object': {'a': 1}, 'word': 'two'}");
	static const char *const words[] = { "one", "two", NULL };
	const json_t *object = NULL;
	const char *text = NULL;
	double number = 7, level = 0.95;
	bool flag = false;
	int word = -1;

	(void)state;
	assert_int_equal(read_text(&text, o, "text", &err), 0);
	assert_string_equal(text, "t");
	assert_int_equal(read_flag(&flag, o, "flag", &err), 0);
	assert_int_equal(read_number(&number, o, "number", &err), 0);
	assert_int_equal(read_level(&level, o, "level", &err), 0);
	assert_int_equal(read_object(&object, o, "object", &err), 0);
	assert_int_equal(read_word(&word, o, "word", words, &err), 0);
	assert_int_equal(read_required(o, "none", &err), 0);
	assert_true(flag && number == -2.5 && level == 0.9 &&
		json_object_size(object) == 1 && word == 1);
	assert_int_equal(read_level(&level, o, "none", &err), FAULT_INPUT);
	assert_int_equal(read_level(&level, o, "all", &err), FAULT_INPUT);
	assert_true(level == 0.9);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_teardown(a_member_of_another_kind_is_named, teardown),
	cmocka_unit_test_teardown(a_member_of_its_kind_is_read, teardown),
	cmocka_unit_test_teardown(an_absent_or_null_member_leaves_its_result_as_it_was, teardown),
	cmocka_unit_test_teardown(one_text_is_a_list_of_one_and_null_keeps_its_place, teardown),
	cmocka_unit_test_teardown(a_misspelt_member_is_named_and_notes_are_allowed, teardown),
};

CHECK_MAIN(tests)
