/* db/survey.c: forms, waves, sites. */
#include "tests/db/tiny.h"

#include "base/code.h"
#include "base/text.h"

/* ---- forms ---- */

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
	assert_string_equal(texts_for(&db_get_form(db, "T", NULL, &pool, &err)->title, LANG_ZH),
		"二改");
	db_close(db);
	pool_clear(&pool);
}

static void
labels_are_those_of_the_own_form_where_it_asks(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("asking.db");

	(void)state;
	assert_null(db_form_asking(db, "B", "town", &pool));
	assert_ok(db_put_form(db, db_form("A", &pool), &err));
	assert_ok(db_put_form(db, db_form("B", &pool), &err));
	assert_string_equal(db_form_asking(db, "B", "town", &pool)->id, "B");
	assert_string_equal(db_form_asking(db, "B", "sector", &pool)->id, "A");
	assert_string_equal(db_form_asking(db, "gone", "town", &pool)->id, "A");
	assert_string_equal(db_form_asking(db, NULL, "town", &pool)->id, "A");
	assert_null(db_form_asking(db, "B", "colour", &pool));
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
	assert_int_equal(db_shell(db_path("frozen.db"),
		"UPDATE form SET title_zh = 'x' WHERE version = '1'"), SQLITE_CONSTRAINT);
	assert_int_equal(db_shell(db_path("frozen.db"), "DELETE FROM form WHERE version = '1'"),
		SQLITE_CONSTRAINT);
	assert_int_equal(db_shell(db_path("frozen.db"), "UPDATE wave SET mapping = 'x'"),
		SQLITE_CONSTRAINT);
	assert_int_equal(db_shell(db_path("frozen.db"),
		"UPDATE form SET title_zh = 'x' WHERE version = '2'"), SQLITE_OK);
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
		"SELECT _wave || '|' || q_one || '|' || \"select\" || '|' || _weight"
		" FROM answers_T_2024_1"), "T-2024|1|好 \"啊\"|2.5");
	/* The same name but for case or punctuation cannot take the view away. */
	assert_fails(db_put_form(db, tiny("t", "2024_1", "一", &pool), &err), ERR_CONFLICT);
	assert_string_equal(db_ask(db_path("view.db"), "SELECT count(*) FROM answers_T_2024_1"),
		"1");
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
			snprintf(sql, sizeof(sql),
				"SELECT \"%s\" FROM \"answers_%s_2024_%c\"", form->item[k].name,
				form->id, form->version[strlen(form->version) - 1]);
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

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_form_comes_back_byte_for_byte),
		cmocka_unit_test(the_newest_version_is_the_one_loaded_last),
		cmocka_unit_test(labels_are_those_of_the_own_form_where_it_asks),
		cmocka_unit_test(a_form_that_is_not_there_says_what_is),
		cmocka_unit_test(a_form_with_answers_is_frozen),
		cmocka_unit_test(a_view_shows_answers_under_their_names),
		cmocka_unit_test(every_questionnaire_has_a_view_of_its_items),
		cmocka_unit_test(a_form_has_one_open_wave),
		cmocka_unit_test(a_wave_is_found_by_name_or_number),
		cmocka_unit_test(a_site_gets_a_code_that_checks),
		cmocka_unit_test(a_given_code_is_normalised_and_checked),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, db_folder_make, db_folder_drop);
}
