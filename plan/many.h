/* Columns whose cells are sets: the answers to a question with several choices, separated by spaces
 * or, as files have them, by any other mark of base/part.h. */
#ifndef PLAN_MANY_H
#define PLAN_MANY_H

#include "plan/data.h"

/*
 * "multi" of a plan: a name, a list of names, or an object of names with true (a set; its choices
 * are those that occur), false (not a set, whatever its cells look like) or the list of its
 * choices.  Fails: FAULT_COLUMN, FAULT_INPUT.
 */
int plan_many_declare(struct plan_data *data, const json_t *said, struct err *err);

/* The same of a form: whether each question takes several choices, and the choices of each that has
 * any; questions without a column are passed over. */
void plan_many_form(struct plan_data *data, const json_t *multi, const json_t *choices);

bool plan_many(const struct plan_data *data, const char *name);

/* Its choices, in the order they were declared in, else of their names; in the data's pool. */
int plan_many_choices(const char *const **choice, size_t *n, struct plan_data *data,
	const char *name, struct err *err);

/*
 * Whole cells as categories to go by.  Fails as plan_data_factor(), and where nobody declared what
 * the column is and its cells look like sets (several words, each of them met in another cell too,
 * one of them alone): FAULT_INPUT, saying what to do.
 */
int plan_many_groups(const struct factor **f, struct plan_data *data, const char *name,
	struct err *err);

/*
 * is[n]: is the row's cell one of values (texts or numbers, or one of them), or, of a question with
 * several choices, was one of them ticked?  Numbers are compared as numbers, texts as texts.
 * missing[n], where not NULL: has it none, or was nothing ticked?  Codes that are missing are no
 * ticks.  Fails as plan_many_groups(), and FAULT_INPUT, naming those there are, for a value that is
 * none of the choices known of the column, or, where none are known, that no row has; of the
 * latter, numbers in a column of numbers pass: nobody need have given the best mark of all.
 */
int plan_value_one_of(bool is[], bool missing[], struct plan_data *data, const char *name,
	const json_t *values, struct err *err);

/* The same as a column of 0 and 1, for an estimate. */
int plan_value_share(struct column *share, struct plan_data *data, const char *name,
	const json_t *values, struct err *err);

/* Say of columns that are sets where they were split at anything but spaces. */
void plan_many_notes(json_t *notes, struct plan_data *data);

#endif
