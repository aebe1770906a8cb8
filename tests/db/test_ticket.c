/* db/ticket.c: tickets are stored by their hash, used once, taken back. */
#include "tests/db/tiny.h"

#include "db/ticket.h"

static const unsigned char hash[4][TICKET_HASH_N] = { { 1 }, { 2 }, { 3 }, { 4 } };

/* Three tickets of a wave. */
static struct ticket_batch
three(struct db *db, struct pool *pool)
{
	struct err err = { 0 };
	struct ticket_batch b = { .wave = db_wave_of(db, tiny("T", "1", "一", pool), 2024),
		.stratum = "市区", .cluster = "c1", .weight = 2500000, .issued = 28000000,
		.expires = 28010000, .note = "新华街道" };

	assert_ok(db_put_tickets(db, &b, hash, 3, &err));
	return b;
}

static void
a_ticket_leads_to_its_batch(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("lead.db");
	struct ticket_batch b = three(db, &pool), got;
	const char *word;

	(void)state;
	assert_ok(db_get_ticket(db, &got, &word, hash[1], &pool, &err));
	assert_string_equal(word, "live");
	assert_int_equal(got.id, b.id);
	assert_int_equal(got.wave, b.wave);
	assert_int_equal(got.weight, 2500000);
	assert_int_equal(got.expires, 28010000);
	assert_string_equal(got.stratum, "市区");
	assert_string_equal(got.cluster, "c1");
	assert_string_equal(got.note, "新华街道");
	assert_fails(db_get_ticket(db, &got, &word, hash[3], &pool, &err), ERR_MISSING);
	db_close(db);
	pool_clear(&pool);
}

static void
a_hash_that_is_taken_stores_none_of_the_batch(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("taken.db");
	struct ticket_batch b = three(db, &pool), *list;
	const unsigned char again[2][TICKET_HASH_N] = { { 4 }, { 2 } };
	size_t n;

	(void)state;
	assert_fails(db_put_tickets(db, &b, again, 2, &err), ERR_CONFLICT);
	assert_ok(db_list_tickets(db, 0, &list, &n, &pool, &err));
	assert_int_equal(n, 1);
	assert_int_equal(list[0].n, 3);
	db_close(db);
	pool_clear(&pool);
}

static void
it_is_used_once_and_what_is_left_can_be_taken_back(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("once.db");
	struct ticket_batch b = three(db, &pool), *list;
	const char *word;
	int64_t taken;
	bool done;
	size_t n;

	(void)state;
	assert_ok(db_spend_ticket(db, hash[0], &done, &err));
	assert_true(done);
	assert_ok(db_spend_ticket(db, hash[0], &done, &err));
	assert_false(done);
	assert_ok(db_spend_ticket(db, hash[3], &done, &err));
	assert_false(done);
	assert_ok(db_void_ticket(db, hash[0], &done, &err));	/* used is used */
	assert_false(done);
	assert_ok(db_void_ticket(db, hash[1], &done, &err));
	assert_true(done);
	assert_ok(db_spend_ticket(db, hash[1], &done, &err));
	assert_false(done);
	assert_ok(db_void_batch(db, b.id, &taken, &err));
	assert_int_equal(taken, 1);
	assert_ok(db_list_tickets(db, b.wave, &list, &n, &pool, &err));
	assert_int_equal(list[0].n, 3);
	assert_int_equal(list[0].used, 1);
	assert_int_equal(list[0].void_, 2);
	assert_ok(db_get_ticket(db, &b, &word, hash[0], &pool, &err));
	assert_string_equal(word, "used");
	assert_ok(db_list_tickets(db, 99, &list, &n, &pool, &err));
	assert_int_equal(n, 0);
	db_close(db);
	pool_clear(&pool);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_ticket_leads_to_its_batch),
		cmocka_unit_test(a_hash_that_is_taken_stores_none_of_the_batch),
		cmocka_unit_test(it_is_used_once_and_what_is_left_can_be_taken_back),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, db_folder_make, db_folder_drop);
}
