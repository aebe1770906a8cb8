/* Members of a JSON request, checked one by one. */
#ifndef PLAN_READ_H
#define PLAN_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/json.h"
#include "base/pool.h"

/*
 * All return 0 or FAULT_INPUT with *err naming the member.  A member that
 * is absent or null leaves its result as it was.
 */

/*
 * A member nobody reads is a misspelt one: known[] ends with NULL.  The words
 * "name", "id", "label", "title", "note" and "comment" are always allowed.
 */
int read_known(const json_t *object, const char *const known[], struct err *err);

int read_text(const char **text, const json_t *object, const char *key, struct err *err);
int read_flag(bool *flag, const json_t *object, const char *key, struct err *err);
int read_number(double *number, const json_t *object, const char *key, struct err *err);
/* Strictly between 0 and 1. */
int read_level(double *level, const json_t *object, const char *key, struct err *err);
/* A text, or a list of texts in which null becomes NULL; in pool. */
int read_texts(const char *const **list, size_t *n, const json_t *object, const char *key,
	struct pool *pool, struct err *err);
/* A number, or a list of numbers; in pool. */
int read_numbers(const double **list, size_t *n, const json_t *object, const char *key,
	struct pool *pool, struct err *err);
/* An object, in *value; NULL if absent. */
int read_object(const json_t **value, const json_t *object, const char *key, struct err *err);

/* One of word[], which ends with NULL: *index is its place. */
int read_word(int *index, const json_t *object, const char *key, const char *const word[],
	struct err *err);

/* The member must be there. */
int read_required(const json_t *object, const char *key, struct err *err);

#endif
