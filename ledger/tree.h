/* The Merkle tree of RFC 6962 over all leaves, kept as its right edge. */
#ifndef LEDGER_TREE_H
#define LEDGER_TREE_H

#include <stdint.h>

/*
 * A compact range: the roots of the full subtrees that a tree of `size` leaves
 * falls into, one per set bit of size.  Zeroed memory is the empty tree; adding
 * is amortised constant, and a few kilobytes hold any number of leaves.
 * Source: RFC 6962, section 2.1.
 */
struct tree {
	uint64_t size;
	unsigned char edge[64][32];	/* edge[h]: full subtree of 2^h leaves, where
					 * bit h of size is set */
};

/* One more leaf, already hashed (ledger/leaf.h). */
void tree_add(struct tree *tree, const unsigned char leaf[32]);
/* Root of the leaves so far; of no leaves: SHA-256 of nothing. */
void tree_root(unsigned char root[32], const struct tree *tree);

/* The node over two: SHA-256(0x01 || left || right); out may be either of them. */
void tree_join(unsigned char out[32], const unsigned char left[32], const unsigned char right[32]);

#endif
