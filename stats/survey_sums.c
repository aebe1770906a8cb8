/* From cells to PSU totals, sums of squares and their covariance. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/survey_in.h"

double
survey_alpha(const struct survey_work *w, size_t cell, size_t p)
{
	if (w->domain[cell] != p / w->scores || w->moment[p].w == 0)
		return 0;
	return w->s->g[cell] * score_unit(w->s->layout, w->score[p % w->scores]) / w->moment[p].w;
}

double
survey_fitted(const struct survey_work *w, size_t cell, size_t p)
{
	const struct survey *s = w->s;
	double sum = 0;

	if (w->k == 0 || !s->in[cell])
		return 0;
	for (size_t m = 0; m < s->margins; m++)
		sum += w->slope[(s->offset[m] + s->category[m][cell]) * w->rows + p];
	return sum * s->g[cell];
}

static double
score_sum(const struct survey_work *w, size_t cell, size_t p, enum score_sum which)
{
	return survey_sum(w->s, cell, score_sum_at(w->s->layout, w->score[p % w->scores], which));
}

/* Sum over a cell of the linearised row p. */
static double
cell_first(const struct survey_work *w, size_t cell, size_t p)
{
	double alpha = survey_alpha(w, cell, p), sum = 0;

	if (alpha != 0)
		sum = alpha * (score_sum(w, cell, p, SUM_SCORE_T) -
			w->mean[p] * score_sum(w, cell, p, SUM_SCORE_W));
	return w->k == 0 ? sum : sum - survey_fitted(w, cell, p) * survey_sum(w->s, cell, SUM_W);
}

void
survey_totals(const struct survey_work *w, double total[])
{
	const struct survey *s = w->s;
	size_t from, to;

	for (size_t c = 0; c < s->cells; c++) {
		if (!s->in[c] || s->psu[c] == SURVEY_NONE)
			continue;
		from = w->k > 0 ? 0 : w->domain[c] == SURVEY_NONE ? 0 : w->domain[c] * w->scores;
		to = w->k > 0 ? w->rows : w->domain[c] == SURVEY_NONE ? 0 : from + w->scores;
		for (size_t p = from; p < to; p++)
			total[s->psu[c] * w->rows + p] += cell_first(w, c, p);
	}
}

/* ---- rows that are their own PSUs ---- */

/* Sums of w2 times y_p y_q, y_p r_q, r_p y_q, r_p r_q over a cell. */
struct squares {
	double yy, yr, ry, rr;
};

static struct squares
cell_squares(const struct survey_work *w, size_t cell, size_t p, size_t q)
{
	static const struct squares unknown = { NAN, NAN, NAN, NAN };
	const struct score_layout *layout = w->s->layout;
	size_t a = w->score[p % w->scores], b = w->score[q % w->scores], k;
	struct squares s;
	bool swapped;

	if (a == b) {
		s.yy = score_sum(w, cell, p, SUM_SCORE_WWQ);
		s.yr = s.ry = score_sum(w, cell, p, SUM_SCORE_WWT);
		s.rr = score_sum(w, cell, p, SUM_SCORE_WW);
		return s;
	}
	k = score_pair_at(layout, a, b, &swapped);
	if (k == 0)
		return unknown;
	s.yy = survey_sum(w->s, cell, k + PAIR_WWP);
	s.yr = survey_sum(w->s, cell, k + (swapped ? PAIR_WWT2 : PAIR_WWT1));
	s.ry = survey_sum(w->s, cell, k + (swapped ? PAIR_WWT1 : PAIR_WWT2));
	s.rr = survey_sum(w->s, cell, k + PAIR_WW);
	return s;
}

/* Sum over a cell's rows of the product of linearised rows p and q. */
static double
cell_second(const struct survey_work *w, size_t cell, size_t p, size_t q)
{
	double ap = survey_alpha(w, cell, p), aq = survey_alpha(w, cell, q);
	double fp = survey_fitted(w, cell, p), fq = survey_fitted(w, cell, q);
	double mp = w->mean[p], mq = w->mean[q], sum = fp * fq * survey_sum(w->s, cell, SUM_WW);
	struct squares x;

	if (ap != 0 && aq != 0) {
		x = cell_squares(w, cell, p, q);
		sum += ap * aq * (x.yy - mq * x.yr - mp * x.ry + mp * mq * x.rr);
	}
	if (ap != 0 && fq != 0)
		sum -= ap * fq *
			(score_sum(w, cell, p, SUM_SCORE_WWT) -
			mp * score_sum(w, cell, p, SUM_SCORE_WW));
	if (aq != 0 && fp != 0)
		sum -= aq * fp *
			(score_sum(w, cell, q, SUM_SCORE_WWT) -
			mq * score_sum(w, cell, q, SUM_SCORE_WW));
	return sum;
}

struct spread {
	double *first, *second, *centre, *cluster, *far;
	size_t k;
};

static void
spread_element(struct spread *t, const struct survey_work *w, size_t c)
{
	size_t from = 0, to = w->rows;

	if (w->k == 0) {
		if (w->domain[c] == SURVEY_NONE)
			return;
		from = w->domain[c] * w->scores;
		to = from + w->scores;
	}
	for (size_t p = from; p < to; p++) {
		t->first[p] += cell_first(w, c, p);
		for (size_t q = from; q <= p; q++)
			t->second[p * t->k + q] += cell_second(w, c, p, q);
	}
}

static void
spread_cluster(struct spread *t)
{
	for (size_t p = 0; p < t->k; p++) {
		t->first[p] += t->cluster[p];
		for (size_t q = 0; q <= p; q++)
			t->second[p * t->k + q] += t->cluster[p] * t->cluster[q];
	}
	memset(t->cluster, 0, t->k * sizeof(*t->cluster));
}

/*
 * Sums of products about the stratum's mean and about the centre; what is left of rounding is
 * nothing.
 */
static void
spread_finish(struct spread *t, double n)
{
	double raw, left;

	for (size_t p = 0; p < t->k; p++)
		for (size_t q = 0; q <= p; q++) {
			raw = t->second[p * t->k + q];
			left = raw - t->first[p] * t->first[q] / n;
			if (p == q && left < 1e-13 * raw)
				left = 0;
			t->far[p * t->k + q] = t->far[q * t->k + p] = raw -
				t->first[p] * t->centre[q] - t->centre[p] * t->first[q] +
				n * t->centre[p] * t->centre[q];
			t->second[p * t->k + q] = t->second[q * t->k + p] = left;
		}
	for (size_t p = 0; p < t->k; p++)
		for (size_t q = 0; q < t->k; q++)
			if (p != q && (t->second[p * t->k + p] == 0 ||
					t->second[q * t->k + q] == 0))
				t->second[p * t->k + q] = 0;
}

/* Cells c.. of one stratum into the sums; returns the first cell after it. */
static size_t
spread_stratum(struct spread *t, const struct survey_work *w, size_t c, const bool member[],
	size_t *members)
{
	const struct survey *s = w->s;
	size_t h = s->stratum[c];

	memset(t->first, 0, t->k * sizeof(*t->first));
	memset(t->second, 0, t->k * t->k * sizeof(*t->second));
	for (; c < s->cells && s->stratum[c] == h; c++) {
		*members += member == NULL || member[c];
		if (s->psu[c] == SURVEY_NONE) {
			if (s->in[c])
				spread_element(t, w, c);
			continue;
		}
		for (size_t p = 0; s->in[c] && p < w->rows; p++)
			t->cluster[p] += cell_first(w, c, p);
		if (c + 1 == s->cells || s->psu[c + 1] != s->psu[c])
			spread_cluster(t);
	}
	return c;
}

static void
centre_of(struct spread *t, const struct survey_work *w)
{
	for (size_t c = 0; c < w->s->cells; c++)
		for (size_t p = 0; w->s->in[c] && p < t->k; p++)
			t->centre[p] += cell_first(w, c, p) / (double)w->s->design.psus;
}

int
survey_element_covariance(
	const struct survey_work *w, double cov[], const bool member[], struct err *err)
{
	const struct design *d = &w->s->design;
	size_t k = w->rows, c = 0, members;
	double *all = calloc(3 * k + 2 * k * k + 1, sizeof(*all));
	struct spread t = { all, all + 3 * k, all + k, all + 2 * k, all + 3 * k + k * k, k };
	struct design_sum sum;
	int rc;

	if (all == NULL)
		err_die("out of memory");
	if (d->lonely == DESIGN_ADJUST)
		centre_of(&t, w);
	design_begin(&sum, d, cov, k, t.centre);
	for (size_t h = 0; h < d->strata; h++) {
		members = 0;
		c = spread_stratum(&t, w, c, member, &members);
		spread_finish(&t, (double)(d->first[h + 1] - d->first[h]));
		design_add(&sum, h, t.second, t.far, members);
	}
	rc = design_end(&sum, err);
	free(all);
	return rc;
}

/* ---- simple random sampling ---- */

/* Weighted sums of two scores over those of a domain who have both. */
struct both {
	double n, w, t1, t2, p;
};

static struct both
both_sum(const struct survey_work *w, size_t domain, size_t k, bool swapped)
{
	const struct survey *s = w->s;
	struct both b = { 0, 0, 0, 0, 0 };

	for (size_t c = 0; c < s->cells; c++) {
		if (w->domain[c] != domain)
			continue;
		b.n += survey_sum(s, c, k + PAIR_N);
		b.w += s->g[c] * survey_sum(s, c, k + PAIR_W);
		b.t1 += s->g[c] * survey_sum(s, c, k + (swapped ? PAIR_T2 : PAIR_T1));
		b.t2 += s->g[c] * survey_sum(s, c, k + (swapped ? PAIR_T1 : PAIR_T2));
		b.p += s->g[c] * survey_sum(s, c, k + PAIR_P);
	}
	return b;
}

static double
srs_variance(const struct survey_work *w, size_t p)
{
	const struct survey_moment *m = &w->moment[p];
	double unit = score_unit(w->s->layout, w->score[p % w->scores]), s2;

	s2 = (m->q / m->w - w->mean[p] * w->mean[p]) * m->n / (m->n - 1);
	return fmax(s2, 0) * unit * unit / m->n;
}

static double
srs_covariance(const struct survey_work *w, size_t p, size_t q)
{
	const struct score_layout *layout = w->s->layout;
	size_t a = w->score[p % w->scores], b = w->score[q % w->scores], k;
	double s12;
	struct both x;
	bool swapped;

	if (p / w->scores != q / w->scores)
		return 0;
	if (a == b)
		return srs_variance(w, p);
	k = score_pair_at(layout, a, b, &swapped);
	if (k == 0)
		return NAN;
	x = both_sum(w, p / w->scores, k, swapped);
	s12 = (x.p - x.t1 * x.t2 / x.w) / x.w * x.n / (x.n - 1);
	return s12 * x.n / (w->moment[p].n * w->moment[q].n) * score_unit(layout, a) *
		score_unit(layout, b);
}

void
survey_srs(const struct survey_work *w, double srs[])
{
	for (size_t p = 0; p < w->rows; p++)
		for (size_t q = 0; q < w->rows; q++)
			srs[p * w->rows + q] = q < p ? srs[q * w->rows + p]
				: srs_covariance(w, p, q);
}
