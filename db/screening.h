/* Rules that screen a wave's answers: registered first, applied later, both append-only. */
#ifndef DB_SCREENING_H
#define DB_SCREENING_H

#include "db/survey.h"

struct screening {
	const char *rule, *version;
	int64_t answers;	/* stored in the wave when it was registered */
	const char *who;
	int64_t minute;
};

/* Register a rule for a wave, once; *fresh false: it was already, in the version then given. */
int db_put_screening(struct db *db, int64_t wave, const char *rule, const char *version,
	const char *who, int64_t minute, bool *fresh, struct err *err);
/* In the order registered. */
int db_list_screening(struct db *db, int64_t wave, struct screening **screening, size_t *n,
	struct pool *pool, struct err *err);

/* Has this rule set the row aside already? */
int db_has_exclusion(struct db *db, int64_t response, const char *rule, const char *version,
	bool *has, struct err *err);

/* Rows set aside, by rule and version. */
struct exclusion_count {
	const char *rule, *version;
	int64_t n;
};
int db_count_exclusions(struct db *db, int64_t wave, struct exclusion_count **count, size_t *n,
	struct pool *pool, struct err *err);

#endif
