/* Margins of rows, met through cells of rows alike; and a cap on weights. */
#include <math.h>
#include <string.h>

#include "stats/weight/in.h"
#include "stats/fault.h"
#include "stats/sum.h"

enum {
	ROUNDS = 500,		/* of trimming and raking again */
	CELLS_MAX = 1 << 20	/* a cross of margins larger than this is raked by rows */
};

#define CAP_TOLERANCE 1e-7	/* a weight this little above the cap is at the cap */

struct margins {
	struct sample *s;
	const struct calibrate_spec *spec;
	uint32_t **level;	/* level[margins][n]: category of each row, or FACTOR_NONE */
	const char **unlisted;
	uint32_t *cell;		/* cell[n]: rows alike in every margin; NULL: every row its own */
	size_t cells;
};

static void
margins_levels(struct margins *m)
{
	size_t n = m->s->n, category;
	uint32_t *map;

	m->level = pool_array(m->s->pool, m->spec->margins + 1, sizeof(*m->level));
	m->unlisted = pool_array(m->s->pool, m->spec->margins + 1, sizeof(*m->unlisted));
	for (size_t k = 0; k < m->spec->margins; k++) {
		const struct factor *f = m->spec->factor[k];

		map = pool_array(m->s->pool, f->levels + 1, sizeof(*map));
		for (size_t l = 0; l < f->levels; l++) {
			category = rake_category(&m->spec->margin[k], f->level[l]);
			map[l] = category == RAKE_NONE ? FACTOR_NONE : (uint32_t)category;
		}
		m->level[k] = pool_array(m->s->pool, n + 1, sizeof(**m->level));
		for (size_t i = 0; i < n; i++) {
			m->level[k][i] = f->of[i] == FACTOR_NONE ? FACTOR_NONE : map[f->of[i]];
			if (m->level[k][i] == FACTOR_NONE && m->s->weight[i] != 0)
				m->unlisted[k] = f->of[i] == FACTOR_NONE ? "NA"
					: f->level[f->of[i]];
		}
	}
}

static size_t
level_number(const struct margins *m, size_t k, size_t row)
{
	return m->level[k][row] == FACTOR_NONE ? m->spec->margin[k].categories : m->level[k][row];
}

/* Number the combinations that occur, in order of their codes. */
static void
margins_cells(struct margins *m)
{
	size_t all = 1, code, n = m->s->n;
	uint32_t *number;

	for (size_t k = 0; k < m->spec->margins; k++)
		if (__builtin_mul_overflow(all, m->spec->margin[k].categories + 1, &all) ||
				all > CELLS_MAX) {
			m->cells = n;
			return;
		}
	number = pool_array(m->s->pool, all + 1, sizeof(*number));
	m->cell = pool_array(m->s->pool, n + 1, sizeof(*m->cell));
	for (size_t i = 0; i < n; i++) {
		code = 0;
		for (size_t k = 0; k < m->spec->margins; k++)
			code = code * (m->spec->margin[k].categories + 1) + level_number(m, k, i);
		m->cell[i] = (uint32_t)code;
		number[code] = 1;
	}
	for (code = 0; code < all; code++)
		if (number[code] != 0)
			number[code] = (uint32_t)m->cells++;
	for (size_t i = 0; i < n; i++)
		m->cell[i] = number[m->cell[i]];
}

static size_t
cell_of(const struct margins *m, size_t row)
{
	return m->cell == NULL ? row : m->cell[row];
}

/* Rake weight[] into g[], both by row. */
static int
margins_rake(const struct margins *m, double g[], const double weight[], struct rake_report *report,
	struct err *err)
{
	struct pool pool = POOL_INIT;
	size_t n = m->s->n, c = m->cells,
		**level = pool_array(&pool, m->spec->margins + 1, sizeof(*level));
	struct sum *w = pool_array(&pool, c + 1, sizeof(*w)),
		*ww = pool_array(&pool, c + 1, sizeof(*ww));
	double *count = pool_array(&pool, c + 1, sizeof(*count)),
		*cw = pool_array(&pool, c + 1, sizeof(*cw));
	double *square = pool_array(&pool, c + 1, sizeof(*square)),
		*cg = pool_array(&pool, c + 1, sizeof(*cg));
	struct rake_units units = { c, cw, count, square, (const size_t *const *)level,
		m->unlisted };
	int rc;

	for (size_t k = 0; k < m->spec->margins; k++)
		level[k] = pool_array(&pool, c + 1, sizeof(**level));
	for (size_t i = 0; i < n; i++) {
		sum_add(&w[cell_of(m, i)], weight[i]);
		sum_add_product(&ww[cell_of(m, i)], weight[i], weight[i]);
		count[cell_of(m, i)] += weight[i] != 0;
		for (size_t k = 0; k < m->spec->margins; k++)
			level[k][cell_of(m, i)] = m->level[k][i] == FACTOR_NONE ? RAKE_NONE :
				m->level[k][i];
	}
	for (size_t i = 0; i < c; i++) {
		cw[i] = sum_of(&w[i]);
		square[i] = sum_of(&ww[i]);
	}
	rc = rake_fit(cg, report, &units, m->spec->margin, m->spec->margins, &m->spec->rake, err);
	for (size_t i = 0; rc == 0 && i < n; i++)
		g[i] = cg[cell_of(m, i)];
	pool_clear(&pool);
	return rc;
}

/*
 * Cut to the cap and spread the excess over the rest in proportion; returns the largest before,
 * over the cap.
 */
static double
cap_weights(double w[], size_t n, double cap)
{
	struct sum excess = { 0, 0 }, room = { 0, 0 };
	double most = 0, factor;

	for (size_t i = 0; i < n; i++) {
		most = fmax(most, w[i] / cap);
		if (w[i] > cap)
			sum_add(&excess, w[i] - cap);
		else if (w[i] < cap * (1 - CAP_TOLERANCE))
			sum_add(&room, w[i]);
	}
	if (most <= 1 + CAP_TOLERANCE)
		return most;
	factor = 1 + sum_of(&excess) / sum_of(&room);
	for (size_t i = 0; i < n; i++)
		w[i] = w[i] >= cap * (1 - CAP_TOLERANCE) ? cap : w[i] * factor;
	return most;
}

static int
margins_cap(const struct margins *m, double w[], double g[], struct rake_report *report,
	struct err *err)
{
	double cap = m->spec->cap;
	size_t n = m->s->n;
	int rc, rounds;

	if (!(cap > 0) || cap * (double)n < report->sum)
		return fault_set(err, FAULT_INPUT, "权数上限 %g 太小：%zu 人达不到合计 %g",
			"a cap of %g on weights is too low: %zu respondents cannot reach %g", cap,
			n, report->sum);
	for (rounds = 0; cap_weights(w, n, cap) > 1 + CAP_TOLERANCE; rounds++) {
		if (rounds == ROUNDS)
			return fault_set(err, FAULT_NOT_CONVERGED,
				"权数上限 %g 与各边际不能同时满足",
				"a cap of %g on weights and the margins cannot both be kept", cap);
		if ((rc = margins_rake(m, g, w, report, err)) != 0)
			return rc;
		for (size_t i = 0; i < n; i++)
			w[i] *= g[i];
	}
	report->rounds = rounds;
	report->cap = cap;
	report->trimmed = 0;
	for (size_t i = 0; i < n; i++)
		report->trimmed += w[i] >= cap * (1 - 10 * CAP_TOLERANCE);
	report->trimmed /= (double)n;
	return 0;
}

/* What the residuals need of cells: their base weights and factors. */
static void
margins_keep(const struct margins *m, struct calibration *c, const double g[])
{
	size_t n = m->s->n;
	double *cell_g = pool_array(m->s->pool, m->cells + 1, sizeof(*cell_g)),
		*base = pool_array(m->s->pool, m->cells + 1, sizeof(*base));
	struct pool scratch = POOL_INIT;
	struct sum *sum = pool_array(&scratch, m->cells + 1, sizeof(*sum));

	for (size_t i = 0; i < n; i++) {
		cell_g[m->cell[i]] = g[i];
		sum_add(&sum[m->cell[i]], m->s->weight[i]);
	}
	for (size_t i = 0; i < m->cells; i++)
		base[i] = sum_of(&sum[i]);
	pool_clear(&scratch);
	c->cell = m->cell;
	c->cells = m->cells;
	c->cell_g = cell_g;
	c->cell_base = base;
}

/* One indicator per margin, the one set aside after its categories. */
static void
margins_auxiliaries(const struct margins *m, struct calibration *c)
{
	size_t n = m->s->n, rows = c->cell == NULL ? n : c->cells, offset = 0, *index;

	index = pool_array(m->s->pool, rows * m->spec->margins + 1, sizeof(*index));
	for (size_t k = 0; k < m->spec->margins; k++) {
		for (size_t i = 0; i < n; i++)
			index[(c->cell == NULL ? i : c->cell[i]) * m->spec->margins + k] =
				offset + level_number(m, k, i);
		offset += m->spec->margin[k].categories + 1;
	}
	c->k = offset;
	c->entries = m->spec->margins;
	c->index = index;
}

int
calibrate_margins(struct sample *s, const struct calibrate_spec *spec, struct calibration *c,
	double g[], struct rake_report *report, struct err *err)
{
	struct margins m = { .s = s, .spec = spec };
	double *w = pool_array(s->pool, s->n + 1, sizeof(*w));
	int rc;

	if (spec->margins == 0)
		return fault_set(err, FAULT_INPUT, "加权没有给出边际",
			"no margin to weight to was given");
	if (spec->method == CALIBRATE_POSTSTRATIFY && spec->margins > 1)
		return fault_set(err, FAULT_INPUT, "事后分层只用一个边际；多个边际请用 rake",
			"post-stratification takes one margin; use rake for several");
	margins_levels(&m);
	margins_cells(&m);
	if ((rc = margins_rake(&m, g, s->weight, report, err)) != 0)
		return rc;
	for (size_t i = 0; i < s->n; i++)
		w[i] = s->weight[i] * g[i];
	if (!isnan(spec->cap)) {
		if ((rc = margins_cap(&m, w, g, report, err)) != 0)
			return rc;
		for (size_t i = 0; i < s->n; i++)
			g[i] = s->weight[i] == 0 ? 1 : w[i] / s->weight[i];
	} else if (m.cell != NULL) {
		margins_keep(&m, c, g);
	}
	margins_auxiliaries(&m, c);
	return 0;
}
