/* Results as JSON: what every answer of a plan is written with. */
#ifndef PLAN_SAY_H
#define PLAN_SAY_H

#include "base/err.h"
#include "base/json.h"
#include "stats/table.h"

/* {"code", "message"} of a fault. */
json_t *say_fault(int fault, const struct err *err);

/*
 * {"of", "by", "estimate", "se", "low", "high", "level", "df", "n", "n_eff", "kish_n",
 * "deff", "method"}, with "quantile" which one it is, or {"of", "by", "error"}.  by[bys]: names of
 * the row's labels.  Where there is a value and no interval, low and high are null (se too where
 * nothing shows the error) and "no_interval": {"code", "message"} says why; "uncertain": {"code",
 * "message"} where the error is itself a guess.
 */
json_t *say_row(const struct table_row *row, const char *const by[], size_t bys);

/* Numbers as a list, or as a list of rows. */
json_t *say_numbers(const double x[], size_t n);
json_t *say_matrix(const double x[], size_t rows, size_t columns);

/* Put "rows" and "vcov" into a result; where no row has an estimate, the
 * first row's "error" too. */
void say_table(json_t *result, const struct table *t);

/* Put what a comparison goes over into a result, as "levels". */
void say_levels(json_t *result, const struct table *t);

#endif
