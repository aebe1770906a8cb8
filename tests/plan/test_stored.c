/* Plans on stored waves: of one, of several over years, and of versions of a form that differ. */
#include "plan/stored.h"

#include "base/lang.h"
#include "tests/plan/plan.h"

enum { WAVES_MAX = 3 };

/* Waves from tables, and what was asked of them. */
struct provider {
	const char *rows[WAVES_MAX];
	const char *choices[WAVES_MAX], *wording[WAVES_MAX], *multi;	/* JSON with ' for " */
	const bool *in;			/* of every wave */
	int fault;			/* of the first wave's own sample */
	size_t opened, figures;
	const char *by;
};

static struct provider asked;

static const char design[] = "{'weight': 'weight', 'cluster': 'cluster'}";

static json_t *
kept_json(const char *text)
{
	return text == NULL ? json_object() : json_incref(json(text));
}

static int
give_wave(struct plan_wave *w, void *ctx, size_t i, const json_t *plan, struct err *e)
{
	struct provider *p = ctx;
	struct plan_data *d = pool_take(&pool, sizeof(*d));

	assert_non_null(json_object_get(plan, "requests"));
	p->opened++;
	*w = (struct plan_wave){ .name = i == 0 ? "A-2023" : "A-2024", .year = 2023 + (int)i,
		.in = p->in, .design = kept_json(design), .multi = kept_json(p->multi),
		.choices = kept_json(p->choices[i]), .wording = kept_json(p->wording[i]) };
	assert_int_equal(frame_parse(&w->frame, p->rows[i], strlen(p->rows[i]), "wave", &pool, e),
		0);
	assert_int_equal(plan_data_frame(d, w->frame, "wave", NULL, &pool, e), 0);
	d->in = p->in;
	assert_int_equal(plan_sample_make(&w->sample, d, w->design, NULL, e), 0);
	w->fault = i == 0 ? p->fault : 0;
	if (w->fault != 0)
		err_set(&w->why, fault_code(w->fault), "不收敛", "no convergence");
	return 0;
}

static bool
give_named(void *ctx, const char *name)
{
	(void)ctx;
	return strcmp(name, "csi") == 0;
}

/* 4 and, the year after, 5, with standard errors 0.3 and 0.4: two groups of it by anything. */
static int
give_figure(struct table *t, void *ctx, size_t i, const char *name, const char *by, double level,
	struct err *e)
{
	static const char *const group[] = { "a", "b" };
	struct provider *p = ctx;
	size_t n = by != NULL ? 2 : 1;
	struct table_row *row = pool_array(&pool, n, sizeof(*row));
	double *cov = pool_array(&pool, n * n, sizeof(*cov)), se = i == 0 ? 0.3 : 0.4;
	const char **names = pool_array(&pool, 1, sizeof(*names));

	p->figures++;
	p->by = names[0] = by;
	if (strcmp(name, "csi") != 0)
		return fault_set(e, FAULT_COLUMN, "没有 %s", "there is no %s", name);
	for (size_t k = 0; k < n; k++) {
		row[k] = (struct table_row){ .of = name, .by = &group[k], .p = NAN, .upper = NAN,
			.kish = 100, .estimate = { .value = 4 + (double)i, .se = se,
				.df = 20 + 10 * (double)i, .n = 100, .n_eff = 90, .deff = 1,
				.level = level, .method = "wald t" } };
		cov[k * n + k] = se * se;
	}
	*t = (struct table){ .row = row, .rows = n, .by = names, .bys = n - 1, .cov = cov, .df = 20,
		.level = level };
	return 0;
}

static const char ROWS[] = "q,g,m,weight,cluster\n1,a,x,1,k\n2,a,x y,1,l\n4,b,y,2,m\n5,b,,0,n\n";
static const char NEXT[] = "q,g,m,weight,cluster\n2,a,x,1,k\n3,a,x y,1,l\n5,b,y,2,m\n7,b,z,1,n\n";

static struct plan_stored
stored(size_t waves)
{
	lang_set(LANG_EN);
	asked = (struct provider){ .rows = { ROWS, NEXT }, .multi = "{'m': true, 'q': false}",
		.choices = { "{'m': ['x', 'y']}", "{'m': ['x', 'y', 'z']}" } };
	return (struct plan_stored){ .ctx = &asked, .waves = waves, .wave = give_wave,
		.named = give_named, .figure = give_figure };
}

static json_t *
run(const char *text, const struct plan_stored *s)
{
	size_t answered_n;
	json_t *said = plan_run_stored(json(text), "0", s, &answered_n, &pool, &err);

	return said != NULL ? kept[kept_n++] = said : NULL;
}

/* A plan of these requests alone. */
static json_t *
ask(const char *requests, const struct plan_stored *s)
{
	return run(pool_fmt(&pool, "{'requests': [%s]}", requests), s);
}

static const json_t *
result(const json_t *said, size_t i)
{
	return json_array_get(json_object_get(said, "results"), i);
}

static double
estimate_of(const json_t *said, size_t i, size_t row)
{
	return number_of(result(said, i), row, "estimate");
}

static const char *
code(const json_t *said, size_t i)
{
	return json_text_at(json_object_get(result(said, i), "error"), "code");
}

static const char *
message(const json_t *said, size_t i)
{
	return json_text_at(json_object_get(result(said, i), "error"), "message");
}

static const char *
note(const json_t *said, size_t i)
{
	const json_t *text = json_array_get(json_object_get(said, "notes"), i);

	return text != NULL ? json_string_value(text) : "";
}

/* ---- one wave ---- */

static void
a_wave_answers_what_a_file_does(void **state)
{
	struct plan_stored s = stored(1);
	json_t *said = ask("{'op': 'mean', 'of': 'q'}, {'op': 'total', 'of': 'q', 'by': 'g'},"
		" {'op': 'share', 'of': 'm', 'is': 'x', 'where': {'g': 'a'}},"
		" {'op': 'difference', 'of': 'q', 'over': 'g'}, {'op': 'mean', 'of': 'm'}", &s);

	(void)state;
	assert_close(estimate_of(said, 0, 0), 11 / 4., 1e-14);
	assert_close(estimate_of(said, 1, 1), 8, 1e-14);
	assert_close(estimate_of(said, 2, 0), 1, 1e-14);
	assert_close(estimate_of(said, 3, 0), 2.5, 1e-14);
	assert_close(estimate_of(said, 4, 1), 3 / 4., 1e-14);
	assert_int_equal(asked.opened, 1);
	/* Four answers are too few to publish. */
	assert_int_equal(json_array_size(json_object_get(result(said, 0), "below_limits")), 1);
	assert_null(json_object_get(said, "own"));
	assert_null(json_object_get(said, "notes"));
}

static void
a_plan_says_its_own_design_or_codes(void **state)
{
	struct plan_stored s = stored(1);
	json_t *said = run("{'design': null, 'requests': [{'op': 'mean', 'of': 'q'},"
		" {'op': 'index', 'of': 'csi'}]}", &s);

	(void)state;
	assert_close(estimate_of(said, 0, 0), 3, 1e-14);
	assert_string_equal(code(said, 1), "input");
	assert_non_null(strstr(message(said, 1), "csi"));
	assert_int_equal(asked.figures, 0);
	said = run("{'codes': {'q': [4]}, 'requests': [{'op': 'mean', 'of': 'q'}]}", &s);
	assert_close(estimate_of(said, 0, 0), 1.5, 1e-14);
	assert_non_null(json_object_get(json_object_get(said, "own"), "codes"));
}

/* The wave's own weights may be past help; a plan that brings others does without them. */
static void
a_wave_that_cannot_be_weighted_still_has_its_columns(void **state)
{
	struct plan_stored s = stored(1);
	json_t *said;

	(void)state;
	asked.fault = FAULT_NOT_CONVERGED;
	said = ask("{'op': 'mean', 'of': 'q'}, {'op': 'mean', 'of': 'q'}", &s);
	for (size_t i = 0; i < 2; i++)
		assert_string_equal(code(said, i), fault_word(FAULT_NOT_CONVERGED));
	assert_int_equal(asked.opened, 1);
	said = run("{'calibrate': null, 'requests': [{'op': 'mean', 'of': 'q'}]}", &s);
	assert_close(estimate_of(said, 0, 0), 11 / 4., 1e-14);
}

static void
a_request_is_checked_before_anything_is_asked(void **state)
{
	struct plan_stored s = stored(1);
	json_t *said = ask("{'op': 'mean', 'of': 'q', 'bye': 'g'}, {'op': 'total', 'of': 'q',"
		" 'is': 1}, {'op': 'median', 'of': 'q'}, {'of': 'q'}, 5, {'op': 'mean',"
		" 'off': 'q'}", &s);

	(void)state;
	for (size_t i = 0; i < 6; i++)
		assert_string_equal(code(said, i), "input");
	assert_int_equal(asked.opened, 0);
	assert_null(run("{'requests': 5}", &s));
	assert_null(run("{'request': []}", &s));
	assert_null(run("{'multi': 'm', 'requests': []}", &s));
}

static void
a_figure_is_asked_by_its_name(void **state)
{
	struct plan_stored s = stored(1);
	json_t *said = ask("{'op': 'index', 'of': 'csi', 'by': 'town'},"
		" {'op': 'index', 'of': 'csi', 'by': ['town', 'sex']}, {'op': 'index',"
		" 'of': 'other'}, {'op': 'difference', 'of': 'csi', 'over': 'town'},"
		" {'op': 'index', 'of': 'csi', 'where': {'g': 'a'}}", &s);

	(void)state;
	assert_int_equal(asked.figures, 3);
	assert_string_equal(code(said, 0), "");
	assert_string_equal(code(said, 1), "input");
	assert_string_equal(code(said, 2), "column");
	assert_close(estimate_of(said, 3, 0), 0, 0);
	assert_string_equal(asked.by, "town");
	assert_string_equal(code(said, 4), "input");
}

static void
whoever_is_out_is_out_under_any_design(void **state)
{
	static const char *const own[] = { "null", "{}", "{'cluster': 'cluster'}",
		"{'weight': 'q'}" };
	static const bool in[] = { true, true, false, false };
	struct plan_stored s = stored(1);
	json_t *said;

	(void)state;
	asked.in = in;
	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++) {
		said = run(pool_fmt(&pool, "{'design': %s, 'requests': [{'op': 'total',"
			" 'of': 'weight'}, {'op': 'design'}]}", own[i]), &s);
		assert_close(estimate_of(said, 0, 0), i < 3 ? 2 : 3, 1e-12);
		assert_close(number_of(result(said, 0), 0, "n"), 2, 0);
		assert_close(number_of(result(said, 1), 0, "df"), 3, 0);
		assert_non_null(json_object_get(json_object_get(said, "own"), "design"));
	}
}

static void
a_refusal_stops_everything_but_a_plan_of_its_own(void **state)
{
	struct plan_stored s = stored(1);
	json_t *said;

	(void)state;
	s.refusal = "placeholder_margins";
	err_set(&s.why, ERR_REFUSED, "占位", "placeholders");
	said = ask("{'op': 'mean', 'of': 'q'}, {'op': 'design'}", &s);
	assert_string_equal(code(said, 0), "placeholder_margins");
	assert_string_equal(code(said, 1), "placeholder_margins");
	assert_int_equal(asked.opened, 0);
	said = run("{'design': {}, 'codes': {}, 'requests': [{'op': 'mean', 'of': 'q'}]}", &s);
	assert_string_equal(code(said, 0), "placeholder_margins");
	said = run("{'calibrate': null, 'requests': [{'op': 'mean', 'of': 'q'}]}", &s);
	assert_string_equal(code(said, 0), "");
}

static void
every_interval_nobody_drew_says_so(void **state)
{
	struct plan_stored s = stored(1);
	json_t *said, *row;
	size_t k;

	(void)state;
	s.model_based = true;
	said = ask("{'op': 'mean', 'of': 'q'}, {'op': 'total', 'of': 'q'}, {'op': 'index',"
		" 'of': 'csi'}", &s);
	for (size_t i = 0; i < 3; i++)
		json_array_foreach(json_object_get(result(said, i), "rows"), k, row)
			assert_non_null(strstr(json_text_at(row, "method"), "model-based"));
}

/* ---- over years ---- */

static void
years_stand_where_they_were_asked_for(void **state)
{
	struct plan_stored s = stored(2);
	json_t *said = ask("{'op': 'mean', 'of': 'q', 'by': 'year'}, {'op': 'mean', 'of': 'q',"
		" 'by': ['g', 'year']}, {'op': 'share', 'of': 'q', 'is': [2, 5], 'by': ['year']}",
		&s);
	const json_t *by;

	(void)state;
	assert_close(estimate_of(said, 0, 0), 11 / 4., 1e-14);
	assert_close(estimate_of(said, 0, 1), 22 / 5., 1e-14);
	by = json_object_get(json_array_get(json_object_get(result(said, 1), "rows"), 3), "by");
	assert_string_equal(json_text_at(by, "g"), "b");
	assert_string_equal(json_text_at(by, "year"), "2024");
	assert_string_equal(json_object_iter_key(json_object_iter((json_t *)by)), "g");
	assert_close(estimate_of(said, 1, 3), 17 / 3., 1e-14);
	assert_close(estimate_of(said, 2, 1), 3 / 5., 1e-14);
	assert_int_equal(asked.opened, 2);
}

/* By hand: a unit of both years counts with both; apart the variances add up. */
static void
shared_units_make_a_difference_surer(void **state)
{
	static const char difference[] = "{'op': 'difference', 'of': 'q', 'over': 'year'},"
		"{'op': 'index', 'of': {'q': 1}, 'scale': [1, 10], 'by': 'year'},"
		"{'op': 'difference', 'of': {'q': 1}, 'scale': [1, 10], 'over': 'year'}";
	struct plan_stored s = stored(2);
	json_t *apart = ask(difference, &s), *shared;
	double se[2];

	(void)state;
	s.shared = true;
	shared = ask(difference, &s);
	assert_close(estimate_of(apart, 0, 0), 22 / 5. - 11 / 4., 1e-14);
	assert_close(estimate_of(shared, 0, 0), 22 / 5. - 11 / 4., 1e-14);
	se[0] = number_of(result(apart, 0), 0, "se");
	se[1] = number_of(result(shared, 0), 0, "se");
	assert_true(se[1] > 0 && se[1] < se[0]);
	/* An index of one question is its mean in points, with the same covariance. */
	assert_close(number_of(result(shared, 2), 0, "se"), se[1] * 100 / 9, 1e-12);
	assert_close(number_of(result(apart, 2), 0, "se"), se[0] * 100 / 9, 1e-12);
	assert_close(estimate_of(shared, 1, 1), (22 / 5. - 1) * 100 / 9, 1e-12);
}

static void
waves_without_shared_units_have_welchs_freedom(void **state)
{
	struct plan_stored s = stored(2);
	json_t *said = ask("{'op': 'difference', 'of': 'csi', 'over': 'year'}, {'op': 'trend',"
		" 'of': 'csi', 'over': 'year'}, {'op': 'index', 'of': 'csi'}, {'op': 'trend',"
		" 'of': 'csi', 'over': 'year', 'by': 'g'}", &s);

	(void)state;
	assert_close(number_of(result(said, 0), 0, "se"), 0.5, 1e-15);
	/* (0.09 + 0.16)^2 / (0.09^2 / 20 + 0.16^2 / 30) */
	assert_close(number_of(result(said, 0), 0, "df"),
		0.0625 / (0.0081 / 20 + 0.0256 / 30), 1e-12);
	assert_close(estimate_of(said, 1, 0), 1, 1e-12);
	assert_close(number_of(result(said, 1), 0, "se"), 0.5, 1e-12);
	/* A figure by its name is told year by year, asked or not. */
	assert_close(estimate_of(said, 2, 1), 5, 0);
	assert_string_equal(code(said, 3), "input");
}

static void
what_years_cannot_be_asked(void **state)
{
	static const char *const word[] = { "year", "year", "one wave", "one wave", "wave by wave",
		"overlap" };
	struct plan_stored s = stored(2);
	json_t *said = ask("{'op': 'mean', 'of': 'q'}, {'op': 'difference', 'of': 'q', 'over':"
		" 'g'}, {'op': 'quantile', 'of': 'q', 'p': 0.5, 'by': 'year'}, {'op': 'design'},"
		" {'op': 'difference', 'of': 'q', 'over': 'g', 'by': 'year'}, {'op': 'mean',"
		" 'of': 'q', 'by': ['year', 'm']}", &s);

	(void)state;
	for (size_t i = 0; i < sizeof(word) / sizeof(word[0]); i++) {
		assert_string_equal(code(said, i), "input");
		assert_non_null(strstr(message(said, i), word[i]));
		assert_null(json_object_get(result(said, i), "overlapping"));
	}
	said = run("{'design': {'replicates': {'type': 'JK1', 'columns': ['weight']}},"
		" 'requests': [{'op': 'mean', 'of': 'q', 'by': 'year'}]}", &s);
	assert_string_equal(code(said, 0), "input");
}

static void
one_wave_has_its_year_too(void **state)
{
	struct plan_stored s = stored(1);
	json_t *said = ask("{'op': 'mean', 'of': 'q', 'by': 'year'}, {'op': 'difference', 'of':"
		" 'q', 'over': 'year'}", &s);

	(void)state;
	assert_close(estimate_of(said, 0, 0), 11 / 4., 1e-14);
	assert_string_equal(code(said, 1), "too_few");
	/* Unless a question is called so. */
	asked.rows[0] = "q,year,weight,cluster\n1,7,1,k\n3,8,1,l\n";
	said = ask("{'op': 'mean', 'of': 'q', 'by': 'year'}", &s);
	assert_int_equal(json_array_size(json_object_get(result(said, 0), "rows")), 2);
}

/* ---- versions of a form ---- */

static void
a_question_or_choice_that_a_wave_lacks_is_named_with_it(void **state)
{
	struct plan_stored s = stored(2);
	json_t *said;

	(void)state;
	asked.rows[1] = "p,g,m,weight,cluster\n2,a,x,1,k\n3,a,z,1,l\n";
	said = ask("{'op': 'mean', 'of': 'q', 'by': 'year'}, {'op': 'mean', 'of': 'p', 'by':"
		" 'year'}, {'op': 'mean', 'of': 'nope', 'by': 'year'}, {'op': 'share', 'of': 'm',"
		" 'is': 'z', 'by': 'year'}", &s);
	for (size_t i = 0; i < 3; i++)
		assert_string_equal(code(said, i), "column");
	assert_non_null(strstr(message(said, 0), "A-2024: "));
	assert_non_null(strstr(message(said, 1), "A-2023: "));
	/* Nobody has it: the request's fault, and no wave's. */
	assert_null(strstr(message(said, 2), "A-20"));
	assert_string_equal(code(said, 3), "input");
	assert_non_null(strstr(message(said, 3), "A-2023: "));
}

static void
another_scale_is_no_comparison(void **state)
{
	struct plan_stored s = stored(2);
	json_t *said;

	(void)state;
	asked.choices[0] = "{'q': ['1', '2', '3', '4', '5', '98']}";
	asked.choices[1] = "{'q': ['1', '2', '3', '4', '5', '6', '7', '99']}";
	asked.wording[0] = asked.wording[1] = "{'q': ['Q']}";
	said = ask("{'op': 'mean', 'of': 'q', 'by': 'year'}, {'op': 'index', 'of': {'q': 1},"
		" 'scale': [1, 7], 'by': 'year'}, {'op': 'trend', 'of': 'q', 'over': 'year'},"
		" {'op': 'share', 'of': 'q', 'is': 5, 'by': 'year'}, {'op': 'mean', 'of':"
		" 'weight', 'by': 'year'}", &s);
	for (size_t i = 0; i < 3; i++) {
		assert_string_equal(code(said, i), "input");
		assert_non_null(strstr(message(said, i), "A-2023 has 1 2 3 4 5;"));
		assert_non_null(strstr(message(said, i), "A-2024 has 1 2 3 4 5 6 7"));
	}
	assert_string_equal(code(said, 3), "");
	assert_string_equal(code(said, 4), "");
	assert_non_null(strstr(note(said, 0), "6 7"));
	assert_string_equal(note(said, 1), "");
	/* 98 alone is no other scale. */
	asked.choices[1] = "{'q': ['1', '2', '3', '4', '5']}";
	said = ask("{'op': 'mean', 'of': 'q', 'by': 'year'}", &s);
	assert_string_equal(code(said, 0), "");
	assert_null(json_object_get(said, "notes"));
}

static void
choices_that_all_have_are_compared_and_the_others_noted(void **state)
{
	struct plan_stored s = stored(2);
	json_t *said;
	const json_t *rows;

	(void)state;
	asked.wording[0] = "{'m': ['M'], 'q': ['Q']}";
	asked.wording[1] = "{'m': ['N'], 'q': ['R']}";
	s.shared = true;
	said = ask("{'op': 'difference', 'of': 'm', 'over': 'year'}, {'op': 'mean', 'of': 'm',"
		" 'by': 'year'}", &s);
	rows = json_object_get(result(said, 0), "rows");
	assert_int_equal(json_array_size(rows), 2);
	assert_string_equal(json_text_at(json_array_get(rows, 1), "of"), "my");
	assert_int_equal(json_array_size(json_object_get(result(said, 1), "rows")), 4);
	/* 2 of 4 and 2 of 5 by weight */
	assert_close(estimate_of(said, 0, 0), 2 / 5. - 2 / 4., 1e-14);
	assert_true(number_of(result(said, 0), 0, "se") > 0);
	assert_non_null(strstr(note(said, 0), "only in A-2024: z"));
	assert_non_null(strstr(note(said, 1), "wording of m"));
	assert_non_null(strstr(note(said, 2), "mz"));
	assert_string_equal(note(said, 3), "");
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_teardown(a_wave_answers_what_a_file_does, teardown),
	cmocka_unit_test_teardown(a_plan_says_its_own_design_or_codes, teardown),
	cmocka_unit_test_teardown(a_wave_that_cannot_be_weighted_still_has_its_columns, teardown),
	cmocka_unit_test_teardown(a_request_is_checked_before_anything_is_asked, teardown),
	cmocka_unit_test_teardown(a_figure_is_asked_by_its_name, teardown),
	cmocka_unit_test_teardown(whoever_is_out_is_out_under_any_design, teardown),
	cmocka_unit_test_teardown(a_refusal_stops_everything_but_a_plan_of_its_own, teardown),
	cmocka_unit_test_teardown(every_interval_nobody_drew_says_so, teardown),
	cmocka_unit_test_teardown(years_stand_where_they_were_asked_for, teardown),
	cmocka_unit_test_teardown(shared_units_make_a_difference_surer, teardown),
	cmocka_unit_test_teardown(waves_without_shared_units_have_welchs_freedom, teardown),
	cmocka_unit_test_teardown(what_years_cannot_be_asked, teardown),
	cmocka_unit_test_teardown(one_wave_has_its_year_too, teardown),
	cmocka_unit_test_teardown(a_question_or_choice_that_a_wave_lacks_is_named_with_it,
		teardown),
	cmocka_unit_test_teardown(another_scale_is_no_comparison, teardown),
	cmocka_unit_test_teardown(choices_that_all_have_are_compared_and_the_others_noted,
		teardown),
};

CHECK_MAIN(tests)
