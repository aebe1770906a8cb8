/* The whole board: every row from its records, computed when asked. */
#include "track/track.h"

#include <math.h>
#include <string.h>

#include "track/known.h"
#include "figure/series.h"
#include "track/year.h"

/* Every record, of all rows. */
struct records {
	struct indicator_row *indicator;
	struct reading_row *reading;
	struct threshold_row *threshold;
	struct criterion_row *criterion;
	struct external_row *external;
	struct evidence_row *file;
	size_t indicators, readings, thresholds, criteria, externals, files;
};

static int
records_load(struct records *r, struct db *db, struct pool *pool, struct err *err)
{
	if (db_list_indicators(db, &r->indicator, &r->indicators, pool, err) == -1 ||
	    db_list_readings(db, NULL, &r->reading, &r->readings, pool, err) == -1 ||
	    db_list_thresholds(db, NULL, &r->threshold, &r->thresholds, pool, err) == -1 ||
	    db_list_criteria(db, NULL, &r->criterion, &r->criteria, pool, err) == -1 ||
	    db_list_external(db, NULL, &r->external, &r->externals, pool, err) == -1 ||
	    db_list_evidence(db, NULL, &r->file, &r->files, pool, err) == -1)
		return -1;
	if (r->indicators == 0)
		return err_set(err, ERR_MISSING, "数据库里没有任务表：请先用 manyi init 建库",
		    "the database has no table of indicators: make it with manyi init");
	return 0;
}

/* The part of an array, sorted by indicator, that is of one indicator. */
#define PART_OF(first, count, array, total, id) do {					\
	size_t part_i;									\
	(first) = NULL;									\
	(count) = 0;									\
	for (part_i = 0; part_i < (total); part_i++) {					\
		if (strcmp((array)[part_i].indicator, (id)) != 0)			\
			continue;							\
		if ((count)++ == 0)							\
			(first) = &(array)[part_i];					\
	}										\
} while (0)

/* ---- the surveys ---- */

static int
surveys_load(struct surveys *s, struct session *session, int year, struct err *err)
{
	static const char *const dimension[DIMENSIONS] = {
		"product", "construction", "service", "environment", "government",
	};
	const struct { struct series *series; const char *form, *index, *stream; } wanted[] = {
		{ &s->csi, "A", "csi", "sampled" }, { &s->csi_open, "A", "csi", "open" },
		{ &s->cqi, "C", "cqi", "sampled" }, { &s->overall, "C", "overall", "sampled" },
		{ &s->unaided, "C", "unaided", "sampled" }, { &s->aided, "C", "aided", "sampled" },
		{ &s->aided_net, "C", "aided_net", "sampled" }, { &s->programme, "C", "programme", "sampled" },
	};
	size_t i;

	for (i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
		if (series_make(wanted[i].series, session, wanted[i].form, wanted[i].index, wanted[i].stream,
		    year, TRACK_STEPS, err) == -1)
			return -1;
	for (i = 0; i < DIMENSIONS; i++)
		if (series_make(&s->dimension[i], session, "C", dimension[i], "sampled", year, TRACK_STEPS, err) == -1)
			return -1;
	if (measure_complaints(session_db(session), year, TRACK_STEPS, &s->complaints, session_pool(session), err) == -1)
		return -1;
	return ranks_make(session, "40", year, 10, &s->rank, &s->ranks, err);
}

/* ---- rows ---- */

static void
row_judge(struct track_row *row, struct clause clause[], const struct known *k)
{
	enum standing *standing = pool_array(k->pool, k->rules, sizeof(*standing));
	enum truth *literal = pool_array(k->pool, k->rules, sizeof(*literal));
	enum truth *tested = pool_array(k->pool, k->rules, sizeof(*tested));
	bool *waived = pool_array(k->pool, k->rules, sizeof(*waived));
	size_t i;

	for (i = 0; i < k->rules; i++) {
		clause_make(&clause[i], k, &k->rule[i]);
		standing[i] = clause[i].standing;
		literal[i] = clause[i].literal;
		tested[i] = clause[i].tested;
		waived[i] = clause[i].waived || clause[i].cancelled;
	}
	row->clause = clause;
	row->standing = verdict_row(standing, k->rule, k->rules);
	row->literal = verdict_literal(literal, waived, k->rule, k->rules);
	row->tested = verdict_literal(tested, waived, k->rule, k->rules);
	row->evidence = evidence_row(row);
	governs_row(row, k);
}

/* The documents that speak of the board's year or an earlier one. */
static void
row_files(struct track_row *row, const struct evidence_row file[], size_t files, const struct known *k)
{
	struct evidence_row *kept = pool_array(k->pool, files + 1, sizeof(*kept));
	size_t i;

	row->files = 0;
	for (i = 0; i < files; i++)
		if (year_of_document(&file[i]) <= k->year)
			kept[row->files++] = file[i];
	row->file = kept;
}

static int
row_make(struct track_row *row, struct known *k, const struct records *r, const struct indicator_row *indicator,
    struct err *err)
{
	const struct evidence_row *file;
	size_t files;

	if (rule_parse(&k->rule, &k->rules, indicator->sub_targets, k->pool, err) == -1)
		return -1;
	k->indicator = indicator;
	PART_OF(k->reading, k->readings, r->reading, r->readings, indicator->id);
	PART_OF(k->threshold, k->thresholds, r->threshold, r->thresholds, indicator->id);
	PART_OF(k->criterion, k->criteria, r->criterion, r->criteria, indicator->id);
	PART_OF(k->external, k->externals, r->external, r->externals, indicator->id);
	while (k->externals > 0 && k->external[k->externals - 1].year > k->year)
		k->externals--;
	*row = (struct track_row){ .year = k->year, .indicator = indicator, .rule = k->rule, .rules = k->rules,
		.external = known_external(k), .reading = k->reading, .readings = k->readings };
	PART_OF(file, files, r->file, r->files, indicator->id);
	row_files(row, file, files, k);
	row_judge(row, pool_array(k->pool, k->rules, sizeof(struct clause)), k);
	sentence_row(row, k);
	return 0;
}

int
track_load(struct tracker *tracker, struct db *db, const struct track_ask *ask, struct pool *pool, struct err *err)
{
	struct surveys *surveys = pool_take(pool, sizeof(*surveys));
	struct known k = { .pool = pool, .surveys = surveys };
	const char *demo = db_setting(db, "demo", pool);
	struct records r;
	int newest;
	size_t i;

	*tracker = (struct tracker){ .demo = demo != NULL && strcmp(demo, "1") == 0 };
	tracker->city = db_setting(db, "city", pool);
	if (tracker->city == NULL)
		tracker->city = "";
	if (records_load(&r, db, pool, err) == -1 || session_open(&k.session, db, pool, err) == -1 ||
	    year_list(&tracker->known, &tracker->knowns, db, pool, err) == -1 ||
	    year_newest(&newest, db, tracker->known, tracker->knowns, &(struct year_records){ .indicator = r.indicator,
		.indicators = r.indicators, .reading = r.reading, .readings = r.readings }, pool, err) == -1 ||
	    year_choose(&tracker->year, ask == NULL ? 0 : ask->year, newest, tracker->known, tracker->knowns, err) == -1)
		return -1;
	k.year = tracker->year;
	if (ask != NULL && ask->rows)
		session_rows_only(k.session);
	if (surveys_load(surveys, k.session, tracker->year, err) == -1)
		return -1;
	tracker->row = pool_array(pool, r.indicators, sizeof(*tracker->row));
	tracker->rows = r.indicators;
	for (i = 0; i < r.indicators; i++)
		if (row_make(&tracker->row[i], &k, &r, &r.indicator[i], err) == -1)
			return -1;
	return 0;
}

const struct track_row *
track_find(const struct tracker *tracker, const char *id)
{
	size_t i;

	for (i = 0; i < tracker->rows; i++)
		if (strcmp(tracker->row[i].indicator->id, id) == 0)
			return &tracker->row[i];
	return NULL;
}
