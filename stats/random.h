/* Random numbers that are the same on every machine: xoshiro256** from one seed. */
#ifndef STATS_RANDOM_H
#define STATS_RANDOM_H

#include <stdint.h>

/*
 * Seeded through splitmix64; normals by inversion, one uniform each, so that
 * another program can draw the same.  Not for keys or secrets.
 * Source: Blackman & Vigna (2021), ACM Trans. Math. Softw. 47:36; Wichura (1988), AS 241.
 */
struct random {
	uint64_t s[4];
};

/* One step of splitmix64, for seeding. */
uint64_t random_split(uint64_t *state);
void random_seed(struct random *r, uint64_t seed);
uint64_t random_bits(struct random *r);
/* Between 0 and 1, neither: (top 53 bits + 1/2) / 2^53. */
double random_uniform(struct random *r);
double random_normal(struct random *r);
/* 0 .. n - 1, without bias; n > 0. */
uint64_t random_below(struct random *r, uint64_t n);

#endif
