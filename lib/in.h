/* The inside of the public library: its opaque types. */
#ifndef LIB_IN_H
#define LIB_IN_H

#include "lib/manyi-stats.h"
#include "stats/stats.h"

/* Everything lives in the pool, which is in the sample itself. */
struct manyi_sample {
	struct pool pool;
	struct sample *sample;
	size_t n;
};

struct manyi_table {
	struct pool pool;
	struct table table;
};

/* ---- start.c ---- */
/* Hand err on as the caller's error; returns fault. */
int lib_error(struct manyi_error *error, int fault, const struct err *err);
struct manyi_estimate lib_estimate(const struct estimate *e);
struct estimate lib_estimate_in(const struct manyi_estimate *e);

#endif
