/* The tracker of all 52 rows: what is wanted, what is known, what may be said. */
#ifndef TRACK_TRACK_H
#define TRACK_TRACK_H

#include "db/db_track.h"
#include "track/measure.h"
#include "track/rule.h"

enum { TRACK_ROWS = 52 };	/* task rows of the programme's table */

/* 达标状态.  The order is the order on the board. */
enum standing {
	STANDING_MET,		/* 达成 */
	STANDING_MISSED,	/* 未达成 */
	STANDING_UNPROVEN,	/* 证据不足 */
	STANDING_UNSET,		/* 阈值未定: 前列 or 高 and nobody signed a number */
	STANDING_NONE,		/* 不适用 */
	STANDING_MAX
};
struct words standing_words(enum standing standing);
const char *standing_name(enum standing standing);	/* JSON: "met" "missed" "unproven" "unset" "none" */

/* 资料状态, from the evidence records. */
enum evidence {
	EVIDENCE_NONE,		/* 无 */
	EVIDENCE_UPLOADED,	/* 已上传 */
	EVIDENCE_ACCEPTED,	/* 已通过 */
	EVIDENCE_MAX
};
struct words evidence_words(enum evidence evidence);
const char *evidence_name(enum evidence evidence);	/* "none" "uploaded" "accepted" */

/* One sub-target with what is known of it. */
struct clause {
	const struct rule *rule;
	enum truth literal;		/* the wording taken literally */
	bool fed;			/* computed by the program, not typed in */
	const char *value;		/* what was read: "78.4 → 79.0 → 79.1", "第 7 位，共 20", "是"; "" if nothing */
	int year;			/* of the newest reading, 0 none */
	const char *source, *date;	/* of the newest reading */
	double threshold;		/* in force; NAN: none */
	const char *signed_by, *signed_date;	/* of a signed threshold; or NULL */
	struct words reason;		/* one sentence: why literal is what it is */
	const struct series *series;	/* RISING, FALLING, BELOW_NATIONAL: the strength; or NULL */
	struct words strength;		/* the strength in one sentence; .in[] NULL when there is none */
	enum truth proven;		/* the same clause judged statistically: significant, not, unknown */
};

struct track_row {
	const struct indicator_row *indicator;
	const struct rule *rule;
	size_t rules;
	const struct clause *clause;	/* clause[rules] */
	enum standing standing;
	enum evidence evidence;
	struct words reason;		/* one sentence, readable aloud in a meeting */
	struct words headline;		/* indicator pages' first line; for 43: year, value, interval, change, strength */
	const struct external_row *external;	/* newest external result, or NULL */
	const struct reading_row *reading;	/* every reading, oldest first */
	size_t readings;
	const struct evidence_row *file;
	size_t files;
};

struct tracker {
	struct track_row *row;		/* by the table's order */
	size_t rows;			/* 52 */
	int year;			/* the newest year any wave has, or this year */
	size_t count[STANDING_MAX];
	const char *city;
	bool demo;
};

/*
 * Everything, computed: rules, readings, thresholds, external results and the index series.
 * 40 and 47 are never MET from our own survey: 40 needs an external rank, whatever index A says.
 * 27 says nothing by itself.  Lives in pool.
 */
int track_load(struct tracker *tracker, struct db *db, struct pool *pool, struct err *err);
/* The row of an id ("43", "11.2"), or NULL. */
const struct track_row *track_find(const struct tracker *tracker, const char *id);

/* The 52 rows from the table's text (embedded data/indicators.tsv, or a file); checks every field and rule. */
int track_parse_table(const struct indicator_row **row, size_t *rows, const char *tsv, size_t n,
	const char *name, struct pool *pool, struct err *err);
int track_fill(struct db *db, struct err *err);		/* put the embedded table into a new database */

/* The 21 departments in order of first mention; 各成员单位 expands to all. */
size_t track_departments(const struct tracker *tracker, const char ***name, struct pool *pool);
enum duty { DUTY_NONE, DUTY_COOPERATE, DUTY_LEAD };
enum duty track_duty(const struct track_row *row, const char *department);

#endif
