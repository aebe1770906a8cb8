/* Users made from the command line and by the demo city. */
#ifndef CLI_CMD_USERS_H
#define CLI_CMD_USERS_H

#include "db/people.h"
#include "ledger/secret.h"

/* ---- user.c ---- */
/* A new user with a one-time password, which is shown once and must be changed. */
int users_add(struct db *db, const char *name, enum role role, const char *department,
	char password[SECRET_PASSWORD_N + 1], struct err *err);
/* A new one-time password for an old user. */
int users_reset(struct db *db, const char *name, char password[SECRET_PASSWORD_N + 1],
	struct pool *pool, struct err *err);

#endif
