/* The whole board: every row from its records, computed when asked. */
#include "track/track.h"

#include <math.h>
#include <string.h>

#include "track/known.h"
#include "figure/series.h"
#include "track/year.h"

/* Every record, of all rows. */
struct records {
	struct reading_row *reading;
	struct threshold_row *threshold;
	struct criterion_row *criterion;
	struct external_row *external;
	struct evidence_row *file;
	size_t readings, thresholds, criteria, externals, files;
};

static int
records_load(struct records *r, struct db *db, struct pool *pool, struct err *err)
{
	if (db_list_readings(db, NULL, &r->reading, &r->readings, pool, err) != 0 ||
			db_list_thresholds(db, NULL, &r->threshold, &r->thresholds, pool, err) !=
			0 ||
			db_list_criteria(db, NULL, &r->criterion, &r->criteria, pool, err) != 0 ||
			db_list_external(db, NULL, &r->external, &r->externals, pool, err) != 0 ||
			db_list_evidence(db, NULL, &r->file, &r->files, pool, err) != 0)
		return -1;
	return 0;
}

/* The part of an array, sorted by indicator, that is of one indicator. */
#define PART_OF(first, count, array, total, id) do {					\
	(first) = NULL;									\
	(count) = 0;									\
	for (size_t part_i = 0; part_i < (total); part_i++) {				\
		if (strcmp((array)[part_i].indicator, (id)) != 0)			\
			continue;							\
		if ((count)++ == 0)							\
			(first) = &(array)[part_i];					\
	}										\
} while (0)

/* ---- rows ---- */

static void
row_judge(struct track_row *row, struct clause clause[], const struct known *k)
{
	const struct rule *rule = k->indicator->rule;
	size_t rules = k->indicator->rules;
	enum standing *standing = pool_array(k->pool, rules, sizeof(*standing));
	enum truth *literal = pool_array(k->pool, rules, sizeof(*literal));
	enum truth *tested = pool_array(k->pool, rules, sizeof(*tested));
	bool *waived = pool_array(k->pool, rules, sizeof(*waived));

	for (size_t i = 0; i < rules; i++) {
		clause_make(&clause[i], k, &rule[i]);
		standing[i] = clause[i].standing;
		literal[i] = clause[i].literal;
		tested[i] = clause[i].tested;
		waived[i] = clause[i].waived || clause[i].cancelled;
	}
	row->clause = clause;
	row->standing = verdict_row(standing, rule, rules);
	row->literal = verdict_literal(literal, waived, rule, rules);
	row->tested = verdict_literal(tested, waived, rule, rules);
	row->evidence = evidence_row(row);
	governs_row(row, k);
}

/* The documents that speak of the board's year or an earlier one. */
static void
row_files(struct track_row *row, const struct evidence_row file[], size_t files,
	const struct known *k)
{
	struct evidence_row *kept = pool_array(k->pool, files + 1, sizeof(*kept));

	row->files = 0;
	for (size_t i = 0; i < files; i++)
		if (year_of_document(&file[i]) <= k->year)
			kept[row->files++] = file[i];
	row->file = kept;
}

static int
row_make(struct track_row *row, struct known *k, const struct records *r,
	const struct indicator *indicator, struct err *err)
{
	const struct evidence_row *file;
	size_t files;

	k->indicator = indicator;
	k->ranks = 0;
	if (indicator->top > 0 &&
			ranks_make(k->session, &(struct rank_ask){ .indicator = indicator->id,
			.year = k->year, .top = indicator->top, .form = indicator->figures.form,
			.index = indicator->figures.n > 0 ? indicator->figures.index[0] : NULL },
			&k->rank, &k->ranks, err) != 0)
		return -1;
	PART_OF(k->reading, k->readings, r->reading, r->readings, indicator->id);
	PART_OF(k->threshold, k->thresholds, r->threshold, r->thresholds, indicator->id);
	PART_OF(k->criterion, k->criteria, r->criterion, r->criteria, indicator->id);
	PART_OF(k->external, k->externals, r->external, r->externals, indicator->id);
	while (k->externals > 0 && k->external[k->externals - 1].year > k->year)
		k->externals--;
	*row = (struct track_row){ .year = k->year, .indicator = indicator, .rule = indicator->rule,
		.rules = indicator->rules,
		.external = known_external(k), .reading = k->reading, .readings = k->readings };
	PART_OF(file, files, r->file, r->files, indicator->id);
	row_files(row, file, files, k);
	row_judge(row, pool_array(k->pool, indicator->rules, sizeof(struct clause)), k);
	sentence_row(row, k);
	return 0;
}

int
track_load(struct tracker *tracker, struct db *db, const struct track_ask *ask, struct pool *pool,
	struct err *err)
{
	struct surveys *surveys = pool_take(pool, sizeof(*surveys));
	struct known k = { .pool = pool, .surveys = surveys };
	const char *demo = db_setting(db, "demo", pool);
	const struct programme *p;
	struct records r;
	int newest;

	*tracker = (struct tracker){ .demo = demo != NULL && strcmp(demo, "1") == 0 };
	tracker->city = db_setting(db, "city", pool);
	if (tracker->city == NULL)
		tracker->city = "";
	p = tracker->programme = programme_in_force(db, pool, err);
	if (p == NULL || records_load(&r, db, pool, err) != 0 ||
			session_open(&k.session, db, pool, err) != 0 ||
			year_list(&tracker->known, &tracker->knowns, db, p, pool, err) != 0 ||
			year_newest(&newest, db, tracker->known, tracker->knowns,
			&(struct year_records){ .programme = p,
			.reading = r.reading, .readings = r.readings }, pool, err) != 0 ||
			year_choose(&tracker->year, ask == NULL ? 0 : ask->year, newest,
			tracker->known, tracker->knowns, err) != 0)
		return -1;
	k.programme = p;
	k.year = tracker->year;
	tracker->session = k.session;
	if (ask != NULL && ask->rows)
		session_rows_only(k.session);
	if (surveys_load(surveys, p, k.session, tracker->year, err) != 0)
		return -1;
	tracker->row = pool_array(pool, p->rows, sizeof(*tracker->row));
	tracker->rows = p->rows;
	for (size_t i = 0; i < p->rows; i++)
		if (row_make(&tracker->row[i], &k, &r, &p->row[i], err) != 0)
			return -1;
	return 0;
}

const struct track_row *
track_find(const struct tracker *tracker, const char *id)
{
	for (size_t i = 0; i < tracker->rows; i++)
		if (strcmp(tracker->row[i].indicator->id, id) == 0)
			return &tracker->row[i];
	return NULL;
}
