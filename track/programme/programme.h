/* A programme as data: its chapters, departments, rows, rules, and what feeds them. */
#ifndef TRACK_PROGRAMME_PROGRAMME_H
#define TRACK_PROGRAMME_PROGRAMME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/lang.h"
#include "db/db.h"
#include "forms/form.h"
#include "track/criteria.h"
#include "track/english.h"
#include "track/rule/rule.h"

/* Who says what a clause comes to.  From FEED_SERIES on the program computes it. */
enum feed_kind {
	FEED_READING,		/* a person enters it: track set; a place also by track external */
	FEED_EXTERNAL,		/* an outside agency's place alone: track external */
	FEED_SERIES,		/* the yearly figures of an index, rising or
				 * falling as the rule says */
	FEED_COMPLAINTS,	/* the complaint counts: falling, or below the national rate */
	FEED_CONFIRMED,		/* a figure of ours against a signed number; an
				 * agency's reading decides */
	FEED_LEVEL,		/* a figure of ours against a signed number */
	FEED_MAX
};

/* A figure of a form: the first of index[] of which the form's waves have a year, else the last. */
struct programme_figure {
	const char *form;		/* "A" */
	const char *const *index;	/* index[n] */
	size_t n;			/* 0: no figure */
};

struct feed {
	enum feed_kind kind;
	struct programme_figure figure;	/* SERIES, CONFIRMED, LEVEL */
	struct words source;		/* what stands as the source of its figures */
	struct words label;		/* SERIES: what rises or falls, in a sentence */
};

/* What else a programme says of a clause. */
struct programme_clause {
	const char *proposed;		/* for an open number: a proposal that counts for nothing
					 * until it is signed; or "" */
	bool ended;			/* its yardstick may no longer exist */
	const char *document, *date;	/* that ended it: with both it has, without it is a
					 * suggestion that counts for nothing */
	const char *successor;		/* what stands for it today, or "" */
};

/* One figure with the words that name it in a headline; the English fits "In 2024 … was". */
struct programme_part {
	const char *index;
	struct words label;
};

/* What stands first on a row's page. */
enum headline_kind {
	HEADLINE_NONE,		/* the row's reason */
	HEADLINE_TREND,		/* first[0] with its change and whether the trend is proven, then
				 * the complaint rate; the row's reason names its
				 * conditions one by one */
	HEADLINE_PLACE,		/* the outside place, then what is known of it */
	HEADLINE_LEVEL,		/* the first of first[] that there is, beside[0],
				 * and the signed number */
	HEADLINE_PARTS,		/* first[0], the highest and lowest of the figures that feed
				 * clauses; that it is our own */
	HEADLINE_EXPERTS,	/* the experts' mark, then first[0] and every
				 * beside[] that there is */
	HEADLINE_MAX
};

/* One task row; the wording is verbatim. */
struct indicator {
	int row;			/* from 1, the order of the table */
	const char *id;			/* "1", "11.2" */
	int chapter;			/* from 1 */
	const char *chapter_title, *title, *content;
	const char *lead;		/* ';'-separated departments */
	const char *cooperate;		/* the same; may be "" */
	const char *kind, *data_source, *deadline, *notes;	/* deadline "2017-04" or "" */
	double points;			/* 分值; NAN: none given */
	const char *evidence;		/* ';'-separated numbers of evidence, or "" */
	const struct rule *rule;	/* rule[rules], at least one: rule_unwritten()
					 * where the file has none */
	size_t rules;
	struct programme_figure figures;	/* on its page and in what is published; n
						 * 0: no survey feeds it */
	enum headline_kind headline;
	const struct programme_part *first, *beside;
	size_t firsts, besides;
	const char *domains;		/* its figures by this variable; "figures": beside
					 * each other; "": none */
	int top;			/* its place among peers is shown, and the chance to be
					 * among the first so many; 0: not */
	bool qualified;			/* an outside result counts with the
					 * agency's qualification alone */
};

struct programme_chapter {
	int number;
	const char *title;
};

enum became_kind { BECAME_SAME, BECAME_RENAMED, BECAME_MERGED, BECAME_MOVED_UP, BECAME_ENDED,
	BECAME_UNKNOWN };

/* A department, its name verbatim, and what became of it since the table was written. */
struct programme_department {
	const char *name;
	enum became_kind became;
	const char *successor, *from;	/* its name and year or day; or "" */
	const char *document, *date;	/* by which the office confirmed it: without both it is a
					 * suggestion that counts for nothing */
};

struct programme {
	const char *id, *edition;
	struct words title;
	const char *body;		/* the file's text */
	const char *sha256;		/* of it, hex */
	int first_year;			/* nothing of an earlier one is asked for:
					 * entry_year_from() */
	const char *criteria[CRITERION_MAX];	/* ';'-separated readings to choose from */
	const char *unsigned_years;	/* how 连续3年 is counted until somebody
					 * signs: "steps" or "values" */
	const char *everyone;		/* "各成员单位": whoever cooperates when it
					 * stands in a row; or "" */
	const struct programme_chapter *chapter;
	const struct programme_department *department;	/* in order of first
							 * mention; everyone apart */
	const struct indicator *row;
	size_t chapters, departments, rows;
	const struct english *english;
};

/*
 * Read and check a programme's file, programme(5).
 *
 * programme_load():   of a path; NULL with *err naming the first fault (file:line:column) and how
 * many more there are. programme_check():  every fault in file order; fault[] lives in pool;
 * *faults its number, 0 where the file cannot be read. programme_parse():  the same of text in
 * memory.  The programme lives in pool.
 */
const struct programme *programme_load(const char *path, struct pool *pool, struct err *err);
const struct programme *programme_check(const char *path, const struct fault **fault,
	size_t *faults, struct pool *pool, struct err *err);
const struct programme *programme_parse(const char *body, size_t n, const char *name,
	struct pool *pool, struct err *err);

/* ---- figures.c ---- */
/* A form by its id, or NULL: it is not there. */
typedef const struct form *programme_form_get(void *ctx, const char *id);
/*
 * Are its figures and groups those of the forms it names?  Faults at the rows, in fault[]; the
 * result is their number.  *strange names forms that are not there, "" none: of their figures
 * nothing is said.
 */
size_t programme_figures(const struct fault **fault, const char **strange,
	const struct programme *programme, programme_form_get *get, void *ctx, struct pool *pool);

/* ---- programme.c ---- */
/* The programme in force; NULL with *err. */
const struct programme *programme_in_force(struct db *db, struct pool *pool, struct err *err);

/* The row of an id, or NULL: ERR_MISSING, naming the ids there are. */
const struct indicator *programme_row(const struct programme *programme, const char *id,
	struct err *err);

/*
 * The sub-target that an outside agency's place decides: the only one of the row that asks for a
 * place of one year.  NULL where none does, or where nobody could say which of several.
 */
const struct rule *programme_place(const struct indicator *row);

/* Is it one of the programme's readings? */
bool programme_reads(const struct programme *programme, enum criterion criterion,
	const char *value);

/* The department of a name, its own or that of its confirmed successor; NULL: none. */
const struct programme_department *programme_department(const struct programme *programme,
	const char *name);

/* ---- notes.c ---- */
/*
 * What the programme says of a row beside its wording, as sentences for its page: deadline, points,
 * numbers of evidence; what became of its departments; yardsticks that ended; numbers proposed.
 * What is a suggestion says so.  note[*n].  notes.c.
 */
void programme_notes(struct words **note, size_t *n, const struct programme *programme,
	const struct indicator *row, struct pool *pool);

/* ---- programme.c ---- */
/* ";40;47;": the rows whose outside result counts with the agency's qualification alone. */
const char *programme_qualified(const struct programme *programme, struct pool *pool);

/* ---- put.c ---- */

/* A new database gets the programme that is shipped. */
int programme_fill(struct db *db, struct err *err);

/*
 * Put a programme in force; *changed is false where that very file is.  Refused where it would
 * change the meaning of what is on record: a row that is gone, a clause whose rule or feed differs,
 * a task under another's number, while something is entered for it (ERR_CONFLICT names row and
 * clause); another programme's id over records; a first year after that of a record; and where a
 * figure is not one of its form (ERR_MISSING).  reworded: rows whose wording or leading
 * departments may differ though there are records, "2,11.1", "all", or NULL for none.  English,
 * helpers, deadlines and points may differ: the programme of before stays on record, with who
 * loaded it and when.
 */
int programme_put(struct db *db, const struct programme *programme, const char *reworded,
	const char *who, bool *changed, struct err *err);

/* ---- row.c ---- */
/* Who says what a clause comes to. */
enum feed_kind feed_of(const struct rule *rule);
/* Was it confirmed, with a document and its day? */
bool programme_confirmed(const char *document, const char *date);

#endif
