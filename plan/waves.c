/* Requests to stored waves: of one, or of several joined over their years. */
#include "plan/waves.h"

#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "plan/op/ops.h"
#include "plan/read.h"
#include "plan/say.h"
#include "stats/fault.h"

enum { LISTED_MAX = 10 };

static const char YEAR[] = "year";

static bool
is_text(const json_t *value, const char *text)
{
	return json_is_string(value) && strcmp(json_string_value(value), text) == 0;
}

/* ---- figures by their name ---- */

static bool
figure_asked(const struct waves *w, const json_t *request)
{
	const json_t *of = json_object_get(request, "of");
	const char *op = json_text_at(request, "op");

	if (!json_is_string(of))
		return false;
	if (strcmp(op, "difference") == 0 || strcmp(op, "trend") == 0)
		return w->stored->named(w->stored->ctx, json_string_value(of));
	return strcmp(op, "index") == 0;
}

/* The one variable it is split by, in "over" or "by"; NULL: none. */
static int
figure_by(const char **by, const struct waves *w, const json_t *request, struct err *err)
{
	static const char *const beside[] = { "where", "interval", "missing", "df", "scale",
		"deff" };
	const char *const *name = NULL, *of = json_text_at(request, "of");
	size_t n = 0;
	bool alone = w->own == NULL;

	*by = NULL;
	if (read_text(by, request, "over", err) != 0 ||
			read_texts(&name, &n, request, "by", w->pool, err) != 0)
		return FAULT_INPUT;
	for (size_t i = 0; i < sizeof(beside) / sizeof(beside[0]); i++)
		alone = alone && json_object_get(request, beside[i]) == NULL;
	if (!alone || n + (*by != NULL) > 1)
		return fault_set(err, FAULT_INPUT,
			"按名称取指数 %s 时，只能再说 by（一个变量）和 level，按该轮自己的设计和权数",
			"figure %s by its name goes with \"by\" (one variable) and \"level\" alone,"
			" and with the wave's own design and weights", of);
	if (n == 1)
		*by = name[0];
	return 0;
}

static int
figure_table(struct table *t, struct waves *w, size_t i, const json_t *request, struct err *err)
{
	const char *by;
	struct plan_ask a;
	int rc = plan_ask_words(&a, w->level, request, err);

	if (rc != 0 || (rc = figure_by(&by, w, request, err)) != 0)
		return rc;
	return w->stored->figure(t, w->stored->ctx, i, json_text_at(request, "of"), by,
		a.ask.level, err);
}

/* ---- one wave ---- */

static int
one_table(struct table *t, json_t *result, struct waves *w, size_t i, const json_t *request,
	struct err *err)
{
	if (figure_asked(w, request))
		return figure_table(t, w, i, request, err);
	return plan_request_table(request)(t, result, &w->one[i].work, request, err);
}

static int
one_request(json_t *result, struct waves *w, const json_t *request, struct err *err)
{
	struct table t;
	int rc;

	if (!figure_asked(w, request))
		return plan_request(result, &w->one[0].work, request, err);
	if ((rc = figure_table(&t, w, 0, request, err)) != 0)
		return rc;
	if (strcmp(json_text_at(request, "op"), "index") != 0)
		return say_difference(result, &t, false, w->level, request, w->pool, err);
	say_table(result, &t);
	return 0;
}

/* ---- over years ---- */

/* A request without its year, and at which of its groups that stood. */
struct yearly {
	json_t *request;
	size_t place;
	bool found;
};

static void
year_take(struct yearly *y, const json_t *request)
{
	const json_t *by = json_object_get(request, "by"), *over = json_object_get(request, "over");
	json_t *rest = json_array(), *name;
	size_t i;

	*y = (struct yearly){ .request = json_copy((json_t *)request) };
	if (is_text(over, YEAR)) {
		y->found = true;
		json_object_del(y->request, "over");
	}
	if (is_text(by, YEAR) && !y->found) {
		y->found = true;
		y->place = over != NULL;
		json_object_del(y->request, "by");
	}
	json_array_foreach((json_t *)by, i, name) {
		if (y->found || !is_text(name, YEAR)) {
			json_array_append(rest, name);
			continue;
		}
		y->found = true;
		y->place = i + (over != NULL);
	}
	if (json_is_array(by))
		json_object_set(y->request, "by", rest);
	json_decref(rest);
}

static int
years_refuse(const struct waves *w, const struct yearly *y, struct err *err)
{
	const json_t *design = json_object_get(w->own, "design");

	if (plan_request_table(y->request) == NULL)
		return fault_set(err, FAULT_INPUT,
			"这一分析一次只能用一个轮次；多个轮次之间能比较的是均值、总量、比率、"
			"比例（share）、指数，以及它们逐年的差和趋势",
			"this analysis is of one wave at a time; over several, means, totals,"
			" ratios, shares and indices can be compared, with their differences"
			" and trends over the years");
	if (!y->found)
		return fault_set(err, FAULT_INPUT,
			"选了多个轮次：请按 year 分组（by）或比较（over）",
			"several waves are open: group by or compare over \"year\"");
	if (y->place > 0 && json_object_get(y->request, "over") != NULL)
		return fault_set(err, FAULT_INPUT,
			"多个轮次的差和趋势只能逐年（over 为 year）；组间之差请逐轮来问",
			"over several waves, differences and trends go over \"year\"; ask for"
			" those between groups wave by wave");
	if (w->stored->waves > 1 && json_object_get(design, "replicates") != NULL)
		return fault_set(err, FAULT_INPUT, "复制权数一次只能用于一个轮次",
			"replicate weights are of one wave at a time");
	return 0;
}

/* The same groups under the year they belong to. */
static void
year_label(struct table *t, int year, size_t place, struct pool *pool)
{
	const char **by = pool_array(pool, t->bys + 1, sizeof(*by)),
		*label = pool_fmt(pool, "%d", year);

	for (size_t b = 0; b <= t->bys; b++)
		by[b] = b == place ? YEAR : t->by[b - (b > place)];
	for (size_t i = 0; i < t->rows; i++) {
		const char **level = pool_array(pool, t->bys + 1, sizeof(*level));

		for (size_t b = 0; b <= t->bys; b++)
			level[b] = b == place ? label : t->row[i].by[b - (b > place)];
		t->row[i].by = level;
	}
	t->by = by;
	t->bys++;
}

/* ---- rows that all have ---- */

static bool
has_row(const struct table *t, const char *of)
{
	for (size_t k = 0, items = table_items(t); k < items; k++)
		if (strcmp(t->row[k].of, of) == 0)
			return true;
	return false;
}

static double *
picked(const double from[], size_t from_rows, const size_t row[], size_t n, struct pool *pool)
{
	double *cov;

	if (from == NULL)
		return NULL;
	cov = pool_array(pool, n * n + 1, sizeof(*cov));
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			cov[i * n + j] = from[row[i] * from_rows + row[j]];
	return cov;
}

/* Only the rows row[n] of a table. */
static void
table_pick(struct table *t, const size_t row[], size_t n, struct pool *pool)
{
	struct table_row *kept = pool_array(pool, n + 1, sizeof(*kept));
	size_t psus = t->total != NULL ? t->design->psus : 0;
	double *total = pool_array(pool, psus * n + 1, sizeof(*total));

	for (size_t i = 0; i < n; i++)
		kept[i] = t->row[row[i]];
	for (size_t k = 0; k < psus; k++)
		for (size_t i = 0; i < n; i++)
			total[k * n + i] = t->total[k * t->rows + row[i]];
	t->cov = picked(t->cov, t->rows, row, n, pool);
	t->srs = picked(t->srs, t->rows, row, n, pool);
	if (t->total != NULL)
		t->total = total;
	t->row = kept;
	t->rows = n;
}

/* What only some waves have: named by the wave, the first few of them. */
static void
note_left(struct waves *w, size_t i, const struct table *t, const bool out[])
{
	struct text list = TEXT_INIT;
	struct err note = { 0 };
	size_t n = 0;

	for (size_t k = 0, items = table_items(t); k < items; k++)
		if (out[k] && n++ < LISTED_MAX)
			text_fmt(&list, " %s", t->row[k].of);
	if (n > LISTED_MAX)
		text_fmt(&list, LANG_PICK(" …（共 %zu 项）", " ... (%zu in all)"), n);
	err_set(&note, ERR_NONE, "%s 有而别的轮次没有，因此没有列入比较的：%s",
		"of %s, but not of every wave, and so left out of the comparison:%s",
		w->one[i].wave.name, text_str(&list));
	if (n > 0)
		waves_note(w, &note);
	text_clear(&list);
}

/* Choices and categories that some wave has not are left out, and noted. */
static int
rows_match(struct waves *w, struct table part[], struct err *err)
{
	size_t waves = w->stored->waves, *kept = pool_array(w->pool, waves, sizeof(*kept));
	size_t **row = pool_array(w->pool, waves, sizeof(*row));

	for (size_t i = 0; i < waves; i++) {
		bool *out = pool_array(w->pool, part[i].rows + 1, sizeof(*out));

		row[i] = pool_array(w->pool, part[i].rows + 1, sizeof(**row));
		for (size_t k = 0; k < part[i].rows; k++) {
			for (size_t j = 0; j < waves; j++)
				out[k] = out[k] || !has_row(&part[j], part[i].row[k].of);
			if (!out[k])
				row[i][kept[i]++] = k;
		}
		note_left(w, i, &part[i], out);
		if (kept[i] == 0)
			return fault_set(err, FAULT_INPUT,
				"各轮次没有相同的选项或类别，不能放在一起比较",
				"the waves have no choice or category in common to compare");
	}
	for (size_t i = 0; i < waves; i++)
		if (kept[i] < part[i].rows)
			table_pick(&part[i], row[i], kept[i], w->pool);
	return 0;
}

/* ---- the join ---- */

/* A fault that every wave has is the request's; another is told with the wave's name. */
static int
fault_of(struct waves *w, size_t i, int fault, const json_t *request, struct err *err)
{
	size_t last = w->stored->waves - 1;
	struct err why = *err, other = { 0 };
	json_t *unused = json_object();
	struct table t;
	bool same = i == 0 && (last == 0 ||
		(one_table(&t, unused, w, last, request, &other) == fault &&
		strcmp(other.text, why.text) == 0));

	json_decref(unused);
	if (!same)
		*err = (struct err){ 0 };
	return same ? fault : fault_set(err, fault, "%s：%s", "%s: %s", w->one[i].wave.name,
		why.text);
}

static int
part_make(struct table *part, struct waves *w, size_t i, const struct yearly *y, struct err *err)
{
	json_t *said = json_object();
	int rc = one_table(part, said, w, i, y->request, err);
	bool overlap = json_object_get(said, "overlapping") != NULL;

	json_decref(said);
	if (rc != 0)
		return fault_of(w, i, rc, y->request, err);
	return !overlap ? 0 : fault_set(err, FAULT_INPUT,
		"按多选题分组时各组有重叠，一次只能用一个轮次",
		"groups by a question with several choices overlap: name one wave at a time");
}

static int
parts_make(struct table part[], struct waves *w, const struct yearly *y, struct err *err)
{
	int rc;

	for (size_t i = 0; i < w->stored->waves; i++)
		if ((rc = part_make(&part[i], w, i, y, err)) != 0)
			return rc;
	if ((rc = rows_match(w, part, err)) != 0)
		return rc;
	for (size_t i = 0; i < w->stored->waves; i++)
		year_label(&part[i], w->one[i].wave.year, y->place, w->pool);
	return 0;
}

static int
parts_join(struct table *t, struct waves *w, const struct yearly *y, struct err *err)
{
	size_t n = w->stored->waves;
	struct table *part = pool_array(w->pool, n, sizeof(*part));
	const struct table **each = pool_array(w->pool, n, sizeof(*each));
	struct err quiet = { 0 };
	int rc = parts_make(part, w, y, err);

	if (rc != 0)
		return rc;
	for (size_t i = 0; i < n; i++)
		each[i] = &part[i];
	/* Element samples cannot be matched unit by unit: then the waves are independent. */
	if (w->stored->shared && table_join(t, each, n, true, w->pool, &quiet) == 0)
		return 0;
	return table_join(t, each, n, false, w->pool, err);
}

static int
years_say(json_t *result, struct waves *w, const json_t *request, const struct table *t,
	struct err *err)
{
	const char *op = json_text_at(request, "op");

	if (strcmp(op, "difference") == 0)
		return say_difference(result, t, true, w->level, request, w->pool, err);
	if (strcmp(op, "trend") == 0)
		return say_trend(result, t, w->pool, err);
	say_table(result, t);
	return 0;
}

static int
years_request(json_t *result, struct waves *w, const struct yearly *y, const json_t *request,
	struct err *err)
{
	struct table t;
	int rc = years_refuse(w, y, err);

	for (size_t i = 0; rc == 0 && i < w->stored->waves; i++)
		rc = waves_open(w, i, err);
	if (rc == 0)
		rc = waves_versions(w, y->request, err);
	if (rc == 0)
		rc = parts_join(&t, w, y, err);
	return rc != 0 ? rc : years_say(result, w, request, &t, err);
}

int
waves_request(json_t *result, struct waves *w, const json_t *request, struct err *err)
{
	struct yearly y;
	int rc = 0;

	year_take(&y, request);
	/* A figure by its name is told year by year, asked or not. */
	y.found = y.found || (w->stored->waves > 1 && figure_asked(w, request));
	if (w->stored->waves == 1)
		rc = waves_open(w, 0, err);
	/* A question of that name is the question. */
	if (rc == 0 && (w->stored->waves > 1 ||
			(y.found && frame_find(w->one[0].wave.frame, YEAR) < 0)))
		rc = years_request(result, w, &y, request, err);
	else if (rc == 0)
		rc = one_request(result, w, request, err);
	json_decref(y.request);
	return rc;
}
