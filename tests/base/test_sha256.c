/* SHA-256 against NIST's digests. */
#include "tests/support/check.h"

#include "base/sha256.h"

/* FIPS 180-4 examples and NIST's long message of a million "a". */
static void
digests_are_those_nist_publishes(void **state)
{
	static const struct { const char *s, *digest; } row[] = {
		{ "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
		{ "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
			"248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
		{ "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
			"hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
			"cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1" },
	};
	static char million[1000000];
	char hex[65];

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		sha256_hex(hex, row[i].s, strlen(row[i].s));
		assert_string_equal(hex, row[i].digest);
	}
	memset(million, 'a', sizeof(million));
	sha256_hex(hex, million, sizeof(million));
	assert_string_equal(hex,
		"cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

static void
a_digest_does_not_depend_on_how_bytes_arrive(void **state)
{
	unsigned char bytes[300], whole[32], parts[32];

	(void)state;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (unsigned char)(i * 31);
	for (size_t n = 0; n <= sizeof(bytes); n++) {
		struct sha256 s;

		sha256(whole, bytes, n);
		sha256_init(&s);
		for (size_t at = 0, step = 1; at < n; at += step, step = step % 67 + 1)
			sha256_add(&s, bytes + at, step < n - at ? step : n - at);
		sha256_end(parts, &s);
		assert_memory_equal(whole, parts, 32);
	}
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(digests_are_those_nist_publishes),
	cmocka_unit_test(a_digest_does_not_depend_on_how_bytes_arrive),
};

CHECK_MAIN(tests)
