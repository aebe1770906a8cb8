/* The Gregorian calendar in China's time; days counted as in Hinnant's chrono algorithms. */
#include "base/date.h"

#include <stdbool.h>
#include <string.h>
#include <time.h>

enum { CHINA = 8 * 60 };

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

static bool
is_day(int year, int month, int day)
{
	return year >= 1900 && year <= 2999 && month >= 1 && month <= 12 && day >= 1 &&
		day <= month_days(year, month);
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
	if (!is_day(y, m, d))
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

	if (date_parse_day(s, &y, &m, &d) != 0)
		return -1;
	*minute = days_of(y, m, d) * DATE_DAY - CHINA;
	return 0;
}

/* ---- as people write it ---- */

/* One to `most` digits at *p, which moves on; -1 if there are none. */
static int
read_digits(const char **p, size_t most)
{
	size_t n = strspn(*p, "0123456789");
	int x = 0;

	if (n == 0 || n > most)
		return -1;
	while (n-- > 0)
		x = 10 * x + (*(*p)++ - '0');
	return x;
}

static bool
take(const char **p, const char *word)
{
	if (strncmp(*p, word, strlen(word)) != 0)
		return false;
	*p += strlen(word);
	return true;
}

/* Rest of a time behind a day: nothing, " 9:30", "T09:30:15"; minutes, -1 if
 * it is anything else. */
static int
read_time(const char *s)
{
	int hour, min;

	if (*s == '\0')
		return 0;
	if (*s != ' ' && *s != 'T')
		return -1;
	s += 1 + strspn(s + 1, " ");
	hour = read_digits(&s, 2);
	if (!take(&s, ":"))
		return -1;
	min = read_digits(&s, 2);
	if (hour < 0 || hour > 23 || min < 0 || min > 59)
		return -1;
	/* Seconds are cut off. */
	if (take(&s, ":"))
		s += strspn(s, "0123456789.");
	return *s == '\0' ? hour * 60 + min : -1;
}

/* "2024-5-12", with / or . or 年月日 for -, as minutes; what follows it, or NULL. */
static const char *
read_day(const char *s, int64_t *minute)
{
	static const char *const part[][3] = { { "-", "-", "" }, { "/", "/", "" }, { ".", ".", "" },
		{ "年", "月", "日" } };
	int y, m, d;

	for (size_t i = 0; i < sizeof(part) / sizeof(part[0]); i++) {
		const char *p = s;

		y = read_digits(&p, 4);
		if (y < 1000 || !take(&p, part[i][0]))
			continue;
		m = read_digits(&p, 2);
		if (m < 0 || !take(&p, part[i][1]))
			return NULL;
		d = read_digits(&p, 2);
		if (d < 0 || !take(&p, part[i][2]))
			return NULL;
		if (!is_day(y, m, d))
			return NULL;
		*minute = days_of(y, m, d) * DATE_DAY - CHINA;
		return p;
	}
	return NULL;
}

int
date_read(const char *s, int64_t *minute)
{
	int64_t midnight;
	const char *rest = read_day(s, &midnight);
	int of_day = rest != NULL ? read_time(rest) : -1;

	if (of_day < 0)
		return -1;
	*minute = midnight + of_day;
	return 0;
}

/* ---- shown ---- */

/* Split into day and minute of the day in China; times no calendar page has become its ends. */
static void
split(int64_t minute, int *year, int *month, int *day, int *of_day)
{
	const int64_t low = days_of(1, 1, 1) * DATE_DAY, high = days_of(10000, 1, 1) * DATE_DAY - 1;
	int64_t t, days;

	t = minute < low ? low : minute > high - CHINA ? high : minute + CHINA;
	days = (t >= 0 ? t : t - (DATE_DAY - 1)) / DATE_DAY;
	*of_day = (int)(t - days * DATE_DAY);
	civil_of(days, year, month, day);
}

int64_t
date_midnight(int64_t minute)
{
	int64_t of_day = (minute + CHINA) % DATE_DAY;

	return minute - (of_day < 0 ? of_day + DATE_DAY : of_day);
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
