/* Approvals of waves, and the hour after their end, as the shell looks at them. */
#ifndef SEAL_APPROVALS_H
#define SEAL_APPROVALS_H

#include "db/survey.h"
#include "view/approval.h"

/* Of one wave; office_valid_until: the setting, or NULL.  In pool. */
struct approval approvals_of(const struct wave *wave, const char *office_valid_until,
	struct pool *pool);

/* A line for every open wave whose approval wants attention, each "manyi:
 * ...\n".  Returns 0 or -1. */
int approvals_warn(struct text *out, struct db *db, struct err *err);

/* ERR_REFUSED while the hour after a wave's end runs, in which what was opened before may still
 * come: until when. */
int approvals_settled(struct db *db, int64_t wave, struct pool *pool, struct err *err);

/* The same for every wave of a year. */
int approvals_settled_year(struct db *db, int year, struct pool *pool, struct err *err);

#endif
