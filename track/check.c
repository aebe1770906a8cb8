/* What people want to enter, checked before it is stored. */
#include "track/track.h"

#include <string.h>

#include "base/entry.h"
#include "track/check_in.h"
#include "track/year.h"

/* The rule of a sub-target by number, 0 for the first; ERR_MISSING if there is none. */
static const struct rule *
rule_in(const struct programme *p, const char *indicator, int number, struct err *err)
{
	const struct indicator *row = p == NULL ? NULL : programme_row(p, indicator, err);

	if (row == NULL)
		return NULL;
	if (number == 0)
		number = 1;
	if (number < 1 || (size_t)number > row->rules) {
		err_set(err, ERR_MISSING, "第 %s 项有 %zu 条要求，没有第 %d 条",
			"row %s has %zu requirements, there is no number %d", indicator,
			row->rules, number);
		return NULL;
	}
	return &row->rule[number - 1];
}

static const struct rule *
rule_of(struct db *db, const char *indicator, int number, struct pool *pool, struct err *err)
{
	return rule_in(programme_in_force(db, pool, err), indicator, number, err);
}

static int
check_day(const char *date, const char *what, struct err *err)
{
	if (date == NULL || date[0] == '\0')
		return err_set(err, ERR_INPUT, "%s要写日期，如 2024-05-12",
			"%s needs a date, like 2024-05-12", what);
	return entry_day(date, err);
}

static bool
blank(const char *s)
{
	return s == NULL || s[strspn(s, " \t\r\n")] == '\0';
}

/* Where a figure comes from that nobody may type in. */
static int
not_by_hand(const char *indicator, const struct rule *rule, enum feed_kind feed, struct err *err)
{
	switch (feed) {
	case FEED_EXTERNAL:
		return err_set(err, ERR_REFUSED,
			"%s 的“%s”只认第三方机构的测评结果：请用 track external 登记",
			"“%2$s” of %1$s is decided by an outside agency's result"
			" alone: enter it with track external", indicator, rule->name);
	case FEED_COMPLAINTS:
		return err_set(err, ERR_REFUSED,
			"%s 的“%s”由投诉件数计算：请用 track complaints 导入",
			"“%2$s” of %1$s is computed from the complaint counts: import"
			" them with track complaints", indicator, rule->name);
	default:
		return err_set(err, ERR_REFUSED, "%s 的“%s”由问卷调查计算，不能手工填写",
			"“%2$s” of %1$s is computed from the survey and cannot be typed in",
			indicator, rule->name);
	}
}

int
track_check_reading(struct db *db, const struct reading_row *row, struct err *err)
{
	struct pool pool = POOL_INIT;
	const struct programme *p = programme_in_force(db, &pool, err);
	const struct rule *rule = rule_in(p, row->indicator, row->subtarget, err);
	enum feed_kind feed;
	double number;
	int rc = -1;

	if (rule == NULL || entry_year_from(row->year, p->first_year, err) != 0)
		goto out;
	feed = feed_of(rule);
	if (feed != FEED_READING && feed != FEED_CONFIRMED) {
		not_by_hand(row->indicator, rule, feed, err);
		goto out;
	}
	if (blank(row->source)) {
		err_set(err, ERR_INPUT, "完成值要写出处", "a value needs its source");
		goto out;
	}
	if (check_day(row->date, LANG_PICK("完成值", "a value"), err) != 0 ||
			rule_read(&number, rule, row->value, err) != 0 ||
			check_source_year(row, err) != 0 ||
			check_applies(db, row->indicator, rule, &pool, err) != 0)
		goto out;
	rc = feed == FEED_CONFIRMED ? check_agency(db, row, &pool, err) : 0;
out:
	pool_clear(&pool);
	return rc;
}

/* A yardstick ends by a document; our own surveys and counts are not ended by signing. */
static int
check_cancelled(const struct threshold_row *row, const struct rule *rule, bool cancelled,
	struct err *err)
{
	if (!cancelled && !blank(row->successor))
		return err_set(err, ERR_INPUT, "替代依据只用于“%s”",
			"a successor belongs to “%s” alone", TRACK_CANCELLED);
	if (!cancelled)
		return 0;
	if (feed_of(rule) >= FEED_SERIES)
		return err_set(err, ERR_REFUSED,
			"%s 的“%s”由调查或投诉件数决定，不能审定为评价依据已取消",
			"“%2$s” of %1$s is decided by surveys or counts: its"
			" yardstick cannot be signed away", row->indicator, rule->name);
	if (blank(row->document))
		return err_set(err, ERR_INPUT, "%s要写明依据的文件（文号）",
			"“%s” needs the document that says so", TRACK_CANCELLED);
	return 0;
}

/* Neither waived nor cancelled: the number that the wording leaves open, or
 * that it applies again. */
static int
check_value(struct db *db, const struct threshold_row *row, const struct rule *rule,
	struct pool *pool, struct err *err)
{
	double number;

	if (row->value != NULL && strcmp(row->value, TRACK_APPLIES) == 0)
		return check_restored(db, row, rule, pool, err);
	return rule_read_threshold(&number, rule, row->value, err);
}

int
track_check_threshold(struct db *db, const struct threshold_row *row, struct err *err)
{
	struct pool pool = POOL_INIT;
	const struct rule *rule = rule_of(db, row->indicator, row->clause, &pool, err);
	bool waiver = row->value != NULL && strcmp(row->value, TRACK_WAIVER) == 0;
	bool cancelled = row->value != NULL && strcmp(row->value, TRACK_CANCELLED) == 0;
	int rc = -1;

	if (rule == NULL)
		goto out;
	if (blank(row->signed_by)) {
		err_set(err, ERR_INPUT, "标准要写审定人", "a standard needs who set it");
		goto out;
	}
	if (check_day(row->date, LANG_PICK("审定的标准", "a standard"), err) != 0)
		goto out;
	if (waiver && feed_of(rule) != FEED_READING) {
		err_set(err, ERR_REFUSED,
			"%s 的“%s”由调查、投诉件数或第三方机构决定，不能审定为不适用",
			"“%2$s” of %1$s is decided by surveys,"
			" counts or an agency and cannot be waived", row->indicator, rule->name);
		goto out;
	}
	if (check_cancelled(row, rule, cancelled, err) != 0)
		goto out;
	if (!waiver && !cancelled && check_value(db, row, rule, &pool, err) != 0)
		goto out;
	if (check_reinstated(db, row, &pool, err) != 0 ||
			check_late(db, row, rule, &pool, err) != 0)
		goto out;
	rc = 0;
out:
	pool_clear(&pool);
	return rc;
}

/* Has the row a sub-target that rests on figures with uncertainty, so that there is
 * something to govern? */
static int
check_surveyed(const struct indicator *row, struct err *err)
{
	for (size_t i = 0; i < row->rules; i++)
		if (feed_of(&row->rule[i]) >= FEED_SERIES)
			return 0;
	return err_set(err, ERR_REFUSED,
		"%s 没有靠调查或投诉件数判断的条文，用不着审定以哪个口径为准",
		"nothing in %s rests on a survey or on complaint counts: there"
		" is no reading to choose", row->id);
}

/* What 连续3年 means can be signed where the wording says so. */
static int
check_trend(const struct indicator *row, struct err *err)
{
	for (size_t i = 0; i < row->rules; i++)
		if (row->rule[i].op == RULE_RISING || row->rule[i].op == RULE_FALLING)
			return 0;
	return err_set(err, ERR_REFUSED, "%s 没有“连续几年”的条文，用不着审定怎样计数",
		"nothing in %s asks for several years in a row: there is no count to choose",
		row->id);
}

static int
check_reading_of(const struct programme *p, const struct criterion_row *row,
	enum criterion criterion, struct err *err)
{
	if (criterion == CRITERION_MAX)
		return err_set(err, ERR_INPUT, "没有名为“%s”的口径",
			"there is no criterion “%s”", row->name);
	if (row->value != NULL && programme_reads(p, criterion, row->value))
		return 0;
	if (criterion == CRITERION_GOVERNS)
		return err_set(err, ERR_INPUT,
			"以哪个为准只能填 literal（条文口径）或 statistical（统计检验），不是“%s”",
			"what governs is literal or statistical, not “%s”",
			row->value == NULL ? "" : row->value);
	return err_set(err, ERR_INPUT, "连续几年怎样计，只能填 %s，不是“%s”",
		"years in a row are counted as one of %s, not “%s”",
		p->criteria[criterion], row->value == NULL ? "" : row->value);
}

int
track_check_criterion(struct db *db, const struct criterion_row *row, struct err *err)
{
	struct pool pool = POOL_INIT;
	const struct programme *p = programme_in_force(db, &pool, err);
	const struct indicator *of = p == NULL ? NULL : programme_row(p, row->indicator, err);
	enum criterion criterion = criterion_find(row->name);
	int rc = -1;

	if (of == NULL || check_reading_of(p, row, criterion, err) != 0)
		goto out;
	if (blank(row->signed_by)) {
		err_set(err, ERR_INPUT, "口径要有审定人", "a criterion needs who signed it");
		goto out;
	}
	if (check_day(row->date, LANG_PICK("口径", "a criterion"), err) != 0)
		goto out;
	rc = criterion == CRITERION_YEARS ? check_trend(of, err) : check_surveyed(of, err);
out:
	pool_clear(&pool);
	return rc;
}

/* The sub-target that the agency's place decides must be there, and be read. */
static int
check_place(struct db *db, const struct indicator *row, struct pool *pool, struct err *err)
{
	const struct rule *place = programme_place(row);
	size_t places = 0;

	for (size_t i = 0; i < row->rules; i++) {
		places += row->rule[i].op == RULE_RANK || row->rule[i].op == RULE_FRONT;
		if (feed_of(&row->rule[i]) == FEED_CONFIRMED)
			return 0;	/* the result backs the agency's scores too */
	}
	if (place != NULL)
		return check_applies(db, row->id, place, pool, err);
	if (places == 0)
		return err_set(err, ERR_REFUSED,
			"第 %s 项不看名次，第三方的名次用不上；完成值用 track set 填报",
			"row %s asks for no place: an outside result would decide nothing;"
			" enter values with track set", row->id);
	return err_set(err, ERR_REFUSED, "第 %s 项的名次要逐条、逐年填报，请用 track set",
		"row %s asks for several places: enter each of them, for each year, with track set",
		row->id);
}

int
track_check_external(struct db *db, const struct external_row *row, struct err *err)
{
	struct pool pool = POOL_INIT;
	const struct programme *p = programme_in_force(db, &pool, err);
	const struct indicator *of = p == NULL ? NULL : programme_row(p, row->indicator, err);
	int rc = -1;

	if (of == NULL || entry_year_from(row->year, p->first_year, err) != 0 ||
			check_place(db, of, &pool, err) != 0)
		goto out;
	if (row->rank < 1 || row->rank > row->of) {
		err_set(err, ERR_INPUT, "%2$d 个城市里没有第 %1$d 位",
			"there is no place %1$d among %2$d cities", row->rank, row->of);
		goto out;
	}
	if (blank(row->agency)) {
		err_set(err, ERR_INPUT, "外部测评结果要写测评机构",
			"an outside result needs its agency");
		goto out;
	}
	if (of->qualified && blank(row->qualification)) {
		err_set(err, ERR_INPUT, "第 %s 项只采信有资质的机构：请写明资质证书号",
			"row %s relies on qualified agencies alone: "
			"give the number of its qualification", row->indicator);
		goto out;
	}
	rc = 0;
out:
	pool_clear(&pool);
	return rc;
}

int
track_check_evidence(struct db *db, const struct evidence_row *row, struct err *err)
{
	struct pool pool = POOL_INIT;
	int rc = -1, year = year_in_text(row->period);

	if (rule_of(db, row->indicator, row->subtarget, &pool, err) == NULL)
		goto out;
	if (row->date[0] != '\0' && entry_day(row->date, err) != 0)
		goto out;
	if (blank(row->date) && blank(row->period)) {
		err_set(err, ERR_INPUT,
			"佐证材料要写文件日期或覆盖时段（--date 2024-05-12 或 --period \"2024"
			" 年度\"），否则看不出说的是哪一年",
			"a document needs its day or the period it speaks of (--date 2024-05-12 or"
			" --period 2024): nothing else says which year it proves");
		goto out;
	}
	if (row->period[0] != '\0' && year == 0) {
		err_set(err, ERR_INPUT,
			"“%s”看不出佐证材料说的是哪一年：请写成 2024 年度、2022—2024"
			" 年、2024-01 至 2024-06",
			"\"%s\" names no year that the document speaks of: write it like 2024,"
			" 2022-2024, 2024-01 to 2024-06", row->period);
		goto out;
	}
	if (year > entry_year_last()) {
		err_set(err, ERR_INPUT, "佐证材料覆盖的时段“%s”还没有开始",
			"the period \"%s\" of the document has not begun", row->period);
		goto out;
	}
	rc = 0;
out:
	pool_clear(&pool);
	return rc;
}
