/* Whole numbers to the sums they stand for: two open-addressing tables. */
#include "figure/memo.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/hash.h"

struct memo_unit {
	uint64_t hash;		/* never 0 in use */
	size_t number;
	char *labels;		/* stratum NUL cluster NUL */
};

struct memo_entry {
	uint64_t number;	/* plus one: 0 is free */
	int64_t *sums;
};

/* Mixes all bits into the low ones (Stafford's variant 13). */
static uint64_t
mix(uint64_t z)
{
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static void *
room_take(size_t n, size_t size)
{
	void *p = calloc(n, size);

	if (p == NULL)
		err_die("out of memory");
	return p;
}

static char *
labels_join(const char *stratum, const char *cluster)
{
	size_t n = strlen(stratum) + 1, k = strlen(cluster) + 1;
	char *labels = room_take(1, n + k);

	memcpy(labels, stratum, n);
	memcpy(labels + n, cluster, k);
	return labels;
}

static int
labels_are(const char *labels, const char *stratum, const char *cluster)
{
	return strcmp(labels, stratum) == 0 && strcmp(labels + strlen(labels) + 1, cluster) == 0;
}

static void
units_grow(struct memo *m)
{
	struct memo_unit *old = m->unit;
	size_t room = m->unit_room, at;

	m->unit_room = room == 0 ? 1024 : 2 * room;
	m->unit = room_take(m->unit_room, sizeof(*m->unit));
	for (size_t i = 0; i < room; i++) {
		if (old[i].hash == 0)
			continue;
		at = mix(old[i].hash) & (m->unit_room - 1);
		while (m->unit[at].hash != 0)
			at = (at + 1) & (m->unit_room - 1);
		m->unit[at] = old[i];
	}
	free(old);
}

size_t
memo_unit(struct memo *m, const char *stratum, const char *cluster)
{
	uint64_t hash = hash_text(hash_text(HASH_START, stratum), cluster) | 1;
	size_t at;

	if (2 * m->units >= m->unit_room)
		units_grow(m);
	at = mix(hash) & (m->unit_room - 1);
	for (; m->unit[at].hash != 0; at = (at + 1) & (m->unit_room - 1))
		if (m->unit[at].hash == hash && labels_are(m->unit[at].labels, stratum, cluster))
			return m->unit[at].number;
	m->unit[at] = (struct memo_unit){ hash, m->units, labels_join(stratum, cluster) };
	return m->units++;
}

static void
entries_grow(struct memo *m)
{
	struct memo_entry *old = m->entry;
	size_t room = m->entry_room, at;

	m->entry_room = room == 0 ? 4096 : 2 * room;
	m->entry = room_take(m->entry_room, sizeof(*m->entry));
	for (size_t i = 0; i < room; i++) {
		if (old[i].number == 0)
			continue;
		at = mix(old[i].number) & (m->entry_room - 1);
		while (m->entry[at].number != 0)
			at = (at + 1) & (m->entry_room - 1);
		m->entry[at] = old[i];
	}
	free(old);
}

int64_t **
memo_sums(struct memo *m, uint64_t number)
{
	size_t at;

	if (2 * m->entries >= m->entry_room)
		entries_grow(m);
	number++;
	at = mix(number) & (m->entry_room - 1);
	while (m->entry[at].number != 0 && m->entry[at].number != number)
		at = (at + 1) & (m->entry_room - 1);
	if (m->entry[at].number == 0) {
		m->entry[at].number = number;
		m->entries++;
	}
	return &m->entry[at].sums;
}

void
memo_clear(struct memo *m)
{
	for (size_t i = 0; i < m->unit_room; i++)
		free(m->unit[i].labels);
	free(m->unit);
	free(m->entry);
	memset(m, 0, sizeof(*m));
}
