/* db/survey.c, response.c, tally.c: forms, waves, sites, answers, sums, margins. */
#include "tests/db.h"

#include "base/code.h"
#include "base/date.h"
#include "base/sha256.h"
#include "base/text.h"
#include "db/db_track.h"

/* ---- forms ---- */

/* A form of two items whose wording the test chooses. */
static const struct form *
tiny(const char *id, const char *version, const char *word, struct pool *pool)
{
	struct err err = { 0 };
	const char *body = pool_fmt(pool,
	    "{\"settings\": {\"form_id\": \"%s\", \"version\": \"%s\", \"title\": {\"zh\": \"%s\", \"en\": \"T\"},"
	    " \"population\": {\"zh\": \"居民\", \"en\": \"Residents\"}, \"minutes\": 1, \"seconds\": 40,"
	    " \"mapping\": \"share\", \"consent\": {\"zh\": \"同意\", \"en\": \"Agree\"}},"
	    " \"choices\": {\"yn\": [{\"name\": \"1\", \"label\": {\"zh\": \"是\", \"en\": \"Yes\"}},"
	    " {\"name\": \"2\", \"label\": {\"zh\": \"否\", \"en\": \"No\"}}]},"
	    " \"survey\": [{\"type\": \"begin_group\", \"name\": \"g\", \"appearance\": \"field-list\"},"
	    "{\"type\": \"select_one yn\", \"name\": \"q_one\", \"label\": {\"zh\": \"一\", \"en\": \"One\"}},"
	    "{\"type\": \"text\", \"name\": \"select\", \"label\": {\"zh\": \"二\", \"en\": \"Two\"}},"
	    "{\"type\": \"end_group\"}]}",
	    id, version, word);
	const struct form *form = form_parse(body, strlen(body), "tiny.json", pool, &err);

	if (form == NULL)
		fail_msg("%s", err.text);
	return form;
}

static void
a_form_comes_back_byte_for_byte(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("form.db");
	const struct form *a = db_form("A", &pool), *got;

	(void)state;
	assert_ok(db_put_form(db, a, &err));
	assert_ok(db_put_form(db, a, &err));	/* the same bytes again: fine */
	got = db_get_form(db, "A", a->version, &pool, &err);
	assert_non_null(got);
	assert_string_equal(got->sha256, a->sha256);
	assert_int_equal(got->body_n, a->body_n);
	assert_memory_equal(got->body, a->body, a->body_n);
	db_close(db);
	pool_clear(&pool);
}

static void
the_newest_version_is_the_one_loaded_last(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("newest.db");

	(void)state;
	assert_ok(db_put_form(db, tiny("T", "2024-2", "二", &pool), &err));
	assert_ok(db_put_form(db, tiny("T", "2024-10", "十", &pool), &err));
	assert_ok(db_put_form(db, tiny("T", "2024-1", "一", &pool), &err));
	assert_string_equal(db_get_form(db, "T", NULL, &pool, &err)->version, "2024-1");
	assert_ok(db_put_form(db, tiny("T", "2024-2", "二改", &pool), &err));	/* no answers yet */
	assert_string_equal(db_get_form(db, "T", NULL, &pool, &err)->title.in[LANG_ZH], "二改");
	db_close(db);
	pool_clear(&pool);
}

static void
a_form_that_is_not_there_says_what_is(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("missing.db");

	(void)state;
	assert_null(db_get_form(db, "A", NULL, &pool, &err));
	assert_int_equal(err.code, ERR_MISSING);
	assert_non_null(strstr(err.text, "manyi form load"));
	memset(&err, 0, sizeof(err));
	assert_ok(db_put_form(db, tiny("T", "1", "一", &pool), &err));
	assert_null(db_get_form(db, "T", "2", &pool, &err));
	assert_int_equal(err.code, ERR_MISSING);
	assert_non_null(strstr(err.text, "T 1"));
	db_close(db);
	pool_clear(&pool);
}

static void
collect_form(const struct form_row *row, void *ctx)
{
	text_fmt(ctx, "%s %s %s %d %lld;", row->id, row->version, row->title_zh, row->frozen,
	    (long long)row->responses);
}

static void
a_form_with_answers_is_frozen(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct text rows = TEXT_INIT;
	struct db *db = db_fresh("frozen.db");
	const struct form *form = tiny("T", "1", "一", &pool);
	int64_t wave = db_wave_of(db, form, 2024);

	(void)state;
	db_fill(db, wave, 0, 3);
	assert_ok(db_put_form(db, form, &err));
	assert_fails(db_put_form(db, tiny("T", "1", "改", &pool), &err), ERR_CONFLICT);
	assert_ok(db_put_form(db, tiny("T", "2", "改", &pool), &err));
	assert_ok(db_each_form(db, collect_form, &rows, &err));
	assert_string_equal(text_str(&rows), "T 1 一 1 3;T 2 改 0 0;");
	/* Past this program too. */
	assert_int_equal(db_shell(db_path("frozen.db"), "UPDATE form SET title_zh = 'x' WHERE version = '1'"),
	    SQLITE_CONSTRAINT);
	assert_int_equal(db_shell(db_path("frozen.db"), "DELETE FROM form WHERE version = '1'"), SQLITE_CONSTRAINT);
	assert_int_equal(db_shell(db_path("frozen.db"), "UPDATE wave SET mapping = 'x'"), SQLITE_CONSTRAINT);
	assert_int_equal(db_shell(db_path("frozen.db"), "UPDATE form SET title_zh = 'x' WHERE version = '2'"),
	    SQLITE_OK);
	text_clear(&rows);
	db_close(db);
	pool_clear(&pool);
}

static void
a_view_shows_answers_under_their_names(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("view.db");
	int64_t wave = db_wave_of(db, tiny("T", "2024-1", "一", &pool), 2024);
	struct response_row row;
	bool fresh;
	char key[32];

	(void)state;
	row = db_row(wave, 1, key);
	row.answers = "[1,\"好 \\\"啊\\\"\"]";
	row.weight = 2500000;
	assert_ok(db_put_responses(db, &row, &fresh, 1, &err));
	assert_string_equal(db_ask(db_path("view.db"),
	    "SELECT _wave || '|' || q_one || '|' || \"select\" || '|' || _weight FROM answers_T_2024_1"),
	    "T-2024|1|好 \"啊\"|2.5");
	/* The same name but for case or punctuation cannot take the view away. */
	assert_fails(db_put_form(db, tiny("t", "2024_1", "一", &pool), &err), ERR_CONFLICT);
	assert_string_equal(db_ask(db_path("view.db"), "SELECT count(*) FROM answers_T_2024_1"), "1");
	db_close(db);
	pool_clear(&pool);
}

static void
every_questionnaire_has_a_view_of_its_items(void **state)
{
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("abc.db");
	static const char *const id[] = { "A", "B", "C" };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		const struct form *form = db_form(id[i], &pool);
		struct response_row row;
		struct text answers = TEXT_INIT;
		struct err err = { 0 };
		char key[32], sql[256];
		bool fresh;

		row = db_row(db_wave_of(db, form, 2024), (int)i, key);
		for (size_t k = 0; k < form->items; k++)
			text_fmt(&answers, "%c%zu", k == 0 ? '[' : ',', k);
		text_putc(&answers, ']');
		row.answers = text_str(&answers);
		assert_ok(db_put_responses(db, &row, &fresh, 1, &err));
		for (size_t k = 0; k < form->items; k++) {
			snprintf(sql, sizeof(sql), "SELECT \"%s\" FROM \"answers_%s_2024_1\"", form->item[k].name,
			    form->id);
			assert_int_equal(atoi(db_ask(db_path("abc.db"), sql)), k);
		}
		text_clear(&answers);
	}
	db_close(db);
	pool_clear(&pool);
}

/* ---- waves ---- */

static void
a_form_has_one_open_wave(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("wave.db");
	const struct form *form = tiny("T", "1", "一", &pool);
	struct wave first = { .form_id = "T", .form_version = "1", .year = 2023, .label = "2023",
		.opens = 28000000, .population = "居民", .mapping = "share", .agency = "市统计局" };
	struct wave second = first, got;
	int64_t version;

	(void)state;
	assert_fails(db_put_wave(db, &first, &err), ERR_MISSING);
	assert_ok(db_put_form(db, form, &err));
	assert_fails(db_open_wave(db, &got, "T", &pool, &err), ERR_MISSING);
	assert_ok(db_put_wave(db, &first, &err));
	assert_true(first.open && first.id > 0);
	second.label = "2024";
	second.year = 2024;
	assert_fails(db_put_wave(db, &second, &err), ERR_CONFLICT);
	version = db_catalogue_version(db);
	assert_ok(db_close_wave(db, first.id, &err));
	assert_true(db_catalogue_version(db) > version);
	assert_ok(db_close_wave(db, first.id, &err));	/* closed is closed */
	second.label = "2023";
	assert_fails(db_put_wave(db, &second, &err), ERR_CONFLICT);
	second.label = "2024";
	assert_ok(db_put_wave(db, &second, &err));
	assert_ok(db_open_wave(db, &got, "T", &pool, &err));
	assert_int_equal(got.id, second.id);
	assert_ok(db_get_wave(db, &got, first.id, &pool, &err));
	assert_false(got.open);
	assert_true(got.closes > 0);
	assert_string_equal(got.agency, "市统计局");
	assert_string_equal(got.strata, "");
	assert_fails(db_close_wave(db, 99, &err), ERR_MISSING);
	db_close(db);
	pool_clear(&pool);
}

static void
a_wave_is_found_by_name_or_number(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("find.db");
	struct wave got, *wave;
	int64_t t, a;
	size_t n;

	(void)state;
	t = db_wave_of(db, tiny("T", "1", "一", &pool), 2024);
	assert_ok(db_close_wave(db, t, &err));
	db_wave_of(db, tiny("T", "1", "一", &pool), 2023);
	a = db_wave_of(db, tiny("A", "1", "一", &pool), 2024);
	assert_ok(db_find_wave(db, &got, "T-2024", &pool, &err));
	assert_int_equal(got.id, t);
	assert_ok(db_find_wave(db, &got, pool_fmt(&pool, "%lld", (long long)a), &pool, &err));
	assert_string_equal(got.form_id, "A");
	assert_fails(db_find_wave(db, &got, "T-1999", &pool, &err), ERR_MISSING);
	assert_fails(db_find_wave(db, &got, "", &pool, &err), ERR_MISSING);
	assert_fails(db_find_wave(db, &got, "99999999999999999999999", &pool, &err), ERR_MISSING);
	assert_ok(db_list_waves(db, NULL, &wave, &n, &pool, &err));
	assert_int_equal(n, 3);
	assert_string_equal(wave[0].form_id, "A");
	assert_int_equal(wave[1].year, 2023);
	assert_int_equal(wave[2].id, t);
	assert_ok(db_list_waves(db, "T", &wave, &n, &pool, &err));
	assert_int_equal(n, 2);
	db_close(db);
	pool_clear(&pool);
}

/* ---- sites ---- */

static void
a_site_gets_a_code_that_checks(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("site.db");
	struct site site = { .name = "市政务服务中心", .window = "3号窗口", .sector = "S01",
		.township = "210281001", .active = true }, got, *all;
	char code[SITE_CODE_N + 1], first[SITE_CODE_N + 1];
	size_t n;

	(void)state;
	assert_ok(db_put_site(db, &site, &err));
	assert_int_equal(code_normal(code, SITE_CODE_N, site.code), 0);
	assert_string_equal(code, site.code);
	strcpy(first, site.code);
	for (int i = 0; i < 500; i++) {
		site.code[0] = '\0';
		assert_ok(db_put_site(db, &site, &err));
		assert_string_not_equal(site.code, first);
	}
	assert_ok(db_get_site(db, &got, first, &pool, &err));
	assert_string_equal(got.name, "市政务服务中心");
	assert_string_equal(got.stratum, "");
	assert_string_equal(got.form_id, "B");
	assert_true(got.active);
	assert_ok(db_set_site_active(db, first, false, &err));
	assert_ok(db_get_site(db, &got, first, &pool, &err));
	assert_false(got.active);
	assert_ok(db_list_sites(db, &all, &n, &pool, &err));
	assert_int_equal(n, 501);
	for (size_t i = 1; i < n; i++)
		assert_true(all[i].id > all[i - 1].id);
	assert_fails(db_get_site(db, &got, "ZZZZZZ", &pool, &err), ERR_MISSING);
	assert_fails(db_set_site_active(db, "ZZZZZZ", true, &err), ERR_MISSING);
	db_close(db);
	pool_clear(&pool);
}

static void
a_given_code_is_normalised_and_checked(void **state)
{
	struct err err = { 0 };
	struct db *db = db_fresh("given.db");
	struct site site = { .name = "甲", .active = true, .form_id = "A" };
	char code[SITE_CODE_N + 1];

	(void)state;
	code_make(code, SITE_CODE_N, 123456);
	for (int i = 0; i < SITE_CODE_N; i++)
		site.code[i] = (char)(code[i] >= 'A' ? code[i] + 32 : code[i]);
	assert_ok(db_put_site(db, &site, &err));
	assert_string_equal(site.code, code);
	assert_fails(db_put_site(db, &site, &err), ERR_CONFLICT);
	site.code[2] = site.code[2] == '7' ? '8' : '7';
	assert_fails(db_put_site(db, &site, &err), ERR_INPUT);
	strcpy(site.code, "短");
	assert_fails(db_put_site(db, &site, &err), ERR_INPUT);
	site.code[0] = '\0';
	site.name = "";
	assert_fails(db_put_site(db, &site, &err), ERR_INPUT);
	db_close(db);
}

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
	assert_string_equal(db_ask(db_path("resend.db"), "SELECT answers FROM response WHERE id = 2"),
	    row[1].answers);
	db_close(db);
	pool_clear(&pool);
}

static void
one_bad_row_stores_none_of_the_batch(void **state)
{
	static const struct { const char *key, *answers, *stream; int64_t wave, weight; } bad[] = {
		{ "", "[]", "open", 1, 1 }, { "a b", "[]", "open", 1, 1 }, { "满意", "[]", "open", 1, 1 },
		{ "12345678901234567890123456789012345678901234567890123456789012345", "[]", "open", 1, 1 },
		{ "k", "{}", "open", 1, 1 }, { "k", "[1", "open", 1, 1 }, { "k", "", "open", 1, 1 },
		{ "k", "[]", "both", 1, 1 }, { "k", "[]", "open", 99, 1 }, { "k", "[]", "open", 1, 0 },
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
		"DELETE FROM response", "UPDATE response SET answers = '[]'", "UPDATE response SET minute = 0",
		"DELETE FROM exclusion", "UPDATE exclusion SET rule = 'x'",
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
	assert_int_not_equal(sqlite3_exec(raw, "DELETE FROM response", NULL, NULL, &message), SQLITE_OK);
	assert_non_null(strstr(message, "答卷不可删除"));
	sqlite3_free(message);
	sqlite3_close(raw);
	pool_clear(&pool);
}

struct seen {
	int64_t last, n, excluded, stop_at;
	int64_t minutes;
};

static int
see(const struct response_row *r, void *ctx)
{
	struct seen *s = ctx;

	assert_true(r->id > s->last);
	s->last = r->id;
	s->n++;
	s->excluded += r->excluded;
	s->minutes += r->minute;
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
	assert_int_equal(s.minutes, 0);	/* not asked for */
	db_close(db);
	pool_clear(&pool);
}

static void
an_exclusion_marks_the_row_and_drops_the_sums(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("excluded.db");
	int64_t wave = db_wave_of(db, tiny("T", "1", "一", &pool), 2024), after;
	struct tally_row sums = { "open", "", "", "sex=1", "[1,2,3]" };
	struct seen s = { 0 };
	const char *layout;

	(void)state;
	db_fill(db, wave, 0, 100);
	assert_ok(db_put_tally(db, wave, 100, "l1", &sums, 1, &err));
	assert_ok(db_put_exclusion(db, 3, "speeder", "1", "分析员", 28000000, &err));
	assert_ok(db_put_exclusion(db, 3, "straight-line", "1", "分析员", 28000001, &err));
	assert_ok(db_put_exclusion(db, 100, "speeder", "1", "分析员", 28000000, &err));
	assert_fails(db_put_exclusion(db, 101, "speeder", "1", "分析员", 28000000, &err), ERR_MISSING);
	assert_fails(db_put_exclusion(db, 4, "", "1", "分析员", 28000000, &err), ERR_CONFLICT);
	assert_ok(db_each_response(db, wave, 0, see, &s, &err));
	assert_int_equal(s.excluded, 2);
	s = (struct seen){ 0 };
	assert_ok(db_each_answer(db, wave, 3, see, &s, &err));
	assert_int_equal(s.excluded, 1);
	assert_ok(db_get_tally(db, wave, &after, &layout, NULL, NULL, &pool, &err));
	assert_int_equal(after, 0);
	db_close(db);
	pool_clear(&pool);
}

static void
a_receipt_leads_to_its_row_indexed_or_not(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("receipt.db");
	int64_t wave = db_wave_of(db, tiny("T", "1", "一", &pool), 2024), left;
	struct response_row want, got;
	char key[32];

	(void)state;
	db_fill(db, wave, 0, 1000);
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 1000; i += 99) {
			want = db_row(wave, i, key);
			assert_ok(db_get_receipt(db, &got, want.receipt, &pool, &err));
			assert_int_equal(got.id, i + 1);
			assert_int_equal(got.wave, wave);
			assert_string_equal(got.key, key);
			assert_string_equal(got.answers, want.answers);
			assert_memory_equal(got.leaf, want.leaf, LEAF_N);
		}
		assert_fails(db_get_receipt(db, &got, "0000000000000000", &pool, &err), ERR_MISSING);
		assert_fails(db_get_receipt(db, &got, "", &pool, &err), ERR_MISSING);
		assert_ok(db_index_receipts(db, 600, &left, &err));
		assert_int_equal(left, round == 0 ? 400 : 0);
	}
	db_fill(db, wave, 1000, 1001);
	want = db_row(wave, 1000, key);
	assert_ok(db_get_receipt(db, &got, want.receipt, &pool, &err));
	db_close(db);
	pool_clear(&pool);
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
	    "SELECT count(*) FROM pragma_table_info('callback') WHERE name IN ('key', 'response', 'receipt', 'minute')"),
	    "0");
	assert_ok(db_drop_callbacks(db, 28030001, &err));
	assert_ok(db_list_callbacks(db, &c, &n, &pool, &err));
	assert_int_equal(n, 1);
	assert_string_equal(c[0].phone, "13800000002");
	assert_string_equal(c[0].site, "");
	assert_fails(db_put_callback(db, "1", 0, 28000000, 28030000, &err), ERR_CONFLICT);
	db_close(db);
	pool_clear(&pool);
}

/* ---- sums and margins ---- */

static int
collect_tally(const struct tally_row *t, void *ctx)
{
	text_fmt(ctx, "%s/%s/%s/%s=%s;", t->stream, t->stratum, t->cluster, t->cell, t->sums);
	return 0;
}

static void
a_tally_is_replaced_whole(void **state)
{
	static const struct tally_row first[] = {
		{ "sampled", "h2", "c1", "x", "[1]" }, { "open", "", "", "x", "[2]" },
		{ "sampled", "h1", "c1", "x", "[3]" },
	};
	static const struct tally_row second[] = { { "open", "", "", "y", "[4]" } };
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct text rows = TEXT_INIT;
	struct db *db = db_fresh("tally.db");
	int64_t wave = db_wave_of(db, tiny("T", "1", "一", &pool), 2024), after;
	const char *layout;

	(void)state;
	assert_ok(db_get_tally(db, wave, &after, &layout, collect_tally, &rows, &pool, &err));
	assert_int_equal(after, 0);
	assert_string_equal(layout, "");
	assert_ok(db_put_tally(db, wave, 10, "l1", first, 3, &err));
	assert_ok(db_get_tally(db, wave, &after, &layout, collect_tally, &rows, &pool, &err));
	assert_int_equal(after, 10);
	assert_string_equal(layout, "l1");
	assert_string_equal(text_str(&rows), "open///x=[2];sampled/h1/c1/x=[3];sampled/h2/c1/x=[1];");
	assert_ok(db_put_tally(db, wave, 20, "l2", second, 1, &err));
	text_reset(&rows);
	assert_ok(db_get_tally(db, wave, &after, &layout, collect_tally, &rows, &pool, &err));
	assert_int_equal(after, 20);
	assert_string_equal(text_str(&rows), "open///y=[4];");
	assert_int_equal(db_put_tally(db, 99, 1, "l", second, 1, &err), -1);
	memset(&err, 0, sizeof(err));
	assert_ok(db_drop_tally(db, 0, &err));
	assert_ok(db_get_tally(db, wave, &after, &layout, collect_tally, &rows, &pool, &err));
	assert_int_equal(after, 0);
	text_clear(&rows);
	db_close(db);
	pool_clear(&pool);
}

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
		cmocka_unit_test(a_form_comes_back_byte_for_byte),
		cmocka_unit_test(the_newest_version_is_the_one_loaded_last),
		cmocka_unit_test(a_form_that_is_not_there_says_what_is),
		cmocka_unit_test(a_form_with_answers_is_frozen),
		cmocka_unit_test(a_view_shows_answers_under_their_names),
		cmocka_unit_test(every_questionnaire_has_a_view_of_its_items),
		cmocka_unit_test(a_form_has_one_open_wave),
		cmocka_unit_test(a_wave_is_found_by_name_or_number),
		cmocka_unit_test(a_site_gets_a_code_that_checks),
		cmocka_unit_test(a_given_code_is_normalised_and_checked),
		cmocka_unit_test(a_resend_counts_once_and_gets_the_first_receipt),
		cmocka_unit_test(one_bad_row_stores_none_of_the_batch),
		cmocka_unit_test(rows_are_never_changed_or_deleted),
		cmocka_unit_test(rows_come_by_id_after_a_watermark),
		cmocka_unit_test(an_exclusion_marks_the_row_and_drops_the_sums),
		cmocka_unit_test(a_receipt_leads_to_its_row_indexed_or_not),
		cmocka_unit_test(fieldwork_is_counted_by_site_and_stream),
		cmocka_unit_test(leaves_come_in_the_order_of_the_rows),
		cmocka_unit_test(a_phone_is_kept_apart_and_goes_in_time),
		cmocka_unit_test(a_tally_is_replaced_whole),
		cmocka_unit_test(margins_are_replaced_whole_or_not),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, db_folder_make, db_folder_drop);
}
