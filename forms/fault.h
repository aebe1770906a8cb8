/* Collecting everything that is wrong with a form file, each with its place.  Inside forms/ only. */
#ifndef FORMS_FAULT_H
#define FORMS_FAULT_H

#include <jansson.h>
#include <stdbool.h>

#include "base/lang.h"
#include "base/pool.h"
#include "forms/form.h"

/* What and instead are made with these two: the process's language, printf's arguments. */
#define SAY(l, zh, en, ...) pool_fmt((l)->pool, LANG_PICK(zh, en), __VA_ARGS__)

struct fault_list {
	struct pool *pool;
	const char *source;	/* text jansson accepted, for lines and columns */
	struct fault *fault;	/* room FORM_FAULTS_MAX + 1 */
	size_t n;		/* listed */
	size_t more;		/* counted only */
};

void fault_init(struct fault_list *l, const char *source, struct pool *pool);

/* One fault at the value the JSON Pointer where names; at: characters into a string, 0 for its start. */
void fault_add(struct fault_list *l, const char *where, const char *what, const char *instead);
void fault_add_at(struct fault_list *l, const char *where, size_t at, const char *what,
	const char *instead);

/* In file order, with a last one that counts what was not listed. */
void fault_finish(struct fault_list *l);

/* Every key of object must be among allowed (NULL-terminated). */
void fault_keys(struct fault_list *l, const json_t *object, const char *where,
	const char *const allowed[]);

/* The candidate most like the word (NULL-terminated list), or NULL if none is like it. */
const char *fault_nearest(const char *word, const char *const candidate[]);
/* "您是不是想写 X" for the nearest, else the whole list. */
const char *fault_suggest(struct fault_list *l, const char *word, const char *const candidate[]);

/* A JSON Pointer one step longer; keys are escaped as RFC 6901 says. */
const char *fault_key(struct fault_list *l, const char *where, const char *key);
const char *fault_index(struct fault_list *l, const char *where, size_t i);

#endif
