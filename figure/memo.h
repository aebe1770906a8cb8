/* Whole numbers to the sums they stand for: spares a million rows the spelling of their labels. */
#ifndef FIGURE_MEMO_H
#define FIGURE_MEMO_H

#include <stddef.h>
#include <stdint.h>

struct memo_unit;
struct memo_entry;

/* Zeroed memory is an empty memo. */
struct memo {
	struct memo_unit *unit;		/* sampling units by their labels */
	size_t units, unit_room;
	struct memo_entry *entry;	/* sums by number; a power of two of them */
	size_t entries, entry_room;
};

/* The number of a sampling unit, from 0 in order of first appearance. */
size_t memo_unit(struct memo *m, const char *stratum, const char *cluster);

/* Where the sums of a number are remembered; *slot is NULL for a new one.  Valid
 * until the next call. */
int64_t **memo_sums(struct memo *m, uint64_t number);

void memo_clear(struct memo *m);

#endif
