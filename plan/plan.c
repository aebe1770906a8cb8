/* Runs a plan: its file, its data, its requests. */
#include "plan/plan.h"

#include <string.h>

#include "base/lang.h"
#include "base/file.h"
#include "base/sha256.h"
#include "plan/many.h"
#include "plan/op/ops.h"
#include "plan/read.h"
#include "plan/say.h"
#include "stats/fault.h"

/* What a request can ask for. */
static const struct op {
	const char *name;
	plan_op *run;		/* NULL: its table is all there is to say */
	plan_table *table;
	bool numbers;		/* takes its "of" as numbers: codes among them would count */
	const char *word[12];	/* members it knows, beside the notes every object may have */
} ops[] = {
	{ "design", op_design, NULL, false, { "op" } },
	{ "weights", op_weights, NULL, false, { "op" } },
	{ "mean", NULL, table_mean, true,
		{ "op", "of", "by", "where", "missing", "deff", "df", "level", "interval" } },
	{ "total", NULL, table_total, true,
		{ "op", "of", "by", "where", "missing", "deff", "df", "level", "interval" } },
	{ "ratio", NULL, table_ratio, false,
		{ "op", "num", "den", "by", "where", "missing", "deff", "df", "level" } },
	{ "share", NULL, table_share, false,
		{ "op", "of", "is", "by", "where", "missing", "deff", "df", "level", "interval" } },
	{ "quantile", op_quantile, NULL, true,
		{ "op", "of", "p", "rule", "by", "where", "missing", "df", "level", "interval" } },
	{ "index", NULL, table_index, false,
		{ "op", "of", "scale", "by", "where", "missing", "df", "level", "interval" } },
	{ "difference", op_difference, table_levels, true,
		{ "op", "of", "over", "scale", "by", "where", "missing", "df", "level",
			"interval" } },
	{ "trend", op_trend, table_levels, true,
		{ "op", "of", "over", "scale", "by", "where", "df", "level" } },
	{ "ttest", op_ttest, NULL, true, { "op", "of", "over", "by", "where", "df", "level" } },
	{ "alpha", op_alpha, NULL, false, { "op", "of", "where", "missing" } },
	{ "cochran_armitage", op_cochran_armitage, NULL, false,
		{ "op", "success", "scores", "where", "df" } },
};

static const struct op *
op_of(const json_t *request)
{
	const char *name = json_string_value(json_object_get(request, "op"));

	for (size_t i = 0; name != NULL && i < sizeof(ops) / sizeof(ops[0]); i++)
		if (strcmp(ops[i].name, name) == 0)
			return &ops[i];
	return NULL;
}

const char *
plan_folder(const char *path, struct pool *pool)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return ".";
	return pool_strndup(pool, path, slash == path ? 1 : (size_t)(slash - path));
}

const char *
plan_path(const char *folder, const char *path, struct pool *pool)
{
	return *path == '/' || strcmp(path, "-") == 0 ? path : file_join(pool, folder, path);
}

int
plan_request_check(const json_t *request, struct err *err)
{
	const char *name = json_string_value(json_object_get(request, "op"));
	const struct op *op = op_of(request);

	if (name == NULL)
		return fault_set(err, FAULT_INPUT, "每个请求应为含 “op” 的对象",
			"every request should be an object with \"op\"");
	if (op == NULL)
		return fault_set(err, FAULT_INPUT, "没有 “%s” 这种分析",
			"there is no op \"%s\"", name);
	return read_known(request, op->word, err) != 0 ? FAULT_INPUT : 0;
}

int
plan_request(json_t *result, const struct plan_work *w, const json_t *request, struct err *err)
{
	int fault = plan_request_check(request, err);
	const struct op *op = op_of(request);
	struct table t;

	if (fault != 0 || op->run != NULL)
		return fault != 0 ? fault : op->run(result, w, request, err);
	if ((fault = op->table(&t, result, w, request, err)) == 0)
		say_table(result, &t);
	return fault;
}

plan_table *
plan_request_table(const json_t *request)
{
	const struct op *op = op_of(request);

	return op != NULL ? op->table : NULL;
}

/* One result; w NULL: the sample is at fault, and fault and err say how. */
static json_t *
result_of(const struct plan_work *w, json_t *request, int fault, const struct err *why)
{
	json_t *result = json_pack("{s:O}", "request", request);
	struct err err = { .code = ERR_NONE };

	if (w != NULL) {
		fault = plan_request(result, w, request, &err);
		why = &err;
	}
	if (fault != 0)
		json_object_set_new(result, "error", say_fault(fault, why));
	return result;
}

int
plan_check(const json_t *plan, bool stored, struct err *err)
{
	static const char *const known[] = { "data", "encoding", "codes", "design", "calibrate",
		"level", "requests", "multi", NULL };

	if (!json_is_object(plan))
		return err_set(err, ERR_INPUT, "计划应为 JSON 对象 {…}",
			"a plan should be a JSON object {...}");
	if (read_known(plan, known, err) != 0 ||
			(!stored && read_required(plan, "data", err) != 0) ||
			read_required(plan, "requests", err) != 0)
		return -1;
	if (stored && json_object_get(plan, "multi") != NULL)
		return err_set(err, ERR_INPUT,
			"用 --wave 时哪些题可多选由问卷决定，计划里不写 “multi”",
			"with --wave the form says which questions take several"
			" choices: no \"multi\" in the plan");
	if (!json_is_array(json_object_get(plan, "requests")))
		return err_set(err, ERR_INPUT, "“requests” 应为列表 […]",
			"\"requests\" should be a list [...]");
	return 0;
}

static int
data_load(struct plan_data *data, const json_t *plan, const char *folder, const char *encoding,
	struct pool *pool, struct err *err)
{
	const char *path = "", *said = NULL;
	const json_t *codes;

	if (read_text(&path, plan, "data", err) != 0 ||
			read_text(&said, plan, "encoding", err) != 0 ||
			read_object(&codes, plan, "codes", err) != 0)
		return -1;
	if (plan_data_load(data, plan_path(folder, path, pool), encoding != NULL ? encoding : said,
			codes, pool, err) != 0)
		return -1;
	return plan_many_declare(data, json_object_get(plan, "multi"), err) != 0 ? -1 : 0;
}

/*
 * Does a column of numbers hold 98 or 99 (don't know, refused), and nothing else above half of
 * them?  A real scale to 100 has answers between.
 */
static bool
looks_coded(struct plan_data *d, const char *name)
{
	int column = frame_find(d->frame, name);
	const struct plan_levels *l;
	bool code = false, gap = true;

	/* So many values are no answers, and have their place between. */
	if (column < 0 || d->many[column] == PLAN_MANY || frame_apart(d->frame, (size_t)column))
		return false;
	l = plan_data_levels(d, (size_t)column);
	for (size_t k = 0; k < l->levels; k++) {
		double x;
		bool is;

		if (!factor_number(&x, l->level[k]))
			return false;
		is = x == 98 || x == 99;
		code = code || is;
		gap = gap && (is || !(x > 49));
	}
	return code && gap;
}

static void
codes_note(json_t *notes, struct plan_data *d, const char *name)
{
	json_t *note, *had;
	size_t i;

	if (name == NULL || !looks_coded(d, name))
		return;
	note = json_string(pool_fmt(d->pool, LANG_PICK(
		"%s 列有 98、99 这样的数，已当作分数计算；若是“不知道”“拒答”的编码，用 --codes"
		" 98,99（计划中为 \"codes\"）去掉",
		"column %s holds numbers like 98 and 99, which were counted as they stand; if they"
		" are codes (don't know, refused), --codes 98,99 leaves"
		" them out (\"codes\" in a plan)"), name));
	json_array_foreach(notes, i, had)
		if (json_equal(had, note)) {
			json_decref(note);
			return;
		}
	json_array_append_new(notes, note);
}

/* Of the columns that means, totals and the like were taken of. */
static void
codes_notes(json_t *notes, struct plan_data *d, const json_t *results)
{
	json_t *result, *of, *one;
	size_t i, k;

	json_array_foreach((json_t *)results, i, result) {
		const json_t *request = json_object_get(result, "request");
		const struct op *op = op_of(request);

		if (op == NULL || !op->numbers || json_object_get(result, "error") != NULL)
			continue;
		of = json_object_get(request, "of");
		codes_note(notes, d, json_string_value(of));
		json_array_foreach(of, k, one)
			codes_note(notes, d, json_string_value(one));
	}
}

/* What was understood of the file rather than read: "notes" of the answer, where there are any. */
static void
notes_put(json_t *answer, struct plan_data *data)
{
	json_t *notes = json_array();

	plan_many_notes(notes, data);
	codes_notes(notes, data, json_object_get(answer, "results"));
	if (json_array_size(notes) > 0)
		json_object_set(answer, "notes", notes);
	json_decref(notes);
}

static int
sample_make(struct plan_sample *sample, struct plan_data *data, const json_t *plan, struct err *err)
{
	const json_t *design, *calibrate;

	if (read_object(&design, plan, "design", err) != 0 ||
			read_object(&calibrate, plan, "calibrate", err) != 0)
		return FAULT_INPUT;
	return plan_sample_make(sample, data, design, calibrate, err);
}

json_t *
plan_run(const json_t *plan, const char *folder, const char *sha256, const char *encoding,
	size_t *answered, struct pool *pool, struct err *err)
{
	struct plan_data data;
	struct plan_sample sample;
	struct plan_work w = { &data, &sample, 0.95, pool, false };
	struct err why = { .code = ERR_NONE };
	json_t *answer, *results, *request;
	size_t i;
	int fault;

	if (plan_check(plan, false, err) != 0 || read_level(&w.level, plan, "level", err) != 0 ||
			data_load(&data, plan, folder, encoding, pool, err) != 0)
		return NULL;
	fault = sample_make(&sample, &data, plan, &why);
	*answered = 0;
	results = json_array();
	answer = json_pack("{s:s, s:o}", "plan_sha256", sha256, "results", results);
	json_array_foreach(json_object_get(plan, "requests"), i, request) {
		json_t *result = result_of(fault != 0 ? NULL : &w, request, fault, &why);

		*answered += json_object_get(result, "error") == NULL;
		json_array_append_new(results, result);
	}
	notes_put(answer, &data);
	return answer;
}

json_t *
plan_run_path(const char *path, const char *encoding, size_t *answered, struct pool *pool,
	struct err *err)
{
	const char *source;
	char digest[65];
	json_t *plan, *answer;
	size_t n;

	plan = json_load_path(path, pool, &source, &n, err);
	if (plan == NULL)
		return NULL;
	sha256_hex(digest, source, n);
	answer = plan_run(plan, plan_folder(path, pool), digest, encoding, answered, pool, err);
	json_decref(plan);
	return answer;
}
