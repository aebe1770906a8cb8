/* Sums that lose nothing: the order of the terms does not show. */
#ifndef STATS_SUM_H
#define STATS_SUM_H

#include <math.h>

/*
 * Neumaier's compensated sum: about twice the digits of a double, so that
 * 1e6 terms in any order agree to the last bit or two.  Zeroed is 0.
 * Source: Neumaier (1974), ZAMM 54:39-51.
 */
struct sum {
	double head, tail;
};

static inline void
sum_add(struct sum *s, double x)
{
	double t = s->head + x;

	if (fabs(s->head) >= fabs(x))
		s->tail += (s->head - t) + x;
	else
		s->tail += (x - t) + s->head;
	s->head = t;
}

/* Add a product without rounding it first. */
static inline void
sum_add_product(struct sum *s, double a, double b)
{
	double x = a * b;

	sum_add(s, x);
	s->tail += fma(a, b, -x);
}

static inline double
sum_of(const struct sum *s)
{
	return s->head + s->tail;
}

#endif
