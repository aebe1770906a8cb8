/* What a plan is read with: members, files by column, designs, calibrations. */
#include "tests/support/check.h"

#include "base/json.h"
#include "plan/ask.h"
#include "plan/calibrate.h"
#include "plan/data.h"
#include "plan/many.h"
#include "plan/design.h"
#include "plan/plan.h"
#include "plan/read.h"
#include "stats/fault.h"

static struct pool pool;
static struct err err;
static json_t *kept[64];
static size_t kept_n;

/* JSON with ' for ", released at the end of the test; what went wrong before it is forgotten. */
static json_t *
json(const char *text)
{
	char *copy = pool_strdup(&pool, text), *p;
	json_error_t where;

	err = (struct err){ 0 };
	for (p = copy; *p != '\0'; p++)
		if (*p == '\'')
			*p = '"';
	kept[kept_n] = json_loads(copy, JSON_DECODE_ANY, &where);
	if (kept[kept_n] == NULL)
		fail_msg("%s: %s", copy, where.text);
	return kept[kept_n++];
}

static int
teardown(void **state)
{
	(void)state;
	while (kept_n > 0)
		json_decref(kept[--kept_n]);
	pool_clear(&pool);
	err = (struct err){ 0 };
	return 0;
}

static struct plan_data *
data(const char *text, const json_t *codes)
{
	struct plan_data *d = pool_take(&pool, sizeof(*d));

	assert_int_equal(plan_data_parse(d, text, strlen(text), "d.csv", codes, &pool, &err), 0);
	return d;
}

/* ---- members ---- */

static void
a_member_of_another_kind_is_named(void **state)
{
	const json_t *o = json("{'text': 5, 'flag': 'yes', 'number': 'x', 'level': 1.5, 'texts': [1], 'numbers': ['x'],"
	    " 'object': [], 'word': 'other'}");
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
	assert_int_equal(read_known(json("{'op': 1, 'of': 2, 'note': 3, 'title': 4, 'comment': []}"), known, &err), 0);
	assert_int_equal(read_known(json("{'op': 1, 'off': 2}"), known, &err), FAULT_INPUT);
	assert_non_null(strstr(err.text, "off"));
}

/* ---- files ---- */

static void
a_number_is_what_people_write_and_nothing_else(void **state)
{
	static const char *const bad[] = { "", " 1", "1 ", "inf", "nan", "0x1f", "1,5", "1e999", "--1", "1-2", "e", "." };
	double x;

	(void)state;
	assert_true(plan_number(&x, "-1.5e3") && x == -1500);
	assert_true(plan_number(&x, "+.5") && x == 0.5);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (plan_number(&x, bad[i]))
			fail_msg("“%s” is %g", bad[i], x);
}

static void
codes_and_blanks_are_missing_before_anything_else(void **state)
{
	struct plan_data *d = data("q,g\r\n1,a\r\n98,NA\r\n,b\r\n98.0,-9\r\n3,98\r\n", json("{'q': [98], '*': -9}"));
	const struct factor *g;
	const double *q;

	(void)state;
	assert_int_equal(plan_data_numbers(&q, d, "q", &err), 0);
	assert_true(q[0] == 1 && isnan(q[1]) && isnan(q[2]) && isnan(q[3]) && q[4] == 3);
	assert_int_equal(plan_data_factor(&g, d, "g", &err), 0);
	assert_int_equal(g->levels, 3);
	assert_true(g->of[1] == FACTOR_NONE && g->of[3] == FACTOR_NONE);
	assert_string_equal(g->level[g->of[4]], "98");
	assert_true(plan_data_words(d, 1) == false);
	assert_int_equal(plan_data_parse(d, "q\n1\n", 4, "d", json("{'r': 1}"), &pool, &err), FAULT_COLUMN);
	assert_non_null(strstr(err.text, "r"));
}

static void
a_cell_that_is_no_number_is_told_by_column_and_line(void **state)
{
	struct plan_data *d = data("a,b\n1,x\n\"two\nlines\",x\n3,y\n", NULL);
	const double *x;

	(void)state;
	assert_int_equal(plan_data_numbers(&x, d, "a", &err), FAULT_INPUT);
	assert_non_null(strstr(err.text, "a"));
	assert_non_null(strstr(err.text, "3"));
	assert_int_equal(plan_data_numbers(&x, d, "c", &err), FAULT_COLUMN);
	assert_true(plan_data_words(d, 1));
	err = (struct err){ 0 };
	assert_int_equal(plan_data_parse(d, "a\n", 2, "empty.csv", NULL, &pool, &err), FAULT_INPUT);
	assert_non_null(strstr(err.text, "empty.csv"));
}

static void
rows_stand_as_often_as_their_frequency_says(void **state)
{
	struct plan_data *d = data("y,f\n5,2\n7,0\n9,1\n", NULL);
	const double *y;

	(void)state;
	assert_int_equal(plan_data_repeat(d, "f", &err), 0);
	assert_int_equal(d->n, 3);
	assert_int_equal(plan_data_numbers(&y, d, "y", &err), 0);
	assert_true(y[0] == 5 && y[1] == 5 && y[2] == 9);
	assert_int_equal(d->row[2], 2);
	assert_int_equal(plan_data_repeat(data("y,f\n5,1.5\n", NULL), "f", &err), FAULT_WEIGHT);
	assert_int_equal(plan_data_repeat(data("y,f\n5,-1\n", NULL), "f", &err), FAULT_WEIGHT);
	assert_int_equal(plan_data_repeat(data("y,f\n5,NA\n", NULL), "f", &err), FAULT_WEIGHT);
	assert_int_equal(plan_data_repeat(data("y,f\n5,0\n", NULL), "f", &err), FAULT_WEIGHT);
	assert_int_equal(plan_data_repeat(data("y,f\n5,1e300\n", NULL), "f", &err), FAULT_WEIGHT);
}

static void
a_condition_compares_numbers_as_numbers_and_texts_as_texts(void **state)
{
	struct plan_data *d = data("g\n1\n1.0\n01\nx\nNA\n", NULL);
	bool is[5], missing[5];

	(void)state;
	assert_int_equal(plan_value_one_of(is, missing, d, "g", json("1"), &err), 0);
	assert_true(is[0] && is[1] && is[2] && !is[3] && !is[4]);
	assert_true(missing[4] && !missing[3]);
	assert_int_equal(plan_value_one_of(is, NULL, d, "g", json("['1', 'x']"), &err), 0);
	assert_true(is[0] && !is[1] && !is[2] && is[3]);
}

/* ---- designs and calibrations ---- */

#define PEOPLE "y,s,c,w,N,g\n1,n,1,1,4,a\n2,n,2,2,4,b\n3,m,3,1,4,a\n4,m,4,1,4,b\n"

static void
a_design_is_made_of_named_columns(void **state)
{
	struct plan_sample s;

	(void)state;
	assert_int_equal(plan_sample_make(&s, data(PEOPLE, NULL),
	    json("{'cluster': 'c', 'strata': 's', 'weight': 'w', 'fpc': 'N'}"), NULL, &err), 0);
	assert_true(s.designed && !s.calibrated);
	assert_true(sample_df(s.sample) == 2);
	assert_int_equal(sample_psus(s.sample)->strata, 2);
	assert_true(sample_psus(s.sample)->fraction[0] == 0.5);
	assert_int_equal(plan_sample_make(&s, data(PEOPLE, NULL), NULL, NULL, &err), 0);
	assert_false(s.designed);
	assert_int_equal(plan_sample_make(&s, data(PEOPLE, NULL), json("{'frequency': 'w'}"), NULL, &err), 0);
	assert_false(s.designed);
	assert_int_equal(sample_rows(s.sample), 5);
}

static void
a_design_that_makes_no_sense_is_named(void **state)
{
	static const struct {
		const char *design, *part;
		int fault;
	} bad[] = {
		{ "{'clusters': 'c'}", "clusters", FAULT_INPUT },
		{ "{'cluster': 'nowhere'}", "nowhere", FAULT_COLUMN },
		{ "{'cluster': [null]}", "cluster", FAULT_INPUT },
		{ "{'strata': ['s', 's', 's', 's', 's']}", "strata", FAULT_INPUT },
		{ "{'lonely': 'ignore'}", "ignore", FAULT_INPUT },
		{ "{'weight': 'g'}", "g", FAULT_INPUT },
		{ "{'replicates': {'type': 'JK9', 'columns': 'w'}}", "JK9", FAULT_INPUT },
		{ "{'replicates': {'columns': 'w'}}", "type", FAULT_INPUT },
		{ "{'replicates': {'type': 'JK1', 'columns': ['w', 'N'], 'rscales': [1]}}", "1", FAULT_INPUT },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct plan_sample s;

		assert_int_equal(plan_sample_make(&s, data(PEOPLE, NULL), json(bad[i].design), NULL, &err), bad[i].fault);
		if (strstr(err.text, bad[i].part) == NULL)
			fail_msg("%s: %s", bad[i].design, err.text);
	}
}

static void
a_calibration_is_read_whole(void **state)
{
	struct plan_calibrate c;

	(void)state;
	assert_int_equal(plan_calibrate_read(&c, data(PEOPLE, NULL),
	    json("{'method': 'logit', 'totals': {'(Intercept)': 9, 'ga': 4, 'y': 20}, 'bounds': [0.5, 2],"
	    " 'trim': {'lower': 1, 'strict': true}, 'tolerance': 1e-8, 'iterations': 50}"), &err), 0);
	assert_true(c.method && c.spec.method == CALIBRATE_LOGIT && c.spec.xs == 3 && c.spec.total[1] == 4);
	assert_true(c.spec.x[0].x[3] == 1 && c.spec.x[1].x[0] == 1 && c.spec.x[1].x[1] == 0 && c.spec.x[2].x[2] == 3);
	assert_true(c.spec.low == 0.5 && c.spec.high == 2 && c.trim && c.low == 1 && isinf(c.high) && c.strict);
	assert_true(c.spec.rake.tolerance == 1e-8 && c.spec.rake.iterations == 50 && !c.spec.rake.aside);
	assert_int_equal(plan_calibrate_read(&c, data(PEOPLE, NULL),
	    json("{'method': 'rake', 'margins': {'g': {'a': 1, 'b': 3}}, 'trim': {'upper': 5}, 'aside': true}"), &err), 0);
	/* After a rake an upper trim alone is a cap under which the margins hold. */
	assert_true(!c.trim && c.spec.cap == 5 && c.spec.rake.aside);
	assert_int_equal(c.spec.margin[0].categories, 2);
	assert_true(c.spec.margin[0].target[1] == 3);
}

static void
a_calibration_that_makes_no_sense_is_named(void **state)
{
	static const struct {
		const char *calibrate, *part;
		int fault;
	} bad[] = {
		{ "{'margins': {'g': {'a': 1}}}", "method", FAULT_INPUT },
		{ "{'method': 'guess'}", "guess", FAULT_INPUT },
		{ "{'method': 'rake', 'margins': {'g': 5}}", "g", FAULT_INPUT },
		{ "{'method': 'rake', 'margins': {'g': {'a': 'x'}}}", "a", FAULT_INPUT },
		{ "{'method': 'rake', 'margins': {'h': {'a': 1}}}", "h", FAULT_COLUMN },
		{ "{'method': 'linear', 'totals': {'gz': 1}}", "gz", FAULT_COLUMN },
		{ "{'method': 'linear', 'totals': {'y': 'x'}}", "y", FAULT_INPUT },
		{ "{'method': 'logit', 'bounds': [1]}", "bounds", FAULT_INPUT },
		{ "{'method': 'rake', 'tolerance': -1}", "tolerance", FAULT_INPUT },
		{ "{'method': 'rake', 'trim': {'top': 5}}", "top", FAULT_INPUT },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct plan_calibrate c;

		assert_int_equal(plan_calibrate_read(&c, data(PEOPLE, NULL), json(bad[i].calibrate), &err), bad[i].fault);
		if (strstr(err.text, bad[i].part) == NULL)
			fail_msg("%s: %s", bad[i].calibrate, err.text);
	}
}

/* ---- requests ---- */

static void
words_of_a_request_have_their_defaults(void **state)
{
	struct plan_ask a;

	(void)state;
	assert_int_equal(plan_ask_words(&a, 0.9, json("{'of': 'y'}"), &err), 0);
	assert_true(a.ask.level == 0.9 && !a.ask.listwise && !a.interval && a.ask.df == SAMPLE_DF_AUTO);
	assert_true(a.ask.deff == SAMPLE_DEFF_REPLACE);
	assert_int_equal(plan_ask_words(&a, 0.9, json("{'level': 0.99, 'missing': 'listwise', 'df': 'domain',"
	    " 'interval': 'beta', 'deff': true}"), &err), 0);
	assert_true(a.ask.level == 0.99 && a.ask.listwise && a.interval && a.ask.df == SAMPLE_DF_DOMAIN);
	assert_true(a.ask.interval == INTERVAL_BETA && a.ask.deff == SAMPLE_DEFF_FINITE);
	assert_int_equal(plan_ask_words(&a, 0.9, json("{'deff': 'big'}"), &err), FAULT_INPUT);
	assert_int_equal(plan_ask_words(&a, 0.9, json("{'missing': 'ignore'}"), &err), FAULT_INPUT);
}

static void
columns_of_words_are_indicators(void **state)
{
	struct plan_sample s;
	struct plan_data *d = data(PEOPLE, NULL);
	struct plan_work w = { d, &s, 0.95, &pool };
	struct column *column;
	size_t n;

	(void)state;
	assert_int_equal(plan_columns(&column, &n, &w, json("{'of': ['y', 'g']}"), "of", &err), 0);
	assert_int_equal(n, 3);
	assert_string_equal(column[1].name, "ga");
	assert_true(column[1].upper == 1 && isnan(column[0].upper) && column[2].x[1] == 1 && column[2].x[0] == 0);
	assert_int_equal(plan_columns(&column, &n, &w, json("{}"), "of", &err), FAULT_INPUT);
	assert_int_equal(plan_columns(&column, &n, &w, json("{'of': 'z'}"), "of", &err), FAULT_COLUMN);
}

static void
paths_start_in_the_plans_own_folder(void **state)
{
	(void)state;
	assert_string_equal(plan_folder("a/b/plan.json", &pool), "a/b");
	assert_string_equal(plan_folder("plan.json", &pool), ".");
	assert_string_equal(plan_folder("/plan.json", &pool), "/");
	assert_string_equal(plan_path("a/b", "d.csv", &pool), "a/b/d.csv");
	assert_string_equal(plan_path("a/b", "/d.csv", &pool), "/d.csv");
	assert_string_equal(plan_path("a/b", "-", &pool), "-");
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_teardown(a_member_of_another_kind_is_named, teardown),
	cmocka_unit_test_teardown(an_absent_or_null_member_leaves_its_result_as_it_was, teardown),
	cmocka_unit_test_teardown(one_text_is_a_list_of_one_and_null_keeps_its_place, teardown),
	cmocka_unit_test_teardown(a_misspelt_member_is_named_and_notes_are_allowed, teardown),
	cmocka_unit_test_teardown(a_number_is_what_people_write_and_nothing_else, teardown),
	cmocka_unit_test_teardown(codes_and_blanks_are_missing_before_anything_else, teardown),
	cmocka_unit_test_teardown(a_cell_that_is_no_number_is_told_by_column_and_line, teardown),
	cmocka_unit_test_teardown(rows_stand_as_often_as_their_frequency_says, teardown),
	cmocka_unit_test_teardown(a_condition_compares_numbers_as_numbers_and_texts_as_texts, teardown),
	cmocka_unit_test_teardown(a_design_is_made_of_named_columns, teardown),
	cmocka_unit_test_teardown(a_design_that_makes_no_sense_is_named, teardown),
	cmocka_unit_test_teardown(a_calibration_is_read_whole, teardown),
	cmocka_unit_test_teardown(a_calibration_that_makes_no_sense_is_named, teardown),
	cmocka_unit_test_teardown(words_of_a_request_have_their_defaults, teardown),
	cmocka_unit_test_teardown(columns_of_words_are_indicators, teardown),
	cmocka_unit_test_teardown(paths_start_in_the_plans_own_folder, teardown),
};

CHECK_MAIN(tests)
