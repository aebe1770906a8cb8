/* Bounds of what may be entered. */
#include "base/entry.h"

#include <string.h>

#include "base/date.h"

int
entry_year_last(void)
{
	return date_year(date_now_minute());
}

int
entry_year_from(int year, int first, struct err *err)
{
	int last = entry_year_last();

	if (year > last)
		return err_set(err, ERR_INPUT, "%d 年还没有到；可用 %d—%d 年",
			"%d is still to come; years from %d to %d can be given", year, first, last);
	if (year < first)
		return err_set(err, ERR_INPUT, "%d 年早于创建工作的年份；可用 %d—%d 年",
			"%d lies before the years of this programme; enter %d to %d",
			year, first, last);
	return 0;
}

int
entry_year(int year, struct err *err)
{
	return entry_year_from(year, ENTRY_YEAR_FIRST, err);
}

int
entry_day(const char *day, struct err *err)
{
	static const char first[] = "1949-10-01";
	int year, month, of_month;
	char today[11];

	date_day(today, date_now_minute());
	if (date_parse_day(day, &year, &month, &of_month) != 0)
		return err_set(err, ERR_INPUT, "日期应写成 2024-05-12 这样的实有日期，不是“%s”",
			"a day is a real one written like 2024-05-12, not \"%s\"", day);
	if (strcmp(day, today) > 0)
		return err_set(err, ERR_INPUT, "日期 %s 还没有到（今天是 %s）",
			"the day %s is still to come (today is %s)", day, today);
	if (strcmp(day, first) < 0)
		return err_set(err, ERR_INPUT, "日期 %s 太早：不能早于 %s",
			"the day %s is too early: not before %s", day, first);
	return 0;
}
