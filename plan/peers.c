/* Peers from a file, and their ranks. */
#include "plan/peers.h"

#include <math.h>
#include <string.h>

#include "base/file.h"
#include "plan/data.h"
#include "stats/fault.h"

static int
names_read(struct plan_scores *f, struct plan_data *data, struct err *err)
{
	int column = plan_data_column(data, "name", err);
	const char **name;

	if (column < 0)
		return column;
	name = pool_array(data->pool, f->n + 1, sizeof(*name));
	for (size_t i = 0; i < f->n; i++)
		name[i] = frame_cell(data->frame, (size_t)column, i);
	f->name = name;
	return 0;
}

static int
field_read(struct plan_scores *f, const struct plan_peers *peers, struct plan_data *data,
	struct err *err)
{
	if (plan_data_load(data, peers->path, peers->encoding, NULL, data->pool, err) != 0)
		return -1;
	f->n = data->n;
	if (names_read(f, data, err) != 0 ||
			plan_data_numbers(&f->score, data, "score", err) != 0 ||
			((peers->vcov == NULL || frame_find(data->frame, "se") >= 0) &&
			plan_data_numbers(&f->se, data, "se", err) != 0) ||
			(frame_find(data->frame, "n") >= 0 &&
			plan_data_numbers(&f->count, data, "n", err) != 0))
		return -1;
	for (size_t i = 0; i < f->n; i++)
		if (isnan(f->score[i]) || (peers->vcov == NULL && !(f->se[i] >= 0)))
			return fault_set(err, FAULT_INPUT,
				"%s（第 %zu 行）：得分或标准误缺失，或标准误为负",
				"%s (line %zu): the score or se is missing, or the se is negative",
				f->name[i], frame_line(data->frame, i));
	return 0;
}

/* ---- covariances ---- */

/* Numbers of one line into row[n]; a name before them is skipped.  Returns how many there are. */
static size_t
line_numbers(double row[], size_t n, char *line)
{
	size_t k = 0;
	double x;

	for (char *cell = strtok_r(line, ",", &line); cell != NULL;
			cell = strtok_r(NULL, ",", &line)) {
		if (!factor_number(&x, cell)) {
			if (k > 0)
				return 0;
			continue;
		}
		if (k < n)
			row[k] = x;
		k++;
	}
	return k;
}

static int
vcov_read(double cov[], const char *path, size_t n, struct pool *pool, struct err *err)
{
	const char *bytes;
	size_t size, row = 0, number = 0, found;
	char *rest, *line;

	if (file_read(&bytes, &size, path, 0, pool, err) != 0)
		return -1;
	rest = pool_strndup(pool, bytes, size);
	while ((line = strtok_r(rest, "\r\n", &rest)) != NULL) {
		number++;
		found = line_numbers(row < n ? cov + row * n : cov, row < n ? n : 0, line);
		if (found == 0 && number == 1)
			continue;
		if (row == n || found != n)
			return fault_set(err, FAULT_INPUT,
				"%s 第 %zu 行：协方差应为 %zu 行 %zu 列的数",
				"%s:%zu: the covariances should be %zu lines of %zu numbers", path,
				number, n, n);
		row++;
	}
	return row == n ? 0 : fault_set(err, FAULT_INPUT, "%s：协方差有 %zu 行，应为 %zu 行",
		"%s: there are %zu lines of covariances, not %zu", path, row, n);
}

/* ---- the answer ---- */

static json_t *
say_peer(const struct plan_scores *f, size_t i, const struct rank_set *set, double se)
{
	json_t *o = json_pack("{s:s, s:o, s:o}", "name", f->name[i], "score",
		json_number(f->score[i]), "se", json_number(se));

	if (f->count != NULL)
		json_object_set_new(o, "n", json_count(f->count[i]));
	json_object_set_new(o, "rank", json_count((double)set->rank));
	json_object_set_new(o, "low", json_count((double)set->low));
	json_object_set_new(o, "high", json_count((double)set->high));
	json_object_set_new(o, "low_simultaneous", json_count((double)set->low_simultaneous));
	json_object_set_new(o, "high_simultaneous", json_count((double)set->high_simultaneous));
	json_object_set_new(o, "p_top", json_number(set->p_top));
	return o;
}

static json_t *
say_ranks(const struct plan_scores *f, const struct rank_set set[], const double cov[],
	const struct rank_options *options)
{
	json_t *rows = json_array(), *top;

	for (size_t i = 0; i < f->n; i++)
		json_array_append_new(rows,
			say_peer(f, i, &set[i], cov != NULL ? sqrt(cov[i * f->n + i]) : f->se[i]));
	top = options->top > 0 ? json_count((double)options->top) : json_null();
	return json_pack("{s:o, s:o, s:I, s:I, s:o}", "rows", rows, "level",
		json_number(options->level > 0 ? options->level : 0.95), "draws",
		(json_int_t)(options->draws > 0 ? options->draws : RANK_DRAWS), "seed",
		(json_int_t)options->seed, "top", top);
}

json_t *
plan_rank_scores(const struct plan_scores *f, const double cov[],
	const struct rank_options *options, struct pool *pool, struct err *err)
{
	struct rank_set *set = pool_array(pool, f->n + 1, sizeof(*set));
	struct rank_peers all = { f->n, f->score, f->se, cov };

	return rank_sets(set, &all, options, err) != 0 ? NULL : say_ranks(f, set, cov, options);
}

json_t *
plan_rank(const struct plan_peers *peers, const struct rank_options *options, struct pool *pool,
	struct err *err)
{
	struct plan_data data = { .pool = pool };
	struct plan_scores f = { .n = 0 };
	double *cov = NULL;

	if (field_read(&f, peers, &data, err) != 0)
		return NULL;
	if (peers->vcov != NULL) {
		cov = pool_array(pool, f.n * f.n + 1, sizeof(*cov));
		if (vcov_read(cov, peers->vcov, f.n, pool, err) != 0)
			return NULL;
	}
	return plan_rank_scores(&f, cov, options, pool, err);
}
