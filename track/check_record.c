/* An entry held against what is on record: it must be able to count. */
#include "track/check_in.h"

#include <string.h>

#include "base/date.h"
#include "track/year.h"

static bool
blank(const char *s)
{
	return s == NULL || s[strspn(s, " \t\r\n")] == '\0';
}

/* What is signed of a clause today, or NULL. */
static int
last_signed(const struct threshold_row **last, struct db *db, const char *indicator, int clause,
	struct pool *pool, struct err *err)
{
	struct threshold_row *row;
	size_t n;

	if (db_list_thresholds(db, indicator, &row, &n, pool, err) != 0)
		return -1;
	*last = threshold_last(row, n, clause, NULL);
	return 0;
}

static bool
dropped_out(const struct threshold_row *last)
{
	return last != NULL && (strcmp(last->value, TRACK_WAIVER) == 0 ||
		strcmp(last->value, TRACK_CANCELLED) == 0);
}

int
check_restored(struct db *db, const struct threshold_row *row, const struct rule *rule,
	struct pool *pool, struct err *err)
{
	const struct threshold_row *last;

	if (last_signed(&last, db, row->indicator, rule->number, pool, err) != 0)
		return -1;
	if (!rule_open(rule) && dropped_out(last))
		return 0;
	if (rule_open(rule))
		return err_set(err, ERR_INPUT, "%s 的“%s”要恢复，请直接审定条文没有写明的数字",
			"to bring “%2$s” of %1$s back sign the "
			"number that its wording leaves open", row->indicator, rule->name);
	return err_set(err, ERR_REFUSED, "%s 的“%s”没有审定过不适用或评价依据已取消，用不着恢复",
		"“%2$s” of %1$s was never signed as not applicable or without a yardstick: there"
		" is nothing to bring back", row->indicator, rule->name);
}

int
check_applies(struct db *db, const char *indicator, const struct rule *rule, struct pool *pool,
	struct err *err)
{
	const struct threshold_row *last;

	if (last_signed(&last, db, indicator, rule->number, pool, err) != 0)
		return -1;
	if (!dropped_out(last))
		return 0;
	return err_set(err, ERR_REFUSED,
		"%1$s 的“%2$s”已由 %3$s 于 %4$s 审定为“%5$s”，填了也不会算；要恢复，先用"
		" track threshold 重新审定为%6$s",
		"“%2$s” of %1$s was signed by %3$s on %4$s as “%5$s”: a value would not count;"
		" to bring it back sign %6$s with track threshold",
		indicator, rule->name, last->signed_by, last->date, last->value, rule_open(rule) ?
		LANG_PICK("具体数字", "its number") : LANG_PICK("“适用”", "“applies”"));
}

int
check_source_year(const struct reading_row *row, struct err *err)
{
	int of = year_in_text(row->date);

	if (of == 0 || of >= row->year)
		return 0;
	return err_set(err, ERR_INPUT,
		"出处的日期 %s 早于所填的 %d 年，说明不了这一年；早已做成的事，请填做成的那一年",
		"the source is dated %s, before %d: it cannot speak of that year; enter a thing"
		" done under the year it was done", row->date, row->year);
}

int
check_agency(struct db *db, const struct reading_row *row, struct pool *pool, struct err *err)
{
	const struct external_row *result;
	struct external_row *all;
	size_t n;

	if (db_list_external(db, row->indicator, &all, &n, pool, err) != 0)
		return -1;
	result = external_of(all, n, row->year);
	if (result == NULL || blank(result->qualification))
		return err_set(err, ERR_REFUSED,
			"%1$s 的满意度得分要由受委托的有资质机构测评：请先用 track external %1$s"
			" 登记该机构 %2$d 年的测评结果和资质证书号",
			"a score of %1$s is given by the commissioned, qualified agency: enter its "
			"result of %2$d and its qualification first, with track external %1$s",
			row->indicator, row->year);
	if (agency_named(row, result))
		return 0;
	return err_set(err, ERR_REFUSED,
		"出处“%s”没有写明测评机构“%s”：%d 年的得分只认这家机构的报告",
		"the source “%s” does not name the agency “%s”: only"
		" its report gives the scores of %d", row->source, result->agency, row->year);
}

int
check_reinstated(struct db *db, const struct threshold_row *row, struct pool *pool, struct err *err)
{
	const struct threshold_row *last;

	if (strcmp(row->value, TRACK_CANCELLED) == 0 || !blank(row->document))
		return 0;
	if (last_signed(&last, db, row->indicator, row->clause, pool, err) != 0)
		return -1;
	if (last == NULL || strcmp(last->value, TRACK_CANCELLED) != 0)
		return 0;
	return err_set(err, ERR_REFUSED,
		"第 %d 条的评价依据已由 %s 于 %s 审定取消（%s）；"
		"要恢复，须用 --document 写明恢复它的文件",
		"the yardstick of requirement %d was signed away by %s on %s (%s); to bring it back"
		" name the document that does so with --document",
		row->clause, last->signed_by, last->date, last->document);
}

/* The first survey, of those that measure levels, that began after the day of signing and before
 * the day of entering. */
static const struct wave *
survey_between(const struct threshold_row *row, const struct wave wave[], size_t waves)
{
	for (size_t i = 0; i < waves; i++)
		if (threshold_late(row, wave[i].opens))
			return &wave[i];
	return NULL;
}

int
check_late(struct db *db, const struct threshold_row *row, const struct rule *rule,
	struct pool *pool, struct err *err)
{
	enum feed_kind feed = feed_of(rule);
	const struct wave *late;
	struct wave *wave;
	size_t waves;

	if ((feed != FEED_CONFIRMED && feed != FEED_LEVEL) || !blank(row->document))
		return 0;
	if (db_list_waves(db, rule->feed->figure.form, &wave, &waves, pool, err) != 0)
		return -1;
	late = survey_between(row, wave, waves);
	if (late == NULL)
		return 0;
	return err_set(err, ERR_REFUSED,
		"%d 年的调查已经开始：补录 %s 审定的标准，须用 --document 写明当时审定它的文件",
		"the survey of %d has begun: to enter now a standard set on %s, name the document"
		" that set it with --document", late->year, row->date);
}
