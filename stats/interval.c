/* Confidence intervals: one row of a table per kind. */
#include "stats/interval.h"

#include <math.h>
#include <string.h>

#include "stats/dist.h"

/* What every kind is given, on the 0..1 scale (Wald: on its own). */
struct basis {
	double p, se, df, n, level;
};

static const struct span undefined = { NAN, NAN };

static struct span
wald(const struct basis *b)
{
	double h = dist_critical(b->level, b->df) * b->se;

	return (struct span){ b->p - h, b->p + h };
}

static double
expit(double x)
{
	return 1 / (1 + exp(-x));
}

static struct span
logit(const struct basis *b)
{
	double x, h;

	if (!(b->p > 0 && b->p < 1))
		return undefined;
	if (b->se == 0)
		return (struct span){ b->p, b->p };
	x = log(b->p / (1 - b->p));
	h = dist_critical(b->level, b->df) * b->se / (b->p * (1 - b->p));
	return (struct span){ expit(x - h), expit(x + h) };
}

/* Answers a simple random sample would need for this standard error; n where all agree. */
static double
n_equal(const struct basis *b)
{
	return b->p > 0 && b->p < 1 ? b->p * (1 - b->p) / (b->se * b->se) : b->n;
}

static struct span
wilson(const struct basis *b)
{
	double t = dist_critical(b->level, b->df), n = n_equal(b), c, h;

	if (isinf(n))
		return (struct span){ b->p, b->p };
	c = (b->p + t * t / (2 * n)) / (1 + t * t / n);
	h = t / (1 + t * t / n) * sqrt(b->p * (1 - b->p) / n + t * t / (4 * n * n));
	return (struct span){ b->p == 0 ? 0 : c - h, b->p == 1 ? 1 : c + h };
}

/* Korn-Graubard: effective n carries the loss of degrees of freedom. */
static struct span
beta_n(const struct basis *b, double cap)
{
	double n = n_equal(b), ratio, tail = (1 - b->level) / 2;

	if (isinf(n) && isinf(cap))
		return (struct span){ b->p, b->p };
	if (b->p > 0 && b->p < 1) {
		ratio = dist_critical(b->level, b->n - 1) / dist_critical(b->level, b->df);
		n *= ratio * ratio;
	}
	n = fmin(n, cap);
	return (struct span){ dist_beta_quantile(tail, n * b->p, n * (1 - b->p) + 1),
		dist_beta_quantile(1 - tail, n * b->p + 1, n * (1 - b->p)) };
}

static struct span
beta(const struct basis *b)
{
	return beta_n(b, INFINITY);
}

static struct span
beta_capped(const struct basis *b)
{
	return beta_n(b, b->n);
}

static struct span
arcsine(const struct basis *b)
{
	double x, h, low, high;

	if (!(b->p > 0 && b->p < 1))
		return undefined;
	x = asin(sqrt(b->p));
	h = dist_critical(b->level, b->df) * b->se / (2 * sqrt(b->p * (1 - b->p)));
	/* Beyond a quarter turn the sine would come back. */
	low = sin(fmax(x - h, 0));
	high = sin(fmin(x + h, M_PI / 2));
	return (struct span){ low * low, high * high };
}

/*
 * Logit, but where all agree it would say nothing: then exact, with n as if simple random but for
 * the few degrees of freedom.
 */
static struct span
standard(const struct basis *b)
{
	struct basis all = *b;
	double ratio;

	if (b->p > 0 && b->p < 1)
		return logit(b);
	if (b->n > 1) {
		ratio = dist_critical(b->level, b->n - 1) / dist_critical(b->level, b->df);
		all.n *= fmin(1, ratio * ratio);
	}
	return beta(&all);
}

static struct span
korn(const struct basis *b)
{
	return b->p > 0 && b->p < 1 ? beta(b) : standard(b);
}

static const struct {
	const char *name;
	struct span (*of)(const struct basis *);
} kind[INTERVAL_MAX] = {
	[INTERVAL_DEFAULT] = { "default", standard },
	[INTERVAL_WALD] = { "wald", wald },
	[INTERVAL_LOGIT] = { "logit", logit },
	[INTERVAL_WILSON] = { "wilson", wilson },
	[INTERVAL_BETA] = { "beta", beta },
	[INTERVAL_BETA_CAPPED] = { "beta-capped", beta_capped },
	[INTERVAL_ASIN] = { "asin", arcsine },
	[INTERVAL_KORN] = { "korn-graubard", korn },
};

int
interval_parse(enum interval *interval, const char *name)
{
	for (int i = 0; i < INTERVAL_MAX; i++)
		if (strcmp(kind[i].name, name) == 0) {
			*interval = (enum interval)i;
			return 0;
		}
	return -1;
}

const char *
interval_name(enum interval interval)
{
	return kind[interval].name;
}

struct span
interval_of(enum interval interval, double value, double se, double df, double n,
	double level, double upper)
{
	struct basis b = { value, se, df, n, level };
	struct span s;

	if (!isfinite(value) || !isfinite(se) || !(df > 0) || !(level > 0 && level < 1))
		return undefined;
	if (isnan(upper) || interval == INTERVAL_WALD)
		return wald(&b);
	b.p /= upper;
	b.se /= upper;
	/* A sum of weights may leave a share of everyone at 1 + 1e-16. */
	if (fabs(b.p) < 1e-14)
		b.p = 0;
	if (fabs(1 - b.p) < 1e-14)
		b.p = 1;
	s = kind[interval].of(&b);
	s.low *= upper;
	s.high *= upper;
	return s;
}
