/* db/batch.c: an import counts from its completion until its withdrawal, and nothing
 * of it is ever changed. */
#include "tests/db/tiny.h"

#include "db/batch.h"

static struct batch
batch_of(int64_t wave, int64_t replaces)
{
	struct batch b = { .wave = wave, .file = "a.csv", .who = "root", .minute = 28000000,
		.options = "", .read = 2, .replaces = replaces, .late = "", .notes = "[]" };

	memset(b.sha256, 'a', sizeof(b.sha256) - 1);
	return b;
}

/* A batch of two rows, loading. */
static int64_t
loading(struct db *db, int64_t wave, int first, int64_t replaces)
{
	struct batch b = batch_of(wave, replaces);
	struct response_row row[2];
	struct err err = { 0 };
	char key[2][32];

	assert_ok(db_put_batch(db, &b, &err));
	for (int i = 0; i < 2; i++) {
		row[i] = db_row(wave, first + i, key[i]);
		row[i].batch = b.id;
	}
	assert_ok(db_put_batch_rows(db, b.id, 0, row, 2, &err));
	return b.id;
}

static int
count(const struct response_row *row, void *n)
{
	*(int *)n += row->counted;
	return 0;
}

static int
counted(struct db *db, int64_t wave)
{
	struct err err = { 0 };
	int n = 0;

	assert_ok(db_each_response(db, wave, 0, count, &n, &err));
	return n;
}

static enum batch_state
state_of(struct db *db, int64_t id)
{
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	struct batch b;

	assert_ok(db_get_batch(db, &b, id, &pool, &err));
	pool_clear(&pool);
	return batch_state(&b);
}

static void
its_rows_count_from_completion_to_withdrawal(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("batch.db");
	int64_t wave = db_wave_of(db, tiny("T", "1", "一", &pool), 2024),
		id = loading(db, wave, 0, 0);
	struct batch b;

	(void)state;
	assert_int_equal(counted(db, wave), 0);
	assert_int_equal(state_of(db, id), BATCH_LOADING);
	assert_ok(db_complete_batch(db, id, "li", 28000005, &err));
	assert_int_equal(counted(db, wave), 2);
	assert_ok(db_withdraw_batch(db, id, "wang", 28000009, "抽错了样本", &err));
	assert_int_equal(counted(db, wave), 0);
	assert_int_equal(db_last_response(db), 2);	/* stored all the same */
	assert_ok(db_get_batch(db, &b, id, &pool, &err));
	assert_int_equal(b.stored, 2);
	assert_int_equal(b.complete_minute, 28000005);
	assert_int_equal(b.withdrawn_minute, 28000009);
	assert_string_equal(b.withdrawn_by, "wang");
	assert_string_equal(b.reason, "抽错了样本");
	assert_fails(db_withdraw_batch(db, id, "wang", 28000010, "x", &err), ERR_CONFLICT);
	assert_fails(db_complete_batch(db, id, "li", 28000010, &err), ERR_CONFLICT);
	assert_fails(db_get_batch(db, &b, 0, &pool, &err), ERR_MISSING);
	assert_fails(db_withdraw_batch(db, 99, "wang", 1, "x", &err), ERR_MISSING);
	db_close(db);
	pool_clear(&pool);
}

static void
a_wave_has_one_that_is_loading(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("second.db");
	int64_t wave = db_wave_of(db, tiny("T", "1", "一", &pool), 2024);
	int64_t other = db_wave_of(db, tiny("U", "1", "一", &pool), 2024),
		id = loading(db, wave, 0, 0);
	struct batch second = batch_of(wave, 0);

	(void)state;
	assert_fails(db_put_batch(db, &second, &err), ERR_CONFLICT);
	second.wave = other;
	assert_ok(db_put_batch(db, &second, &err));
	assert_ok(db_withdraw_batch(db, id, "li", 28000001, "停下", &err));
	second.wave = wave;
	assert_ok(db_put_batch(db, &second, &err));
	db_close(db);
	pool_clear(&pool);
}

static void
the_one_it_replaces_goes_at_the_same_moment(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("replace.db");
	int64_t wave = db_wave_of(db, tiny("T", "1", "一", &pool), 2024),
		old = loading(db, wave, 0, 0), next;
	struct batch b;

	(void)state;
	assert_ok(db_complete_batch(db, old, "li", 28000001, &err));
	next = loading(db, wave, 10, old);
	assert_int_equal(counted(db, wave), 2);
	assert_ok(db_complete_batch(db, next, "li", 28000002, &err));
	assert_int_equal(counted(db, wave), 2);
	assert_int_equal(state_of(db, old), BATCH_WITHDRAWN);
	/* As the wave was between the two events, the old one counted. */
	assert_ok(db_get_batch(db, &b, old, &pool, &err));
	assert_int_equal(batch_state_at(&b, b.complete), BATCH_COMPLETE);
	assert_int_equal(batch_state_at(&b, b.complete - 1), BATCH_LOADING);
	assert_int_equal(batch_state_at(&b, db_last_batch_event(db, wave)), BATCH_WITHDRAWN);
	/* What is withdrawn cannot be replaced: neither is changed. */
	next = loading(db, wave, 20, old);
	assert_fails(db_complete_batch(db, next, "li", 28000003, &err), ERR_CONFLICT);
	assert_int_equal(state_of(db, next), BATCH_LOADING);
	db_close(db);
	pool_clear(&pool);
}

static void
rows_that_another_program_added_stop_it(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("other.db");
	int64_t wave = db_wave_of(db, tiny("T", "1", "一", &pool), 2024),
		id = loading(db, wave, 0, 0);
	struct response_row row;
	struct batch *list;
	char key[32];
	size_t n;

	(void)state;
	row = db_row(wave, 5, key);
	row.batch = id;
	assert_fails(db_put_batch_rows(db, id, 0, &row, 1, &err), ERR_CONFLICT);
	assert_ok(db_put_batch_rows(db, id, 2, &row, 1, &err));
	/* its key is stored */
	assert_fails(db_put_batch_rows(db, id, 3, &row, 1, &err), ERR_CONFLICT);
	assert_int_equal(db_last_response(db), 3);
	assert_ok(db_list_batches(db, 0, &list, &n, &pool, &err));
	assert_int_equal(n, 1);
	assert_int_equal(list[0].stored, 3);
	assert_string_equal(list[0].file, "a.csv");
	assert_string_equal(batch_state_name(batch_state(&list[0])), "loading");
	db_close(db);
	pool_clear(&pool);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(its_rows_count_from_completion_to_withdrawal),
		cmocka_unit_test(a_wave_has_one_that_is_loading),
		cmocka_unit_test(the_one_it_replaces_goes_at_the_same_moment),
		cmocka_unit_test(rows_that_another_program_added_stop_it),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, db_folder_make, db_folder_drop);
}
