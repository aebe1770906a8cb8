/* What a plan can ask for: one function per operation. */
#ifndef PLAN_OPS_H
#define PLAN_OPS_H

#include "plan/ask.h"

/*
 * Each reads its request, and puts its members into result.
 * Returns: 0, or a fault with *err; then result is left for the error.
 */
typedef int plan_op(json_t *result, const struct plan_work *w, const json_t *request, struct err *err);

plan_op op_design, op_weights, op_mean, op_total, op_ratio, op_share, op_quantile, op_index;
plan_op op_difference, op_trend, op_ttest, op_alpha, op_cochran_armitage;

/* Items of an index on the points 0..100, with their weights. */
struct plan_index {
	struct column *item;
	double *weight;
	size_t n;
};
/* "of" {item: weight} on "scale" [lo, hi].  Fails naming an item none of whose answers lie on the scale. */
int plan_index_read(struct plan_index *index, const struct plan_work *w, const json_t *request, struct err *err);

#endif
