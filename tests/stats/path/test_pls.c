/* Path models against four other programs (seminr, semPLS, cSEM, plspm) on two
 * published data sets. */
#include "tests/support/check.h"

#include "base/csv.h"
#include "base/json.h"
#include "stats/fault.h"
#include "stats/path/pls.h"

#define REFERENCE "tests/reference/pls/"

static struct pool pool = POOL_INIT;

static json_t *
reference(const char *name)
{
	struct err err = { 0 };
	json_t *doc = json_load_path(check_path(name), &pool, NULL, NULL, &err);

	if (doc == NULL)
		fail_msg("%s", err.text);
	return doc;
}

/* A model as the reference files write it: names, blocks of items, rows that are endogenous. */
static struct pls_model
model_of(const json_t *names, const json_t *blocks, const json_t *paths)
{
	size_t n = json_array_size(names), k = 0;
	const char **name = pool_array(&pool, n, sizeof(*name)),
		**item = pool_array(&pool, 64, sizeof(*item));
	size_t *of = pool_array(&pool, 64, sizeof(*of));
	bool *path = pool_array(&pool, n * n, sizeof(*path));

	for (size_t b = 0; b < n; b++) {
		json_t *items;

		name[b] = json_string_value(json_array_get(names, b));
		items = json_object_get(blocks, name[b]);
		if (json_is_string(items)) {
			item[k] = json_string_value(items);
			of[k++] = b;
		}
		for (size_t i = 0; i < json_array_size(items); i++) {
			item[k] = json_string_value(json_array_get(items, i));
			of[k++] = b;
		}
		for (size_t c = 0; c < n; c++)
			path[c * n + b] = json_number_value(
				json_array_get(json_array_get(paths, b), c)) != 0;
	}
	return (struct pls_model){ .block = name, .blocks = n, .item = item, .items = k, .of = of,
		.path = path, .low = 1, .high = 10 };
}

static double *
answers(const char *file, const struct pls_model *model, size_t *rows)
{
	struct csv csv;
	struct err err = { 0 };
	double *x;

	if (csv_load(&csv, check_path(file), NULL, &pool, &err) != 0)
		fail_msg("%s", err.text);
	x = pool_array(&pool, csv.rows * model->items, sizeof(*x));
	for (size_t i = 0; i < model->items; i++) {
		int column = csv_column(&csv, model->item[i]);

		assert_true(column >= 0);
		for (size_t r = 0; r < csv.rows; r++) {
			const char *cell = csv.cell[r * csv.columns + (size_t)column];

			x[r * model->items + i] = *cell == '\0' || strcmp(cell, "NA") == 0 ? NAN :
				atof(cell);
		}
	}
	*rows = csv.rows;
	return x;
}

static void
fit(struct pls_fit *f, const struct pls_model *model, const char *file, enum pls_missing missing)
{
	struct pls_moments m;
	struct err err = { 0 };
	size_t rows;
	double *x = answers(file, model, &rows);

	assert_int_equal(pls_moments(&m, x, rows, model, NULL, missing, &pool, &err), 0);
	if (pls_fit(f, model, &m, &pool, &err) != 0)
		fail_msg("%s", err.text);
}

static double
at(const json_t *matrix, size_t i, size_t j)
{
	return json_number_value(json_array_get(json_array_get(matrix, i), j));
}

/* Rows are the endogenous constructs in the reference, ours are [from][to]. */
static void
same_paths(const double *got, const json_t *want, size_t n, double relative)
{
	for (size_t to = 0; to < n; to++)
		for (size_t from = 0; from < n; from++)
			if (fabs(at(want, to, from)) > 1e-14)
				assert_close(got[from * n + to], at(want, to, from), relative);
			else
				assert_true(fabs(got[from * n + to]) < 1e-14);
}

static struct pls_model
mobi(json_t *doc)
{
	json_t *model = json_object_get(doc, "model");

	return model_of(json_object_get(model, "lv"), json_object_get(model, "mv"),
		json_object_get(json_object_get(model, "structure_rows_are_endogenous"), "data"));
}

static const struct { const char *name; enum pls_scheme scheme; } SCHEME[] = {
	{ "path", PLS_PATH }, { "centroid", PLS_CENTROID }, { "factorial", PLS_FACTORIAL } };

static double
number_in(const json_t *want, const char *what, const char *name)
{
	return json_number_value(json_object_get(json_object_get(want, what), name));
}

static void
same_outer(const struct pls_fit *f, const struct pls_model *model, const json_t *want)
{
	const json_t *weight = json_object_get(want, "outer_weights"),
		*raw = json_object_get(want, "unstd_weights_norm");
	size_t n = model->blocks;

	for (size_t i = 0; i < model->items; i++) {
		assert_close(f->weight[i], json_number_value(json_array_get(weight, i)), 1e-10);
		assert_close(f->raw_weight[i], json_number_value(json_array_get(raw, i)), 1e-10);
		for (size_t b = 0; b < n; b++)
			assert_close(f->cross[i * n + b],
				at(json_object_get(want, "crossloadings"), i, b), 1e-10);
	}
}

static void
same_inner(const struct pls_fit *f, size_t n, const json_t *want)
{
	same_paths(f->path,
		json_object_get(json_object_get(want, "paths_row_to_col_from"), "data"), n, 1e-10);
	same_paths(f->total,
		json_object_get(json_object_get(want, "total_effects"), "data"), n, 1e-10);
	same_paths(f->f2, json_object_get(json_object_get(want, "f2"), "data"), n, 1e-9);
	same_paths(f->vif, json_object_get(json_object_get(want, "VIF"), "data"), n, 1e-10);
}

static void
same_blocks(const struct pls_fit *f, const struct pls_model *model, const json_t *want)
{
	json_t *index = json_object_get(json_object_get(want, "index"), "data");
	json_t *htmt = json_object_get(json_object_get(want, "htmt"), "data");
	size_t n = model->blocks;

	for (size_t b = 0; b < n; b++) {
		json_t *r = json_array_get(json_object_get(json_object_get(want, "reliability"),
			"data"), b);

		assert_close(f->r2[b], number_in(want, "R2", model->block[b]), 1e-10);
		assert_close(f->r2_adjusted[b], number_in(want, "R2adj", model->block[b]), 1e-10);
		assert_close(f->alpha_raw[b], json_number_value(json_array_get(r, 0)), 1e-10);
		assert_close(f->alpha[b], json_number_value(json_array_get(r, 1)), 1e-10);
		assert_close(f->rho_a[b], json_number_value(json_array_get(r, 2)), 1e-10);
		assert_close(f->rho_c[b], json_number_value(json_array_get(r, 3)), 1e-10);
		assert_close(f->ave[b], json_number_value(json_array_get(r, 4)), 1e-10);
		assert_close(f->index[b], at(index, 1, b), 1e-10);
		assert_close(f->index_sd[b], at(index, 2, b), 1e-10);
		for (size_t c = b + 1; c < n; c++)
			assert_close(f->htmt[b * n + c], at(htmt, b, c), 1e-10);
	}
}

static void
the_ecsi_model_agrees_in_all_three_schemes(void **state)
{
	json_t *doc = reference(REFERENCE "mobi_ecsi.json"), *want;
	struct pls_model model = mobi(doc);
	struct pls_fit f;

	(void)state;
	for (size_t s = 0; s < 3; s++) {
		model.scheme = SCHEME[s].scheme;
		fit(&f, &model, REFERENCE "mobi.csv", PLS_MEAN);
		want = json_object_get(json_object_get(doc, "own_reference"), SCHEME[s].name);
		same_outer(&f, &model, want);
		same_inner(&f, model.blocks, want);
		same_blocks(&f, &model, want);
	}
	json_decref(doc);
}

static void
missing_answers_agree_by_mean_and_listwise(void **state)
{
	static const struct { const char *name; enum pls_missing missing; } WAY[] = {
		{ "mean_replacement", PLS_MEAN }, { "listwise", PLS_LISTWISE } };
	json_t *ecsi = reference(REFERENCE "mobi_ecsi.json"),
		*doc = reference(REFERENCE "mobi_missing.json");
	struct pls_model model = mobi(ecsi);
	struct pls_fit f;

	(void)state;
	for (size_t w = 0; w < 2; w++) {
		json_t *want = json_object_get(doc, WAY[w].name);

		fit(&f, &model, REFERENCE "mobi_missing10pct.csv", WAY[w].missing);
		for (size_t i = 0; i < model.items; i++)
			assert_close(f.weight[i], json_number_value(json_array_get(
				json_object_get(want, "weights"), i)), 1e-9);
		same_paths(f.path, json_object_get(json_object_get(want, "paths"), "data"),
			model.blocks, 1e-8);
		for (size_t b = 0; b < model.blocks; b++)
			assert_close(f.index[b],
				at(json_object_get(json_object_get(want, "index"), "data"), 1, b),
				1e-10);
	}
	json_decref(doc);
	json_decref(ecsi);
}

static void
another_data_set_agrees_with_plspm(void **state)
{
	json_t *doc = reference(REFERENCE "plspm_satisfaction.json"), *want;
	json_t *p = json_object_get(json_object_get(doc, "model"), "P");
	struct pls_model model = model_of(json_object_get(p, "rows"),
		json_object_get(json_object_get(doc, "model"), "blocks"),
		json_object_get(p, "data"));
	struct pls_fit f;

	(void)state;
	for (size_t s = 0; s < 3; s++) {
		model.scheme = SCHEME[s].scheme;
		fit(&f, &model, REFERENCE "satisfaction.csv", PLS_MEAN);
		want = json_object_get(json_object_get(json_object_get(doc, "results"),
			SCHEME[s].name), "own_scaled_TRUE");
		for (size_t i = 0; i < model.items; i++)
			assert_close(f.loading[i], json_number_value(
				json_array_get(json_object_get(want, "loadings"), i)), 1e-10);
		same_paths(f.path, json_object_get(json_object_get(want, "paths"), "data"),
			model.blocks, 1e-9);
	}
	json_decref(doc);
}

/* Paths, weights and indices as they are stored, one after the other. */
static void
same_resample(const struct pls_fit *f, const struct pls_model *model, const json_t *want)
{
	size_t at_ = 0, n = model->blocks;

	for (size_t from = 0; from < n; from++)
		for (size_t to = 0; to < n; to++)
			if (model->path[from * n + to])
				assert_close(f->path[from * n + to],
					json_number_value(json_array_get(want, at_++)), 1e-8);
	for (size_t i = 0; i < model->items; i++)
		assert_close(f->weight[i], json_number_value(json_array_get(want, at_++)), 1e-9);
	for (size_t b = 0; b < n; b++)
		assert_close(f->index[b], json_number_value(json_array_get(want, at_++)), 1e-10);
}

/* The reference's first and second resample, drawn from stored indices: no generator to match. */
static void
stored_resamples_give_the_same_paths(void **state)
{
	json_t *ecsi = reference(REFERENCE "mobi_ecsi.json"),
		*doc = reference(REFERENCE "mobi_bootstrap.json");
	static const char *const WHICH[2] = { "first_resample", "second_resample" };
	struct pls_model model = mobi(ecsi);
	struct err err = { 0 };
	size_t rows;
	double *x = answers(REFERENCE "mobi.csv", &model, &rows), w[250];
	char line[4096];
	FILE *in = fopen(check_path(REFERENCE "mobi_resamples.csv"), "r");

	(void)state;
	assert_non_null(in);
	for (size_t s = 0; s < 2; s++) {
		json_t *want = json_object_get(doc, WHICH[s]);
		struct pls_moments m;
		struct pls_fit f;

		assert_non_null(fgets(line, sizeof(line), in));
		memset(w, 0, sizeof(w));
		for (char *p = strtok(line, ",\n"); p != NULL; p = strtok(NULL, ",\n"))
			w[atoi(p) - 1]++;
		assert_int_equal(pls_moments(&m, x, rows, &model, w, PLS_MEAN, &pool, &err), 0);
		assert_int_equal(pls_fit(&f, &model, &m, &pool, &err), 0);
		same_resample(&f, &model, want);
	}
	fclose(in);
	json_decref(doc);
	json_decref(ecsi);
}

static void
what_cannot_be_fitted_is_named(void **state)
{
	static const char *const block[] = { "Cause", "Effect" },
		*const item[] = { "a", "b", "same" };
	static const size_t of[] = { 0, 1, 1 };
	static const bool forward[] = { false, true, false, false },
		circle[] = { false, true, true, false };
	double x[] = { 1, 2, 5, 2, 3, 5, 4, 3, 5, 3, 1, 5 };
	struct pls_model model = { .block = block, .blocks = 2, .item = item, .items = 3, .of = of,
		.path = forward, .low = 1, .high = 10 };
	struct pls_moments m;
	struct pls_fit f;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(pls_moments(&m, x, 4, &model, NULL, PLS_MEAN, &pool, &err), 0);
	assert_int_equal(pls_fit(&f, &model, &m, &pool, &err), FAULT_CONSTANT);
	assert_non_null(strstr(err.text, "same"));
	err = (struct err){ 0 };
	for (size_t r = 0; r < 4; r++)
		x[r * 3 + 2] = (double)r;
	model.path = circle;
	assert_int_equal(pls_moments(&m, x, 4, &model, NULL, PLS_MEAN, &pool, &err), 0);
	assert_int_equal(pls_fit(&f, &model, &m, &pool, &err), FAULT_INPUT);
	err = (struct err){ 0 };
	for (size_t r = 0; r < 4; r++)
		x[r * 3 + 1] = NAN;
	assert_int_equal(pls_moments(&m, x, 4, &model, NULL, PLS_PAIRWISE, &pool, &err),
		FAULT_ALL_MISSING);
	assert_non_null(strstr(err.text, "b"));
}

static int
clear(void **state)
{
	(void)state;
	pool_clear(&pool);
	return 0;
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_teardown(the_ecsi_model_agrees_in_all_three_schemes, clear),
	cmocka_unit_test_teardown(missing_answers_agree_by_mean_and_listwise, clear),
	cmocka_unit_test_teardown(another_data_set_agrees_with_plspm, clear),
	cmocka_unit_test_teardown(stored_resamples_give_the_same_paths, clear),
	cmocka_unit_test_teardown(what_cannot_be_fitted_is_named, clear),
};

CHECK_MAIN(tests)
