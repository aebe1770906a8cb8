/* Parts of a form's page that many visitors share, kept as they were first written. */
#include <stdlib.h>

#include "view/resident/part.h"

enum {
	SLOTS = 4096,			/* a power of two */
	PIECES_MAX = SLOTS / 2,
	BYTES_MAX = 4 << 20
};

struct piece {
	uint64_t key;			/* 0: free */
	struct text text;
};

struct resident_cache {
	size_t pieces, bytes;
	struct piece piece[SLOTS];	/* by key, the next free slot on a collision */
};

struct resident_cache *
resident_cache_new(void)
{
	struct resident_cache *cache = calloc(1, sizeof(*cache));

	if (cache == NULL)
		err_die("calloc");
	return cache;
}

void
resident_cache_free(struct resident_cache *cache)
{
	if (cache == NULL)
		return;
	for (size_t i = 0; i < SLOTS; i++)
		text_clear(&cache->piece[i].text);
	free(cache);
}

/* The piece of a key, or the slot it would have. */
static struct piece *
slot(struct resident_cache *cache, uint64_t key)
{
	size_t i = (size_t)(key * UINT64_C(0x9e3779b97f4a7c15) >> 52) % SLOTS;

	while (cache->piece[i].key != 0 && cache->piece[i].key != key)
		i = (i + 1) % SLOTS;
	return &cache->piece[i];
}

bool
cache_put(struct text *out, struct resident_cache *cache, uint64_t key)
{
	const struct piece *piece = cache != NULL ? slot(cache, key) : NULL;

	if (piece == NULL || piece->key == 0)
		return false;
	text_add(out, piece->text.s, piece->text.n);
	return true;
}

void
cache_keep(struct resident_cache *cache, uint64_t key, const char *bytes, size_t n)
{
	struct piece *piece;

	if (cache == NULL || cache->pieces >= PIECES_MAX || n > BYTES_MAX - cache->bytes)
		return;
	piece = slot(cache, key);
	piece->key = key;
	text_add(&piece->text, bytes, n);
	cache->pieces++;
	cache->bytes += n;
}
