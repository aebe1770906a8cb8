/* Plans on stored waves: what is asked of sums, what falls back on rows, what is refused. */
#include "tests/support/check.h"

#include "base/json.h"
#include "plan/stored.h"
#include "stats/fault.h"

static struct pool pool;
static struct err err;

/* A provider that remembers what it was asked. */
struct provider {
	struct stored_ask ask;
	size_t tables, figures, rows;
	const char *figure, *by;
	int answer;		/* of table() */
	bool out;		/* two of the rows are no part of the sample */
};

static const char *const years[] = { "2023", "2024" };

/* Two rows, 4 and 5 with standard errors 0.3 and 0.4, independent. */
static void
table_of(struct table *t, const char *of, const char *by)
{
	static const char *name[1];
	static struct table_row row[2];
	static double cov[4] = { 0.09, 0, 0, 0.16 };

	name[0] = by;
	for (size_t i = 0; i < 2; i++)
		row[i] = (struct table_row){ .of = of, .by = &years[i], .p = NAN, .upper = NAN,
			.kish = 100, .estimate = {
				.value = 4 + (double)i, .se = sqrt(cov[3 * i]),
				.df = 20 + 10 * (double)i, .n = 100 - 95 * (double)i,
				.n_eff = 90, .deff = 1, .level = 0.95, .method = "wald t" } };
	*t = (struct table){ .row = row, .rows = 2, .by = name, .bys = 1, .cov = cov, .df = 20,
		.level = 0.95 };
}

static int
give_table(struct table *t, void *ctx, const struct stored_ask *ask, struct err *e)
{
	struct provider *p = ctx;

	p->ask = *ask;
	p->tables++;
	if (p->answer < 0)
		return fault_set(e, p->answer, "没有", "none");
	table_of(t, ask->item[0], ask->bys > 0 ? ask->by[0] : "g");
	return p->answer;
}

static bool
give_named(void *ctx, const char *name)
{
	(void)ctx;
	return strcmp(name, "csi") == 0;
}

static int
give_figure(struct table *t, void *ctx, const char *name, const char *by, double level,
	struct err *e)
{
	struct provider *p = ctx;

	(void)level;
	p->figures++;
	p->figure = name;
	p->by = by;
	if (strcmp(name, "csi") != 0)
		return fault_set(e, FAULT_COLUMN, "没有 %s", "there is no %s", name);
	table_of(t, name, "year");
	return 0;
}

static int
give_rows(const char **csv, size_t *n, struct stored_with *with, void *ctx, struct pool *into,
	struct err *e)
{
	static const bool in[] = { true, true, false, false };
	struct provider *p = ctx;

	(void)into;
	(void)e;
	p->rows++;
	with->in = p->out ? in : NULL;
	*csv = "q,g,weight,cluster\n1,a,1,k\n2,a,1,l\n4,b,2,m\n5,b,0,n\n";
	*n = strlen(*csv);
	with->design = json_pack("{s:s, s:s}", "weight", "weight", "cluster", "cluster");
	with->calibrate = NULL;
	return 0;
}

static struct plan_stored
stored(struct provider *p)
{
	*p = (struct provider){ .answer = 0 };
	return (struct plan_stored){ .ctx = p, .table = give_table, .named = give_named,
		.figure = give_figure, .rows = give_rows };
}

/* Runs a plan written with ' for "; the answer is the caller's to release. */
static json_t *
run(const char *text, const struct plan_stored *s)
{
	char *copy = pool_strdup(&pool, text);
	json_error_t where;
	json_t *plan, *said;
	size_t answered;

	for (char *c = copy; *c != '\0'; c++)
		if (*c == '\'')
			*c = '"';
	if ((plan = json_loads(copy, 0, &where)) == NULL)
		fail_msg("%s: %s", copy, where.text);
	said = plan_run_stored(plan, "0", s, &answered, &pool, &err);
	json_decref(plan);
	return said;
}

static const json_t *
result(const json_t *said, size_t i)
{
	return json_array_get(json_object_get(said, "results"), i);
}

static const char *
code(const json_t *said, size_t i)
{
	const char *word = json_string_value(
		json_object_get(json_object_get(result(said, i), "error"), "code"));

	return word != NULL ? word : "";
}

static int
teardown(void **state)
{
	(void)state;
	pool_clear(&pool);
	return 0;
}

static void
a_share_reaches_the_sums_with_its_groups_and_conditions(void **state)
{
	struct provider p;
	struct plan_stored s = stored(&p);
	json_t *said = run(
		"{'requests': [{'op': 'share', 'of': 'q', 'is': [9, '10'], 'by': 'g', 'level': 0.9,"
		" 'where': {'sex': 1, 'age': ['2', 3]}}]}", &s);

	(void)state;
	assert_true(p.tables == 1 && p.rows == 0);
	assert_true(p.ask.items == 1 && p.ask.iss == 2 && p.ask.bys == 1 && p.ask.wheres == 2);
	assert_string_equal(p.ask.is[0], "9");
	assert_string_equal(p.ask.where[1].level[1], "3");
	assert_true(p.ask.level == 0.9 && p.ask.df == SAMPLE_DF_AUTO &&
		p.ask.interval == INTERVAL_DEFAULT);
	assert_string_equal(code(said, 0), "");
	/* The second row has five answers: not for publication. */
	assert_int_equal(json_integer_value(
		json_array_get(json_object_get(result(said, 0), "below_limits"), 0)), 1);
	json_decref(said);
}

static void
what_sums_cannot_tell_reads_the_rows_once(void **state)
{
	struct provider p;
	struct plan_stored s = stored(&p);
	json_t *said = run(
		"{'requests': [{'op': 'total', 'of': 'q'}, {'op': 'mean', 'of': 'q', 'deff': true},"
		" {'op': 'quantile', 'of': 'q', 'p': 0.5}, {'op': 'mean', 'of': ['q',"
		" 'q'], 'missing': 'listwise'}]}", &s);
	const json_t *row;

	(void)state;
	assert_true(p.tables == 0 && p.rows == 1);
	row = json_array_get(json_object_get(result(said, 0), "rows"), 0);
	assert_true(json_number_value(json_object_get(row, "estimate")) == 1 + 2 + 8);
	for (size_t i = 0; i < 4; i++)
		assert_string_equal(code(said, i), "");
	json_decref(said);
	p.answer = STORED_ROWS;
	said = run("{'requests': [{'op': 'mean', 'of': 'q'}]}", &s);
	row = json_array_get(json_object_get(result(said, 0), "rows"), 0);
	assert_true(p.tables == 1 &&
		json_number_value(json_object_get(row, "estimate")) == 11.0 / 4);
	json_decref(said);
}

static void
a_plan_with_a_design_of_its_own_never_asks_the_sums(void **state)
{
	struct provider p;
	struct plan_stored s = stored(&p);
	json_t *said = run(
		"{'design': {'weight': 'weight'}, 'requests': [{'op': 'mean', 'of': 'q'}]}", &s);

	(void)state;
	assert_true(p.tables == 0 && p.rows == 1);
	json_decref(said);
	said = run("{'codes': {'q': [4]}, 'requests': [{'op': 'mean', 'of': 'q'}]}", &s);
	assert_true(json_number_value(json_object_get(
		json_array_get(json_object_get(result(said, 0), "rows"), 0), "estimate")) == 1.5);
	json_decref(said);
}

static void
a_request_is_checked_before_anything_is_asked(void **state)
{
	struct provider p;
	struct plan_stored s = stored(&p);
	json_t *said = run(
		"{'requests': [{'op': 'mean', 'of': 'q', 'bye': 'g'}, {'op': 'total', 'of': 'q',"
		" 'is': 1}, {'op': 'median', 'of': 'q'}, {'of': 'q'}]}", &s);

	(void)state;
	for (size_t i = 0; i < 4; i++)
		assert_string_equal(code(said, i), "input");
	assert_true(p.tables == 0 && p.rows == 0);
	json_decref(said);
	said = run("{'requests': [{'op': 'trend', 'of': 'q', 'over': 'q', 'scale': [1, 5]},"
		" {'op': 'trend', 'of': 'q', 'over': 'q'}]}", &s);
	assert_string_equal(code(said, 0), "input");
	assert_string_not_equal(code(said, 1), "input");
	json_decref(said);
}

static void
a_figure_is_asked_by_its_name(void **state)
{
	struct provider p;
	struct plan_stored s = stored(&p);
	json_t *said = run("{'requests': [{'op': 'index', 'of': 'csi', 'by': 'town'},"
		" {'op': 'index', 'of': 'csi', 'by': ['town', 'sex']},"
		" {'op': 'index', 'of': 'other'}]}", &s);

	(void)state;
	assert_true(p.figures == 2 && p.tables == 0);
	assert_string_equal(code(said, 0), "");
	assert_string_equal(code(said, 1), "input");
	assert_string_equal(code(said, 2), "column");
	json_decref(said);
	said = run("{'requests': [{'op': 'difference', 'of': 'csi', 'over': 'year'},"
		" {'op': 'difference', 'of': 'csi', 'over': 'year', 'where': {'g': 'a'}}]}", &s);
	assert_true(p.figures == 3 && p.tables == 0 && p.rows == 0);
	assert_string_equal(code(said, 0), "");
	assert_string_equal(code(said, 1), "input");
	json_decref(said);
}

static void
whoever_is_out_is_out_under_any_design(void **state)
{
	static const char *const design[] = { "null", "{}", "{'cluster': 'cluster'}",
		"{'weight': 'q'}" };
	struct provider p;
	struct plan_stored s = stored(&p);
	const json_t *row;
	json_t *said;

	(void)state;
	p.out = true;
	for (size_t i = 0; i < sizeof(design) / sizeof(design[0]); i++) {
		said = run(pool_fmt(&pool, "{'design': %s, 'requests': [{'op': 'total',"
			" 'of': 'weight'}, {'op': 'design'}]}", design[i]), &s);
		row = json_array_get(json_object_get(result(said, 0), "rows"), 0);
		assert_close(json_number_at(row, "estimate"), i < 3 ? 2 : 3, 1e-12);
		assert_close(json_number_at(row, "n"), 2, 0);
		row = json_array_get(json_object_get(result(said, 1), "rows"), 0);
		assert_close(json_number_at(row, "df"), 3, 0);
		assert_non_null(json_object_get(json_object_get(said, "own"), "design"));
		json_decref(said);
	}
}

static void
waves_without_shared_units_have_welchs_freedom(void **state)
{
	struct provider p;
	struct plan_stored s = stored(&p);
	json_t *said;
	const json_t *row;

	(void)state;
	s.years = true;
	said = run("{'requests': [{'op': 'difference', 'of': 'q', 'over': 'year'}, {'op': 'trend',"
		" 'of': 'q', 'over': 'year'}, {'op': 'total', 'of': 'q'}, {'op': 'trend',"
		" 'of': 'q', 'over': 'year', 'by': 'g'}]}", &s);
	row = json_array_get(json_object_get(result(said, 0), "rows"), 0);
	assert_close(json_number_value(json_object_get(row, "se")), 0.5, 1e-15);
	/* (0.09 + 0.16)^2 / (0.09^2 / 20 + 0.16^2 / 30) */
	assert_close(json_number_value(json_object_get(row, "df")),
		0.0625 / (0.0081 / 20 + 0.0256 / 30), 1e-12);
	row = json_array_get(json_object_get(result(said, 1), "rows"), 0);
	assert_close(json_number_value(json_object_get(row, "estimate")), 1, 1e-12);
	assert_close(json_number_value(json_object_get(row, "se")), 0.5, 1e-12);
	assert_string_equal(code(said, 2), "input");
	assert_string_equal(code(said, 3), "input");
	assert_int_equal(p.rows, 0);
	json_decref(said);
}

static void
a_refusal_stops_everything_but_a_plan_of_its_own(void **state)
{
	struct provider p;
	struct plan_stored s = stored(&p);
	json_t *said;

	(void)state;
	s.refusal = "placeholder_margins";
	err_set(&s.why, ERR_REFUSED, "占位", "placeholders");
	said = run("{'requests': [{'op': 'mean', 'of': 'q'}, {'op': 'design'}]}", &s);
	assert_string_equal(code(said, 0), "placeholder_margins");
	assert_string_equal(code(said, 1), "placeholder_margins");
	assert_true(p.tables == 0 && p.rows == 0);
	json_decref(said);
	said = run("{'design': {}, 'codes': {}, 'requests': [{'op': 'mean', 'of': 'q'}]}", &s);
	assert_string_equal(code(said, 0), "placeholder_margins");
	json_decref(said);
	said = run("{'calibrate': null, 'requests': [{'op': 'mean', 'of': 'q'}]}", &s);
	assert_string_equal(code(said, 0), "");
	json_decref(said);
}

static void
every_interval_nobody_drew_says_so(void **state)
{
	struct provider p;
	struct plan_stored s = stored(&p);
	json_t *said, *row;
	size_t k;

	(void)state;
	s.model_based = true;
	said = run("{'requests': [{'op': 'mean', 'of': 'q'}, {'op': 'total', 'of': 'q'},"
		" {'op': 'index', 'of': 'csi'}]}", &s);
	for (size_t i = 0; i < 3; i++)
		json_array_foreach(json_object_get(result(said, i), "rows"), k, row)
			assert_non_null(strstr(json_string_value(json_object_get(row, "method")),
				"model-based"));
	json_decref(said);
}

static void
a_misspelt_request_is_named_before_anything_is_asked(void **state)
{
	struct provider p;
	struct plan_stored s = stored(&p);
	json_t *said =
		run("{'requests': [{'op': 'mean', 'off': 'q'}, {'op': 'meen', 'of': 'q'}, 5]}", &s);

	(void)state;
	for (size_t i = 0; i < 3; i++)
		assert_string_equal(code(said, i), "input");
	assert_int_equal(p.tables, 0);
	json_decref(said);
	assert_null(run("{'requests': 5}", &s));
	assert_null(run("{'request': []}", &s));
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_teardown(a_share_reaches_the_sums_with_its_groups_and_conditions,
		teardown),
	cmocka_unit_test_teardown(what_sums_cannot_tell_reads_the_rows_once, teardown),
	cmocka_unit_test_teardown(a_plan_with_a_design_of_its_own_never_asks_the_sums, teardown),
	cmocka_unit_test_teardown(a_request_is_checked_before_anything_is_asked, teardown),
	cmocka_unit_test_teardown(a_figure_is_asked_by_its_name, teardown),
	cmocka_unit_test_teardown(whoever_is_out_is_out_under_any_design, teardown),
	cmocka_unit_test_teardown(waves_without_shared_units_have_welchs_freedom, teardown),
	cmocka_unit_test_teardown(a_refusal_stops_everything_but_a_plan_of_its_own, teardown),
	cmocka_unit_test_teardown(every_interval_nobody_drew_says_so, teardown),
	cmocka_unit_test_teardown(a_misspelt_request_is_named_before_anything_is_asked, teardown),
};

CHECK_MAIN(tests)
