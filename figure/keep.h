/* What a process shows again and again, in its memory: never on disk, and only where it was asked
 * to. */
#ifndef FIGURE_KEEP_H
#define FIGURE_KEEP_H

#include "base/pool.h"
#include "db/db.h"

/*
 * From now on keep texts, up to so many bytes: those asked for least recently go first.  0 forgets
 * all and keeps nothing, as it is at the start.  A text is known by the database's file and a key;
 * that it is still true is for who puts it there to say in it.  For any number of threads.
 */
void keep_start(size_t bytes);
bool keep_on(void);

/* The text of a key, copied into pool; NULL: there is none. */
const char *keep_get(const struct db *db, const char *key, struct pool *pool);
void keep_put(const struct db *db, const char *key, const char *text);

#endif
