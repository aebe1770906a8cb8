/* The only door from untrusted answers to something that may be stored. */
#ifndef FORMS_RESPONSE_H
#define FORMS_RESPONSE_H

#include <stdint.h>

#include "base/text.h"
#include "forms/answers.h"
#include "forms/form.h"

/* What a person said to one item. */
enum value_state {
	VALUE_NOT_ASKED,	/* skip logic: null in the stored array */
	VALUE_SKIPPED,		/* asked, not answered: 99 */
	VALUE_DONT_KNOW,	/* 98 */
	VALUE_GIVEN
};

struct value {
	enum value_state state;
	const struct choice *choice;	/* scale, single, township when GIVEN (or DONT_KNOW) */
	const struct choice **many;	/* multi when GIVEN: many[count], in list order */
	size_t count;
	const char *text;		/* text when GIVEN: valid UTF-8, trimmed, masked */
	bool masked;			/* numbers were blotted out of it just now; not kept */
};

/*
 * One accepted submission.  Made by form_accept() alone; lives in its pool.
 * There is no member for a name, a phone or an address, so none can be stored.
 */
struct response {
	const struct form *form;
	const struct value *value;	/* value[form->items] */
	bool flagged;			/* form->flag is true of it */
	bool work_order;		/* form->work_order is true of it */
	const char *phone;		/* asked for a callback: goes to its own table; or NULL */
	bool masked;			/* numbers were blotted out of some text just now: to be
					 * told to the writer; not kept */
};

enum issue_code {
	ISSUE_MISSING,		/* required, not answered */
	ISSUE_DOUBLED,		/* sent more than once */
	ISSUE_UNKNOWN,		/* a name the form has no item for */
	ISSUE_CHOICE,		/* not among the choices (or not among those offered here) */
	ISSUE_RANGE,		/* a number outside the scale */
	ISSUE_TOO_LONG,
	ISSUE_ENCODING,		/* not UTF-8, a NUL, or a control character */
	ISSUE_NOT_ASKED,	/* in a file: an answer to a question that earlier answers skip */
	ISSUE_TOGETHER,		/* "none of these" beside others */
	ISSUE_PHONE		/* not a phone number */
};

/* What is wrong with one answer, to be shown beside its question. */
struct issue {
	enum issue_code code;
	int item;		/* index of the item, or -1: the submission as a
				 * whole (ISSUE_UNKNOWN) */
	const char *name;	/* as sent, made printable and cut to FORM_NAME_MAX characters */
};

enum { ISSUES_MAX = FORM_ITEMS_MAX + 1 };

/* ---- accept.c ---- */
/*
 * What counts as an answer: an empty value is none; 99 is "skipped" for every kind; 98 is
 * "don't know" where the item has it; anything else must be the name of an offered choice,
 * byte for byte ("1.0", " 5 " and a full-width 5 are not 5).  Text is trimmed, its line ends become
 * \n, its tabs spaces, invisible direction marks go; its length counts characters.
 * What a page sends for a question that is not asked, or a choice that is not offered any more, was
 * made irrelevant by a changed mind and is passed over, whatever it is; in the cells of a file it
 * is an issue unless it is empty or 99.  After an issue, questions whose condition hangs on the
 * faulty answer are not judged.  On issues *r is zeroed: it is never filled in part.
 *
 * Fill *r (in pool), or list in issue[ISSUES_MAX] what is wrong, at most one
 * per question and one for the rest.  Returns the number of issues, 0 if accepted.
 *
 * Names that start with "_" belong to the page (key, language), not to the
 * form, and are passed over.  sector: choice of the site for form->variant_by,
 * used where the item was not sent; NULL: none.
 */
size_t form_accept(const struct form *form, struct response *r, struct issue issue[],
	const struct answers *a, const char *sector, struct pool *pool);

/* ---- issue.c ---- */
/* The issue in words for a person. */
const char *issue_words(enum issue_code code, enum lang lang);
const char *issue_name(enum issue_code code);	/* "missing", "doubled", ... for JSON */

/* ---- response.c ---- */
/* The stored form: a JSON array in item order: null not asked, 99, 98, a number, "S01",
 * an array of those for multi, a string for text. */
void response_put_json(struct text *out, const struct response *r);

/* Back from the array, as the intake hands it to the store, with the form's flags judged.  Returns
 * 0, or -1 if the array does not fit the form.  Rows that are stored are read by figure/scan.h. */
int response_from_json(struct response *r, const struct form *form, const char *json,
	struct pool *pool, struct err *err);

/* ---- answers.c ---- */
/* The same person, through CSV cells: an empty cell is not sent. Multi cells hold names
 * separated by spaces (XLSForm).  cell[i] belongs to name[i]. */
void answers_from_cells(struct answers *a, const struct form *form, const char *const name[],
	const char *const cell[], size_t n, struct pool *pool);

#endif
