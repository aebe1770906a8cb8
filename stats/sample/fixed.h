/* Weights in fixed point: whole numbers, whose sums are the same in any order. */
#ifndef STATS_SAMPLE_FIXED_H
#define STATS_SAMPLE_FIXED_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A weight times this power of two is below 2^58: every weight that is at least a thirty-second of
 * the largest is held as it is.  Sums of 2^28 of them, times numbers below 2^40, fit in 128 bits.
 */
static inline double
fixed_scale(const double weight[], size_t n)
{
	double most = 0;

	for (size_t i = 0; i < n; i++)
		most = weight[i] > most ? weight[i] : most;
	return most > 0 && !isinf(most) ? ldexp(1, 57 - ilogb(most)) : 1;
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

/* A square, of 45 bits: what a design effect of weights is told by. */
enum { FIXED_SQUARE = 13 };
static inline __int128
fixed_square(int64_t w)
{
	return (__int128)(w >> FIXED_SQUARE) * (w >> FIXED_SQUARE);
}

#endif
