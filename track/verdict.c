/* The decision tables of verdict.h. */
#include "track/verdict.h"

#include <math.h>

enum standing
verdict_reading(const struct verdict *v, enum governs governs)
{
	enum standing met = v->own_only && v->basis == BASIS_LEVEL ? STANDING_AWAITING :
		STANDING_MET;

	if (governs == GOVERNS_LITERAL || (v->basis == BASIS_SERIES && v->literal == TRUTH_FALSE))
		return v->literal == TRUTH_TRUE ? met : STANDING_MISSED;
	if (v->proven == TRUTH_TRUE && v->literal == TRUTH_TRUE)
		return met;
	return v->basis == BASIS_LEVEL && v->literal == TRUTH_FALSE && v->proven == TRUTH_FALSE ?
		STANDING_MISSED : STANDING_UNPROVEN;
}

bool
verdict_differ(const struct verdict *v)
{
	return v->basis != BASIS_RECORD && v->literal != TRUTH_UNKNOWN &&
		verdict_reading(v, GOVERNS_LITERAL) != verdict_reading(v, GOVERNS_STATISTICAL);
}

enum truth
verdict_tested(const struct verdict *v)
{
	enum standing said;

	if (v->basis == BASIS_RECORD || v->literal == TRUTH_UNKNOWN)
		return v->literal;
	said = verdict_reading(v, GOVERNS_STATISTICAL);
	return said == STANDING_MISSED ? TRUTH_FALSE :
		said == STANDING_UNPROVEN ? TRUTH_UNKNOWN : TRUTH_TRUE;
}

/* Nothing is known of the wording: why not? */
static enum standing
verdict_unknown(const struct verdict *v)
{
	if (v->outside)
		return STANDING_AWAITING;
	return v->silent || v->basis == BASIS_RECORD ? STANDING_UNFILLED : STANDING_UNPROVEN;
}

enum standing
verdict_clause(const struct verdict *v)
{
	if (v->cancelled)
		return STANDING_CANCELLED;
	if (v->waived)
		return STANDING_NONE;
	if (v->judged)
		return STANDING_JUDGED;
	if (v->open)
		return STANDING_UNSET;
	if (v->literal == TRUTH_UNKNOWN)
		return verdict_unknown(v);
	if (v->basis == BASIS_RECORD)
		return v->literal == TRUTH_TRUE ? STANDING_MET : STANDING_MISSED;
	if (v->governs == GOVERNS_UNSIGNED && verdict_differ(v))
		return STANDING_UNSET;
	return verdict_reading(v, v->governs);
}

/* Place in the chain; what drops out lies below it, so that it loses against everything else. */
static const int chain[STANDING_MAX] = {
	[STANDING_NONE] = -2,
	[STANDING_CANCELLED] = -1,
	[STANDING_MISSED] = 0,
	[STANDING_UNSET] = 1,
	[STANDING_UNFILLED] = 2,
	[STANDING_UNPROVEN] = 3,
	[STANDING_AWAITING] = 4,
	[STANDING_JUDGED] = 5,
	[STANDING_MET] = 6,
};

enum standing
verdict_or(enum standing a, enum standing b)
{
	return chain[a] >= chain[b] ? a : b;
}

enum standing
verdict_and(enum standing a, enum standing b)
{
	if (chain[a] < 0 || chain[b] < 0)
		return verdict_or(a, b);
	return chain[a] <= chain[b] ? a : b;
}

enum standing
verdict_group(const enum standing standing[], const struct rule rule[], size_t n, int group)
{
	enum standing all = STANDING_NONE;

	for (size_t i = 0; i < n; i++)
		if (rule[i].group == group)
			all = verdict_or(all, standing[i]);
	return all;
}

enum standing
verdict_row(const enum standing standing[], const struct rule rule[], size_t n)
{
	enum standing all = STANDING_NONE;

	for (size_t i = 0; i < n; i++)
		if (i == 0 || rule[i].group != rule[i - 1].group)
			all = verdict_and(all, verdict_group(standing, rule, n, rule[i].group));
	return all;
}

enum truth
verdict_literal(const enum truth literal[], const bool waived[], const struct rule rule[], size_t n)
{
	enum truth all = TRUTH_TRUE, group;
	size_t k, counted;

	for (size_t i = 0; i < n; i = k) {
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
