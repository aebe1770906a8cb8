/* Passwords, tokens and keys. */
#include "tests/support/check.h"

#include "ledger/head.h"
#include "ledger/secret.h"

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

static void
what_people_type_has_no_letters_that_look_alike(void **state)
{
	char password[SECRET_PASSWORD_N + 1];

	(void)state;
	for (int i = 0; i < 500; i++) {
		secret_password(password);
		for (size_t k = 0; k < SECRET_PASSWORD_N; k++)
			assert_true(k % 5 == 4 ? password[k] == '-' :
				strchr("23456789abcdefghjkmnpqrstuvwxyz", password[k]) != NULL);
	}
}

static void
tokens_are_letters_that_an_address_may_hold(void **state)
{
	char token[SECRET_TOKEN_N + 1], hex[65];
	unsigned char hash[32];

	(void)state;
	for (int i = 0; i < 100; i++) {
		secret_token(token);
		assert_int_equal(strspn(token,
			"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
			SECRET_TOKEN_N);
	}
	/* What the database keeps of one is FIPS 180-4's digest. */
	secret_token_hash(hash, "abc");
	head_hex(hex, hash);
	assert_string_equal(hex,
		"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_password_is_right_only_for_its_user),
	cmocka_unit_test(tokens_and_keys_do_not_repeat),
	cmocka_unit_test(what_people_type_has_no_letters_that_look_alike),
	cmocka_unit_test(tokens_are_letters_that_an_address_may_hold),
};

CHECK_MAIN(tests)
