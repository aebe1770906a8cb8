/* A wave's rows as a file for an analysis of rows. */
#ifndef CLI_ANALYSE_STORED_ROWS_H
#define CLI_ANALYSE_STORED_ROWS_H

#include "base/json.h"
#include "plan/stored.h"
#include "figure/inquiry.h"

/*
 * The rows of q's one wave and stream as `manyi export` writes them, made ready: 98 and 99 empty,
 * rows that are out of the main estimate with weight 0 and out of with->in (their sampling units
 * still count), in the open stream the site as cluster, a row without cluster one of its own, and
 * the site's sector and township where no item is so named. with: the members of a plan that weigh
 * them as the wave is, calibrate NULL: not at all; and what the form's questions take.
 */
int stored_rows(const char **csv, size_t *n, struct stored_with *with, const struct inquiry *q,
	struct pool *pool, struct err *err);

#endif
