/* What a signature just stored does not do. */
#include <string.h>

#include "base/date.h"
#include "track/known.h"

/* "2023、2024" of the surveys that had begun when a standard was signed, those of a
 * year once; "" for none. */
static const char *
begun(const struct wave wave[], size_t waves, const char *day, const char *sep, struct pool *pool)
{
	const char *out = "";
	char opened[11];
	int last = 0;

	for (size_t i = 0; i < waves; i++) {
		date_day(opened, wave[i].opens);
		if (strcmp(opened, day) > 0 || wave[i].year == last)
			continue;
		out = pool_fmt(pool, "%s%s%d", out, last != 0 ? sep : "", wave[i].year);
		last = wave[i].year;
	}
	return out;
}

static int
surveys_begun(struct words *effect, struct db *db, const struct threshold_row *row,
	const struct rule *rule, struct pool *pool, struct err *err)
{
	struct wave *wave;
	size_t waves;
	const char *zh, *en;

	if (db_list_waves(db, rule->feed->figure.form, &wave, &waves, pool, err) != 0)
		return -1;
	zh = begun(wave, waves, row->date, "、", pool);
	en = begun(wave, waves, row->date, ", ", pool);
	if (zh[0] != '\0')
		*effect = (struct words){ {
			pool_fmt(pool,
				"不适用于 %s 已经开始的调查（%s 年），那些调查仍按原来的标准；"
				"从这一天以后开始的调查起适用。", row->date, zh),
			pool_fmt(pool,
				"It is not for the surveys that had begun by %s (%s), which keep"
				" their standard; it is for those that begin after that day.",
				row->date, en) } };
	return 0;
}

static int
marks_given(struct words *effect, struct db *db, const struct threshold_row *row, struct pool *pool,
	struct err *err)
{
	struct reading_row *mark;
	size_t n;

	if (db_list_readings(db, row->indicator, &mark, &n, pool, err) != 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (mark[i].subtarget == row->clause && !pass_mark_before(row, &mark[i]))
			*effect = say(pool,
				"不适用于已经登记的 %d 年评分 %s：及格分须在评分之前审定。",
				"It is not for the mark of %d on record, %s: a pass"
				" mark has to be set before the mark.",
				mark[i].year, mark[i].value);
	return 0;
}

static const struct rule *
rule_in(struct db *db, const struct threshold_row *row, struct pool *pool, struct err *err)
{
	const struct programme *p = programme_in_force(db, pool, err);
	const struct indicator *of = p == NULL ? NULL : programme_row(p, row->indicator, err);

	return of == NULL || (size_t)row->clause > of->rules ? NULL : &of->rule[row->clause - 1];
}

/* "已有 2024-03-01 审定的“5”，日期更晚，仍以它为准。" */
static struct words
outdone(struct words value, const char *date, struct pool *pool)
{
	return (struct words){ {
		pool_fmt(pool,
			"已有 %s 审定的“%s”，日期更晚，仍以它为准。", date, value.in[LANG_ZH]),
		pool_fmt(pool, "“%s”, signed on %s, is later and goes on counting.",
			value.in[LANG_EN], date) } };
}

int
track_threshold_effect(struct words *effect, struct db *db, const struct threshold_row *row,
	struct pool *pool, struct err *err)
{
	const struct rule *rule = rule_in(db, row, pool, err);
	const struct threshold_row *last;
	struct threshold_row *all;
	enum feed_kind feed;
	size_t n;

	*effect = (struct words){ { "", "" } };
	if (rule == NULL || db_list_thresholds(db, row->indicator, &all, &n, pool, err) != 0)
		return -1;
	feed = feed_of(rule);
	if (((feed == FEED_CONFIRMED || feed == FEED_LEVEL) &&
			surveys_begun(effect, db, row, rule, pool, err) != 0) ||
			(rule->op == RULE_JUDGED && marks_given(effect, db, row, pool, err) != 0))
		return -1;
	last = threshold_last(all, n, row->clause, NULL);
	if (last != NULL && last->id != row->id && strcmp(last->date, row->date) > 0)
		*effect = say_join(pool, *effect,
			outdone((struct words){ { last->value, last->value } }, last->date, pool));
	return 0;
}

int
track_criterion_effect(struct words *effect, struct db *db, const struct criterion_row *row,
	struct pool *pool, struct err *err)
{
	struct criterion_row *all;
	const char *date = row->date;
	size_t n;

	*effect = (struct words){ { "", "" } };
	if (db_list_criteria(db, row->indicator, &all, &n, pool, err) != 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (strcmp(all[i].name, row->name) == 0 && strcmp(all[i].date, date) > 0) {
			date = all[i].date;
			*effect = outdone(criterion_words(criterion_find(row->name), all[i].value),
				date, pool);
		}
	return 0;
}
