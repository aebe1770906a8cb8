/* A sample as exact sums in cells, found by their labels. */
#include "stats/tally.h"

#include <string.h>

#include "base/hash.h"
#include "stats/score_sum.h"

struct tally_hash {
	size_t *slot;		/* slot[size]: index of a cell + 1, or 0 */
	size_t size;		/* a power of two */
	size_t room;		/* of tally->cell */
};

static uint64_t
hash_labels(const char *stratum, const char *cluster, const char *key)
{
	uint64_t h = hash_text(hash_text(hash_text(HASH_START, key), cluster), stratum);

	return h ^ h >> 32;
}

static void
hash_grow(struct tally *t)
{
	struct tally_hash *hash = t->hash;
	size_t at;

	hash->size = hash->size == 0 ? 256 : 2 * hash->size;
	hash->slot = pool_array(t->pool, hash->size, sizeof(*hash->slot));
	for (size_t i = 0; i < t->cells; i++) {
		const struct tally_cell *c = &t->cell[i];

		at = hash_labels(c->stratum, c->cluster, c->key) & (hash->size - 1);
		while (hash->slot[at] != 0)
			at = (at + 1) & (hash->size - 1);
		hash->slot[at] = i + 1;
	}
}

static void
cell_grow(struct tally *t)
{
	size_t room = t->hash->room == 0 ? 64 : 2 * t->hash->room;
	struct tally_cell *cell = pool_array(t->pool, room, sizeof(*cell));

	if (t->cells > 0)
		memcpy(cell, t->cell, t->cells * sizeof(*cell));
	t->cell = cell;
	t->hash->room = room;
}

void
tally_init(struct tally *t, const struct score_layout *layout,
	const char *const variable[], size_t variables, struct pool *pool)
{
	const char **copy = pool_array(pool, variables + 1, sizeof(*copy));

	for (size_t i = 0; i < variables; i++)
		copy[i] = pool_strdup(pool, variable[i]);
	memset(t, 0, sizeof(*t));
	t->layout = layout;
	t->variable = copy;
	t->variables = variables;
	t->pool = pool;
	t->hash = pool_take(pool, sizeof(*t->hash));
	hash_grow(t);
	cell_grow(t);
}

static bool
key_fits(const struct tally *t, const char *key)
{
	size_t n = 1;

	if (t->variables == 0)
		return *key == '\0';
	for (; *key != '\0'; key++)
		n += *key == '|';
	return n == t->variables;
}

static int64_t *
cell_new(struct tally *t, size_t at, const char *stratum, const char *cluster, const char *key)
{
	struct tally_cell *c;

	if (!key_fits(t, key) || (*cluster == '\0' && !t->layout->elements))
		return NULL;
	if (t->cells == t->hash->room)
		cell_grow(t);
	c = &t->cell[t->cells++];
	c->stratum = pool_strdup(t->pool, stratum);
	c->cluster = pool_strdup(t->pool, cluster);
	c->key = pool_strdup(t->pool, key);
	c->words = pool_array(t->pool, t->layout->words, sizeof(*c->words));
	t->hash->slot[at] = t->cells;
	if (2 * t->cells > t->hash->size)
		hash_grow(t);
	return c->words;
}

int64_t *
tally_cell(struct tally *t, const char *stratum, const char *cluster, const char *key)
{
	const struct tally_hash *hash = t->hash;
	size_t at = hash_labels(stratum, cluster, key) & (hash->size - 1);

	for (; hash->slot[at] != 0; at = (at + 1) & (hash->size - 1)) {
		const struct tally_cell *c = &t->cell[hash->slot[at] - 1];

		if (strcmp(c->key, key) == 0 && strcmp(c->cluster, cluster) == 0 &&
				strcmp(c->stratum, stratum) == 0)
			return c->words;
	}
	return cell_new(t, at, stratum, cluster, key);
}

int
tally_variable(const struct tally *t, const char *name)
{
	for (size_t i = 0; i < t->variables; i++)
		if (strcmp(t->variable[i], name) == 0)
			return (int)i;
	return -1;
}

const char *
tally_key(struct pool *pool, const char *const level[], size_t levels)
{
	size_t n = 1;
	char *key, *p;

	for (size_t i = 0; i < levels; i++) {
		if (strchr(level[i], '|') != NULL)
			return NULL;
		n += strlen(level[i]) + 1;
	}
	key = p = pool_take(pool, n);
	for (size_t i = 0; i < levels; i++) {
		if (i > 0)
			*p++ = '|';
		n = strlen(level[i]);
		memcpy(p, level[i], n);
		p += n;
	}
	return key;
}

int64_t
tally_n(const struct tally *t)
{
	int64_t n = 0;

	for (size_t i = 0; i < t->cells; i++)
		n += t->cell[i].words[SUM_N];
	return n;
}
