/* The Gregorian calendar in China's time; days counted as in Hinnant's chrono algorithms. */
#include "base/date.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { CHINA = 8 * 60, DAY = 24 * 60 };

int64_t
date_now_second(void)
{
	return (int64_t)time(NULL);
}

int64_t
date_now_minute(void)
{
	return date_now_second() / 60;
}

/* Days since 1970-01-01; the year is counted from March so that a leap day comes last. */
static int64_t
days_of(int year, int month, int day)
{
	int64_t y = year - (month <= 2);
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t of_era = y - era * 400;
	int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void
civil_of(int64_t days, int *year, int *month, int *day)
{
	int64_t z = days + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t of_era = z - era * 146097;
	int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
	int64_t m = (5 * of_year + 2) / 153;

	*day = (int)(of_year - (153 * m + 2) / 5 + 1);
	*month = (int)(m < 10 ? m + 3 : m - 9);
	*year = (int)(y + era * 400 + (*month <= 2));
}

static int
month_days(int year, int month)
{
	static const int days[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

int
date_parse_day(const char *s, int *year, int *month, int *day)
{
	static const char shape[] = "dddd-dd-dd";
	int y, m, d;

	if (strlen(s) != sizeof(shape) - 1)
		return -1;
	for (size_t i = 0; shape[i] != '\0'; i++)
		if (shape[i] == 'd' ? s[i] < '0' || s[i] > '9' : s[i] != shape[i])
			return -1;
	y = (s[0] - '0') * 1000 + (s[1] - '0') * 100 + (s[2] - '0') * 10 + (s[3] - '0');
	m = (s[5] - '0') * 10 + (s[6] - '0');
	d = (s[8] - '0') * 10 + (s[9] - '0');
	if (y < 1900 || y > 2999 || m < 1 || m > 12 || d < 1 || d > month_days(y, m))
		return -1;
	*year = y;
	*month = m;
	*day = d;
	return 0;
}

int
date_parse(const char *s, int64_t *minute)
{
	int y, m, d;

	if (date_parse_day(s, &y, &m, &d) < 0)
		return -1;
	*minute = days_of(y, m, d) * DAY - CHINA;
	return 0;
}

/* Split into day and minute of the day in China; times no calendar page has become its ends. */
static void
split(int64_t minute, int *year, int *month, int *day, int *of_day)
{
	const int64_t low = days_of(1, 1, 1) * DAY, high = days_of(10000, 1, 1) * DAY - 1;
	int64_t t, days;

	t = minute < low ? low : minute > high - CHINA ? high : minute + CHINA;
	days = (t >= 0 ? t : t - (DAY - 1)) / DAY;
	*of_day = (int)(t - days * DAY);
	civil_of(days, year, month, day);
}

int
date_year(int64_t minute)
{
	int y, m, d, t;

	split(minute, &y, &m, &d, &t);
	return y;
}

/* value's last digits, n of them: the buffer's length is then plain to the compiler too. */
static void
digits(char *out, int value, int n)
{
	while (n-- > 0) {
		out[n] = (char)('0' + value % 10);
		value /= 10;
	}
}

void
date_day(char out[11], int64_t minute)
{
	int y, m, d, t;

	split(minute, &y, &m, &d, &t);
	memcpy(out, "0000-00-00", 11);
	digits(out, y, 4);
	digits(out + 5, m, 2);
	digits(out + 8, d, 2);
}

void
date_minute(char out[17], int64_t minute)
{
	int y, m, d, t;

	split(minute, &y, &m, &d, &t);
	date_day(out, minute);
	memcpy(out + 10, " 00:00", 7);
	digits(out + 11, t / 60, 2);
	digits(out + 14, t % 60, 2);
}
