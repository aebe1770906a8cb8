/* Texts in memory by database and key. */
#include "figure/keep.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

enum { BUCKETS = 1024 };

/* A text, in its bucket and in the order of use. */
struct kept {
	uint64_t hash;
	size_t bytes;
	struct kept *next;		/* of the bucket */
	struct kept *newer, *older;
	char *text;			/* behind the file's name and the key, each with its NUL */
	char name[];
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct kept *bucket[BUCKETS], *newest, *oldest;
static size_t room, used;

static uint64_t
hash_of(const char *file, const char *key)
{
	uint64_t h = hash_text(hash_text(HASH_START, file), key);

	return h ^ h >> 32;
}

static struct kept **
find(uint64_t hash, const char *file, const char *key)
{
	struct kept **at = &bucket[hash % BUCKETS];

	while (*at != NULL && ((*at)->hash != hash || strcmp((*at)->name, file) != 0 ||
			strcmp((*at)->name + strlen(file) + 1, key) != 0))
		at = &(*at)->next;
	return at;
}

/* ---- in order of use ---- */

static void
unlink_kept(struct kept *k)
{
	*(k->newer != NULL ? &k->newer->older : &newest) = k->older;
	*(k->older != NULL ? &k->older->newer : &oldest) = k->newer;
}

static void
link_newest(struct kept *k)
{
	k->newer = NULL;
	k->older = newest;
	*(newest != NULL ? &newest->newer : &oldest) = k;
	newest = k;
}

static void
drop(struct kept **at)
{
	struct kept *k = *at;

	*at = k->next;
	unlink_kept(k);
	used -= k->bytes;
	free(k);
}

static void
drop_oldest(void)
{
	const char *file = oldest->name;

	drop(find(oldest->hash, file, file + strlen(file) + 1));
}

/* ---- from outside ---- */

void
keep_start(size_t bytes)
{
	pthread_mutex_lock(&lock);
	room = bytes;
	while (oldest != NULL && used > room)
		drop_oldest();
	pthread_mutex_unlock(&lock);
}

bool
keep_on(void)
{
	bool on;

	pthread_mutex_lock(&lock);
	on = room > 0;
	pthread_mutex_unlock(&lock);
	return on;
}

const char *
keep_get(const struct db *db, const char *key, struct pool *pool)
{
	const char *file = db_file(db), *text = NULL;
	struct kept *k;

	pthread_mutex_lock(&lock);
	k = room == 0 ? NULL : *find(hash_of(file, key), file, key);
	if (k != NULL) {
		unlink_kept(k);
		link_newest(k);
		text = pool_strdup(pool, k->text);
	}
	pthread_mutex_unlock(&lock);
	return text;
}

static struct kept *
kept_make(const char *file, const char *key, const char *text)
{
	size_t bytes = sizeof(struct kept) + strlen(file) + strlen(key) + strlen(text) + 3;
	struct kept *k = malloc(bytes);

	if (k == NULL)
		err_die("out of memory");
	*k = (struct kept){ .hash = hash_of(file, key), .bytes = bytes };
	k->text = stpcpy(stpcpy(k->name, file) + 1, key) + 1;
	strcpy(k->text, text);
	return k;
}

void
keep_put(const struct db *db, const char *key, const char *text)
{
	struct kept *k = kept_make(db_file(db), key, text), **at;

	pthread_mutex_lock(&lock);
	at = find(k->hash, k->name, key);
	if (*at != NULL)
		drop(at);
	if (k->bytes > room) {
		free(k);
	} else {
		while (used + k->bytes > room)
			drop_oldest();
		at = &bucket[k->hash % BUCKETS];
		k->next = *at;
		*at = k;
		link_newest(k);
		used += k->bytes;
	}
	pthread_mutex_unlock(&lock);
}
