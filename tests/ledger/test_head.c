/* Signed heads and the file of their key. */
#include "tests/support/check.h"

#include <sys/stat.h>
#include <unistd.h>

#include "ledger/head.h"

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

/* The seed and public key of RFC 8032's first test; the signature is OpenSSL's
 * of the same 60 bytes. */
static void
a_known_key_makes_the_known_signature(void **state)
{
	char path[] = "/tmp/manyi-key-XXXXXX", hex[65];
	struct head head = { .size = 5, .minute = 28591290 };
	struct head_key key;
	struct err err = { 0 };
	int fd = mkstemp(path);

	(void)state;
	assert_int_equal(write(fd,
		"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60\n", 65), 65);
	close(fd);
	assert_int_equal(head_key_load(&key, path, &err), 0);
	unlink(path);
	head_hex(hex, key.public);
	assert_string_equal(hex,
		"d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
	for (size_t i = 0; i < sizeof(head.root); i++)
		head.root[i] = (unsigned char)i;
	head_sign(&head, &key);
	head_hex(hex, head.signature);
	assert_string_equal(hex,
		"e11cdc66b5ab915e8c93ce60947b168589fa0d2762d1e80e3323192f1502365c");
	head_hex(hex, head.signature + 32);
	assert_string_equal(hex,
		"9a6e82b39a131af42fc7cbe9bc4e01c7740de2fb0b98b71ed77b1558c8a3fc0a");
	head.minute++;
	assert_false(head_verify(&head, key.public));
	head_key_clear(&key);
	for (size_t i = 0; i < sizeof(key.secret); i++)
		assert_int_equal(key.secret[i], 0);
}

static void
hex_is_sixty_four_digits_and_nothing_else(void **state)
{
	static const char good[] =
		"00ff10a9000000000000000000000000000000000000000000000000000000ab";
	unsigned char bytes[32];
	char hex[65], bad[67];

	(void)state;
	assert_int_equal(head_unhex(bytes, good), 0);
	assert_int_equal(bytes[1] << 8 | bytes[31], 0xffab);
	head_hex(hex, bytes);
	assert_string_equal(hex, good);
	for (size_t n = 0; n < 64; n++) {
		snprintf(bad, sizeof(bad), "%.*s", (int)n, good);
		assert_int_equal(head_unhex(bytes, bad), -1);
	}
	snprintf(bad, sizeof(bad), "%s0", good);
	assert_int_equal(head_unhex(bytes, bad), -1);
	snprintf(bad, sizeof(bad), "%s", good);
	bad[9] = 'g';
	assert_int_equal(head_unhex(bytes, bad), -1);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_head_is_signed_and_any_change_shows),
	cmocka_unit_test(a_broken_key_file_is_named),
	cmocka_unit_test(a_known_key_makes_the_known_signature),
	cmocka_unit_test(hex_is_sixty_four_digits_and_nothing_else),
};

CHECK_MAIN(tests)
