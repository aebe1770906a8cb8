/* Sums that lose nothing: the order of the terms does not show. */
#ifndef STATS_SUM_H
#define STATS_SUM_H

/*
 * Compensated sum: the rounding of every addition is found exactly (Knuth's
 * two-sum, no branch) and kept apart, about twice the digits of a double, so
 * that 1e6 terms in any order agree to the last bit or two.  Zeroed is 0.
 * Source: Ogita, Rump & Oishi (2005), SIAM J. Sci. Comput. 26:1955-1988.
 */
struct sum {
	double head, tail;
};

static inline void
sum_add(struct sum *s, double x)
{
	double t = s->head + x, z = t - s->head;

	s->tail += (s->head - (t - z)) + (x - z);
	s->head = t;
}

/* Add a product: rounded once, so that only the order of adding is compensated. */
static inline void
sum_add_product(struct sum *s, double a, double b)
{
	sum_add(s, a * b);
}

static inline double
sum_of(const struct sum *s)
{
	return s->head + s->tail;
}

#endif
