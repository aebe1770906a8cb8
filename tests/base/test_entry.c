/* Which years and days may be typed in. */
#include "tests/support/check.h"

#include <time.h>

#include "base/date.h"
#include "base/entry.h"

/* The C library's clock, eight hours east. */
static int
year_in_china(void)
{
	time_t t = time(NULL) + 8 * 3600;
	struct tm tm;

	assert_non_null(gmtime_r(&t, &tm));
	return tm.tm_year + 1900;
}

static void
a_year_lies_between_the_programmes_first_and_this_one(void **state)
{
	struct err err = { 0 };
	int now = year_in_china();
	char year[16];

	(void)state;
	assert_int_equal(entry_year_last(), now);
	assert_int_equal(entry_year(now, &err), 0);
	assert_int_equal(entry_year_from(2009, 2009, &err), 0);
	assert_int_equal(entry_year(1990, &err), 0);
	assert_int_equal(err.code, ERR_NONE);
	assert_int_equal(entry_year_from(2008, 2009, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_non_null(strstr(err.text, "2008"));
	assert_non_null(strstr(err.text, "2009"));
	err = (struct err){ 0 };
	assert_int_equal(entry_year(now + 1, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	snprintf(year, sizeof(year), "%d", now);
	assert_non_null(strstr(err.text, year));	/* the last one that can be given */
	assert_non_null(strstr(err_in(&err, LANG_EN), year));
}

static void
a_day_is_real_and_lies_between_the_states_first_and_today(void **state)
{
	static const struct { const char *day, *said; } bad[] = {
		{ "1949-09-30", "1949-10-01" }, { "2999-12-31", "还没有到" },
		{ "2023-02-29", "2023-02-29" }, { "2024-5-12", "实有日期" }, { "", "实有日期" },
		{ "昨天", "昨天" },
	};
	char today[11], tomorrow[11];
	struct err err = { 0 };

	(void)state;
	date_day(today, date_now_minute());
	assert_int_equal(entry_day(today, &err), 0);
	assert_int_equal(entry_day("1949-10-01", &err), 0);
	assert_int_equal(entry_day("2024-02-29", &err), 0);
	date_day(tomorrow, date_now_minute() + 24 * 60);
	assert_int_equal(entry_day(tomorrow, &err), -1);
	assert_non_null(strstr(err.text, today));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		err = (struct err){ 0 };
		assert_int_equal(entry_day(bad[i].day, &err), -1);
		assert_int_equal(err.code, ERR_INPUT);
		if (strstr(err.text, bad[i].said) == NULL)
			fail_msg("\"%s\" does not say %s", err.text, bad[i].said);
	}
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_year_lies_between_the_programmes_first_and_this_one),
	cmocka_unit_test(a_day_is_real_and_lies_between_the_states_first_and_today),
};

CHECK_MAIN(tests)
