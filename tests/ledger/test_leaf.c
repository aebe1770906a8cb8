/* Leaves that differ in one place, and their receipts. */
#include "tests/support/check.h"

#include "base/code.h"
#include "ledger/head.h"
#include "ledger/leaf.h"

static struct leaf
some_leaf(void)
{
	return (struct leaf){ "A-2024", "00", "7K3M9P", "open", "qr", "key", 1, 2, "s", "c",
		1000000, "[1]", false, "", NULL, 0 };
}

static void
a_leaf_changes_with_every_field(void **state)
{
	static const struct leaf_field batch[] = { { "batch", "7" }, { "agency_key", "a-1" } },
		other[] = { { "batch", "8" } }, joined[] = { { "batch", "7agency_keya-1" } };
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

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_leaf_changes_with_every_field),
	cmocka_unit_test(leaves_of_every_version_keep_their_hashes),
	cmocka_unit_test(a_receipt_is_sixteen_characters_that_check),
};

CHECK_MAIN(tests)
