/* The ledger: RFC 6962's own vectors, leaves that differ in one place, signatures and secrets. */
#include "tests/support/check.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/code.h"
#include "base/sha256.h"
#include "ledger/head.h"
#include "ledger/leaf.h"
#include "ledger/proof.h"
#include "ledger/secret.h"
#include "ledger/tree.h"

/* Leaves and roots of the reference implementation of Certificate Transparency
 * (merkletree/merkle_tree_test.cc), which RFC 6962 implementations share. */
static const struct { const char *hex; size_t n; } INPUT[8] = {
	{ "", 0 }, { "\x00", 1 }, { "\x10", 1 }, { "\x20\x21", 2 }, { "\x30\x31", 2 },
	{ "\x40\x41\x42\x43", 4 }, { "\x50\x51\x52\x53\x54\x55\x56\x57", 8 },
	{ "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f", 16 },
};
static const char *ROOT[9] = {
	"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
	"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
	"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
	"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
	"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
	"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
	"76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
	"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
	"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
};

static void
the_tree_has_the_roots_of_rfc_6962(void **state)
{
	struct tree tree = { 0 };
	unsigned char root[32], leaf[32], bytes[17] = { 0 };
	char hex[65];

	(void)state;
	for (size_t n = 0; n <= 8; n++) {
		tree_root(root, &tree);
		head_hex(hex, root);
		assert_string_equal(hex, ROOT[n]);
		if (n == 8)
			break;
		memcpy(bytes + 1, INPUT[n].hex, INPUT[n].n);
		sha256(leaf, bytes, INPUT[n].n + 1);
		tree_add(&tree, leaf);
	}
}

static void
input_leaf(unsigned char leaf[32], size_t i)
{
	unsigned char bytes[17] = { 0 };

	memcpy(bytes + 1, INPUT[i].hex, INPUT[i].n);
	sha256(leaf, bytes, INPUT[i].n + 1);
}

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

static struct leaf
some_leaf(void)
{
	return (struct leaf){ "A-2024", "00", "7K3M9P", "open", "qr", "key", 1, 2, "s", "c", 1000000, "[1]", false,
	    "", NULL, 0 };
}

static void
a_leaf_changes_with_every_field(void **state)
{
	static const struct leaf_field batch[] = { { "batch", "7" }, { "agency_key", "a-1" } }, other[] = { { "batch", "8" } },
		joined[] = { { "batch", "7agency_keya-1" } };
	struct leaf leaf[19];
	unsigned char hash[19][32];

	(void)state;
	for (int i = 0; i < 19; i++)
		leaf[i] = some_leaf();
	leaf[1].wave = "A-2023";
	leaf[2].form_sha256 = "01";
	leaf[3].site = "";
	leaf[4].stream = "sampled";
	leaf[5].mode = "phone";
	leaf[6].key = "kez";
	leaf[7].minute = 2;
	leaf[8].seconds = 1;
	leaf[9].stratum = "sc", leaf[9].cluster = "";	/* the boundary between fields counts */
	leaf[10].weight = 1;
	leaf[11].answers = "[2]";
	leaf[12].flagged = true;
	leaf[13].paradata = "screens=5 dont_know=0 resends=0 client=phone rush=0";
	leaf[14].paradata = "screens=5 dont_know=0 resends=0 client=phone rush=1";
	leaf[15].more = batch, leaf[15].fields = 1;
	leaf[16].more = batch, leaf[16].fields = 2;
	leaf[17].more = other, leaf[17].fields = 1;
	leaf[18].more = joined, leaf[18].fields = 1;
	for (int i = 0; i < 19; i++) {
		leaf_hash(hash[i], &leaf[i]);
		for (int j = 0; j < i; j++)
			assert_memory_not_equal(hash[i], hash[j], 32);
	}
}

/* As the header's comment says, computed by another program (Python's hashlib and struct). */
static void
leaves_of_every_version_keep_their_hashes(void **state)
{
	static const struct leaf_field more[] = { { "batch", "7" }, { "agency_key", "a-1" } };
	static const char paradata[] = "screens=5 dont_know=0 resends=0 client=phone rush=0";
	static const struct { const char *paradata; size_t fields; const char *hex; } row[] = {
		{ "", 0, "b51afba903391486d466a5712ce881d68591d5b16f2c10bfa993311733529b00" },
		{ paradata, 0, "904ed4f32337f4fb5ac9d70d8f12379494aa6a14d2be5b91bf2e310eb1062fbf" },
		{ NULL, 1, "1a8f774cd4bf9595be848e220433fcfba42f2000a042c17dfbeacb523f5d5e31" },
		{ paradata, 2, "b361f1496a4e547cd681eeba938eb2a1f5da6ce0cdff4c07b8b2b0ffb77061b9" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct leaf leaf = some_leaf();
		unsigned char hash[32];
		char hex[65];

		leaf.paradata = row[i].paradata;
		leaf.more = more;
		leaf.fields = row[i].fields;
		leaf_hash(hash, &leaf);
		head_hex(hex, hash);
		assert_string_equal(hex, row[i].hex);
	}
}

static void
a_receipt_is_sixteen_characters_that_check(void **state)
{
	struct leaf leaf = some_leaf();
	unsigned char hash[32];
	char receipt[LEAF_RECEIPT_N + 1], normal[LEAF_RECEIPT_N + 1];

	(void)state;
	leaf_hash(hash, &leaf);
	leaf_receipt(receipt, hash);
	assert_int_equal(strlen(receipt), 16);
	assert_int_equal(code_normal(normal, 16, receipt), 0);
	assert_string_equal(normal, receipt);
	receipt[3] = receipt[3] == '7' ? '8' : '7';
	assert_int_equal(code_normal(normal, 16, receipt), -1);
}

static void
a_head_is_signed_and_any_change_shows(void **state)
{
	char path[] = "/tmp/manyi-key-XXXXXX", pub[64];
	struct head_key key;
	struct head head = { .size = 5, .root = { 1, 2, 3 }, .minute = 7 };
	struct err err = { 0 };
	struct stat st;

	(void)state;
	assert_true(mkstemp(path) >= 0);
	assert_int_equal(head_key_make(path, &err), -1);	/* never over an existing file */
	assert_int_equal(err.code, ERR_CONFLICT);
	err = (struct err){ 0 };
	unlink(path);
	assert_int_equal(head_key_make(path, &err), 0);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(head_key_load(&key, path, &err), 0);
	head_sign(&head, &key);
	assert_true(head_verify(&head, key.public));
	head.size++;
	assert_false(head_verify(&head, key.public));
	head.size--;
	head.root[31] ^= 1;
	assert_false(head_verify(&head, key.public));
	chmod(path, 0644);
	assert_int_equal(head_key_load(&key, path, &err), -1);
	assert_int_equal(err.code, ERR_DENIED);
	unlink(path);
	snprintf(pub, sizeof(pub), "%s.pub", path);
	unlink(pub);
}

static void
a_broken_key_file_is_named(void **state)
{
	char path[] = "/tmp/manyi-key-XXXXXX";
	struct head_key key;
	struct err err = { 0 };
	int fd = mkstemp(path);

	(void)state;
	assert_int_equal(write(fd, "not hex\n", 8), 8);
	close(fd);
	assert_int_equal(head_key_load(&key, path, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_non_null(strstr(err.text, path));
	unlink(path);
}

static void
a_password_is_right_only_for_its_user(void **state)
{
	char password[SECRET_PASSWORD_N + 1], hash[SECRET_HASH_N];

	(void)state;
	secret_password(password);
	assert_int_equal(strlen(password), SECRET_PASSWORD_N);
	assert_int_equal(secret_password_hash(hash, password), 0);
	assert_non_null(strstr(hash, "$argon2id$"));
	assert_true(secret_password_right(hash, password));
	assert_false(secret_password_right(hash, "wrong"));
	assert_false(secret_password_right(NULL, password));
}

static void
tokens_and_keys_do_not_repeat(void **state)
{
	char token[2][SECRET_TOKEN_N + 1], key[2][SECRET_KEY_N + 1];

	(void)state;
	for (int i = 0; i < 2; i++) {
		secret_token(token[i]);
		secret_key(key[i]);
		assert_int_equal(strlen(token[i]), SECRET_TOKEN_N);
		assert_int_equal(strlen(key[i]), SECRET_KEY_N);
	}
	assert_false(secret_same(token[0], token[1]));
	assert_false(secret_same(key[0], key[1]));
	assert_true(secret_same(key[0], key[0]));
	assert_false(secret_same("", "a"));
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(the_tree_has_the_roots_of_rfc_6962),
	cmocka_unit_test(audit_paths_are_those_of_rfc_6962),
	cmocka_unit_test(a_proof_holds_for_its_leaf_and_root_alone),
	cmocka_unit_test(a_leaf_changes_with_every_field), cmocka_unit_test(leaves_of_every_version_keep_their_hashes),
	cmocka_unit_test(a_receipt_is_sixteen_characters_that_check),
	cmocka_unit_test(a_head_is_signed_and_any_change_shows),
	cmocka_unit_test(a_broken_key_file_is_named),
	cmocka_unit_test(a_password_is_right_only_for_its_user),
	cmocka_unit_test(tokens_and_keys_do_not_repeat),
};

CHECK_MAIN(tests)
