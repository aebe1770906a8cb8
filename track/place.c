/* Confidence sets for places in a league table, by simulation with a fixed generator. */
#include "track/place.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/pool.h"

/* splitmix64 (Steele, Lea & Flood 2014) into Box & Muller (1958), both normals used. */
struct generator {
	uint64_t state;
	double spare;
	int has_spare;
};

static double
uniform(struct generator *g)
{
	uint64_t z = (g->state += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	z ^= z >> 31;
	return ((double)(z >> 11) + 0.5) / 9007199254740992.0;
}

static double
fixed_normal(void *ctx)
{
	struct generator *g = ctx;
	double radius, angle;

	if (g->has_spare) {
		g->has_spare = 0;
		return g->spare;
	}
	radius = sqrt(-2 * log(uniform(g)));
	angle = 6.283185307179586476925 * uniform(g);
	g->spare = radius * sin(angle);
	g->has_spare = 1;
	return radius * cos(angle);
}

static int
order(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Type 7 of Hyndman & Fan (1996); sorts x. */
static double
quantile(double x[], size_t n, double p)
{
	double h = (double)(n - 1) * p;
	size_t i = (size_t)h;

	qsort(x, n, sizeof(*x), order);
	return i + 1 < n ? x[i] + (h - (double)i) * (x[i + 1] - x[i]) : x[n - 1];
}

static int
rank_of(const double score[], size_t n, size_t j)
{
	size_t k;
	int rank = 1;

	for (k = 0; k < n; k++)
		rank += score[k] > score[j];
	return rank;
}

/* Largest standardised distance of each city from the others in one draw. */
static void
draw_distances(double *max, size_t draws, const double noise[], const double se[], size_t n)
{
	size_t j, k;

	for (j = 0; j < n; j++)
		for (k = 0; k < j; k++) {
			double s = sqrt(se[j] * se[j] + se[k] * se[k]), d = fabs(noise[j] - noise[k]) / s;

			if (!(d >= 0))
				continue;
			max[j * draws] = fmax(max[j * draws], d);
			max[k * draws] = fmax(max[k * draws], d);
		}
}

static void
draw_places(struct place place[], double drawn[], const double score[], const double noise[], size_t n, int top)
{
	size_t j;

	for (j = 0; j < n; j++)
		drawn[j] = score[j] + noise[j];
	for (j = 0; j < n; j++)
		place[j].p_top += rank_of(drawn, n, j) <= top;
}

/* A difference with an unknown standard error counts for neither side. */
static void
count_sure(struct place *place, const double score[], const double se[], size_t n, size_t j, double c)
{
	size_t k;

	place->low = 1;
	place->high = (int)n;
	for (k = 0; k < n; k++) {
		double d = score[j] - score[k], margin = c * sqrt(se[j] * se[j] + se[k] * se[k]);

		if (k == j)
			continue;
		place->low += d + margin < 0;
		place->high -= d - margin > 0;
	}
}

void
place_sets(struct place place[], const double score[], const double se[], size_t n, int top, double level,
    size_t draws, double (*normal)(void *), void *ctx)
{
	struct generator fixed = { .state = 20160531 };
	struct pool pool = POOL_INIT;
	double *max = pool_array(&pool, n * draws, sizeof(*max));
	double *noise = pool_array(&pool, 2 * n, sizeof(*noise)), unknown = 0;
	size_t i, j;

	for (j = 0; j < n; j++) {
		place[j] = (struct place){ .rank = rank_of(score, n, j) };
		unknown += se[j];
	}
	for (i = 0; i < draws; i++) {
		for (j = 0; j < n; j++)
			noise[j] = se[j] * (normal == NULL ? fixed_normal(&fixed) : normal(ctx));
		draw_distances(max + i, draws, noise, se, n);
		draw_places(place, noise + n, score, noise, n, top);
	}
	for (j = 0; j < n; j++) {
		place[j].p_top = isnan(unknown) ? NAN : place[j].p_top / (double)draws;
		count_sure(&place[j], score, se, n, j, quantile(max + j * draws, draws, level));
	}
	pool_clear(&pool);
}
