/* Days and minutes in China's time, beside the C library's calendar. */
#include "tests/support/check.h"

#include <limits.h>
#include <time.h>

#include "base/date.h"

static void
days_are_those_of_the_calendar(void **state)
{
	static const char *const bad[] = { "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10",
		"2024-04-31", "2024-1-01", "2024/01/01", "2024-01-01 ", "1899-12-31", "3000-01-01",
		"", "２０２４-01-01", "-024-01-01" };
	int y, m, d;

	(void)state;
	assert_int_equal(date_parse_day("2024-02-29", &y, &m, &d), 0);
	assert_int_equal(y * 10000 + m * 100 + d, 20240229);
	assert_int_equal(date_parse_day("2000-02-29", &y, &m, &d), 0);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(date_parse_day(bad[i], &y, &m, &d), -1);
}

/* date(1): TZ=Asia/Shanghai date -d '2024-05-12 09:30' +%s = 1715477400. */
static void
minutes_are_shown_in_chinas_time(void **state)
{
	char day[11], minute[17];
	int64_t t;

	(void)state;
	date_minute(minute, 1715477400 / 60);
	assert_string_equal(minute, "2024-05-12 09:30");
	assert_int_equal(date_parse("2024-05-12", &t), 0);
	assert_int_equal(t, 1715443200 / 60);
	date_minute(minute, 0);
	assert_string_equal(minute, "1970-01-01 08:00");
	date_minute(minute, -8 * 60 - 1);
	assert_string_equal(minute, "1969-12-31 23:59");
	assert_int_equal(date_parse("2025-01-01", &t), 0);
	assert_int_equal(date_year(t), 2025);
	assert_int_equal(date_year(t - 1), 2024);
	date_day(day, t - 1);
	assert_string_equal(day, "2024-12-31");
	date_minute(minute, INT64_MAX);
	assert_string_equal(minute, "9999-12-31 23:59");
	date_minute(minute, INT64_MIN);
	assert_string_equal(minute, "0001-01-01 00:00");
}

/* The C library's gmtime() is the other program. */
static void
every_day_of_eleven_centuries_agrees_with_the_c_library(void **state)
{
	(void)state;
	for (int64_t day = -25567; day < 376200; day += 13) {
		time_t t = (time_t)(day * 86400);
		char got[11], want[32];
		struct tm tm;
		int64_t back;

		assert_non_null(gmtime_r(&t, &tm));
		strftime(want, sizeof(want), "%Y-%m-%d", &tm);
		date_day(got, day * 1440 - 480);
		assert_string_equal(got, want);
		assert_int_equal(date_parse(got, &back), 0);
		assert_int_equal(back, day * 1440 - 480);
	}
}

static void
days_and_times_are_read_as_people_write_them(void **state)
{
	static const char *const same[] = { "2024-05-12 09:30", "2024-5-12 9:30",
		"2024/5/12 09:30:59", "2024.05.12T9:30",
		"2024年5月12日 9:30", "2024-05-12   09:30:15.25" };
	static const char *const bad[] = { "", "45424", "24-05-12", "12.05.2024", "2024-02-30",
		"2024/13/1", "2024年5月12", "2024-05-12 24:00", "2024-05-12 9:60", "2024-05-12 9",
		"2024-05-12x", "2024-05/12", "2024-05-12 9:30 PM",
		"1899-12-31", "2024-123-1", "2024-05-12 123:00" };
	int64_t t;

	(void)state;
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
		assert_int_equal(date_read(same[i], &t), 0);
		assert_int_equal(t, 1715477400 / 60);
	}
	assert_int_equal(date_read("2024/5/12", &t), 0);
	assert_int_equal(t, 1715443200 / 60);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(date_read(bad[i], &t), -1);
}

static void
a_day_begins_at_midnight_in_china(void **state)
{
	static const int64_t minute[] = { 0, 1715477400 / 60, -8 * 60, -8 * 60 - 1, -3000 };
	char day[11], midnight[17];

	(void)state;
	for (size_t i = 0; i < sizeof(minute) / sizeof(minute[0]); i++) {
		date_day(day, minute[i]);
		date_minute(midnight, date_midnight(minute[i]));
		assert_int_equal(strncmp(midnight, day, 10), 0);
		assert_string_equal(midnight + 10, " 00:00");
	}
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(days_are_those_of_the_calendar),
	cmocka_unit_test(minutes_are_shown_in_chinas_time),
	cmocka_unit_test(every_day_of_eleven_centuries_agrees_with_the_c_library),
	cmocka_unit_test(days_and_times_are_read_as_people_write_them),
	cmocka_unit_test(a_day_begins_at_midnight_in_china),
};

CHECK_MAIN(tests)
