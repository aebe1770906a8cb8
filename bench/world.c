/* A population whose figures are known, and stratified cluster samples from it. */
#include "bench/world.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stats/dist.h"

#define CENTRE 8.0	/* mark of the average person */
#define SPREAD 1.8	/* of the mark between people */

static const double share_p[WORLD_SHARES] = { 0.5, 0.9, 0.98 };

static double
town_size(int h)
{
	return 1 + h % 4;
}

static double
town_level(int h)
{
	return 0.3 * ((h * 5 % 7) / 3.0 - 1);
}

/* The rare answer is up to half as rare again in one town and half as rare in another. */
static double
town_share(int h, size_t k)
{
	return 1 - (1 - share_p[k]) * (1 + 0.5 * ((h % 3) - 1));
}

double
world_mark(double z)
{
	return fmin(10, fmax(1, floor(CENTRE + SPREAD * z + 0.5)));
}

double
world_points(double level)
{
	double sum = 0;

	/* The mark is at least k + 1 where CENTRE + SPREAD z >= k + 1/2. */
	for (int k = 1; k < 10; k++)
		sum += dist_normal_upper((k + 0.5 - CENTRE) / SPREAD - level);
	return 100 * sum / 9;
}

static void
truths(struct world *w)
{
	double size = 0;

	for (int h = 0; h < w->design->towns; h++)
		size += town_size(h);
	for (int h = 0; h < w->design->towns; h++) {
		for (size_t k = 0; k < WORLD_SHARES; k++)
			w->share_truth[k] += town_size(h) / size * town_share(h, k);
		for (int t = 0; t < w->years; t++)
			w->index_truth[t] += town_size(h) / size *
				world_points(town_level(h) + w->latent_change[t]);
	}
	for (int t = 0; t < w->years; t++)
		w->town_truth[t] = world_points(town_level(0) + w->latent_change[t]);
}

static void
factor_of(struct factor *f, const char *name, const uint32_t of[], size_t levels, size_t room)
{
	const char **level = calloc(levels, sizeof(*level));

	for (size_t i = 0; i < levels; i++) {
		char *text = malloc(24);

		snprintf(text, 24, "%04zu", i);
		level[i] = text;
	}
	*f = (struct factor){ .name = name, .n = room, .level = level, .levels = levels, .of = of };
}

struct world *
world_make(const struct world_design *d, int years, const double change[], uint64_t seed)
{
	struct world *w = calloc(1, sizeof(*w));
	size_t room = (size_t)(d->towns * d->clusters * d->most * years);

	w->design = d;
	w->years = years;
	random_seed(&w->random, seed);
	w->latent_change = calloc((size_t)years, sizeof(double));
	for (int t = 0; t < years; t++)
		w->latent_change[t] = change[t] / (100 * SPREAD / 9 * 0.85);
	for (size_t k = 0; k < WORLD_ITEMS; k++)
		w->item[k] = calloc(room, sizeof(double));
	for (size_t k = 0; k < WORLD_SHARES; k++)
		w->share[k] = calloc(room, sizeof(double));
	w->weight = calloc(room, sizeof(double));
	w->stratum = calloc(room, sizeof(size_t));
	w->cluster = calloc(room, sizeof(size_t));
	w->when = calloc(room, sizeof(size_t));
	factor_of(&w->stratum_f, "town", w->stratum, (size_t)d->towns, room);
	factor_of(&w->cluster_f, "community", w->cluster, (size_t)(d->towns * d->clusters), room);
	factor_of(&w->year, "year", w->when, (size_t)years, room);
	w->town = w->stratum_f;
	truths(w);
	return w;
}

static void
factor_free(struct factor *f)
{
	for (size_t i = 0; i < f->levels; i++)
		free((char *)(uintptr_t)f->level[i]);
	free((void *)(uintptr_t)f->level);
}

void
world_free(struct world *w)
{
	for (size_t k = 0; k < WORLD_ITEMS; k++)
		free(w->item[k]);
	for (size_t k = 0; k < WORLD_SHARES; k++)
		free(w->share[k]);
	factor_free(&w->stratum_f);
	factor_free(&w->cluster_f);
	factor_free(&w->year);
	free(w->weight);
	free(w->stratum);
	free(w->cluster);
	free(w->when);
	free(w->latent_change);
	free(w);
}

/* ---- drawing ---- */

/* Marsaglia and Tsang (2000); below shape 1 by a power of a uniform. */
static double
gamma_draw(struct random *r, double shape)
{
	double d, c, x, v;

	if (shape < 1)
		return gamma_draw(r, shape + 1) * pow(random_uniform(r), 1 / shape);
	d = shape - 1 / 3.0;
	c = 1 / sqrt(9 * d);
	for (;;) {
		x = random_normal(r);
		v = pow(1 + c * x, 3);
		if (v > 0 && log(random_uniform(r)) < 0.5 * x * x + d - d * v + d * log(v))
			return d * v;
	}
}

static double
beta_draw(struct random *r, double mean, double icc)
{
	double m = (1 - icc) / icc, a = gamma_draw(r, mean * m), b = gamma_draw(r, (1 - mean) * m);

	return a / (a + b);
}

static void
person_draw(struct world *w, int h, int t, double effect, const double p[])
{
	double icc = w->design->icc, person = random_normal(&w->random);
	size_t i = w->n++;

	w->stratum[i] = (size_t)h;
	w->when[i] = (size_t)t;
	w->weight[i] = town_size(h) * (double)(1 + random_below(&w->random, 3));
	for (size_t k = 0; k < WORLD_ITEMS; k++) {
		double z = town_level(h) + w->latent_change[t] + sqrt(icc) * effect +
			sqrt(1 - icc) * sqrt(0.5) * (person + random_normal(&w->random));

		w->item[k][i] = 100 * (world_mark(z) - 1) / 9;
	}
	for (size_t k = 0; k < WORLD_SHARES; k++)
		w->share[k][i] = t == 0 ? random_uniform(&w->random) < p[k] : NAN;
}

static void
community_draw(struct world *w, int h, int c)
{
	const struct world_design *d = w->design;
	double lasting = random_normal(&w->random), p[WORLD_SHARES];
	size_t from;
	int n;

	for (size_t k = 0; k < WORLD_SHARES; k++)
		p[k] = beta_draw(&w->random, town_share(h, k), d->icc);
	for (int t = 0; t < w->years; t++) {
		double effect = sqrt(0.5) * (lasting + random_normal(&w->random));

		from = w->n;
		n = d->least + (int)random_below(&w->random, (uint64_t)(d->most - d->least + 1));
		for (; n > 0; n--)
			person_draw(w, h, t, effect, p);
		for (; from < w->n; from++)
			w->cluster[from] = (size_t)(h * d->clusters + c);
	}
}

void
world_draw(struct world *w)
{
	w->n = 0;
	for (int h = 0; h < w->design->towns; h++)
		for (int c = 0; c < w->design->clusters; c++)
			community_draw(w, h, c);
	w->stratum_f.n = w->cluster_f.n = w->year.n = w->town.n = w->n;
}

struct sample *
world_sample(struct world *w, struct pool *pool, struct err *err)
{
	struct sample_design d = { .n = w->n, .stages = 1, .cluster = { &w->cluster_f },
		.stratum = { &w->stratum_f }, .weight = w->weight };
	struct sample *s;

	return sample_open(&s, &d, pool, err) == 0 ? s : NULL;
}
