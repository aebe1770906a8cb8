/* db/response.c, margin.c: answers, exclusions, receipts, margins. */
#include "tests/db/tiny.h"

#include "base/date.h"
#include "base/sha256.h"
#include "base/text.h"
#include "db/track.h"

/* ---- answers ---- */

static void
a_resend_counts_once_and_gets_the_first_receipt(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("resend.db");
	int64_t wave = db_wave_of(db, tiny("T", "1", "一", &pool), 2024);
	struct response_row row[3], again;
	char key[3][32], other[32];
	bool fresh[3];

	(void)state;
	for (int i = 0; i < 3; i++)
		row[i] = db_row(wave, i, key[i]);
	strcpy(key[2], key[0]);		/* twice in one batch */
	assert_ok(db_put_responses(db, row, fresh, 3, &err));
	assert_true(fresh[0] && fresh[1] && !fresh[2]);
	assert_int_equal(row[2].id, row[0].id);
	assert_string_equal(row[2].receipt, row[0].receipt);
	again = db_row(wave, 77, other);
	again.key = key[1];
	again.answers = "[2,null]";
	again.minute += 500;
	assert_ok(db_put_responses(db, &again, fresh, 1, &err));
	assert_false(fresh[0]);
	assert_int_equal(again.id, row[1].id);
	assert_int_equal(again.minute, row[1].minute);
	assert_string_equal(again.receipt, row[1].receipt);
	assert_memory_equal(again.leaf, row[1].leaf, LEAF_N);
	assert_int_equal(db_last_response(db), 2);
	assert_string_equal(db_ask(db_path("resend.db"), "SELECT n FROM fieldwork"), "2");
	assert_string_equal(db_ask(db_path("resend.db"),
		"SELECT answers FROM response WHERE id = 2"), row[1].answers);
	db_close(db);
	pool_clear(&pool);
}

static void
one_bad_row_stores_none_of_the_batch(void **state)
{
	static const struct { const char *key, *answers, *stream; int64_t wave, weight; } bad[] = {
		{ "", "[]", "open", 1, 1 }, { "a b", "[]", "open", 1, 1 },
		{ "满意", "[]", "open", 1, 1 },
		{ "12345678901234567890123456789012345678901234567890123456789012345", "[]",
			"open", 1, 1 },
		{ "k", "{}", "open", 1, 1 }, { "k", "[1", "open", 1, 1 }, { "k", "", "open", 1, 1 },
		{ "k", "[]", "both", 1, 1 }, { "k", "[]", "open", 99, 1 },
		{ "k", "[]", "open", 1, 0 },
	};
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("bad.db");
	int64_t wave = db_wave_of(db, tiny("T", "1", "一", &pool), 2024);
	struct response_row row[2];
	char key[2][32];
	bool fresh[2];

	(void)state;
	assert_int_equal(wave, 1);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		row[0] = db_row(wave, 0, key[0]);
		row[1] = db_row(bad[i].wave, 1, key[1]);
		row[1].key = bad[i].key;
		row[1].answers = bad[i].answers;
		row[1].stream = bad[i].stream;
		row[1].weight = bad[i].weight;
		assert_int_equal(db_put_responses(db, row, fresh, 2, &err), -1);
		assert_true(err.code == ERR_INPUT || err.code == ERR_CONFLICT);
		memset(&err, 0, sizeof(err));
		assert_int_equal(db_last_response(db), 0);
	}
	assert_ok(db_put_responses(db, row, fresh, 1, &err));
	assert_ok(db_put_responses(db, row, fresh, 0, &err));
	assert_ok(db_integrity(db, &err));
	db_close(db);
	pool_clear(&pool);
}

static void
rows_are_never_changed_or_deleted(void **state)
{
	static const char *const sql[] = {
		"DELETE FROM response", "UPDATE response SET answers = '[]'",
		"UPDATE response SET minute = 0", "DELETE FROM exclusion",
		"UPDATE exclusion SET rule = 'x'",
		"DELETE FROM wave",
	};
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("kept.db");
	char *message = NULL;
	sqlite3 *raw;

	(void)state;
	db_fill(db, db_wave_of(db, tiny("T", "1", "一", &pool), 2024), 0, 3);
	assert_ok(db_put_exclusion(db, 2, "speeder", "1", "analyst", 28000000, &err));
	db_close(db);
	for (size_t i = 0; i < sizeof(sql) / sizeof(sql[0]); i++)
		assert_int_equal(db_shell(db_path("kept.db"), sql[i]), SQLITE_CONSTRAINT);
	assert_int_equal(sqlite3_open(db_path("kept.db"), &raw), SQLITE_OK);
	assert_int_not_equal(sqlite3_exec(raw, "DELETE FROM response", NULL, NULL, &message),
		SQLITE_OK);
	assert_non_null(strstr(message, "答卷不可删除"));
	sqlite3_free(message);
	sqlite3_close(raw);
	pool_clear(&pool);
}

struct seen {
	int64_t last, n, excluded, stop_at;
};

static int
see(const struct response_row *r, void *ctx)
{
	struct seen *s = ctx;

	assert_true(r->id > s->last);
	s->last = r->id;
	s->n++;
	s->excluded += r->excluded;

	assert_int_equal(r->weight, 1000000);
	assert_string_equal(r->stream, "open");
	return s->n == s->stop_at;
}

static void
rows_come_by_id_after_a_watermark(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("order.db");
	int64_t a = db_wave_of(db, tiny("T", "1", "一", &pool), 2024);
	int64_t b = db_wave_of(db, tiny("U", "1", "一", &pool), 2024);
	struct seen s = { 0 };

	(void)state;
	db_fill(db, a, 0, 250);
	db_fill(db, b, 1000, 1100);
	db_fill(db, a, 250, 500);
	assert_ok(db_each_response(db, a, 0, see, &s, &err));
	assert_int_equal(s.n, 500);
	assert_int_equal(s.last, 600);
	s = (struct seen){ 0 };
	assert_ok(db_each_response(db, a, 249, see, &s, &err));
	assert_int_equal(s.n, 251);
	s = (struct seen){ .stop_at = 7 };
	assert_ok(db_each_response(db, b, 0, see, &s, &err));
	assert_int_equal(s.n, 7);
	s = (struct seen){ 0 };
	assert_ok(db_each_answer(db, a, 600, see, &s, &err));
	assert_int_equal(s.n, 0);
	assert_ok(db_each_answer(db, a, 0, see, &s, &err));
	assert_int_equal(s.n, 500);
	db_close(db);
	pool_clear(&pool);
}

static void
an_exclusion_marks_the_row(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("excluded.db");
	int64_t wave = db_wave_of(db, tiny("T", "1", "一", &pool), 2024), *out;
	struct seen s = { 0 };
	size_t outs;

	(void)state;
	db_fill(db, wave, 0, 100);
	assert_ok(db_put_exclusion(db, 3, "speeder", "1", "分析员", 28000000, &err));
	assert_ok(db_put_exclusion(db, 3, "straight-line", "1", "分析员", 28000001, &err));
	assert_ok(db_put_exclusion(db, 100, "speeder", "1", "分析员", 28000000, &err));
	assert_fails(db_put_exclusion(db, 101, "speeder", "1", "分析员", 28000000, &err),
		ERR_MISSING);
	assert_fails(db_put_exclusion(db, 4, "", "1", "分析员", 28000000, &err), ERR_CONFLICT);
	assert_ok(db_each_response(db, wave, 0, see, &s, &err));
	assert_int_equal(s.excluded, 2);
	s = (struct seen){ 0 };
	assert_ok(db_each_answer(db, wave, 3, see, &s, &err));
	assert_int_equal(s.excluded, 1);
	assert_ok(db_list_out(db, wave, &out, &outs, &pool, &err));
	assert_int_equal(outs, 2);
	assert_int_equal(out[0], 3);
	assert_int_equal(out[1], 100);
	assert_ok(db_list_out(db, wave + 1, &out, &outs, &pool, &err));
	assert_int_equal(outs, 0);
	db_close(db);
	pool_clear(&pool);
}

static void
a_receipt_leads_to_its_row_indexed_or_not(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("receipt.db");
	int64_t wave = db_wave_of(db, tiny("T", "1", "一", &pool), 2024);
	struct response_row want, got;
	/* In two runs, the first in steps: before, between and after. */
	static const struct { size_t n, step; } steps[] = {
		{ 600, 1 }, { 600, 333 }, { 600, 1000 }, { 400, 400 }, { 0, 10 }, { 0, 10 } };
	struct receipt_run run = { .n = 0 };
	char key[32];

	(void)state;
	db_fill(db, wave, 0, 1000);
	for (int round = 0; round < 6; round++) {
		for (int i = 0; i < 1000; i += 99) {
			want = db_row(wave, i, key);
			assert_ok(db_get_receipt(db, &got, want.receipt, &pool, &err));
			assert_int_equal(got.id, i + 1);
			assert_int_equal(got.wave, wave);
			assert_string_equal(got.key, key);
			assert_string_equal(got.answers, want.answers);
			assert_memory_equal(got.leaf, want.leaf, LEAF_N);
		}
		assert_fails(db_get_receipt(db, &got, "0000000000000000", &pool, &err),
			ERR_MISSING);
		assert_fails(db_get_receipt(db, &got, "", &pool, &err), ERR_MISSING);
		if (run.n == 0)
			assert_ok(db_gather_receipts(db, &run, 600, &err));
		assert_int_equal(run.n, steps[round].n);
		assert_ok(db_index_receipts(db, &run, steps[round].step, &err));
	}
	db_fill(db, wave, 1000, 1001);
	want = db_row(wave, 1000, key);
	assert_ok(db_get_receipt(db, &got, want.receipt, &pool, &err));
	db_close(db);
	pool_clear(&pool);
}

/* Three answers at each of 70 sites: the first of each flagged, those at the first site sampled. */
static void
make_fieldwork(struct db *db, int64_t wave, struct site site[70], struct response_row row[210],
	char key[210][32])
{
	struct err err = { 0 };

	for (int i = 0; i < 70; i++) {
		site[i] = (struct site){ .name = "点", .active = true };
		assert_ok(db_put_site(db, &site[i], &err));
	}
	/* More places than one batch sums at a time. */
	for (int i = 0; i < 210; i++) {
		row[i] = db_row(wave, i, key[i]);
		row[i].site = site[i % 70].id;
		row[i].flagged = i < 70;
		if (i % 70 == 0)
			row[i].stream = "sampled";
	}
}

static void
fieldwork_is_counted_by_site_and_stream(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("fieldwork.db");
	int64_t wave = db_wave_of(db, tiny("T", "1", "一", &pool), 2024);
	struct site site[70];
	struct response_row row[210];
	struct response_count *count;
	char key[210][32];
	bool fresh[210];
	size_t n;

	(void)state;
	make_fieldwork(db, wave, site, row, key);
	assert_ok(db_put_responses(db, row, fresh, 210, &err));
	db_fill(db, wave, 1000, 1010);
	assert_ok(db_count_responses(db, wave, &count, &n, &pool, &err));
	assert_int_equal(n, 71);
	assert_int_equal(count[0].site, 0);
	assert_int_equal(count[0].n, 10);
	assert_string_equal(count[1].stream, "sampled");
	for (size_t i = 1; i < n; i++) {
		assert_int_equal(count[i].n, 3);
		assert_int_equal(count[i].flagged, 1);
		assert_int_equal(count[i].first, row[i - 1].minute);
		assert_int_equal(count[i].last, row[i - 1 + 140].minute);
	}
	assert_ok(db_integrity(db, &err));
	assert_ok(db_count_responses(db, 0, &count, &n, &pool, &err));
	assert_int_equal(n, 71);
	assert_ok(db_count_responses(db, 99, &count, &n, &pool, &err));
	assert_int_equal(n, 0);
	db_close(db);
	pool_clear(&pool);
}

static int
chain(const unsigned char leaf[32], void *ctx)
{
	sha256_add(ctx, leaf, 32);
	return 0;
}

static void
leaves_come_in_the_order_of_the_rows(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("leaves.db");
	int64_t wave = db_wave_of(db, tiny("T", "1", "一", &pool), 2024);
	unsigned char got[32], want[32];
	struct sha256 s;

	(void)state;
	db_fill(db, wave, 0, 300);
	sha256_init(&s);
	assert_ok(db_each_leaf(db, chain, &s, &err));
	sha256_end(got, &s);
	sha256_init(&s);
	for (int i = 0; i < 300; i++) {
		char key[32];
		struct response_row r = db_row(wave, i, key);

		sha256_add(&s, r.leaf, 32);
	}
	sha256_end(want, &s);
	assert_memory_equal(got, want, 32);
	db_close(db);
	pool_clear(&pool);
}

static void
a_phone_is_kept_apart_and_goes_in_time(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("callback.db");
	struct site site = { .name = "点", .active = true };
	struct callback *c;
	char minute[17];
	size_t n;

	(void)state;
	assert_ok(db_put_site(db, &site, &err));
	assert_ok(db_put_callback(db, "13800000001", site.id, 28000000, 28030000, &err));
	assert_ok(db_put_callback(db, "13800000002", 0, 28000001, 28040000, &err));
	assert_ok(db_list_callbacks(db, &c, &n, &pool, &err));
	assert_int_equal(n, 2);
	date_minute(minute, c[0].day);
	assert_string_equal(minute + 11, "00:00");	/* no time of day */
	assert_true(c[0].day <= 28000000 && c[0].day > 28000000 - 1440);
	assert_int_equal(c[0].day, c[1].day);
	assert_string_equal(db_ask(db_path("callback.db"),
		"SELECT count(*) FROM pragma_table_info('callback')"
		" WHERE name IN ('key', 'response', 'receipt', 'minute')"), "0");
	assert_ok(db_drop_callbacks(db, 28030001, &err));
	assert_ok(db_list_callbacks(db, &c, &n, &pool, &err));
	assert_int_equal(n, 1);
	assert_string_equal(c[0].phone, "13800000002");
	assert_string_equal(c[0].site, "");
	assert_fails(db_put_callback(db, "1", 0, 28000000, 28030000, &err), ERR_CONFLICT);
	db_close(db);
	pool_clear(&pool);
}

/* ---- margins ---- */

static void
margins_are_replaced_whole_or_not(void **state)
{
	static const struct margin good[] = {
		{ "sex", "2", 431000, "七普", "2020", "全市", false, false },
		{ "age", "1", 90000.5, "七普", "2020", "全市", true, true },
		{ "sex", "1", 428000, "七普", "2020", "全市", false, false },
	};
	static const struct margin bad[] = { { "sex", "1", -1, "x", "x", "x", false, false } };
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("margin.db");
	struct margin *m;
	size_t n;

	(void)state;
	assert_ok(db_put_margins(db, good, 3, &err));
	assert_fails(db_put_margins(db, bad, 1, &err), ERR_CONFLICT);
	assert_ok(db_list_margins(db, &m, &n, &pool, &err));
	assert_int_equal(n, 3);
	assert_string_equal(m[0].variable, "age");
	assert_true(m[0].population == 90000.5);
	assert_true(m[0].placeholder && m[0].simulated && !m[1].placeholder);
	assert_string_equal(m[1].category, "1");
	assert_string_equal(m[2].source, "七普");
	db_close(db);
	pool_clear(&pool);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_resend_counts_once_and_gets_the_first_receipt),
		cmocka_unit_test(one_bad_row_stores_none_of_the_batch),
		cmocka_unit_test(rows_are_never_changed_or_deleted),
		cmocka_unit_test(rows_come_by_id_after_a_watermark),
		cmocka_unit_test(an_exclusion_marks_the_row),
		cmocka_unit_test(a_receipt_leads_to_its_row_indexed_or_not),
		cmocka_unit_test(fieldwork_is_counted_by_site_and_stream),
		cmocka_unit_test(leaves_come_in_the_order_of_the_rows),
		cmocka_unit_test(a_phone_is_kept_apart_and_goes_in_time),
		cmocka_unit_test(margins_are_replaced_whole_or_not),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, db_folder_make, db_folder_drop);
}
