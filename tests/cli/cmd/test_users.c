/* cli/cmd/users.h: accounts are made with a one-time password that only its hash is kept of. */
#include "tests/db/db.h"

#include "cli/cmd/users.h"

static void
an_account_begins_with_a_one_time_password(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("users.db");
	char password[SECRET_PASSWORD_N + 1], again[SECRET_PASSWORD_N + 1];
	struct user u;

	(void)state;
	assert_ok(users_add(db, "li", ROLE_ANALYST, "", password, &err));
	assert_int_equal(strlen(password), SECRET_PASSWORD_N);
	assert_ok(db_get_user(db, &u, "li", &pool, &err));
	assert_true(u.must_change && u.active);
	assert_int_equal(u.role, ROLE_ANALYST);
	assert_null(strstr(u.password, password));
	assert_true(secret_password_right(u.password, password));
	assert_fails(users_add(db, "li", ROLE_ADMIN, "", again, &err), ERR_CONFLICT);
	db_close(db);
	pool_clear(&pool);
}

static void
a_reset_gives_another_and_ends_the_sessions(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("reset.db");
	char first[SECRET_PASSWORD_N + 1], second[SECRET_PASSWORD_N + 1];
	const unsigned char hash[32] = { 1 };
	const char *csrf;
	struct user u;

	(void)state;
	assert_ok(users_add(db, "li", ROLE_ANALYST, "", first, &err));
	assert_ok(db_put_session(db, hash, 1, "c", INT64_C(1) << 40, &err));
	assert_ok(users_reset(db, "li", second, &pool, &err));
	assert_string_not_equal(first, second);
	assert_ok(db_get_user(db, &u, "li", &pool, &err));
	assert_true(u.must_change);
	assert_true(secret_password_right(u.password, second));
	assert_false(secret_password_right(u.password, first));
	assert_fails(db_get_session(db, hash, 0, &u, &csrf, &pool, &err), ERR_MISSING);
	assert_fails(users_reset(db, "wu", second, &pool, &err), ERR_MISSING);
	db_close(db);
	pool_clear(&pool);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_account_begins_with_a_one_time_password),
		cmocka_unit_test(a_reset_gives_another_and_ends_the_sessions),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, db_folder_make, db_folder_drop);
}
