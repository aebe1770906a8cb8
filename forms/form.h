/* What is asked: a questionnaire, loaded from one JSON file and never changed. */
#ifndef FORMS_FORM_H
#define FORMS_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/lang.h"
#include "base/pool.h"
#include "forms/relevant.h"
#include "forms/texts.h"

/*
 * The file speaks XLSForm's vocabulary as pyxform's JSON does, so that it
 * comes from and goes to ODK and KoboToolbox one to one (forms/form.5 is the
 * manual).  A form is a tree of groups; an innermost group is a screen.
 */

/* Codes every form shares; they never reach a mean. */
#define FORM_DONT_KNOW 98	/* 不清楚、没用过 */
#define FORM_SKIPPED 99		/* asked, not answered */

/* The most a form may hold; forms beyond it are refused when loaded. */
enum {
	FORM_ITEMS_MAX = 64,
	FORM_CHOICES_MAX = 128,		/* of one item */
	FORM_TEXT_MAX = 2000,		/* characters of a text answer */
	FORM_BODY_MAX = 65536,		/* bytes of a whole submission */
	FORM_ID_MAX = 31,
	FORM_NAME_MAX = 31,
	FORM_FILE_MAX = 1 << 20,	/* bytes of a form file */
	FORM_FAULTS_MAX = 200		/* faults listed; the rest are counted in the last */
};

enum kind {
	KIND_SCALE,	/* select_one with appearance "scale": an ordered rating, 1..10 or 1..5 */
	KIND_SINGLE,	/* select_one */
	KIND_MULTI,	/* select_multiple */
	KIND_TEXT,	/* text */
	KIND_TOWNSHIP,	/* select_one townships, with 97 outside where the list has it */
	KIND_PHONE,	/* text with appearance "callback": never part of a response; its value is
			 * always VALUE_NOT_ASKED, the number itself response->phone */
	KIND_MAX
};

struct choice {
	const char *name;	/* XLSForm name: ASCII letters, digits, _ - ; "7", "S01" */
	int code;		/* the number in name, or -(index+1) where it is not a number */
	struct texts label;
	const char *filter;	/* choice_filter value this choice belongs to, or
				 * NULL: always offered */
	const char *image;	/* unused on pages; kept for round trips */
	bool decoy;		/* does not exist: measures over-claiming */
	bool alone;		/* multi: not together with another ("none of these", 98) */
};

/* Which choices are offered, by an earlier answer: XLSForm's choice_filter, of the forms
 * "filter = if(CONDITION, 'then', 'otherwise')" and "filter = ${item}". */
struct choice_filter {
	struct relevant when;	/* CONDITION */
	const char *then, *otherwise;	/* NULL: see item */
	int item;		/* "filter = ${item}": its index; -1: by
				 * condition, or no filter at all */
};

/* One question. */
struct item {
	const char *name;	/* variable name, unique in the form: "q_all" */
	enum kind kind;
	struct texts label;	/* the question */
	struct texts hint;	/* or none */
	const char *construct;	/* what it measures: "satisfaction",
				 * "quality.product"; may be NULL */
	const char *list;	/* name of its choice list */
	const struct choice *choice;
	size_t choices;		/* 0 for text; 1, the code 98, for text that
				 * may be answered 不知道 */
	struct choice_filter filter;	/* see relevant_offered() */
	int low, high;		/* KIND_SCALE: the scale's ends, 1 and 10 or 1 and 5; else 0.  Every
				 * other code of its list is 98, so low..high
				 * is what enters a mean */
	struct texts low_words, high_words;	/* ends labelled "1 很差": "很差"; else none */
	size_t levels;		/* appearance "likert" and five-level scales: the first so many
				 * choices are ordered levels in words, the part
				 * reverse_half turns round; else 0 */
	bool dont_know;		/* 98 may be answered */
	bool required;
	size_t max_chars;	/* text: longest answer in characters */
	bool mask;		/* text: digits that look like a phone or
				 * identity number are masked */
	bool multiline;		/* text: appearance "multiline" */
	const char *coding;	/* text: named rule that turns it into codes at tally time,
				 * "unaided-1"; or NULL */
	struct relevant relevant;	/* asked only if; empty: always (groups'
					 * conditions are joined in) */
	const char *relevant_source;	/* as written on the item itself, or NULL */
	size_t screen;		/* index of its screen */
	const char *sector_label;	/* its name, if variants hold its wording (see
					 * form_label); else NULL */
};

/* One screen: an innermost group. */
struct screen {
	const char *name;
	struct texts label;	/* or none */
	struct texts hint;	/* or none */
	struct relevant relevant;	/* its and its parents' conditions */
	size_t first, items;	/* item[first .. first+items) */
	int block;		/* screens of one block > 0 may be shown in
				 * random order; 0: fixed */
	int unit;		/* screens of a block that stay together share a unit */
};

/* Words of one item for one value of another item: sector items. */
struct variant {
	const char *item;	/* item whose label this is */
	const char *when;	/* choice name of form->variant_by, "S01" */
	struct texts label;
};

/* An index this form defines: which items, with which published weights. */
struct index_def {
	const char *name;	/* "csi", "cqi", "product", "overall", ... */
	struct texts label;
	const char *item[8];
	int weight[8];		/* whole numbers >= 1, printed beside the result */
	size_t items;
	size_t min_items;	/* answered items a person needs; fewer: out */
	bool person;		/* true: averaged within a person, the rest rescaled;
				 * false: mean of item means */
};

struct form {
	const char *id;			/* "A" */
	const char *version;		/* "2024-1" */
	char sha256[65];		/* of the file's bytes, hex */
	struct languages languages;	/* it is given in, its own first */
	struct texts title;
	struct texts population;	/* who is meant, in words */
	int minutes;			/* honest duration printed on posters; 0: under a minute */
	int seconds;			/* typical duration in seconds,
					 * middle of the stated range */
	const char *mapping;		/* "acsi-1-10", "share": named on every figure */
	const char *indicators;		/* "43 40": tracker rows it feeds, space separated */
	struct texts consent;		/* first screen; {fields} filled by the page */
	bool reverse_half;		/* five-level items reversed for a random half */
	const struct item *item;
	size_t items;
	const struct screen *screen;
	size_t screens;
	const struct variant *variant;
	size_t variants;
	const char *variant_by;		/* item that chooses the variant: "sector", in form B
					 * "level"; or NULL.  A site's sector answers it only where
					 * it is one of its choices */
	const struct index_def *index;
	size_t indices;
	const char *flag_source;	/* settings.flag: rows outside the main
					 * estimate, as written; or NULL */
	struct relevant flag;		/* true: flagged (conflict of interest,
					 * visitor, outside population) */
	struct relevant work_order;	/* form B: true opens a work order; empty: never */
	const char *body;		/* the file's bytes, NUL-terminated, for storing */
	size_t body_n;
};

/* One fault of a form file. */
struct fault {
	size_t line, column;	/* from 1; 0: the file as a whole */
	const char *where;	/* JSON Pointer */
	const char *what;	/* what is wrong, in the process's language */
	const char *instead;	/* what to write instead */
};

/* ---- forms/load/load.c ---- */
/*
 * Read and check a form file.
 *
 * form_load():  the form, living in pool; NULL with *err naming the first fault
 *               (file:line:column: what; instead) and how many more there are.
 * form_check(): every fault, in file order; fault[] lives in pool, *faults its
 *               length.  Returns the form if there is no fault, else NULL.
 *               *err is set only if the file cannot be read at all or is no text.
 * form_parse(): form_load() for bytes in memory; name is used in messages.
 */
const struct form *form_load(const char *path, struct pool *pool, struct err *err);
const struct form *form_parse(const char *body, size_t n, const char *name,
	struct pool *pool, struct err *err);
const struct form *form_check(const char *path, const struct fault **fault, size_t *faults,
	struct pool *pool, struct err *err);

/* ---- form.c ---- */
/* Index of the item of that name, or -1. */
int form_item(const struct form *form, const char *name);
/* The index definition of that name, or NULL. */
const struct index_def *form_index(const struct form *form, const char *name);
/* The choice of that name, or of that code, or NULL. */
const struct choice *form_choice(const struct item *item, const char *name);
const struct choice *form_choice_code(const struct item *item, int code);

/* The item's question in words: the sector's wording where it has one for this
 * value of variant_by (NULL: unknown yet, gives the general wording). */
const struct texts *form_label(const struct form *form, const struct item *item, const char *when);

/* ---- kind.c ---- */
/* The word of a kind ("scale", "single", ...). */
const char *kind_name(enum kind kind);
/* Is the answer the person's own words, kept as text, and no choice of a list? */
bool kind_written(enum kind kind);

#endif
