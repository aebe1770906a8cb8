/* The decision tables of verdict.h. */
#include "track/verdict.h"

#include <math.h>

static enum standing
verdict_series(enum truth literal, enum truth proven)
{
	if (literal == TRUTH_FALSE)
		return STANDING_MISSED;
	return proven == TRUTH_TRUE ? STANDING_MET : STANDING_UNPROVEN;
}

static enum standing
verdict_level(const struct verdict *v)
{
	if (v->literal == TRUTH_TRUE && v->proven == TRUTH_TRUE && !v->own_only)
		return STANDING_MET;
	if (v->literal == TRUTH_FALSE && v->proven == TRUTH_FALSE)
		return STANDING_MISSED;
	return STANDING_UNPROVEN;
}

enum standing
verdict_clause(const struct verdict *v)
{
	if (v->waived)
		return STANDING_NONE;
	if (v->open)
		return STANDING_UNSET;
	if (v->literal == TRUTH_UNKNOWN)
		return STANDING_UNPROVEN;
	if (v->basis == BASIS_SERIES)
		return verdict_series(v->literal, v->proven);
	if (v->basis == BASIS_LEVEL)
		return verdict_level(v);
	return v->literal == TRUTH_TRUE ? STANDING_MET : STANDING_MISSED;
}

/* Place in the chain MISSED < UNSET < UNPROVEN < MET. */
static const int chain[STANDING_MAX] = {
	[STANDING_MISSED] = 0,
	[STANDING_UNSET] = 1,
	[STANDING_UNPROVEN] = 2,
	[STANDING_MET] = 3,
	[STANDING_NONE] = -1,
};

static enum standing
standing_or(enum standing a, enum standing b)
{
	if (a == STANDING_NONE || b == STANDING_NONE)
		return a == STANDING_NONE ? b : a;
	return chain[a] >= chain[b] ? a : b;
}

static enum standing
standing_and(enum standing a, enum standing b)
{
	if (a == STANDING_NONE || b == STANDING_NONE)
		return a == STANDING_NONE ? b : a;
	return chain[a] <= chain[b] ? a : b;
}

enum standing
verdict_group(const enum standing standing[], const struct rule rule[], size_t n, int group)
{
	enum standing all = STANDING_NONE;
	size_t i;

	for (i = 0; i < n; i++)
		if (rule[i].group == group)
			all = standing_or(all, standing[i]);
	return all;
}

enum standing
verdict_row(const enum standing standing[], const struct rule rule[], size_t n)
{
	enum standing all = STANDING_NONE;
	size_t i;

	for (i = 0; i < n; i++)
		if (i == 0 || rule[i].group != rule[i - 1].group)
			all = standing_and(all, verdict_group(standing, rule, n, rule[i].group));
	return all;
}

enum truth
verdict_literal(const enum truth literal[], const bool waived[], const struct rule rule[], size_t n)
{
	enum truth all = TRUTH_TRUE, group;
	size_t i, k, counted;

	for (i = 0; i < n; i = k) {
		group = TRUTH_FALSE;
		counted = 0;
		for (k = i; k < n && rule[k].group == rule[i].group; k++)
			if (!waived[k]) {
				group = truth_or(group, literal[k]);
				counted++;
			}
		if (counted > 0)
			all = truth_and(all, group);
	}
	return all;
}

struct verdict_level
verdict_at_least(double value, double low, double high, double bound)
{
	struct verdict_level v = { TRUTH_UNKNOWN, TRUTH_UNKNOWN };

	if (isnan(value) || isnan(bound))
		return v;
	v.literal = value >= bound ? TRUTH_TRUE : TRUTH_FALSE;
	if (low >= bound)
		v.proven = TRUTH_TRUE;
	else if (high < bound)
		v.proven = TRUTH_FALSE;
	return v;
}
