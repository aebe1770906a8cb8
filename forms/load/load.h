/* The loader's parts: text of a form file in, struct form and faults out.  Inside forms/ only. */
#ifndef FORMS_LOAD_LOAD_H
#define FORMS_LOAD_LOAD_H

#include "base/json.h"
#include "forms/load/fault.h"
#include "forms/form.h"

/* A choice list of the file; items that use it copy what they need. */
struct choice_list {
	const char *name;
	const char *where;	/* JSON Pointer */
	struct choice *choice;
	size_t choices;
	size_t run;		/* 5 or 10: it runs 1..run or run..1, then 98 or nothing; else 0 */
	size_t broken;		/* where run is 0: the first choice that is out of order */
	bool faulty;		/* some of its choices had faults and are not in choice[] */
};

/* One load.  Everything made lives in pool. */
struct loader {
	struct pool *pool;
	struct fault_list *faults;
	struct form *form;		/* being filled */
	bool languages_known;		/* its list of languages has no fault */
	struct choice_list *list;
	size_t lists;
	const char *const *names;	/* every row's, NULL-terminated: for "is asked later" */
	struct item *item;		/* form->item, writable; room FORM_ITEMS_MAX */
	struct screen *screen;		/* form->screen, writable; room FORM_ITEMS_MAX */
};

/* Where a condition stands, for the rule that random order must not break it. */
struct place {
	int block, unit;
};

/* ---- values of an object (value.c); each returns false after adding a fault ---- */

enum need { NEED_NOT, NEED };

/* A string without control characters, non-empty; *out stays as it was where the key is absent. */
bool load_text(struct loader *l, const json_t *object, const char *key, const char *where,
	enum need need, const char **out);
/* true, false, or XLSForm's "yes", "no", "true()", "false()". */
bool load_bool(struct loader *l, const json_t *object, const char *key, const char *where,
	enum need need, bool *out);
bool load_int(struct loader *l, const json_t *object, const char *key, const char *where,
	enum need need, unsigned min, unsigned max, int *out);
/* The array or object under key; NULL where absent or of another type. */
const json_t *load_array(struct loader *l, const json_t *object, const char *key,
	const char *where, enum need need);
/* A name of letters, digits and "_" (and "-" where dash), first a letter where letter. */
bool load_name_fits(const char *name, bool letter, bool dash);
/* Is the word in the NULL-terminated list? */
bool load_in(const char *word, const char *const list[]);

/* ---- languages (language.c) ---- */

/* settings.languages into form->languages, before any text is read; zh and en without it. */
void load_languages(struct loader *l, const json_t *settings);
/* {"zh": ..., "en": ...}: all languages of the form and no other; *out stays as it was where the
 * key is absent. */
bool load_texts(struct loader *l, const json_t *object, const char *key, const char *where,
	enum need need, struct texts *out);

/* ---- parts of the file ---- */

void load_settings(struct loader *l, const json_t *root);	/* load.c */
void load_lists(struct loader *l, const json_t *root);		/* list.c */
void load_survey(struct loader *l, const json_t *root);		/* survey.c */
void load_item(struct loader *l, const json_t *row, const char *where, const char *kind,
	const char *list, struct item *item);			/* item.c */
void load_indices(struct loader *l, const json_t *root);	/* index.c */
void load_variants(struct loader *l, const json_t *root);

/* ---- conditions (condition.c) ---- */

/* Parse and check a condition on the items so far; at: characters before source in the value. */
void load_condition(struct loader *l, const char *source, const char *where, size_t at,
	const struct place *place, struct relevant *out);
/* Index of an item before this one, or -1 after a fault. */
int load_earlier(struct loader *l, const char *name, const char *where, size_t at);
/* The names of an item's choices, NULL-terminated. */
const char *const *load_choice_names(struct loader *l, const struct item *item);

/* ---- limits (limit.c) ---- */

/* item->filter from the row's choice_filter. */
void load_filter(struct loader *l, const char *source, const char *where,
	const struct place *place, struct item *item);
/* max_chars from a text's constraint, choice->alone from a multi's. */
void load_constraint(struct loader *l, const char *source, const char *where,
	struct item *item);

#endif
