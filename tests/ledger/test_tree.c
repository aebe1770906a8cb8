/* The Merkle tree against RFC 6962's reference implementation. */
#include "tests/ledger/rfc6962.h"

#include "ledger/head.h"
#include "ledger/tree.h"

static void
the_tree_has_the_roots_of_rfc_6962(void **state)
{
	struct tree tree = { 0 };
	unsigned char root[32], leaf[32];
	char hex[65];

	(void)state;
	for (size_t n = 0; n <= 8; n++) {
		tree_root(root, &tree);
		head_hex(hex, root);
		assert_string_equal(hex, ROOT[n]);
		if (n == 8)
			break;
		input_leaf(leaf, n);
		tree_add(&tree, leaf);
	}
}

/* SHA-256 of 1, thirty-two bytes of 0 and as many of ff, by Python's hashlib; out may
 * be either of the two. */
static void
a_node_is_made_of_its_two_sides_in_order(void **state)
{
	static const unsigned char none[32];
	unsigned char all[32], node[32], back[32];
	char hex[65];

	(void)state;
	memset(all, 0xff, sizeof(all));
	tree_join(node, none, all);
	head_hex(hex, node);
	assert_string_equal(hex,
		"bc6b943b820c449acf880d293c216a24a8066b153f87f2361fae2beda3a72641");
	tree_join(back, all, none);
	assert_memory_not_equal(back, node, 32);
	tree_join(all, none, all);
	assert_memory_equal(all, node, 32);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(the_tree_has_the_roots_of_rfc_6962),
	cmocka_unit_test(a_node_is_made_of_its_two_sides_in_order),
};

CHECK_MAIN(tests)
