/* A pre-registered analysis plan: JSON and a data file in, labelled estimates out. */
#ifndef PLAN_PLAN_H
#define PLAN_PLAN_H

#include "base/err.h"
#include "base/json.h"
#include "base/pool.h"

/*
 * Run the plan at path ("-": standard input).  Paths in it are relative to
 * its folder.  encoding of its data file as csv_load(); NULL: what the plan says, else UTF-8.
 *
 * Returns: {"plan_sha256", "results": [...]}, one result per request in their
 *          order; the caller's to release.  A request that cannot be answered
 *          has {"error": {"code", "message"}} in its result and stops no other; where
 *          the sample itself is at fault, every result says so.  *answered: how many were.
 * Fails:   NULL with *err where plan or data cannot be read.
 */
json_t *plan_run_path(const char *path, const char *encoding, size_t *answered, struct pool *pool,
	struct err *err);

/* The same of a plan in memory; folder is where its paths start, sha256 its digest in hex. */
json_t *plan_run(const json_t *plan, const char *folder, const char *sha256, const char *encoding,
	size_t *answered, struct pool *pool, struct err *err);

/* The folder of a path, in pool: "." where it names none. */
const char *plan_folder(const char *path, struct pool *pool);
/* A path as a plan means it: absolute ones and "-" as they are. */
const char *plan_path(const char *folder, const char *path, struct pool *pool);

#endif
