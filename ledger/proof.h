/* That one leaf lies under a root: the hashes beside its way up. */
#ifndef LEDGER_PROOF_H
#define LEDGER_PROOF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ledger/tree.h"

/*
 * An audit path: with the leaf and these hashes anyone reaches the signed root,
 * without seeing any other answer.  For a million answers it is twenty hashes.
 * Source: RFC 6962, section 2.1.1.
 */
struct proof {
	uint64_t index;			/* the leaf's place, from 0 */
	uint64_t size;			/* leaves under the root */
	size_t hashes;
	unsigned char hash[64][32];	/* from the leaf up */
};

/*
 * A tree that grows while one place in it is watched: begin, add every leaf in
 * order (the same pass that computes the root), end.
 */
struct proof_walk {
	struct tree tree;
	struct proof proof;
	int holder;			/* height of the edge that holds the
					 * watched leaf, -1: none yet */
};
void proof_begin(struct proof_walk *walk, uint64_t index);
void proof_add(struct proof_walk *walk, const unsigned char leaf[32]);
/* The proof over the leaves so far; more may follow.  Returns -1 if the place is not among them. */
int proof_end(const struct proof_walk *walk, struct proof *proof);

/* Does the leaf lie at its place under the root? */
bool proof_holds(const struct proof *proof, const unsigned char leaf[32],
	const unsigned char root[32]);

#endif
