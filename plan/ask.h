/* One request of a plan: which columns, of whom, how. */
#ifndef PLAN_ASK_H
#define PLAN_ASK_H

#include "plan/data.h"
#include "plan/design.h"

/* All that a request may draw on. */
struct plan_work {
	struct plan_data *data;
	const struct plan_sample *sample;
	double level;			/* of the plan */
	struct pool *pool;
	bool joined;			/* tables are joined with those of other waves: they need
					 * the totals of sampling units */
};

/*
 * What requests have in common: "by", "where", "missing", "level", "df",
 * "interval" and "deff".  of and den are for the caller to fill.
 */
struct plan_ask {
	struct sample_ask ask;
	bool *where;			/* where[n], or NULL */
	bool interval;			/* one was named */
	const char *many;		/* a question with several choices among "by": a domain for
					 * each, of those who ticked it; not
					 * in ask.by.  NULL: none */
	size_t many_at;			/* its place among the names of "by" */
};
/* All but "by" and "where". */
int plan_ask_words(struct plan_ask *a, double level, const json_t *request, struct err *err);
int plan_ask_read(struct plan_ask *a, const struct plan_work *w, const json_t *request,
	struct err *err);
/* The same, where groups may overlap: plan_each_choice() then makes them. */
int plan_ask_read_many(struct plan_ask *a, const struct plan_work *w, const json_t *request,
	struct err *err);

/*
 * Columns a member names: numbers as they are; of a column of words one
 * indicator per category, named column then category ("stypeE"), as R does.
 * Fails: FAULT_COLUMN, FAULT_INPUT.
 */
int plan_columns(struct column **column, size_t *n, const struct plan_work *w,
	const json_t *request, const char *key, struct err *err);
/* One column of numbers. */
int plan_column(struct column *column, const struct plan_work *w, const json_t *request,
	const char *key, struct err *err);
/* The categories of the column a member names. */
int plan_factor(const struct factor **f, const struct plan_work *w, const json_t *request,
	const char *key, struct err *err);

#endif
