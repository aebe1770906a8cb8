/* One sub-target from its records to its standing. */
#include "track/known.h"

#include <math.h>
#include <string.h>

#include "base/date.h"

/* The programme's own word, with the document that ended its yardstick. */
static void
clause_ended(struct clause *c)
{
	const struct programme_clause *of = c->rule->clause;

	if (of == NULL || !of->ended || !programme_confirmed(of->document, of->date))
		return;
	c->cancelled = true;
	c->document = of->document;
	c->successor = of->successor;
	c->signed_date = of->date;
}

/* The number in force: the table's, else the last signed one. */
static void
clause_threshold(struct clause *c, const struct known *k)
{
	const struct threshold_row *signed_row = known_threshold(k, c->rule, 0);
	double number;

	c->threshold = c->rule->threshold;
	if (signed_row == NULL) {
		clause_ended(c);
		return;
	}
	if (c->feed == FEED_READING && strcmp(signed_row->value, TRACK_WAIVER) == 0)
		c->waived = true;
	else if (strcmp(signed_row->value, TRACK_CANCELLED) == 0)
		c->cancelled = true;
	else if (rule_read_threshold(&number, c->rule, signed_row->value, NULL) == 0)
		c->threshold = number;
	else
		return;
	clause_signed(c, signed_row, k->pool);
	c->document = signed_row->document;
	c->successor = signed_row->successor;
}

/* A signed word in place of a number, with who signed it. */
static void
clause_word(struct clause *c, const struct known *k)
{
	c->signature_said |= c->waived || c->cancelled;
	if (c->waived)
		c->reason = say(k->pool, "%s 于 %s 审定：本项不适用。",
			"%s set on %s: not applicable here.", c->signed_by, c->signed_date);
	if (!c->cancelled)
		return;
	if (c->signed_by == NULL)
		c->reason = say(k->pool, "%s（%s）：评价依据已取消。",
			"%s (%s): the yardstick no longer exists.", c->document, c->signed_date);
	else
		c->reason = say(k->pool, "%s（%s，%s 审定）：评价依据已取消。",
			"%s (%s, set by %s): the yardstick no longer exists.", c->document,
			c->signed_date, c->signed_by);
	if (c->successor[0] != '\0')
		c->reason = say_join(k->pool, c->reason,
			say(k->pool, "现以“%s”替代。", " “%s” stands for it today.", c->successor));
}

/* What the finished verdict says, and how the two readings of figures with uncertainty
 * stand to each other. */
static void
clause_finish(struct clause *c, struct verdict *v, const struct known *k)
{
	const struct criterion_row *by;

	v->governs = known_governs(k, &by);
	c->literal = v->literal;
	c->tested = verdict_tested(v);
	c->surveyed = v->basis != BASIS_RECORD && v->literal != TRUTH_UNKNOWN && !v->open;
	c->differ = c->surveyed && verdict_differ(v);
	c->standing = verdict_clause(v);
	if (c->waived || c->cancelled) {	/* nothing is held against what is gone */
		c->literal = c->tested = TRUTH_UNKNOWN;
		c->surveyed = c->differ = false;
		c->threshold = NAN;
	}
	if (c->differ)
		c->reason = say_join(k->pool, c->reason,
			say_join(k->pool, (struct words){ { "", " " } }, governs_clause(c, k)));
	clause_word(c, k);
}

void
clause_make(struct clause *c, const struct known *k, const struct rule *rule)
{
	static void (*const make[FEED_MAX])(struct clause *, struct verdict *,
		const struct known *) = {
			[FEED_READING] = clause_reading,
			[FEED_EXTERNAL] = clause_external,
			[FEED_SERIES] = clause_series,
			[FEED_COMPLAINTS] = clause_complaints,
			[FEED_CONFIRMED] = clause_confirmed,
			[FEED_LEVEL] = clause_own,
		};
	struct verdict v = { .basis = BASIS_RECORD };
	const struct criterion_row *years;

	*c = (struct clause){ .rule = rule, .feed = feed_of(rule), .value = "",
		.source = "", .date = "", .document = "", .successor = "" };
	c->steps = known_steps(k, rule, &years);
	clause_threshold(c, k);
	v.open = rule_open(rule) && isnan(c->threshold);
	v.waived = c->waived;
	v.cancelled = c->cancelled;
	make[c->feed](c, &v, k);
	clause_finish(c, &v, k);
}
