/* Weights in fixed point: whole numbers, whose sums are the same in any order. */
#ifndef STATS_SAMPLE_FIXED_H
#define STATS_SAMPLE_FIXED_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The least weight above 0 and the largest; INFINITY and 0: there is none. */
struct fixed_range {
	double least, most;
};
static inline struct fixed_range
fixed_range(const double weight[], size_t n)
{
	struct fixed_range r = { INFINITY, 0 };

	for (size_t i = 0; i < n; i++) {
		double w = weight[i], above = w > 0 ? w : INFINITY;

		r.most = w > r.most ? w : r.most;
		r.least = above < r.least ? above : r.least;
	}
	return r;
}

/*
 * A weight times this power of two is below 2^58: every weight that is at least a thirty-second of
 * the largest is held as it is, and none of those that fixed_holds() allows loses more than 2^-42
 * of itself.  Sums of 2^26 of them, times numbers below 2^40, fit in 128 bits.
 */
static inline double
fixed_scale(struct fixed_range r)
{
	return r.most > 0 && !isinf(r.most) ? ldexp(1, 57 - ilogb(r.most)) : 1;
}

/* Are the weights near enough to each other, and to 1, to be held? */
static inline bool
fixed_holds(struct fixed_range r)
{
	return r.most == 0 ||
		(r.most < 1e200 && r.least > 1e-200 && r.least >= ldexp(r.most, -16));
}

/* Of weights of at least 0. */
static inline int64_t
fixed_of(double weight, double scale)
{
	return (int64_t)(weight * scale + 0.5);
}

/* The same number either way; most sums are short. */
static inline double
fixed_number(__int128 x)
{
	return x == (int64_t)x ? (double)(int64_t)x : (double)x;
}

/* A square of 49 bits, so that 2^26 of them fit: what a design effect of weights is told by. */
enum { FIXED_SQUARE = 9 };
static inline __int128
fixed_square(int64_t w)
{
	int64_t short_w = (w + (1 << (FIXED_SQUARE - 1))) >> FIXED_SQUARE;

	return (__int128)short_w * short_w;
}

#endif
