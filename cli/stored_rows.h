/* A wave's rows as a file for an analysis of rows. */
#ifndef CLI_STORED_ROWS_H
#define CLI_STORED_ROWS_H

#include "base/json.h"
#include "track/inquiry.h"

/*
 * The rows of q's one wave and stream as `manyi export` writes them, made ready: 98 and 99 empty, rows that are
 * out of the main estimate with weight 0 (their sampling units still count), in the open stream the site as
 * cluster, a row without cluster one of its own, and the site's sector and township where no item is so named.
 * design and calibrate are the members of a plan that weigh them as the wave is; *calibrate NULL: not at all.
 */
int stored_rows(const char **csv, size_t *n, json_t **design, json_t **calibrate, const struct inquiry *q,
	struct pool *pool, struct err *err);

#endif
