/* The Merkle tree of RFC 6962, leaf by leaf. */
#include "ledger/tree.h"

#include <string.h>

#include "base/sha256.h"

void
tree_join(unsigned char out[32], const unsigned char left[32], const unsigned char right[32])
{
	struct sha256 s;

	sha256_init(&s);
	sha256_add(&s, "\1", 1);
	sha256_add(&s, left, 32);
	sha256_add(&s, right, 32);
	sha256_end(out, &s);
}

void
tree_add(struct tree *tree, const unsigned char leaf[32])
{
	unsigned char node[32];
	int height = 0;

	memcpy(node, leaf, 32);
	while (tree->size >> height & 1) {
		tree_join(node, tree->edge[height], node);
		height++;
	}
	memcpy(tree->edge[height], node, 32);
	tree->size++;
}

void
tree_root(unsigned char root[32], const struct tree *tree)
{
	int have = 0;

	for (int height = 0; height < 64; height++) {
		if (!(tree->size >> height & 1))
			continue;
		if (have)
			tree_join(root, tree->edge[height], root);
		else
			memcpy(root, tree->edge[height], 32);
		have = 1;
	}
	if (!have)
		sha256(root, "", 0);
}
