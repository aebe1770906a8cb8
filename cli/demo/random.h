/* Chance that repeats: the same seed gives the same numbers on every machine. */
#ifndef CLI_DEMO_RANDOM_H
#define CLI_DEMO_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stats/random.h"

/*
 * The generator of the statistics, with streams.  Everything drawn is a whole number made
 * without libm or floating point, so that a demo city is the same to the byte under any
 * compiler.  Not for secrets.
 */
struct demo_random {
	struct random bits;
};

/* stream: an independent sequence under the same seed, so that one part of the city can
 * change without moving the others. */
void demo_random_start(struct demo_random *r, uint64_t seed, uint64_t stream);

/* 0..n-1, each alike.  Domain: n >= 1. */
uint32_t demo_random_below(struct demo_random *r, uint32_t n);
/* True with that many chances in 1000. */
bool demo_random_chance(struct demo_random *r, int per_mille);
/* Index i with chance weight[i] over their sum.  Domain: weights >= 0, sum > 0. */
size_t demo_random_pick(struct demo_random *r, const int weight[], size_t n);
/* About normal (sum of twelve uniforms), mean 0, standard deviation sd, rounded; within 6 sd. */
int demo_random_normal(struct demo_random *r, int sd);

#endif
