/* What is known of a row beside its clauses: the newest of each, and who signed it. */
#include "track/known.h"

#include "base/date.h"

const struct external_row *
known_external(const struct known *k)
{
	return k->externals == 0 ? NULL : &k->external[k->externals - 1];
}

const struct threshold_row *
known_threshold(const struct known *k, const struct rule *rule, int64_t opens)
{
	struct threshold_row *usable = pool_array(k->pool, k->thresholds + 1, sizeof(*usable));
	char day[11] = "";
	size_t n = 0;

	if (opens == 0)
		return threshold_last(k->threshold, k->thresholds, rule->number, NULL);
	date_day(day, opens);
	for (size_t i = 0; i < k->thresholds; i++)
		if (k->threshold[i].document[0] != '\0' || !threshold_late(&k->threshold[i], opens))
			usable[n++] = k->threshold[i];
	return threshold_last(usable, n, rule->number, day);
}

const struct figure *
series_newest(const struct series *s)
{
	return s->years == 0 ? NULL : &s->year[s->years - 1];
}

void
clause_signed(struct clause *c, const struct threshold_row *row, struct pool *pool)
{
	char day[11];

	date_day(day, row->minute);
	c->signed_by = row->signed_by;
	c->signed_date = row->date;
	c->entered_by = row->who;
	c->entered = pool_strdup(pool, day);
}
