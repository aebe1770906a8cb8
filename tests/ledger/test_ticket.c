/* Tickets: their codes, their key's file, and the hash that is kept of one. */
#include "tests/support/check.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/code.h"
#include "ledger/ticket.h"

static void
hex_of(char out[2 * TICKET_BYTES + 1], const unsigned char hash[TICKET_BYTES])
{
	for (size_t i = 0; i < TICKET_BYTES; i++)
		snprintf(out + 2 * i, 3, "%02x", hash[i]);
}

/* By Python's hashlib.blake2b(code, key=key, digest_size=16). */
static void
hashes_are_keyed_blake2b(void **state)
{
	struct ticket_key key;
	unsigned char hash[TICKET_BYTES];
	char hex[2 * TICKET_BYTES + 1];

	(void)state;
	for (size_t i = 0; i < sizeof(key.bytes); i++)
		key.bytes[i] = (unsigned char)i;
	ticket_hash(hash, &key, "K7Q29XMP4TDC");
	hex_of(hex, hash);
	assert_string_equal(hex, "af98c2af65733b184557a16e6d8a4708");
	ticket_key_clear(&key);
	ticket_hash(hash, &key, "000000000000");
	hex_of(hex, hash);
	assert_string_equal(hex, "8bfc674fa9d9e827e4b9bc5f7f443f81");
}

static void
codes_check_and_do_not_repeat(void **state)
{
	char code[200][TICKET_CODE_N + 1], normal[TICKET_CODE_N + 1], printed[TICKET_CODE_N + 3];

	(void)state;
	for (size_t i = 0; i < 200; i++) {
		ticket_code(code[i]);
		ticket_print(printed, code[i]);
		assert_int_equal(code_normal(normal, TICKET_CODE_N, printed), 0);
		assert_string_equal(normal, code[i]);
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(code[k], code[i]);
	}
	ticket_print(printed, "K7Q29XMP4TDC");
	assert_string_equal(printed, "K7Q2-9XMP-4TDC");
}

static void
the_key_lies_beside_the_database(void **state)
{
	struct pool pool = POOL_INIT;

	(void)state;
	assert_string_equal(ticket_key_path("/var/lib/manyi/city.db", &pool),
		"/var/lib/manyi/ticket.key");
	assert_string_equal(ticket_key_path("city.db", &pool), "ticket.key");
	pool_clear(&pool);
}

static void
put_file(const char *path, const char *s)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(s, f);
	fclose(f);
	chmod(path, 0600);
}

static void
a_key_is_made_once_and_read_by_nobody_else(void **state)
{
	static const char *const bad[] = { "", "00", "not hex\n",
		/* no line end */
		"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
		"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1eXX\n" };
	char folder[] = "/tmp/manyi-ticket-XXXXXX", path[64], db[64];
	struct ticket_key made, again;
	struct err err = { 0 };
	struct stat st;

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/ticket.key", folder);
	snprintf(db, sizeof(db), "%s/city.db", folder);
	put_file(db, "");
	assert_int_equal(ticket_key_load(&made, path, &err), -1);
	assert_int_equal(err.code, ERR_MISSING);
	err = (struct err){ 0 };
	assert_int_equal(ticket_key_ready(&made, path, db, &err), 0);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(ticket_key_ready(&again, path, db, &err), 0);
	assert_memory_equal(made.bytes, again.bytes, sizeof(made.bytes));
	chmod(path, 0640);
	assert_int_equal(ticket_key_load(&again, path, &err), -1);
	assert_int_equal(err.code, ERR_DENIED);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		put_file(path, bad[i]);
		err = (struct err){ 0 };
		/* and not made anew */
		assert_int_equal(ticket_key_ready(&again, path, db, &err), -1);
		assert_int_equal(err.code, ERR_INPUT);
		assert_non_null(strstr(err.text, path));
	}
	unlink(path);
	unlink(db);
	rmdir(folder);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(hashes_are_keyed_blake2b),
	cmocka_unit_test(codes_check_and_do_not_repeat),
	cmocka_unit_test(the_key_lies_beside_the_database),
	cmocka_unit_test(a_key_is_made_once_and_read_by_nobody_else),
};

CHECK_MAIN(tests)
