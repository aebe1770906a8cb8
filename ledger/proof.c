/* Audit paths of RFC 6962, made in one pass over the leaves. */
#include "ledger/proof.h"

#include <string.h>

void
proof_begin(struct proof_walk *walk, uint64_t index)
{
	*walk = (struct proof_walk){ .proof.index = index, .holder = -1 };
}

static void
push(struct proof *proof, const unsigned char hash[32])
{
	memcpy(proof->hash[proof->hashes++], hash, 32);
}

/* tree_add() once more, noting what the watched subtree is joined with. */
void
proof_add(struct proof_walk *walk, const unsigned char leaf[32])
{
	struct tree *t = &walk->tree;
	bool inside = t->size == walk->proof.index;
	unsigned char node[32];
	int height = 0;

	memcpy(node, leaf, 32);
	for (; t->size >> height & 1; height++) {
		if (inside) {
			push(&walk->proof, t->edge[height]);
		} else if (walk->holder == height) {
			push(&walk->proof, node);
			inside = true;
		}
		tree_join(node, t->edge[height], node);
	}
	memcpy(t->edge[height], node, 32);
	if (inside)
		walk->holder = height;
	t->size++;
}

int
proof_end(const struct proof_walk *walk, struct proof *proof)
{
	const struct tree *t = &walk->tree;
	bool have = false, inside = false;
	unsigned char node[32];

	if (walk->holder < 0)
		return -1;
	*proof = walk->proof;
	proof->size = t->size;
	for (int height = 0; height < 64; height++) {
		if (!(t->size >> height & 1))
			continue;
		if (!have) {
			memcpy(node, t->edge[height], 32);
			inside = walk->holder == height;
			have = true;
			continue;
		}
		if (inside) {
			push(proof, t->edge[height]);
		} else if (walk->holder == height) {
			push(proof, node);
			inside = true;
		}
		tree_join(node, t->edge[height], node);
	}
	return 0;
}

/* RFC 9162, section 2.1.3.2. */
bool
proof_holds(const struct proof *proof, const unsigned char leaf[32], const unsigned char root[32])
{
	uint64_t at = proof->index, last = proof->size - 1;	/* size 0 is refused below */
	unsigned char node[32];

	if (proof->index >= proof->size || proof->hashes > 64)
		return false;
	memcpy(node, leaf, 32);
	for (size_t i = 0; i < proof->hashes; i++) {
		if (last == 0)
			return false;
		if ((at & 1) != 0 || at == last) {
			tree_join(node, proof->hash[i], node);
			while ((at & 1) == 0 && at != 0) {
				at >>= 1;
				last >>= 1;
			}
		} else {
			tree_join(node, node, proof->hash[i]);
		}
		at >>= 1;
		last >>= 1;
	}
	return last == 0 && memcmp(node, root, 32) == 0;
}
