/* What a plan can ask for: one function per operation. */
#ifndef PLAN_OP_OPS_H
#define PLAN_OP_OPS_H

#include "plan/ask.h"

/*
 * Each reads its request, and puts its members into result.
 * Returns: 0, or a fault with *err; then result is left for the error.
 */
typedef int plan_op(json_t *result, const struct plan_work *w, const json_t *request,
	struct err *err);

plan_op op_design, op_weights, op_quantile;
plan_op op_difference, op_trend, op_ttest, op_alpha, op_cochran_armitage;

/* The same where all there is to say is one table: estimates, or what is compared. */
typedef int plan_table(struct table *t, json_t *result, const struct plan_work *w,
	const json_t *request, struct err *err);

plan_table table_mean, table_total, table_ratio, table_share, table_index;
/* Of a difference or a trend, by what it goes over first; without "over" of everybody. */
plan_table table_levels;

/* ---- plan/plan.c ---- */
/* Is there such an "op", and does it know the request's members?  Fails: FAULT_INPUT. */
int plan_request_check(const json_t *request, struct err *err);
/* The function of a request's "op", checked first. */
plan_op plan_request;
/* Its table; NULL: it has none that could be joined with others. */
plan_table *plan_request_table(const json_t *request);

/* ---- plan/plan.c ---- */
/* The members of a plan; stored: it needs no "data". */
int plan_check(const json_t *plan, bool stored, struct err *err);

/* ---- compare.c ---- */
/*
 * Steps along t's first by-variable; apart: levels without covariance are independent samples, so
 * Welch's degrees of freedom.  Other steps go by trend_df(); own: by the smaller of the two levels'
 * own.  A group with one level alone has
 * no step and stands in "left_out"; where no group has two: FAULT_TOO_FEW.
 */
int say_steps(json_t *result, const struct table *t, bool apart, bool own, struct pool *pool,
	struct err *err);
/* The same as a request says; level of the plan. */
int say_difference(json_t *result, const struct table *t, bool apart, double level,
	const json_t *request, struct pool *pool, struct err *err);
/* A request's table for the people of a->ask; ctx is the caller's. */
typedef int plan_tables(struct table *t, const struct plan_work *w, struct plan_ask *a, void *ctx,
	struct err *err);

/* ---- plan/overlap.c ---- */
/*
 * run() once, or for every choice of a->many among those who ticked it, one below the other:
 * "overlapping" in result says so, and nothing is told of how two choices vary together.
 */
int plan_each_choice(json_t *result, struct table *t, const struct plan_work *w, struct plan_ask *a,
	plan_tables *run, void *ctx, struct err *err);
/* Tables one below the other; nothing is known of how they vary together.  Fails as
 * table_room(). */
int plan_stack(struct table *all, const struct table part[], size_t parts, struct pool *pool,
	struct err *err);

/* ---- trend.c ---- */
/* A line through the rows of t, one a year, by[0] being the year. */
int say_trend(json_t *result, const struct table *t, struct pool *pool, struct err *err);

/* ---- estimate.c ---- */
/* "scale": [lo, hi]. */
int plan_scale(double *lo, double *hi, const json_t *request, struct pool *pool, struct err *err);

/* Items of an index on the points 0..100, with their weights. */
struct plan_index {
	struct column *item;
	double *weight;
	size_t n;
};
/* "of" {item: weight} on "scale" [lo, hi].  Fails naming an item none of whose
 * answers lie on the scale. */
int plan_index_read(struct plan_index *index, const struct plan_work *w, const json_t *request,
	struct err *err);

#endif
