/* SipHash-2-4 against its authors' vectors. */
#include "tests/support/check.h"

#include "base/siphash.h"

/* Key 00 01 .. 0f, message 00 01 .. n - 1: vectors_sip64 of the reference implementation; n
 * = 15 is the paper's. */
static void
hashes_are_those_of_the_paper(void **state)
{
	static const struct { size_t n; uint64_t hash; } row[] = {
		{ 0, 0x726fdb47dd0e0e31 }, { 1, 0x74f839c593dc67fd }, { 2, 0x0d6c8009d9a94f5a },
		{ 7, 0xab0200f58b01d137 }, { 8, 0x93f5f5799a932462 }, { 15, 0xa129ca6149be45e5 },
		{ 16, 0x3f2acc7f57c29bdb }, { 63, 0x958a324ceb064572 },
	};
	unsigned char key[16], message[64];

	(void)state;
	for (size_t i = 0; i < sizeof(message); i++)
		message[i] = (unsigned char)i;
	memcpy(key, message, sizeof(key));
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++)
		if (siphash(key, message, row[i].n) != row[i].hash)
			fail_msg("%zu bytes: %016llx", row[i].n,
				(unsigned long long)siphash(key, message, row[i].n));
}

static void
another_key_gives_another_hash(void **state)
{
	unsigned char key[16] = { 0 };
	uint64_t first = siphash(key, "10.0.0.1", 8);

	(void)state;
	for (size_t i = 0; i < sizeof(key); i++) {
		key[i] = 1;
		assert_true(siphash(key, "10.0.0.1", 8) != first);
		key[i] = 0;
	}
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(hashes_are_those_of_the_paper),
	cmocka_unit_test(another_key_gives_another_hash),
};

CHECK_MAIN(tests)
