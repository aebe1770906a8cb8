/* A stream of a wave as a sample. */
#include "figure/survey.h"

#include <math.h>
#include <string.h>

#include "stats/fault.h"
#include "stats/weight/calibrate.h"

/* ---- rows ---- */

/* Which rows are of the stream; none to list where all are. */
static void
rows_pick(struct survey *s)
{
	const struct counted *a = s->answers;
	uint32_t *row;

	for (size_t i = 0; i < a->n; i++)
		s->n += a->stream[i] == (uint8_t)s->how.stream;
	if (s->n == a->n)
		return;
	row = pool_array(s->pool, s->n + 1, sizeof(*row));
	for (size_t i = 0, k = 0; i < a->n; i++)
		if (a->stream[i] == (uint8_t)s->how.stream)
			row[k++] = (uint32_t)i;
	s->row = row;
}

/* ---- levels ---- */

/* Numbers of texts put in the order of a factor: of[n] are below `texts`, or FACTOR_NONE. */
static void
factor_order(struct factor *f, const char *name, uint32_t of[], size_t n,
	const char *const text[], size_t texts, struct pool *pool)
{
	struct factor order;
	uint32_t *rank;

	factor_make(&order, name, text, texts, pool);
	rank = pool_array(pool, texts + 1, sizeof(*rank));
	memcpy(rank, order.of, texts * sizeof(*rank));
	for (size_t i = 0; i < n; i++)
		if (of[i] != FACTOR_NONE)
			of[i] = rank[of[i]];
	*f = (struct factor){ name, n, order.level, order.levels, of };
}

static void
item_factor(struct factor *f, const struct survey *s, const char *name, size_t at)
{
	const struct item *item = &s->answers->form->item[at];
	const uint8_t *code = s->answers->item[at].code;
	uint32_t *of = pool_array(s->pool, s->n + 1, sizeof(*of));
	const char **text = pool_array(s->pool, item->choices + 1, sizeof(*text));

	for (size_t c = 0; c < item->choices; c++)
		text[c] = item->choice[c].name;
	for (size_t i = 0; i < s->n; i++) {
		uint8_t c = code[survey_row(s, i)];

		of[i] = c < SCAN_SKIPPED ? c : FACTOR_NONE;
	}
	factor_order(f, name, of, s->n, text, item->choices, s->pool);
}

static void
site_factor(struct factor *f, const struct survey *s, const char *name, struct level level)
{
	const struct counted *a = s->answers;
	uint32_t *of = pool_array(s->pool, s->n + 1, sizeof(*of));
	const char **text = pool_array(s->pool, a->sites + 1, sizeof(*text));

	for (size_t k = 0; k < a->sites; k++)
		text[k] = level_of(a->form, level, NULL, &a->site[k]);
	for (size_t i = 0; i < s->n; i++)
		of[i] = a->place[survey_row(s, i)];
	factor_order(f, name, of, s->n, text, a->sites, s->pool);
}

int
survey_factor(struct factor *f, const struct survey *s, const char *name, struct err *err)
{
	struct level level = level_find(s->answers->form, name);

	if (level.kind == LEVEL_NONE)
		return fault_set(err, FAULT_COLUMN, "没有分组变量 %s",
			"there is no variable %s to group by", name);
	if (level.kind == LEVEL_ITEM)
		item_factor(f, s, name, (size_t)level.item);
	else
		site_factor(f, s, name, level);
	return 0;
}

/* ---- the design ---- */

/* Strata are those on the rows; open rows have none. */
static const struct factor *
strata_of(const struct survey *s)
{
	const struct counted *a = s->answers;
	struct factor *f = pool_take(s->pool, sizeof(*f));
	const char **text = pool_array(s->pool, a->labels + 1, sizeof(*text));
	uint32_t *of;

	if (s->how.stream == STREAM_OPEN)
		return NULL;
	/* A row without a stratum is in one like any other. */
	for (size_t l = 0; l < a->labels; l++)
		text[l] = a->label[l][0] == '\0' ? "-" : a->label[l];
	of = pool_array(s->pool, s->n + 1, sizeof(*of));
	for (size_t i = 0; i < s->n; i++)
		of[i] = a->stratum[survey_row(s, i)];
	factor_order(f, "stratum", of, s->n, text, a->labels, s->pool);
	return f;
}

/* Clusters are those on the rows; where an open row has none, its site is one. */
static const struct factor *
clusters_of(const struct survey *s)
{
	const struct counted *a = s->answers;
	bool sites = s->how.stream == STREAM_OPEN && !s->how.apart;
	struct factor *f = pool_take(s->pool, sizeof(*f));
	const char **text = pool_array(s->pool, a->labels + a->sites + 1, sizeof(*text));
	uint32_t *of = pool_array(s->pool, s->n + 1, sizeof(*of));

	for (size_t l = 0; l < a->labels; l++)
		text[l] = a->label[l];
	for (size_t k = 0; k < a->sites; k++)
		text[a->labels + k] = a->site[k].code;
	for (size_t i = 0; i < s->n; i++) {
		size_t row = survey_row(s, i);

		of[i] = a->cluster[row];
		if (of[i] == 0 && sites && a->place[row] != COUNTED_NOWHERE)
			of[i] = (uint32_t)(a->labels + a->place[row]);
	}
	factor_order(f, "cluster", of, s->n, text, a->labels + a->sites, s->pool);
	return f;
}

static const bool *
rows_in(const struct survey *s)
{
	bool *in = pool_array(s->pool, s->n + 1, sizeof(*in));

	if (s->how.unflagged)
		return NULL;
	for (size_t i = 0; i < s->n; i++)
		in[i] = s->answers->flag[survey_row(s, i)] == 0;
	return in;
}

static int
survey_weigh(struct survey *s, struct err *err)
{
	const struct margins *m = s->how.margins;
	const struct factor **factor;
	struct calibrate_spec spec = { .method = CALIBRATE_RAKE, .low = -INFINITY,
		.high = INFINITY, .cap = NAN, .rake = { .aside = true } };
	struct factor *f;
	int rc = 0;

	if (s->how.stream != STREAM_SAMPLED || m == NULL || m->n == 0)
		return 0;
	factor = pool_array(s->pool, m->n, sizeof(*factor));
	for (size_t k = 0; rc == 0 && k < m->n; k++) {
		f = pool_take(s->pool, sizeof(*f));
		rc = survey_factor(f, s, m->margin[k].variable, err);
		factor[k] = f;
	}
	spec.margin = m->margin;
	spec.factor = factor;
	spec.margins = m->n;
	s->raked = true;
	return rc != 0 ? rc : sample_calibrate(s->sample, &spec, &s->report, err);
}

int
survey_open(struct survey *s, const struct counted *a, const struct survey_how *how,
	struct pool *pool, struct err *err)
{
	struct sample_design design = { .stages = 1, .nest = true, .alone = true };
	double *weight;
	int rc;

	*s = (struct survey){ .answers = a, .how = *how, .pool = pool };
	rows_pick(s);
	if (s->n == 0)
		return fault_set(err, FAULT_EMPTY_DOMAIN, "这一轮没有 %s 答卷",
			"this wave has no answers of the %s stream", stream_name(how->stream));
	s->code = pool_array(pool, a->form->items, sizeof(*s->code));
	weight = pool_array(pool, s->n + 1, sizeof(*weight));
	for (size_t i = 0; i < s->n; i++)
		weight[i] = (double)a->weight[survey_row(s, i)] / 1e6;
	design.n = s->n;
	design.stratum[0] = strata_of(s);
	design.cluster[0] = clusters_of(s);
	design.weight = weight;
	design.in = s->in = rows_in(s);
	rc = sample_open(&s->sample, &design, pool, err);
	return rc != 0 ? rc : survey_weigh(s, err);
}

/* ---- columns ---- */

const uint8_t *
survey_codes(struct survey *s, size_t item)
{
	const uint8_t *from = s->answers->item[item].code;
	uint8_t *code;

	if (s->row == NULL)
		return from;
	if (s->code[item] == NULL) {
		code = pool_take(s->pool, s->n + 1);
		for (size_t i = 0; i < s->n; i++)
			code[i] = from[s->row[i]];
		s->code[item] = code;
	}
	return s->code[item];
}

/* What an answer's code counts: its distance from lo, or whether it is one of in[]. */
static int32_t
part_of(const struct score *score, int code)
{
	if (code < score->lo || code > score->hi || code == FORM_DONT_KNOW || code == FORM_SKIPPED)
		return COLUMN_MISSING;
	if (score->kind == SCORE_SCALE)
		return code - score->lo;
	for (size_t k = 0; k < score->ins; k++)
		if (score->in[k] == code)
			return 1;
	return 0;
}

static const int32_t *
parts_of(const struct survey *s, const struct score *score)
{
	const struct item *item = &s->answers->form->item[score->item[0]];
	int32_t *part = pool_array(s->pool, COLUMN_CODES, sizeof(*part));

	for (size_t c = 0; c < COLUMN_CODES; c++)
		part[c] = c < item->choices ? part_of(score, item->choice[c].code) :
			COLUMN_MISSING;
	return part;
}

/* Codes 0 and 1, SCAN_NONE missing. */
static const int32_t *
parts_yes(struct pool *pool)
{
	int32_t *part = pool_array(pool, COLUMN_CODES, sizeof(*part));

	for (size_t c = 0; c < COLUMN_CODES; c++)
		part[c] = c > 1 ? COLUMN_MISSING : (int32_t)c;
	return part;
}

/* Was any of the mask ticked, of those who ticked nothing of `without`? */
static const uint8_t *
codes_ticked(const struct survey *s, const struct score *score)
{
	const struct answer_item *item = &s->answers->item[score->item[0]];
	uint8_t *code = pool_take(s->pool, s->n + 1);

	for (size_t i = 0; i < s->n; i++) {
		size_t row = survey_row(s, i);
		bool any = false, out = item->code[row] != 0;

		for (size_t k = 0; !out && k < item->width; k++) {
			unsigned byte = item->set[row * item->width + k];

			any = any || (byte & (score->mask.bit[k / 8] >> k % 8 * 8 & 0xFF)) != 0;
			out = (byte & (score->without.bit[k / 8] >> k % 8 * 8 & 0xFF)) != 0;
		}
		code[i] = out ? SCAN_NONE : any;
	}
	return code;
}

static const uint8_t *
codes_hotline(const struct survey *s)
{
	uint8_t *code = pool_take(s->pool, s->n + 1);

	for (size_t i = 0; i < s->n; i++) {
		uint8_t said = s->answers->unaided[survey_row(s, i)];

		code[i] = said == SCAN_NONE ? SCAN_NONE : said != 0;
	}
	return code;
}

/* A person's mean in parts, or COLUMN_MISSING: too few answers. */
static int32_t
mean_part(const struct score *score, const int32_t *const part[], const uint8_t *const code[],
	size_t i)
{
	int64_t sum = 0, weight = 0;
	size_t answers = 0;

	for (size_t k = 0; k < score->items; k++) {
		int32_t x = part[k][code[k][i]];

		if (x == COLUMN_MISSING)
			continue;
		sum += (int64_t)score_weight(score, k) * x;
		weight += score_weight(score, k);
		answers++;
	}
	if (answers == 0 || answers < (score->least == 0 ? score->items : score->least))
		return COLUMN_MISSING;
	/* Whole where the common multiple was not too large, else rounded. */
	return (int32_t)((2 * sum * score->parts + weight) / (2 * weight));
}

static const int32_t *
wholes_mean(struct survey *s, const struct score *score)
{
	const uint8_t **code = pool_array(s->pool, score->items, sizeof(*code));
	const int32_t **part = pool_array(s->pool, score->items, sizeof(*part));
	int32_t *whole = pool_array(s->pool, s->n + 1, sizeof(*whole));

	for (size_t k = 0; k < score->items; k++) {
		struct score one = { .kind = SCORE_SCALE, .item = &score->item[k], .items = 1,
			.lo = score->lo, .hi = score->hi };

		code[k] = survey_codes(s, score->item[k]);
		part[k] = parts_of(s, &one);
	}
	for (size_t i = 0; i < s->n; i++)
		whole[i] = mean_part(score, part, code, i);
	return whole;
}

struct column
survey_column(struct survey *s, const struct score *score)
{
	struct column c = { .name = score->name, .unit = 1, .upper = 1 };

	switch (score->kind) {
	case SCORE_SCALE:
	case SCORE_MEAN:
		c.upper = 100;
		c.unit = 100. / (score->hi - score->lo);
		if (score->kind == SCORE_MEAN) {
			c.whole = wholes_mean(s, score);
			c.unit = 100. / ((double)(score->hi - score->lo) * (double)score->parts);
			return c;
		}
		/* fall through */
	case SCORE_SHARE:
		c.code = survey_codes(s, score->item[0]);
		c.part = parts_of(s, score);
		return c;
	case SCORE_WORDS:
		c.code = codes_hotline(s);
		break;
	default:
		c.code = codes_ticked(s, score);
	}
	c.part = parts_yes(s->pool);
	return c;
}
