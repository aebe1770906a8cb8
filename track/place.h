/* Confidence sets for places in a league table. */
#ifndef TRACK_PLACE_H
#define TRACK_PLACE_H

#include <stddef.h>

/* One city's place. */
struct place {
	int rank;		/* by the scores: 1 is the highest, ties share the better place */
	int low, high;		/* marginal confidence set of the true place */
	double p_top;		/* share of the draws in which it is among the first `top`; NAN: unknown */
};

/* Draws: enough that the ends of the sets hardly move with the seed. */
enum { PLACE_DRAWS = 20000 };

/*
 * For every city j, compare it with every other k at once: c is the `level` quantile (type 7) of
 * max over k of |Z_j se_j - Z_k se_k| / sqrt(se_j^2 + se_k^2), Z independent standard normal; cities that are
 * c standard errors above or below j for certain are counted.
 *
 * Shape:   place[n], score[n], se[n]; n >= 1.
 * Domain:  0 < level < 1; se >= 0, or NAN where nobody published one: that city is compared with
 *          nobody, its place is anywhere (1..n), and p_top is unknown for all.
 * normal:  standard normals, n a draw, in order; NULL: the fixed generator, so that everyone gets
 *          the same sets.
 * Caution: the sets are marginal: right for one city looked at alone, not for the whole table at once.
 *          The scores are taken as independent of each other.
 * Source:  Mogstad, Romano, Shaikh & Wilhelm (2024), Review of Economic Studies 91:476-518.
 */
void place_sets(struct place place[], const double score[], const double se[], size_t n, int top,
	double level, size_t draws, double (*normal)(void *), void *ctx);

#endif
