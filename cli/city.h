/* A new database, whole or not at all: used by `manyi init` and the demo city. */
#ifndef CLI_CITY_H
#define CLI_CITY_H

#include <stdbool.h>

#include "db/db.h"

/*
 * A database at path with the built-in questionnaires and the shipped programme, open for
 * writing; NULL with *err and nothing left behind.
 */
struct db *city_create(const char *path, struct err *err);

/* Remove a database and the files SQLite keeps beside it; missing ones are fine. */
void city_remove(const char *path);

/* The ledger's key at path: made if there is none, else checked.  *made tells which. */
int city_key(const char *path, bool *made, struct err *err);

#endif
