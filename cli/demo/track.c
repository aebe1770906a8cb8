/* What the offices of the simulated city entered: enough for every state of the board to occur. */
#include "cli/demo/fill.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/sha256.h"
#include "db/track.h"
#include "track/programme/programme.h"

#define OFFICE "演示录入员"

/* ---- series from outside ---- */

/* Complaints: fewer at first, then more; national rates beside. */
static const struct {
	int64_t registered;
	double residents, national;
} complaints[DEMO_YEARS] = {
	{ 2216, 831000, 28.9 }, { 2094, 828000, 29.6 }, { 2011, 826000, 30.8 },
	{ 2047, 824000, 31.5 },
};

static int
put_complaints(struct db *db, int year, int64_t minute, struct err *err)
{
	struct complaint_row row[DEMO_YEARS];

	for (int y = 0; y <= year; y++)
		row[y] = (struct complaint_row){ .year = DEMO_FIRST_YEAR + y,
			.registered = complaints[y].registered,
			.residents = complaints[y].residents,
			.national_per_10000 = complaints[y].national, .source = DEMO_SOURCE,
			.date = "2024-06-03", .break_note = "", .definition = "12315",
			.national_definition = "12315" };
	return db_put_complaints(db, row, (size_t)year + 1, OFFICE, minute, err);
}

/* Twenty invented cities in the same test; ours is among them as the eighth. */
static int
put_peers(struct db *db, struct err *err)
{
	enum { PEERS = 20 };
	struct peer_row row[PEERS];
	char city[PEERS][40];

	for (int i = 0; i < PEERS; i++) {
		snprintf(city[i], sizeof(city[i]), "模拟城市%02d", i + 1);
		row[i] = (struct peer_row){ .indicator = "40", .year = 2024, .city = city[i],
			.score = (double)(8360 - 58 * i + i * i % 7 * 9) / 100,
			.se = (double)(75 + i * 13 % 40) / 100, .n = 900 + i * 37 % 400,
			.agency = "模拟测评机构", .report_sha256 = "" };
	}
	return db_put_peers(db, row, PEERS, err);
}

static int
put_external(struct db *db, int64_t minute, struct err *err)
{
	char digest[65];
	struct external_row row = { .indicator = "40", .year = 2024, .rank = 8, .of = 21,
		.score = 79.63, .se = 0.82, .agency = "模拟测评机构",
		.qualification = "模拟资质 0001", .report = "模拟测评报告.pdf",
		.report_sha256 = digest, .peers = "20 个模拟的同等城市", .who = OFFICE,
		.minute = minute };

	sha256_hex(digest, DEMO_SOURCE, strlen(DEMO_SOURCE));
	return db_put_external(db, &row, err);
}

/* ---- readings ---- */

/* Where the city falls short, does not know, or says something else than the rule's own word. */
static const struct {
	const char *indicator;
	int subtarget;		/* 0: all */
	const char *value;	/* NULL: nothing was entered */
} exceptions[] = {
	{ "1", 2, NULL },
	{ "3", 2, "0.84‰" },		/* below 1‰: not met */
	{ "7", 5, NULL },
	{ "9", 1, NULL },		/* the other way is enough */
	{ "11.1", 3, NULL },
	{ "12", 1, "0个" },
	{ "14", 1, NULL },
	{ "14", 2, NULL },
	{ "24", 1, "31/120" },
	{ "26", 1, "2.6张" },
	{ "28", 1, "93.2%" },
	{ "30", 0, NULL },
	{ "31", 1, "0.28/0.33" },
	{ "39", 3, NULL },
	{ "42", 2, "2个" },
	{ "46", 2, NULL },
	{ "48", 2, NULL },
	{ "49", 2, NULL },
	{ "50", 0, NULL },
};

static const char *
exception_of(const char *indicator, int subtarget, bool *found)
{
	for (size_t i = 0; i < sizeof(exceptions) / sizeof(exceptions[0]); i++) {
		*found = strcmp(exceptions[i].indicator, indicator) == 0 &&
			(exceptions[i].subtarget == 0 || exceptions[i].subtarget == subtarget);
		if (*found)
			return exceptions[i].value;
	}
	return NULL;
}

/* Percentages go a little beyond what is wanted, counts by one. */
static const char *
enough(const struct rule *rule, struct pool *pool)
{
	double x = rule->threshold;

	if (strcmp(rule->unit, "%") == 0)
		return pool_fmt(pool, "%.1f%%", x >= 100 ? 100 : x + (100 - x) * 0.4);
	return pool_fmt(pool, "%.0f%s", x + 1, rule->unit);
}

/* A value that satisfies the rule, in the form a person would type it; NULL: not by hand. */
static const char *
good_value(const struct rule *rule, struct pool *pool)
{
	switch (rule->op) {
	case RULE_IS:
		return rule->word;
	case RULE_EQUAL:
		return pool_fmt(pool, "%g%s", rule->threshold, rule->unit);
	case RULE_AT_LEAST:
	case RULE_ABOVE:
		return enough(rule, pool);
	case RULE_FRONT:
		return "9/86";
	default:
		return NULL;
	}
}

static int
put_reading(struct demo_fill *f, const char *indicator, int subtarget, int year, const char *value,
	int64_t minute, struct err *err)
{
	struct reading_row row = { .indicator = indicator, .subtarget = subtarget, .year = year,
		.value = value, .source = DEMO_SOURCE, .date = "2024-05-31", .who = OFFICE,
		.minute = minute };

	return db_put_reading(f->db, &row, err);
}

/* 34 wants rising shares: one rises, the other stops once. */
static int
put_rising(struct demo_fill *f, const char *indicator, const struct rule *rule, int64_t minute,
	struct err *err)
{
	static const char *const steady[] = { "61.2%", "64.8%", "69.1%", "72.5%" };
	static const char *const uneven[] = { "8.1%", "9.4%", "9.2%", "10.6%" };

	for (int y = 0; y < DEMO_YEARS; y++)
		if (put_reading(f, indicator, rule->number, DEMO_FIRST_YEAR + y,
				(rule->number == 1 ? steady : uneven)[y], minute, err) != 0)
			return -1;
	return 0;
}

static int
put_row_readings(struct demo_fill *f, const struct indicator *row, int64_t minute,
	struct pool *pool, struct err *err)
{
	const struct rule *rule = row->rule;

	for (size_t i = 0; i < row->rules; i++) {
		bool special;
		const char *value = exception_of(row->id, rule[i].number, &special);

		/* What surveys and outside agencies feed is left to them. */
		if (feed_of(&rule[i]) != FEED_READING)
			continue;
		if (rule[i].op == RULE_RISING) {
			if (put_rising(f, row->id, &rule[i], minute, err) != 0)
				return -1;
			continue;
		}
		if (!special)
			value = good_value(&rule[i], pool);
		if (value != NULL && put_reading(f, row->id, rule[i].number, 2024, value,
				minute, err) != 0)
			return -1;
	}
	return 0;
}

/* ---- evidence and thresholds ---- */

/* By row: most papers are accepted, some wait, some were sent back, some are missing. */
static int
put_evidence(struct demo_fill *f, const struct indicator *row, int64_t minute,
	struct pool *pool, struct err *err)
{
	char digest[65];
	struct evidence_row e = { .indicator = row->id,
		.title = pool_fmt(pool, "%s（演示材料）", row->title), .date = "2024-05-20",
		.document_no = pool_fmt(pool, "演示〔2024〕%d号", row->row), .period = "2024 年度",
		.sha256 = digest, .state = "uploaded", .reviewer = "", .note = "", .who = OFFICE,
		.pages = 3 + row->row % 17, .minute = minute };
	bool accept = row->row % 5 != 0;

	if (row->row % 9 == 4 || row->chapter == 10)
		return 0;
	sha256_hex(digest, e.title, strlen(e.title));
	if (db_put_evidence(f->db, &e, err) != 0)
		return -1;
	if (!accept && row->row % 15 != 0)
		return 0;
	return db_set_evidence_state(f->db, e.id, accept ? "accepted" : "returned", "演示审核员",
		accept ? "" : "缺少签章", minute + 60, err);
}

/* 前列 signed as a number for 23 to 25; left open for 11.2 and 43. */
static int
put_thresholds(struct demo_fill *f, int64_t minute, struct err *err)
{
	static const struct {
		const char *indicator;
		int clause;
		const char *value;
	} signs[] = {
		{ "23", 1, "10" }, { "23", 2, "10" }, { "23", 3, "10" }, { "23", 4, "10" },
		{ "24", 1, "20" }, { "25", 1, "10" }, { "44", 3, "91%" }, { "47", 4, "75" },
		{ "47", 5, "75" }, { "47", 6, "75" }, { "47", 7, "75" }, { "47", 8, "75" },
		{ "47", 9, "10" },
	};

	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		struct threshold_row row = { .indicator = signs[i].indicator,
			.clause = signs[i].clause, .value = signs[i].value,
			.signed_by = "演示签发人", .date = "2021-03-15", .who = OFFICE,
			.minute = minute };

		if (db_put_threshold(f->db, &row, err) != 0)
			return -1;
	}
	return 0;
}

/* Ports are not a county-level city's business: 30 is signed as not applicable. */
static int
put_waivers(struct demo_fill *f, int64_t minute, struct err *err)
{
	for (int clause = 1; clause <= 5; clause++) {
		struct threshold_row row = { .indicator = "30", .clause = clause,
			.value = "不适用", .signed_by = "演示签发人", .date = "2024-03-15",
			.who = OFFICE, .minute = minute };

		if (db_put_threshold(f->db, &row, err) != 0)
			return -1;
	}
	return 0;
}

/* Which reading governs is signed for 44 and 47; of 43 the leader has not spoken yet. */
static int
put_criteria(struct demo_fill *f, int64_t minute, struct err *err)
{
	static const char *const indicator[] = { "44", "47" };

	for (size_t i = 0; i < sizeof(indicator) / sizeof(indicator[0]); i++) {
		struct criterion_row row = { .indicator = indicator[i], .name = "governs",
			.value = "statistical", .signed_by = "演示签发人", .date = "2021-03-15",
			.who = OFFICE, .minute = minute };

		if (db_put_criterion(f->db, &row, err) != 0)
			return -1;
	}
	return 0;
}

/* The award that 23 counts is given no more, and the title of 25 not at all. */
static int
put_cancelled(struct demo_fill *f, int64_t minute, struct err *err)
{
	static const struct {
		const char *indicator;
		int clause;
		const char *successor;
	} gone[] = { { "23", 2, "省级名牌产品（演示）" }, { "25", 1, "" }, { "25", 2, "" } };

	for (size_t i = 0; i < sizeof(gone) / sizeof(gone[0]); i++) {
		struct threshold_row row = { .indicator = gone[i].indicator,
			.clause = gone[i].clause, .value = "评价依据已取消",
			.signed_by = "演示签发人", .date = "2024-03-15", .who = OFFICE,
			.minute = minute, .document = "演示〔2024〕3号",
			.successor = gone[i].successor };

		if (db_put_threshold(f->db, &row, err) != 0)
			return -1;
	}
	return 0;
}

static int
put_records(struct demo_fill *f, int64_t minute, struct err *err)
{
	struct pool pool = POOL_INIT;
	const struct programme *p = programme_in_force(f->db, &pool, err);
	int rc = p == NULL ? -1 : 0;

	for (size_t i = 0; rc == 0 && i < p->rows; i++) {
		rc = put_row_readings(f, &p->row[i], minute, &pool, err);
		if (rc == 0)
			rc = put_evidence(f, &p->row[i], minute, &pool, err);
	}
	pool_clear(&pool);
	return rc;
}

int
demo_track_year(struct demo_fill *f, int year, struct err *err)
{
	char day[24];
	int64_t minute = 0;

	snprintf(day, sizeof(day), "%d-06-05", DEMO_FIRST_YEAR + year);
	if (date_parse(day, &minute) != 0)
		return err_set(err, ERR_SYSTEM, "日期 %s 不对", "the day %s is wrong", day);
	if (year == 0 && (put_thresholds(f, minute - 80 * 1440, err) != 0 ||
			put_criteria(f, minute - 80 * 1440, err) != 0))
		return -1;
	if (put_complaints(f->db, year, minute, err) != 0)
		return -1;
	if (year < DEMO_YEARS - 1)
		return 0;
	return put_records(f, minute, err) == 0 && put_waivers(f, minute, err) == 0 &&
		put_cancelled(f, minute, err) == 0 && put_peers(f->db, err) == 0 &&
		put_external(f->db, minute, err) == 0 ? 0 : -1;
}
