/* The command line: options by table, numbers and days, what was probably meant. */
#include "tests/support/check.h"

#include "cli/args.h"
#include "cli/show.h"

static const struct args_option options[] = {
	{ .name = "form", .value = "ID" },
	{ .name = "output", .letter = 'o', .value = "FILE" },
	{ .name = "all" },
	{ .name = "year", .value = "YEAR" },
	{ .name = "signed-by", .value = "NAME", .required = true },
	{ .name = NULL }
};

static struct args
args_of(const char *option, const char *value)
{
	struct args args = { .option = options };
	const char *word[2] = { option, value };
	struct err err = { .code = ERR_NONE };

	assert_true(args_step(options, args.value, word, 2, &err) >= 1);
	return args;
}

static void
values_follow_or_stand_after_an_equals_sign(void **state)
{
	struct args args;

	(void)state;
	args = args_of("--form", "A");
	assert_string_equal(args_value(&args, "form"), "A");
	args = args_of("--form=B", "x");
	assert_string_equal(args_value(&args, "form"), "B");
	args = args_of("--form=", "x");
	assert_string_equal(args_value(&args, "form"), "");
	args = args_of("-o", "-");
	assert_string_equal(args_value(&args, "output"), "-");
	args = args_of("-opage.pdf", "x");
	assert_string_equal(args_value(&args, "output"), "page.pdf");
	args = args_of("--all", "x");
	assert_true(args_on(&args, "all"));
	assert_false(args_on(&args, "form"));
}

static int
step(const char *first, const char *second, const char *value[], struct err *err)
{
	const char *word[2] = { first, second };

	*err = (struct err){ .code = ERR_NONE };
	return args_step(options, value, word, second != NULL ? 2 : 1, err);
}

static void
what_does_not_fit_is_named(void **state)
{
	const char *value[ARGS_OPTIONS_MAX] = { NULL };
	struct err err;

	(void)state;
	assert_int_equal(step("--form", NULL, value, &err), -1);
	assert_int_equal(err.code, ERR_USAGE);
	assert_int_equal(step("--form", "--all", value, &err), -1);
	assert_int_equal(step("--all=yes", NULL, value, &err), -1);
	assert_int_equal(step("--form", "A", value, &err), 2);
	assert_int_equal(step("--form", "B", value, &err), -1);
	assert_non_null(strstr(err.text, "form"));
	assert_string_equal(value[0], "A");
}

static void
what_is_required_is_not_empty(void **state)
{
	static const char *const empty[][2] = { { "--signed-by", "" }, { "--signed-by=", NULL },
		{ "--signed-by", " \t" } };
	const char *value[ARGS_OPTIONS_MAX] = { NULL };
	struct err err;

	(void)state;
	for (size_t i = 0; i < sizeof(empty) / sizeof(empty[0]); i++) {
		assert_int_equal(step(empty[i][0], empty[i][1], value, &err), -1);
		assert_int_equal(err.code, ERR_USAGE);
		assert_non_null(strstr(err.text, "--signed-by"));
	}
	assert_int_equal(step("--signed-by", "王", value, &err), 2);
}

static void
other_words_are_left_alone(void **state)
{
	const char *value[ARGS_OPTIONS_MAX] = { NULL };
	struct err err;

	(void)state;
	assert_int_equal(step("A.json", NULL, value, &err), 0);
	assert_int_equal(step("-", NULL, value, &err), 0);
	assert_int_equal(step("--none", NULL, value, &err), 0);
	assert_int_equal(step("-x", NULL, value, &err), 0);
}

static void
numbers_are_whole_and_within_bounds(void **state)
{
	struct err err = { .code = ERR_NONE };
	long long year = 7;
	struct args args;

	(void)state;
	args = args_of("--year", "2024");
	assert_int_equal(args_whole(&args, "year", &year, 2000, 2999, &err), 0);
	assert_int_equal(year, 2024);
	for (size_t i = 0; i < 6; i++) {
		static const char *const bad[] = { "1999", "3000", "20x4", "", "2024.5",
			"99999999999999999999" };

		err = (struct err){ .code = ERR_NONE };
		args = args_of("--year", bad[i]);
		assert_int_equal(args_whole(&args, "year", &year, 2000, 2999, &err), -1);
		assert_int_equal(err.code, ERR_USAGE);
	}
	assert_int_equal(year, 2024);
}

static void
an_absent_option_leaves_the_default(void **state)
{
	struct args args = { .option = options };
	struct err err = { .code = ERR_NONE };
	long long year = 7, minute = 9;
	double x = 0.5;

	(void)state;
	assert_int_equal(args_whole(&args, "year", &year, 0, 9999, &err), 0);
	assert_int_equal(args_number(&args, "year", &x, &err), 0);
	assert_int_equal(args_day(&args, "year", NULL, &minute, &err), 0);
	assert_int_equal(year, 7);
	assert_int_equal(minute, 9);
	assert_close(x, 0.5, 0);
}

static void
days_are_days_of_the_calendar(void **state)
{
	struct err err = { .code = ERR_NONE };
	long long minute;
	struct args args;

	(void)state;
	args = args_of("--form", "1970-01-02");
	assert_int_equal(args_day(&args, "form", NULL, &minute, &err), 0);
	/* Midnight in China is eight hours before midnight in Greenwich. */
	assert_int_equal(minute, 1440 - 480);
	args = args_of("--form", "2023-02-29");
	assert_int_equal(args_day(&args, "form", NULL, &minute, &err), -1);
}

static void
distance_counts_edits_and_swaps(void **state)
{
	(void)state;
	assert_int_equal(args_distance("wave", "wave"), 0);
	assert_int_equal(args_distance("wave", "wvae"), 1);
	assert_int_equal(args_distance("import", "imprt"), 1);
	assert_int_equal(args_distance("", "abc"), 3);
	assert_int_equal(args_distance("kitten", "sitting"), 3);
}

static const char *
candidate(size_t i, const void *ctx)
{
	static const char *const words[] = { "wave", "site", "import", "export", NULL };

	(void)ctx;
	return words[i];
}

static void
a_near_word_is_suggested_and_a_far_one_is_not(void **state)
{
	(void)state;
	assert_string_equal(args_nearest("wvae", candidate, NULL), "wave");
	assert_string_equal(args_nearest("imports", candidate, NULL), "import");
	assert_null(args_nearest("poster", candidate, NULL));
	assert_null(args_nearest("x", candidate, NULL));
}

static void
columns_line_up_in_chinese(void **state)
{
	static const struct show_column column[] = {
		{ "a", { { "名称", "name" } }, SHOW_PLAIN },
		{ "n", { { "份数", "n" } }, SHOW_COUNT },
	};
	json_t *rows =
		json_pack("[{s:s,s:i},{s:s,s:i}]", "a", "新华街道", "n", 5, "a", "A1", "n", 1234);
	struct text out = TEXT_INIT;

	(void)state;
	lang_set(LANG_ZH);
	show_table(&out, rows, column, 2);
	assert_string_equal(text_str(&out), "名称      份数\n新华街道     5\nA1        1234\n");
	text_clear(&out);
	json_decref(rows);
}

static void
a_value_never_stands_without_its_interval(void **state)
{
	struct text out = TEXT_INIT;

	(void)state;
	lang_set(LANG_ZH);
	show_interval(&out, 78.42, 76.93, 79.81, 1);
	assert_string_equal(text_str(&out), "78.4（76.9–79.8）");
	text_reset(&out);
	show_interval(&out, NAN, 1, 2, 1);
	assert_string_equal(text_str(&out), "—");
	text_clear(&out);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(values_follow_or_stand_after_an_equals_sign),
	cmocka_unit_test(what_does_not_fit_is_named),
	cmocka_unit_test(what_is_required_is_not_empty),
	cmocka_unit_test(other_words_are_left_alone),
	cmocka_unit_test(numbers_are_whole_and_within_bounds),
	cmocka_unit_test(an_absent_option_leaves_the_default),
	cmocka_unit_test(days_are_days_of_the_calendar),
	cmocka_unit_test(distance_counts_edits_and_swaps),
	cmocka_unit_test(a_near_word_is_suggested_and_a_far_one_is_not),
	cmocka_unit_test(columns_line_up_in_chinese),
	cmocka_unit_test(a_value_never_stands_without_its_interval),
};

CHECK_MAIN(tests)
