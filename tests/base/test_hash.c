/* FNV-1a against its authors' vectors. */
#include "tests/support/check.h"

#include "base/hash.h"

/* Landon Curt Noll's test suite, strings with their NUL. */
static void
hashes_are_those_of_the_fnv_suite(void **state)
{
	(void)state;
	assert_true(HASH_START == 0xcbf29ce484222325);
	assert_true(hash_text(HASH_START, "") == 0xaf63bd4c8601b7df);
	assert_true(hash_text(HASH_START, "a") == 0x089be207b544f1e4);
	assert_true(hash_text(HASH_START, "foobar") == 0x34531ca7168b8f38);
}

static void
where_one_text_ends_counts(void **state)
{
	(void)state;
	assert_true(hash_text(hash_text(HASH_START, "ab"), "c") !=
		hash_text(hash_text(HASH_START, "a"), "bc"));
	assert_true(hash_text(hash_text(HASH_START, ""), "a") != hash_text(HASH_START, "a"));
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(hashes_are_those_of_the_fnv_suite),
	cmocka_unit_test(where_one_text_ends_counts),
};

CHECK_MAIN(tests)
