/* Audit paths against RFC 6962's reference implementation, and what does not hold. */
#include "tests/ledger/rfc6962.h"

#include "ledger/head.h"
#include "ledger/proof.h"
#include "ledger/tree.h"

/* Audit paths of the same reference implementation; its leaves count from 1. */
static void
audit_paths_are_those_of_rfc_6962(void **state)
{
	static const struct { uint64_t leaf, size; size_t n; const char *path[3]; } row[] = {
		{ 1, 1, 0, { NULL } },
		{ 1, 8, 3, { "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
			"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
			"6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4" } },
		{ 6, 8, 3, { "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
			"ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
			"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7" } },
		{ 3, 3, 1, { "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125" } },
		{ 2, 5, 3, { "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
			"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
			"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b" } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		unsigned char leaf[32], root[32];
		struct proof_walk walk;
		struct proof proof;
		char hex[65];

		proof_begin(&walk, row[i].leaf - 1);
		assert_int_equal(proof_end(&walk, &proof), -1);
		for (size_t k = 0; k < row[i].size; k++) {
			input_leaf(leaf, k);
			proof_add(&walk, leaf);
		}
		assert_int_equal(proof_end(&walk, &proof), 0);
		assert_int_equal(proof.hashes, row[i].n);
		for (size_t k = 0; k < proof.hashes; k++) {
			head_hex(hex, proof.hash[k]);
			assert_string_equal(hex, row[i].path[k]);
		}
		input_leaf(leaf, row[i].leaf - 1);
		assert_int_equal(head_unhex(root, ROOT[row[i].size]), 0);
		assert_true(proof_holds(&proof, leaf, root));
	}
}

/* Every place in every tree up to 70 leaves, and what does not hold does not. */
static void
a_proof_holds_for_its_leaf_and_root_alone(void **state)
{
	unsigned char leaf[71][32], root[32];

	(void)state;
	for (int i = 0; i < 71; i++)
		sha256(leaf[i], &i, sizeof(i));
	for (uint64_t size = 1; size <= 70; size++)
		for (uint64_t at = 0; at < size; at++) {
			struct proof_walk walk;
			struct proof proof, wrong;

			proof_begin(&walk, at);
			for (uint64_t k = 0; k < size; k++)
				proof_add(&walk, leaf[k]);
			tree_root(root, &walk.tree);
			assert_int_equal(proof_end(&walk, &proof), 0);
			assert_true(proof_holds(&proof, leaf[at], root));
			assert_false(proof_holds(&proof, leaf[at + 1], root));
			wrong = proof;
			wrong.index = (at + 1) % size;
			assert_true(size == 1 || !proof_holds(&wrong, leaf[at], root));
			wrong = proof;
			wrong.hashes++;
			assert_false(proof_holds(&wrong, leaf[at], root));
			if (proof.hashes > 0) {
				wrong = proof;
				wrong.hash[at % proof.hashes][at % 32] ^= 1;
				assert_false(proof_holds(&wrong, leaf[at], root));
				wrong = proof;
				wrong.hashes--;
				assert_false(proof_holds(&wrong, leaf[at], root));
			}
			wrong = proof;
			wrong.size = 0;
			assert_false(proof_holds(&wrong, leaf[at], root));
			root[at % 32] ^= 1;
			assert_false(proof_holds(&proof, leaf[at], root));
		}
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(audit_paths_are_those_of_rfc_6962),
	cmocka_unit_test(a_proof_holds_for_its_leaf_and_root_alone),
};

CHECK_MAIN(tests)
