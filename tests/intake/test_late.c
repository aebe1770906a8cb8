/* What comes twice, or after the end: nothing is swallowed, and what was not
 * stored is said not to be. */
#include "tests/intake/city.h"

enum { A, B, C };

static struct db *
open_city(void)
{
	struct err err = { 0 };
	struct db *db = db_open(city.db, DB_WRITE, &err);

	web_must(db != NULL ? 0 : -1, &err);
	return db;
}

/* End the open wave of a form, by hand and now. */
static int64_t
close_wave(const char *form)
{
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	struct db *db = open_city();
	struct wave w;

	web_must(db_open_wave(db, &w, form, &pool, &err), &err);
	web_must(db_close_wave(db, w.id, &err), &err);
	db_close(db);
	pool_clear(&pool);
	return w.id;
}

static int64_t
open_wave(const char *form, const char *label, int64_t closes, const char *valid_until,
	const char *because)
{
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	struct db *db = open_city();
	const struct form *newest = db_get_form(db, form, NULL, &pool, &err);
	struct wave w = { .form_id = form, .form_version = newest != NULL ? newest->version : "",
		.year = 2024, .label = label, .opens = 1, .closes = closes, .population = "全体",
		.modes = "qr", .mapping = "share", .valid_until = valid_until,
		.lapsed_because = because };

	web_must(db_put_wave(db, &w, &err), &err);
	db_close(db);
	pool_clear(&pool);
	return w.id;
}

/* Until the intake has heard of it. */
static void
until_status(int site, int status)
{
	for (int i = 0; i < 500; i++) {
		get(uri_of(site));
		if (web_status(&web) == status)
			return;
		usleep(10000);
	}
	fail_msg("%s: %d, want %d", uri_of(site), web_status(&web), status);
}

static const char *
body_of(const char *answers, const char *key, int64_t wave, int64_t opened)
{
	static char body[400];

	snprintf(body, sizeof(body), "%s&_key=%s&_consent=yes&_w=%lld&_t=%lld", answers, key,
		(long long)wave, (long long)opened);
	return body;
}

static int64_t
rows_of(int64_t wave)
{
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	struct db *db = open_city();
	struct response_count *count;
	int64_t sum = 0;
	size_t n;

	web_must(db_count_responses(db, wave, &count, &n, &pool, &err), &err);
	for (size_t i = 0; i < n; i++)
		sum += count[i].n;
	db_close(db);
	pool_clear(&pool);
	return sum;
}

static size_t
callbacks(void)
{
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	struct db *db = open_city();
	struct callback *c;
	size_t n;

	web_must(db_list_callbacks(db, &c, &n, &pool, &err), &err);
	db_close(db);
	pool_clear(&pool);
	return n;
}

/* A page made by a post is read in the other language by sending the same once
 * more, in that language. */
static void
other_language_is_at_hand(void)
{
	assert_true(web_says(&web, "form=\"again\" lang=\"en\""));
	assert_true(web_says(&web, "name=\"_lang\" value=\"en\""));
	assert_false(web_says(&web, "name=\"_lang\" value=\"zh-CN\""));
	assert_true(web_says(&web, "name=\"_key\""));
}

static void
the_same_key_with_other_answers_is_told_so_and_changes_nothing(void **state)
{
	struct response_row row;
	int64_t before = rows(NULL);
	char where[64];

	(void)state;
	post(B, "level=4&_key=twice-key-0000001&_consent=yes");
	assert_int_equal(web_status(&web), 303);
	snprintf(where, sizeof(where), "%.60s", web_header(&web, "Location"));
	post(B, "level=4&_key=twice-key-0000001&_consent=yes&_r=1");
	assert_int_equal(web_status(&web), 303);
	assert_string_equal(web_header(&web, "Location"), where);
	post(B, "level=1&_key=twice-key-0000001&_consent=yes");
	assert_int_equal(web_status(&web), 409);
	assert_true(web_says(&web, "这份已经交过，回答没有改动"));
	other_language_is_at_hand();
	assert_true(web_says(&web, "另填一份"));
	/* whoever holds the phone now need not be who answered */
	assert_false(web_says(&web, where + 3));
	post(B, "level=1&_key=twice-key-0000001&_consent=yes&_lang=en");
	assert_true(web_says(&web, "no answer was changed"));
	assert_int_equal(rows(&row), before + 1);
	assert_string_equal(row.answers, "[4,99,99,99,99,null,null,99,99,99]");
	post(C, "resid=3&_key=twice-key-0000001&_consent=yes");	/* the key of another form */
	assert_int_equal(web_status(&web), 409);
}

/* Of the page: what is not what was sent. */
static const char *
after_header(void)
{
	const char *s = strstr(text_str(&web.x.reply.body), "</header>");

	assert_non_null(s);
	return s;
}

/* Who knows the key must not find the answer by trying one level after the other. */
static void
after_a_wrong_guess_the_right_one_is_not_told_from_it(void **state)
{
	char *wrong;

	(void)state;
	post(B, "level=2&_key=guess-key-0000001&_consent=yes");
	assert_int_equal(web_status(&web), 303);
	post(B, "level=1&_key=guess-key-0000001&_consent=yes");
	assert_int_equal(web_status(&web), 409);
	wrong = strdup(after_header());
	post(B, "level=2&_key=guess-key-0000001&_consent=yes");
	assert_int_equal(web_status(&web), 409);
	assert_string_equal(after_header(), wrong);
	free(wrong);
	/* of another key the receipt is still had by sending it again */
	post(B, "level=2&_key=guess-key-0000002&_consent=yes");
	post(B, "level=2&_key=guess-key-0000002&_consent=yes");
	assert_int_equal(web_status(&web), 303);
}

static void
one_answer_leaves_one_phone_and_a_phone_waits_once_for_a_place_and_day(void **state)
{
	static const char *const body[] = {
		"level=1&callback=2&phone=13911112222&_key=phone-key-0000011&_consent=yes",
		"level=1&callback=2&phone=13911112222&_key=phone-key-0000012&_consent=yes",
		"level=1&callback=2&phone=13911113333&_key=phone-key-0000011&_consent=yes",
		"level=2&callback=2&phone=13911114444&_key=phone-key-0000012&_consent=yes",
	};
	size_t before = callbacks();

	(void)state;
	for (size_t i = 0; i < sizeof(body) / sizeof(body[0]); i++) {
		post(B, body[i]);
		assert_int_equal(web_status(&web), i < 3 ? 303 : 409);
		assert_int_equal(callbacks(), before + 1);
	}
	/* no word of whether this one waits */
	assert_true(web_says(&web, "回访电话已经记下"));
}

static void
a_phone_added_the_second_time_is_noted_and_that_is_said(void **state)
{
	size_t before = callbacks();

	(void)state;
	post(B, "level=1&callback=1&_key=phone-key-0000001&_consent=yes");
	assert_int_equal(web_status(&web), 303);
	for (int i = 0; i < 2; i++) {
		post(B, "level=1&callback=2&phone=13812345678&_key=phone-key-0000001&_consent=yes");
		assert_int_equal(web_status(&web), 409);
		assert_true(web_says(&web, "回访电话已经记下"));
		assert_true(strstr(text_str(&web.x.reply.body), "回访电话") <
			strstr(text_str(&web.x.reply.body), "没有另存"));
		assert_int_equal(callbacks(), before + 1);
	}
}

/* Who had opened it hands it in; to the round that was open then, though a newer one is. */
static void
what_was_opened_before_the_end_goes_to_its_own_round(void **state)
{
	int64_t old, fresh, n, m, now = date_now_second();

	(void)state;
	old = close_wave("B");
	until_status(B, 404);
	post(B, body_of("level=2", "late-key-00000001", old, now - 42));
	assert_int_equal(web_status(&web), 303);
	fresh = open_wave("B", "2024-2", 0, "", "");
	until_status(B, 200);
	assert_true(web_says(&web, "name=\"_w\""));
	n = rows_of(old);
	m = rows_of(fresh);
	post(B, body_of("level=3", "late-key-00000002", old, now - 42));
	assert_int_equal(web_status(&web), 303);
	assert_int_equal(rows_of(old), n + 1);
	post(B, body_of("level=3", "late-key-00000004", fresh, now));
	assert_int_equal(web_status(&web), 303);
	assert_int_equal(rows_of(fresh), m + 1);
	post(B, "level=3&_key=late-key-00000003&_consent=yes");		/* which names none */
	assert_int_equal(web_status(&web), 303);
	assert_int_equal(rows_of(fresh), m + 2);
	/* Mistakes are shown and may be mended within the hour. */
	post(B, body_of("level=9", "late-key-00000005", old, now - 42));
	assert_int_equal(web_status(&web), 422);
}

/* Without a time it cannot be told from what was made up long after the end. */
static void
what_comes_too_late_is_said_not_to_be_stored_and_shown(void **state)
{
	int64_t n, old = close_wave("C"), now = date_now_second(), over;

	(void)state;
	until_status(C, 404);
	post(C, body_of("resid=1&s1=7&comment=", "late-key-00000010", old, now - 42));
	n = rows_of(old);
	post(C, body_of("resid=1", "late-key-00000011", old, now + 5000));
	assert_int_equal(web_status(&web), 410);
	assert_true(web_says(&web, "没有保存"));
	assert_int_equal(rows_of(old), n);
	/* Over for more than an hour. */
	over = open_wave("C", "2024-2", date_now_minute() - 61, "", "");
	for (int i = 0; i < 300; i++) {
		post(C, body_of("resid=1&unaided=打12345问过", "late-key-00000012", over,
			now - 2 * 3600));
		if (web_says(&web, "12345问过"))
			break;
		usleep(10000);
	}
	assert_int_equal(web_status(&web), 410);
	assert_true(web_says(&web, "打12345问过"));
	other_language_is_at_hand();
	assert_true(web_says(&web, "没有保存"));
	assert_int_equal(rows_of(over), 0);
	/* A round nobody knows any more. */
	post(C, body_of("resid=3&unaided=hello", "late-key-00000014", 999, now));
	assert_int_equal(web_status(&web), 410);
	assert_true(web_says(&web, "hello"));
	close_wave("C");
}

static void
an_hour_it_is_and_not_a_minute_less(void **state)
{
	int64_t over, now = date_now_second();

	(void)state;
	over = open_wave("C", "2024-3", date_now_minute() - 57, "", "");
	for (int i = 0; i < 300; i++) {
		post(C, body_of("resid=3", "late-key-00000013", over, now - 2 * 3600));
		if (web_status(&web) == 303)
			break;
		usleep(10000);
	}
	assert_int_equal(web_status(&web), 303);
	assert_int_equal(rows_of(over), 1);
	/* Shown by an intake that had not heard of the end yet. */
	post(C, body_of("resid=3", "late-key-00000015", over, now - 60));
	assert_int_equal(web_status(&web), 303);
	assert_int_equal(rows_of(over), 2);
}

/* Stored in time, and only the word of it was lost: said to be stored, however late it asks. */
static void
a_resend_after_the_end_gets_its_receipt(void **state)
{
	int64_t old, n = rows(NULL);
	char where[64];

	(void)state;
	until_status(A, 200);
	post(A, body_of("sector=98", "resend-key-000001", 0, date_now_second()));
	assert_int_equal(web_status(&web), 303);
	snprintf(where, sizeof(where), "%.60s", web_header(&web, "Location"));
	old = close_wave("A");
	until_status(A, 404);
	post(A, body_of("sector=98", "resend-key-000001", old, -1));
	assert_int_equal(web_status(&web), 303);
	assert_string_equal(web_header(&web, "Location"), where);
	post(A, body_of("sector=98", "resend-key-000002", old, -1));
	assert_int_equal(web_status(&web), 410);
	assert_int_equal(rows(NULL), n + 1);
}

static void
without_its_approval_nothing_is_opened_and_an_override_is_printed(void **state)
{
	int64_t wave;

	(void)state;
	wave = open_wave("A", "2022", 0, "2020-12-31", "");
	until_status(A, 410);
	assert_true(web_says(&web, "批准有效期"));
	assert_true(web_says(&web, "2020-12-31"));
	post(A, body_of("sector=98", "lapsed-key-000001", wave, date_now_second() - 42));
	assert_int_equal(web_status(&web), 410);
	assert_true(web_says(&web, "没有保存"));
	assert_int_equal(rows_of(wave), 0);
	close_wave("A");
	open_wave("A", "2021", 0, "2020-12-31", "续批手续办理中");
	until_status(A, 200);
	assert_true(web_says(&web, "2020-12-31（已过；继续进行的理由：续批手续办理中）"));
}

/* At the shell, while somebody answers: the page made of the news, not of what
 * the intake last heard. */
static void
an_approval_put_back_meanwhile_is_not_called_late(void **state)
{
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	struct db *db = open_city();
	struct wave w;

	(void)state;
	until_status(B, 200);
	web_must(db_set_setting(db, "contact", "0411-85550000", &err), &err);
	web_must(db_open_wave(db, &w, "B", &pool, &err), &err);
	web_must(db_renew_wave(db, w.id, NULL, "2024-11-01", NULL, &err), &err);
	post(B, body_of("level=1&text=窗口态度好", "lapse-key-0000001", w.id,
		date_now_second() - 60));
	assert_int_equal(web_status(&web), 410);
	assert_true(web_says(&web, "批准有效期到 2024-11-01 为止"));
	assert_true(web_says(&web, "这不是您的原因"));
	assert_true(web_says(&web, "0411-85550000"));
	assert_true(web_says(&web, "窗口态度好"));
	assert_false(web_says(&web, "来晚了"));
	assert_false(web_says(&web, "结束时间"));
	assert_false(web_says(&web, "填写现在这一轮"));
	web_must(db_renew_wave(db, w.id, NULL, "2099-12-31", NULL, &err), &err);
	db_close(db);
	until_status(B, 200);
	pool_clear(&pool);
}

static void
a_poster_withdrawn_meanwhile_takes_what_was_opened_before(void **state)
{
	struct err err = { 0 };
	struct db *db = open_city();
	int64_t now = date_now_second(), n = rows_of(0);

	(void)state;
	web_must(db_set_site_active(db, city.code[B], false, &err), &err);
	db_close(db);
	until_status(B, 410);
	post(B, body_of("level=5", "site-key-00000001", 0, now - 42));
	assert_int_equal(web_status(&web), 303);
	post(B, body_of("level=5", "site-key-00000002", 0, -1));
	assert_int_equal(web_status(&web), 410);
	assert_true(web_says(&web, "评价点已经停用"));
	assert_int_equal(rows_of(0), n + 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_key_with_other_answers_is_told_so_and_changes_nothing),
		cmocka_unit_test(after_a_wrong_guess_the_right_one_is_not_told_from_it),
		cmocka_unit_test(
			one_answer_leaves_one_phone_and_a_phone_waits_once_for_a_place_and_day),
		cmocka_unit_test(a_phone_added_the_second_time_is_noted_and_that_is_said),
		cmocka_unit_test(what_was_opened_before_the_end_goes_to_its_own_round),
		cmocka_unit_test(what_comes_too_late_is_said_not_to_be_stored_and_shown),
		cmocka_unit_test(an_hour_it_is_and_not_a_minute_less),
		cmocka_unit_test(a_resend_after_the_end_gets_its_receipt),
		cmocka_unit_test(without_its_approval_nothing_is_opened_and_an_override_is_printed),
		cmocka_unit_test(an_approval_put_back_meanwhile_is_not_called_late),
		cmocka_unit_test(a_poster_withdrawn_meanwhile_takes_what_was_opened_before),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, make_city, drop_city);
}
