/* db/people.c: users, sessions, the audit trail. */
#include "tests/db/db.h"

#include "base/date.h"
#include "db/people.h"

static struct user
somebody(struct db *db, const char *name, enum role role, const char *department)
{
	struct err err = { 0 };
	struct user u = { .name = name, .role = role, .department = department,
		.password = "$argon2id$x", .must_change = true, .active = true };

	assert_ok(db_put_user(db, &u, &err));
	return u;
}

static void
users_are_stored_under_one_name(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("user.db");
	struct user u = somebody(db, "zhang", ROLE_ANALYST, ""), got, *all;
	size_t n;

	(void)state;
	somebody(db, "li", ROLE_DEPARTMENT, "市统计局");
	assert_fails(db_put_user(db, &u, &err), ERR_CONFLICT);
	u.name = "";
	assert_fails(db_put_user(db, &u, &err), ERR_INPUT);
	u.name = "wang";
	u.department = "市统计局";
	assert_fails(db_put_user(db, &u, &err), ERR_INPUT);
	u.role = ROLE_DEPARTMENT;
	u.department = "";
	assert_fails(db_put_user(db, &u, &err), ERR_INPUT);
	assert_ok(db_get_user(db, &got, "li", &pool, &err));
	assert_int_equal(got.role, ROLE_DEPARTMENT);
	assert_string_equal(got.department, "市统计局");
	assert_true(got.must_change && got.active);
	assert_fails(db_get_user(db, &got, "LI", &pool, &err), ERR_MISSING);
	assert_ok(db_list_users(db, &all, &n, &pool, &err));
	assert_int_equal(n, 2);
	assert_string_equal(all[0].name, "zhang");
	for (int i = 0; i < ROLE_MAX; i++) {
		enum role role;

		assert_int_equal(role_parse(&role, role_name((enum role)i)), 0);
		assert_int_equal(role, i);
	}
	assert_int_equal(role_parse(&got.role, "root"), -1);
	db_close(db);
	pool_clear(&pool);
}

static void
a_session_ends_by_time_by_logout_and_by_a_new_password(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("session.db");
	struct user u = somebody(db, "zhang", ROLE_ADMIN, ""), got;
	int64_t now = date_now_second();
	unsigned char hash[32] = { 1 }, other[32] = { 2 };
	const char *csrf;

	(void)state;
	assert_ok(db_put_session(db, hash, u.id, "c1", now + 100, &err));
	assert_ok(db_get_session(db, hash, now, &got, &csrf, &pool, &err));
	assert_string_equal(got.name, "zhang");
	assert_string_equal(csrf, "c1");
	assert_fails(db_get_session(db, hash, now + 100, &got, &csrf, &pool, &err), ERR_MISSING);
	assert_fails(db_get_session(db, other, now, &got, &csrf, &pool, &err), ERR_MISSING);
	assert_ok(db_drop_session(db, hash, &err));
	assert_fails(db_get_session(db, hash, now, &got, &csrf, &pool, &err), ERR_MISSING);
	assert_ok(db_put_session(db, hash, u.id, "c2", now + 100, &err));
	assert_ok(db_set_password(db, u.id, "$argon2id$y", false, &err));
	assert_fails(db_get_session(db, hash, now, &got, &csrf, &pool, &err), ERR_MISSING);
	assert_ok(db_put_session(db, hash, u.id, "c3", now + 100, &err));
	assert_ok(db_set_user_active(db, u.id, false, &err));
	assert_fails(db_get_session(db, hash, now, &got, &csrf, &pool, &err), ERR_MISSING);
	assert_fails(db_set_password(db, 99, "x", false, &err), ERR_MISSING);
	assert_int_equal(db_put_session(db, other, 99, "c", now + 100, &err), -1);
	db_close(db);
	pool_clear(&pool);
}

static void
expired_sessions_are_swept_when_one_begins(void **state)
{
	struct err err = { 0 };
	struct db *db = db_fresh("sweep.db");
	struct user u = somebody(db, "zhang", ROLE_ADMIN, "");
	unsigned char hash[32] = { 1 }, other[32] = { 2 };

	(void)state;
	assert_ok(db_put_session(db, hash, u.id, "c", date_now_second() - 1, &err));
	assert_ok(db_put_session(db, other, u.id, "c", date_now_second() + 100, &err));
	assert_string_equal(db_ask(db_path("sweep.db"), "SELECT count(*) FROM session"), "1");
	db_close(db);
}

/* Failed logins of a name (NULL: of everybody) from a network since a minute,
 * and the newest of them. */
static void
failed(struct db *db, const char *name, const char *network, int64_t since, int64_t n, int64_t last)
{
	struct err err = { 0 };
	struct failures f;

	assert_ok(db_get_failures(db, &f, name, network, since, &err));
	assert_int_equal(f.n, n);
	assert_int_equal(f.last, last);
}

static void
the_audit_trail_counts_failures_by_name_and_network(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("audit.db");
	struct audit_row *row;
	size_t n;

	(void)state;
	for (int i = 0; i < 5; i++)
		assert_ok(db_put_audit(db, 28000000 + i, "zhang", "desk", "login-failed",
			"", NULL, &err));
	assert_ok(db_put_audit(db, 28000009, "li", "desk", "login-failed", "", "", &err));
	assert_ok(db_put_audit(db, 28000009, "zhang", "cli", "wave-open", "A-2024", "…", &err));
	failed(db, "zhang", "", 28000000, 5, 28000004);
	failed(db, "zhang", "", 28000003, 2, 28000004);
	failed(db, "zhang", "10.1.2", 28000000, 0, 0);
	failed(db, "nobody", "", 0, 0, 0);
	failed(db, NULL, "", 28000000, 6, 28000009);
	failed(db, NULL, "10.1.2", 28000000, 0, 0);
	assert_ok(db_list_audit(db, 3, &row, &n, &pool, &err));
	assert_int_equal(n, 3);
	assert_string_equal(row[0].action, "wave-open");
	assert_string_equal(row[0].from, "cli");
	assert_string_equal(row[1].who, "li");
	/* A login from elsewhere lifts nothing, one from there does; a reset lifts
	 * what was done anywhere. */
	assert_ok(db_put_audit(db, 28000010, "zhang", "desk", "login", "10.1.2", "", &err));
	failed(db, "zhang", "", 28000000, 5, 28000004);
	assert_ok(db_put_audit(db, 28000010, "zhang", "desk", "login", "", "", &err));
	failed(db, "zhang", "", 28000000, 0, 0);
	assert_ok(db_put_audit(db, 28000011, "zhang", "desk", "login-failed", "10.1.2", "", &err));
	assert_ok(db_put_audit(db, 28000012, "root", "cli", "user reset", "zhang", "", &err));
	failed(db, "zhang", "10.1.2", 28000000, 0, 0);
	failed(db, "li", "", 28000000, 1, 28000009);
	db_close(db);
	pool_clear(&pool);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(users_are_stored_under_one_name),
		cmocka_unit_test(a_session_ends_by_time_by_logout_and_by_a_new_password),
		cmocka_unit_test(expired_sessions_are_swept_when_one_begins),
		cmocka_unit_test(the_audit_trail_counts_failures_by_name_and_network),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, db_folder_make, db_folder_drop);
}
