/* Collecting everything that is wrong with a form file, each with its place.  Inside forms/. */
#ifndef FORMS_LOAD_FAULT_H
#define FORMS_LOAD_FAULT_H

#include "base/json.h"
#include "base/lang.h"
#include "base/pool.h"
#include "forms/form.h"

/* What can be wrong; the words of each are one row of fault_words.c. */
enum fault_id {
	/* the file */
	FAULT_SYNTAX, FAULT_UTF8, FAULT_BROKEN_OFF, FAULT_AFTER_END, FAULT_KEY_TWICE,
	FAULT_NESTED, FAULT_NUMBER, FAULT_ROOT, FAULT_MORE,
	/* values */
	FAULT_UNKNOWN_KEY, FAULT_NO_KEY, FAULT_TYPE, FAULT_EMPTY, FAULT_LONG, FAULT_CONTROL,
	FAULT_LANGUAGE, FAULT_RANGE, FAULT_WORD,
	/* settings */
	FAULT_SETTINGS, FAULT_ID, FAULT_CONSENT, FAULT_LANGUAGES, FAULT_TAG, FAULT_TAG_TWICE,
	/* choice lists */
	FAULT_LISTS, FAULT_LIST_NAME, FAULT_LIST_EMPTY, FAULT_LIST_MANY, FAULT_CHOICE,
	FAULT_CHOICE_NAME, FAULT_CHOICE_TWICE, FAULT_CHOICE_99, FAULT_CHOICE_98,
	/* rows and groups */
	FAULT_ROW, FAULT_ROW_TYPE, FAULT_ROW_NAME, FAULT_ROW_TAKEN, FAULT_ROW_TWICE,
	FAULT_ROWS_MANY, FAULT_GROUP_MIXED, FAULT_GROUP_DEEP, FAULT_GROUP_LOOK,
	FAULT_GROUP_EXTRA, FAULT_GROUP_OTHER, FAULT_GROUP_EMPTY, FAULT_GROUP_OPEN,
	FAULT_PARAMETERS, FAULT_RANDOM_NESTED, FAULT_RANDOM_ITEM,
	/* questions */
	FAULT_ITEM_NONE, FAULT_ITEM_MANY, FAULT_ITEM_OUTSIDE, FAULT_ITEM_LIST, FAULT_NO_LIST,
	FAULT_LOOK, FAULT_SCALE_ORDER, FAULT_SCALE_LEVELS, FAULT_LIKERT, FAULT_CODING,
	FAULT_CONSTRAINT, FAULT_FILTER, FAULT_FILTER_NEVER, FAULT_FILTER_NONE,
	/* conditions */
	FAULT_CONDITION, FAULT_NO_ITEM, FAULT_NO_CHOICE, FAULT_NO_NUMBER, FAULT_PHONE,
	FAULT_RANDOM_ORDER,
	/* indices and variants */
	FAULT_INDEX, FAULT_INDEX_NAME, FAULT_INDEX_TWICE, FAULT_INDEX_SIZE, FAULT_INDEX_SCALE,
	FAULT_INDEX_LEVELS, FAULT_INDEX_MAPPING, FAULT_INDEX_ITEM_TWICE, FAULT_WEIGHTS,
	FAULT_WEIGHT, FAULT_VARIANT, FAULT_VARIANT_BY, FAULT_VARIANT_ALONE, FAULT_VARIANT_EARLY,
	FAULT_VARIANT_TWICE, FAULT_MANY,
	FAULT_MAX
};

/* In what and instead, %1 to %4 stand for the arguments. */
struct fault_words {
	struct words what, instead;
};
extern const struct fault_words fault_words[FAULT_MAX];

struct fault_list {
	struct pool *pool;
	const char *source;	/* text json_parse() accepted, for lines and columns */
	struct fault *fault;	/* room FORM_FAULTS_MAX + 1 */
	size_t n;		/* listed */
	size_t more;		/* counted only */
};

void fault_init(struct fault_list *l, const char *source, struct pool *pool);

/*
 * One fault of the value at the JSON Pointer where; up to four strings as arguments, each cut to
 * a readable length but the last, which may be a list.  fault_put() also takes how many characters
 * into a string the fault is, from 0.
 */
#define fault_add(l, where, id, ...) \
	fault_put(l, where, 0, id, (const char *const[4]){ __VA_ARGS__ })
void fault_put(struct fault_list *l, const char *where, size_t at, enum fault_id id,
	const char *const arg[4]);

/* In file order, with a last one that counts what was not listed. */
void fault_finish(struct fault_list *l);

/* Every key of object must be among allowed (NULL-terminated). */
void fault_keys(struct fault_list *l, const json_t *object, const char *where,
	const char *const allowed[]);

/* "did you mean X" for the candidate most like the word, else all of them (NULL-terminated). */
const char *fault_suggest(struct fault_list *l, const char *word,
	const char *const candidate[]);

/* A number as an argument. */
const char *fault_number(struct fault_list *l, size_t n);

/* A JSON Pointer one step longer; keys are escaped as RFC 6901 says. */
const char *fault_key(struct fault_list *l, const char *where, const char *key);
const char *fault_index(struct fault_list *l, const char *where, size_t i);

#endif
