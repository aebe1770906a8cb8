/* Margins of rows, met through cells of rows alike; and a cap on weights. */
#include <math.h>
#include <string.h>

#include "stats/sample/fixed.h"
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
	uint32_t **map;		/* map[margins][levels]: category of a factor's level; the one after
				 * the last: none */
	const char **unlisted;
	uint32_t *cell;		/* cell[n]: rows alike in every margin; NULL: every row its own */
	size_t cells;
	size_t **level;		/* level[margins][cells]: category, or RAKE_NONE */
};

static void
margins_map(struct margins *m)
{
	m->map = pool_array(m->s->pool, m->spec->margins + 1, sizeof(*m->map));
	m->unlisted = pool_array(m->s->pool, m->spec->margins + 1, sizeof(*m->unlisted));
	for (size_t k = 0; k < m->spec->margins; k++) {
		const struct factor *f = m->spec->factor[k];

		m->map[k] = pool_array(m->s->pool, f->levels + 1, sizeof(**m->map));
		for (size_t l = 0; l < f->levels; l++) {
			size_t c = rake_category(&m->spec->margin[k], f->level[l]);

			m->map[k][l] = (uint32_t)(c == RAKE_NONE ? m->spec->margin[k].categories :
				c);
		}
	}
}

/* A row's category in a margin; people in one without a target are remembered. */
static inline size_t
row_category(struct margins *m, size_t k, size_t row)
{
	const struct factor *f = m->spec->factor[k];
	size_t none = m->spec->margin[k].categories,
		c = f->of[row] == FACTOR_NONE ? none : m->map[k][f->of[row]];

	if (c == none && m->s->weight[row] != 0)
		m->unlisted[k] = f->of[row] == FACTOR_NONE ? "NA" : f->level[f->of[row]];
	return c;
}

/* Rows are cells: the cross of all margins is too large. */
static void
margins_rows(struct margins *m)
{
	m->cells = m->s->n;
	for (size_t k = 0; k < m->spec->margins; k++) {
		m->level[k] = pool_array(m->s->pool, m->s->n + 1, sizeof(**m->level));
		for (size_t i = 0; i < m->s->n; i++) {
			size_t c = row_category(m, k, i);

			m->level[k][i] = c == m->spec->margin[k].categories ? RAKE_NONE : c;
		}
	}
}

/* A cell's code taken apart again. */
static void
cell_levels(struct margins *m, size_t cell, size_t code)
{
	for (size_t k = m->spec->margins; k-- > 0;) {
		size_t n = m->spec->margin[k].categories, c = code % (n + 1);

		m->level[k][cell] = c == n ? RAKE_NONE : c;
		code /= n + 1;
	}
}

/* Number the combinations that occur, in order of their codes. */
static void
margins_number(struct margins *m, size_t all)
{
	struct pool scratch = POOL_INIT;
	uint32_t *number = pool_array(&scratch, all + 1, sizeof(*number));

	m->cell = pool_array(m->s->pool, m->s->n + 1, sizeof(*m->cell));
	for (size_t k = 0; k < m->spec->margins; k++) {
		uint32_t n = (uint32_t)m->spec->margin[k].categories + 1;

		for (size_t i = 0; i < m->s->n; i++)
			m->cell[i] = m->cell[i] * n + (uint32_t)row_category(m, k, i);
	}
	for (size_t i = 0; i < m->s->n; i++)
		number[m->cell[i]] = 1;
	for (size_t code = 0; code < all; code++)
		m->cells += number[code];
	for (size_t k = 0; k < m->spec->margins; k++)
		m->level[k] = pool_array(m->s->pool, m->cells + 1, sizeof(**m->level));
	m->cells = 0;
	for (size_t code = 0; code < all; code++)
		if (number[code] != 0) {
			cell_levels(m, m->cells, code);
			number[code] = (uint32_t)m->cells++;
		}
	for (size_t i = 0; i < m->s->n; i++)
		m->cell[i] = number[m->cell[i]];
	pool_clear(&scratch);
}

static void
margins_cells(struct margins *m)
{
	size_t all = 1;

	m->level = pool_array(m->s->pool, m->spec->margins + 1, sizeof(*m->level));
	for (size_t k = 0; k < m->spec->margins; k++)
		if (__builtin_mul_overflow(all, m->spec->margin[k].categories + 1, &all) ||
				all > CELLS_MAX) {
			margins_rows(m);
			return;
		}
	margins_number(m, all);
}

static size_t
cell_of(const struct margins *m, size_t row)
{
	return m->cell == NULL ? row : m->cell[row];
}

/* What is raked: cells with their people and weights. */
struct cells {
	double *w, *square, *count;
};

/* Weights too far apart for fixed point. */
static void
cells_sum_apart(const struct cells *c, const struct margins *m, const double weight[])
{
	struct pool pool = POOL_INIT;
	struct sum *w = pool_array(&pool, m->cells + 1, sizeof(*w)),
		*ww = pool_array(&pool, m->cells + 1, sizeof(*ww));

	for (size_t i = 0; i < m->s->n; i++) {
		sum_add(&w[cell_of(m, i)], weight[i]);
		sum_add_product(&ww[cell_of(m, i)], weight[i], weight[i]);
		c->count[cell_of(m, i)] += weight[i] != 0;
	}
	for (size_t i = 0; i < m->cells; i++) {
		c->w[i] = sum_of(&w[i]);
		c->square[i] = sum_of(&ww[i]);
	}
	pool_clear(&pool);
}

/* Weights in fixed point add up to the same whatever the order of rows. */
static void
cells_sum(const struct cells *c, const struct margins *m, const double weight[],
	struct fixed_range range)
{
	struct pool pool = POOL_INIT;
	__int128 *w = pool_array(&pool, m->cells + 1, sizeof(*w)),
		*ww = pool_array(&pool, m->cells + 1, sizeof(*ww));
	double scale = fixed_scale(range), people = (1 << FIXED_SQUARE) / scale;

	for (size_t i = 0; i < m->s->n; i++) {
		int64_t x = fixed_of(weight[i], scale);

		w[cell_of(m, i)] += x;
		ww[cell_of(m, i)] += fixed_square(x);
		c->count[cell_of(m, i)] += weight[i] != 0;
	}
	for (size_t i = 0; i < m->cells; i++) {
		c->w[i] = fixed_number(w[i]) / scale;
		c->square[i] = fixed_number(ww[i]) * people * people;
	}
	pool_clear(&pool);
}

/* Rake weight[], by row, into g[], by cell; base[cells] gets the sums where it is not NULL. */
static int
margins_rake(const struct margins *m, double g[], double base[], const double weight[],
	struct rake_report *report, struct err *err)
{
	struct pool pool = POOL_INIT;
	size_t n = m->cells;
	struct cells c = { .w = base != NULL ? base : pool_array(&pool, n + 1, sizeof(double)),
		.square = pool_array(&pool, n + 1, sizeof(double)),
		.count = pool_array(&pool, n + 1, sizeof(double)) };
	struct rake_units units = { n, c.w, c.count, c.square, (const size_t *const *)m->level,
		m->unlisted };
	struct fixed_range range = fixed_range(weight, m->s->n);
	int rc;

	if (fixed_holds(range))
		cells_sum(&c, m, weight, range);
	else
		cells_sum_apart(&c, m, weight);
	rc = rake_fit(g, report, &units, m->spec->margin, m->spec->margins, &m->spec->rake, err);
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

/* Rake, cut to the cap and rake again, into g[] by row: factors differ within a cell. */
static int
margins_cap(const struct margins *m, double g[], const double cell_g[], struct rake_report *report,
	struct err *err)
{
	struct pool pool = POOL_INIT;
	double cap = m->spec->cap, *w = pool_array(&pool, m->s->n + 1, sizeof(*w)),
		*again = pool_array(&pool, m->cells + 1, sizeof(*again));
	size_t n = m->s->n;
	int rc = 0, rounds;

	for (size_t i = 0; i < n; i++)
		w[i] = m->s->weight[i] * cell_g[cell_of(m, i)];
	for (rounds = 0; rc == 0 && cap_weights(w, n, cap) > 1 + CAP_TOLERANCE; rounds++) {
		rc = rounds == ROUNDS ? fault_set(err, FAULT_NOT_CONVERGED,
			"权数上限 %g 与各边际不能同时满足",
			"a cap of %g on weights and the margins cannot both be kept", cap) :
			margins_rake(m, again, NULL, w, report, err);
		for (size_t i = 0; rc == 0 && i < n; i++)
			w[i] *= again[cell_of(m, i)];
	}
	report->rounds = rounds;
	report->cap = cap;
	report->trimmed = 0;
	for (size_t i = 0; i < n; i++) {
		report->trimmed += w[i] >= cap * (1 - 10 * CAP_TOLERANCE);
		g[i] = m->s->weight[i] == 0 ? 1 : w[i] / m->s->weight[i];
	}
	report->trimmed /= (double)n;
	pool_clear(&pool);
	return rc;
}

/* One indicator per margin, the one set aside after its categories. */
static void
margins_auxiliaries(const struct margins *m, struct calibration *c)
{
	size_t n = m->s->n, rows = c->cell == NULL ? n : c->cells, offset = 0, *index;

	index = pool_array(m->s->pool, rows * m->spec->margins + 1, sizeof(*index));
	for (size_t k = 0; k < m->spec->margins; k++) {
		for (size_t i = 0; i < rows; i++) {
			size_t level = m->level[k][c->cell == NULL ? cell_of(m, i) : i];

			index[i * m->spec->margins + k] = offset +
				(level == RAKE_NONE ? m->spec->margin[k].categories : level);
		}
		offset += m->spec->margin[k].categories + 1;
	}
	c->k = offset;
	c->entries = m->spec->margins;
	c->index = index;
}

int
calibrate_margins(struct sample *s, const struct calibrate_spec *spec, struct calibration *c,
	struct rake_report *report, struct err *err)
{
	struct margins m = { .s = s, .spec = spec };
	double *base, *cell_g, *g;
	int rc;

	if (spec->margins == 0)
		return fault_set(err, FAULT_INPUT, "加权没有给出边际",
			"no margin to weight to was given");
	if (spec->method == CALIBRATE_POSTSTRATIFY && spec->margins > 1)
		return fault_set(err, FAULT_INPUT, "事后分层只用一个边际；多个边际请用 rake",
			"post-stratification takes one margin; use rake for several");
	margins_map(&m);
	margins_cells(&m);
	base = pool_array(s->pool, m.cells + 1, sizeof(*base));
	cell_g = pool_array(s->pool, m.cells + 1, sizeof(*cell_g));
	if ((rc = margins_rake(&m, cell_g, base, s->weight, report, err)) != 0)
		return rc;
	if (!isnan(spec->cap)) {
		if (!(spec->cap > 0) || spec->cap * (double)s->n < report->sum)
			return fault_set(err, FAULT_INPUT,
				"权数上限 %g 太小：%zu 人达不到合计 %g",
				"a cap of %g on weights is too low: %zu respondents cannot reach"
				" %g", spec->cap, s->n, report->sum);
		c->g = g = pool_array(s->pool, s->n + 1, sizeof(*g));
		if ((rc = margins_cap(&m, g, cell_g, report, err)) != 0)
			return rc;
	} else if (m.cell != NULL) {
		c->cell = m.cell;
		c->cells = m.cells;
		c->cell_g = cell_g;
		c->cell_base = base;
	} else {
		c->g = cell_g;
	}
	margins_auxiliaries(&m, c);
	return 0;
}
