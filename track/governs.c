/* Literal wording and statistical test side by side, and which of them a leader
 * has signed to decide. */
#include "track/known.h"

#include <string.h>

const struct criterion_row *
known_criterion(const struct known *k, const char *name)
{
	const struct criterion_row *last = NULL;

	for (size_t i = 0; i < k->criteria; i++)
		if (strcmp(k->criterion[i].name, name) == 0 &&
				(last == NULL || strcmp(k->criterion[i].date, last->date) >= 0))
			last = &k->criterion[i];
	return last;
}

enum governs
known_governs(const struct known *k, const struct criterion_row **signed_row)
{
	const struct criterion_row *row = known_criterion(k, "governs");
	enum governs governs = row == NULL ? GOVERNS_UNSIGNED : governs_find(row->value);

	if (governs == GOVERNS_MAX)
		governs = GOVERNS_UNSIGNED;
	*signed_row = governs == GOVERNS_UNSIGNED ? NULL : row;
	return governs;
}

int
known_steps(const struct known *k, const struct rule *rule, const struct criterion_row **signed_row)
{
	const struct criterion_row *row = known_criterion(k, criterion_name(CRITERION_YEARS));
	const char *value = row == NULL ? k->programme->unsigned_years : row->value;
	bool values = strcmp(value, criterion_values(CRITERION_YEARS)[1]) == 0;

	*signed_row = row;
	return values && rule->years > 1 ? rule->years - 1 : rule->years;
}

struct words
known_steps_by(const struct known *k, const struct rule *rule)
{
	const struct criterion_row *row;

	(void)known_steps(k, rule, &row);
	return row == NULL ? (struct words){ { "", "" } } : say(k->pool, "（%s 于 %s 审定）",
		" (signed by %s on %s)", row->signed_by, row->date);
}

static struct words
literal_words(enum truth literal)
{
	static const struct words words[] = {
		[TRUTH_UNKNOWN] = { { "尚不能判断", "cannot be told yet" } },
		[TRUTH_FALSE] = { { "不符合", "not met" } },
		[TRUTH_TRUE] = { { "符合", "met" } },
	};

	return words[literal];
}

static struct words
tested_words(enum truth tested)
{
	return tested == TRUTH_TRUE ? (struct words){ { "认定", "confirmed" } } :
		(struct words){ { "尚不能认定", "not confirmed" } };
}

/* "条文口径：符合 · 统计检验：尚不能认定" */
static struct words
both_words(enum truth literal, enum truth tested, struct pool *pool)
{
	struct words a = literal_words(literal), b = tested_words(tested);

	return (struct words){ {
		pool_fmt(pool, "条文口径：%s · 统计检验：%s", a.in[LANG_ZH], b.in[LANG_ZH]),
		pool_fmt(pool,
			"Literal reading: %s · statistical test: %s", a.in[LANG_EN], b.in[LANG_EN]),
	} };
}

struct words
governs_clause(const struct clause *c, const struct known *k)
{
	const struct criterion_row *by;
	enum governs governs = known_governs(k, &by);
	struct words both, decides;

	if (!c->differ)
		return (struct words){ { "", "" } };
	both = both_words(c->literal, c->tested, k->pool);
	decides = governs_words(governs);
	if (by == NULL)
		return say_join(k->pool, both, (struct words){ { "，以哪个为准尚未审定。",
			"; which of them governs has not been signed." } });
	return say_join(k->pool, both, (struct words){ {
		pool_fmt(k->pool, "，以%s为准（%s 于 %s 审定）。", decides.in[LANG_ZH],
			by->signed_by, by->date),
		pool_fmt(k->pool, "; %s governs (signed by %s on %s).", decides.in[LANG_EN],
			by->signed_by, by->date) } });
}

void
governs_row(struct track_row *row, const struct known *k)
{
	const struct criterion_row *by;

	row->both = (struct words){ { "", "" } };
	row->governs = known_governs(k, &by);
	row->governs_by = by == NULL ? NULL : by->signed_by;
	row->governs_date = by == NULL ? NULL : by->date;
	for (size_t i = 0; i < row->rules; i++)
		if (row->clause[i].surveyed) {
			row->both = both_words(row->literal, row->tested, k->pool);
			return;
		}
}
