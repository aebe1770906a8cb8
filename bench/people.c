/* A population whose figures are known, and samples of people drawn one by one, as by telephone. */
#include "bench/people.h"

#include <math.h>
#include <stdlib.h>

#include "bench/world.h"

enum { HOUSEHOLD = 3 };

static const double item_level[PEOPLE_ITEMS] = { -0.3, -0.1, 0, 0.15, 0.25 };
static const double stratum_level[PEOPLE_STRATA] = { 0.3, -0.2, 0.1, -0.1 };
static const double domain_level[PEOPLE_DOMAINS] = { 0, 0.15, -0.2 };
static const double domain_share[PEOPLE_DOMAINS] = { 0.5, 0.3, 0.2 };

static double
stratum_size(size_t h)
{
	return 1 + (double)h;
}

/* Where an item of somebody lies on the line. */
static double
level_of(size_t h, size_t household, size_t domain, size_t item)
{
	return stratum_level[h] + 0.2 * ((double)household - 2) + domain_level[domain] +
		item_level[item];
}

static double
domain_truth(size_t domain)
{
	double sum = 0, size = 0;

	for (size_t h = 0; h < PEOPLE_STRATA; h++)
		for (size_t m = 1; m <= HOUSEHOLD; m++)
			for (size_t k = 0; k < PEOPLE_ITEMS; k++) {
				sum += stratum_size(h) * (double)m *
					world_points(level_of(h, m, domain, k));
				size += stratum_size(h) * (double)m;
			}
	return sum / size;
}

struct people *
people_make(size_t n, uint64_t seed)
{
	static const char *const level[] = { "1", "2", "3", "4" };
	struct people *p = calloc(1, sizeof(*p));

	p->n = n;
	random_seed(&p->random, seed);
	for (size_t k = 0; k < PEOPLE_ITEMS; k++)
		p->item[k] = calloc(n, sizeof(*p->item[k]));
	p->weight = calloc(n, sizeof(*p->weight));
	p->stratum = calloc(n, sizeof(*p->stratum));
	p->domain = calloc(n, sizeof(*p->domain));
	p->stratum_f = (struct factor){ .name = "stratum", .n = n, .level = level,
		.levels = PEOPLE_STRATA, .of = p->stratum };
	p->domain_f = (struct factor){ .name = "domain", .n = n, .level = level,
		.levels = PEOPLE_DOMAINS, .of = p->domain };
	for (size_t d = 0; d < PEOPLE_DOMAINS; d++) {
		p->domain_truth[d] = domain_truth(d);
		p->truth += domain_share[d] * p->domain_truth[d];
	}
	return p;
}

void
people_free(struct people *p)
{
	for (size_t k = 0; k < PEOPLE_ITEMS; k++)
		free(p->item[k]);
	free(p->weight);
	free(p->stratum);
	free(p->domain);
	free(p);
}

/* ---- drawing ---- */

static size_t
domain_draw(struct random *r)
{
	double u = random_uniform(r);

	return u < domain_share[0] ? 0 : u < domain_share[0] + domain_share[1] ? 1 : 2;
}

static void
person_draw(struct people *p, size_t i)
{
	size_t h = i % PEOPLE_STRATA, household = 1 + random_below(&p->random, HOUSEHOLD),
		domain = domain_draw(&p->random);
	double person = random_normal(&p->random);

	p->stratum[i] = (uint32_t)h;
	p->domain[i] = (uint32_t)domain;
	p->weight[i] = stratum_size(h) * (double)household;
	for (size_t k = 0; k < PEOPLE_ITEMS; k++) {
		double z = sqrt(0.5) * (person + random_normal(&p->random));
		double mark = world_mark(level_of(h, household, domain, k) + z);

		p->item[k][i] = random_uniform(&p->random) < 0.03 ? PEOPLE_MISSING :
			(uint8_t)(mark - 1);
	}
}

void
people_draw(struct people *p)
{
	for (size_t i = 0; i < p->n; i++)
		person_draw(p, i);
}

struct sample *
people_sample(struct people *p, struct pool *pool, struct err *err)
{
	struct sample_design d = { .n = p->n, .stratum = { &p->stratum_f }, .weight = p->weight };
	struct sample *s;

	return sample_open(&s, &d, pool, err) == 0 ? s : NULL;
}

struct column
people_item(const struct people *p, size_t k)
{
	static const int32_t part[COLUMN_CODES] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
		[PEOPLE_MISSING] = COLUMN_MISSING };

	return (struct column){ .name = "item", .upper = 100, .code = p->item[k], .part = part,
		.unit = 100 / 9.0 };
}
