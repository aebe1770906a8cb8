/* seal/approvals.c: the hour after a wave's end, and approvals that want attention. */
#include "tests/support/check.h"

#include "seal/approvals.h"
#include "tests/track/city.h"

/* A wave of 2024 that closes so many minutes from now, approved until that day. */
static struct wave
wave_of(struct db *db, int64_t closes_in, const char *valid_until)
{
	struct wave w = city_wave(city_form(db, "A"), 2024);

	w.closes = date_now_minute() + closes_in;
	w.valid_until = valid_until;
	must(db_put_wave(db, &w, oops));
	return w;
}

static void
nothing_is_settled_for_an_hour_after_the_end(void **state)
{
	static const struct { int64_t closes_in;
		bool settled; } at[] = { { -30, false }, { -62, true } };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct db *db = city_open();
		struct wave w = wave_of(db, at[i].closes_in, "");
		struct err err = { 0 };
		int want = at[i].settled ? 0 : -1;

		assert_int_equal(approvals_settled(db, w.id, &city_pool, &err), want);
		assert_int_equal(err.code, at[i].settled ? ERR_NONE : ERR_REFUSED);
		assert_int_equal(approvals_settled_year(db, 2024, &city_pool, &err), want);
		assert_int_equal(approvals_settled_year(db, 2023, &city_pool, &err), 0);
		err = (struct err){ 0 };
		assert_int_equal(approvals_settled(db, 99, &city_pool, &err), -1);
		assert_int_equal(err.code, ERR_MISSING);
		city_close(db);
	}
}

static void
the_waves_own_day_comes_before_the_offices(void **state)
{
	struct wave w = { .form_id = "A", .label = "2024", .valid_until = "2026-12-31",
		.lapsed_because = "" };
	struct approval a = approvals_of(&w, "2027-01-31", &city_pool);
	int64_t day;

	(void)state;
	assert_string_equal(a.wave, "A-2024");
	assert_string_equal(a.valid_until, "2026-12-31");
	assert_int_equal(date_parse("2027-01-01", &day), 0);
	assert_int_equal(a.lapse, day);
	w.valid_until = "";
	assert_string_equal(approvals_of(&w, "2027-01-31", &city_pool).valid_until, "2027-01-31");
	a = approvals_of(&w, NULL, &city_pool);
	assert_string_equal(a.valid_until, "");
	assert_int_equal(a.lapse, 0);
	pool_clear(&city_pool);
}

static void
an_open_wave_that_ends_soon_is_warned_of(void **state)
{
	static const struct { int64_t closes_in; int days; bool warns; } at[] = {
		{ 400 * DATE_DAY, 10, true }, { 400 * DATE_DAY, 300, false },
		{ 400 * DATE_DAY, -10, true }, { -100, 10, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(at) / sizeof(at[0]); i++) {
		struct db *db = city_open();
		struct text out = TEXT_INIT;
		char day[11];

		date_day(day, date_now_minute() + at[i].days * DATE_DAY);
		wave_of(db, at[i].closes_in, pool_strdup(&city_pool, day));
		must(approvals_warn(&out, db, oops));
		if (at[i].warns != (strstr(text_str(&out), "manyi: ") != NULL &&
				strstr(text_str(&out), "A-2024") != NULL))
			fail_msg("%d days: \"%s\"", at[i].days, text_str(&out));
		assert_true(!at[i].warns || out.s[out.n - 1] == '\n');
		text_clear(&out);
		city_close(db);
	}
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(nothing_is_settled_for_an_hour_after_the_end),
	cmocka_unit_test(the_waves_own_day_comes_before_the_offices),
	cmocka_unit_test(an_open_wave_that_ends_soon_is_warned_of),
};

CHECK_MAIN(tests)
