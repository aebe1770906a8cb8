/* Which record counts, of those there are. */
#include <string.h>

#include "base/date.h"
#include "track/known.h"

const struct threshold_row *
threshold_last(const struct threshold_row row[], size_t n, int clause, const char *before)
{
	const struct threshold_row *last = NULL;

	for (size_t i = 0; i < n; i++)
		if (row[i].clause == clause &&
				(before == NULL || strcmp(row[i].date, before) < 0) &&
				(last == NULL || strcmp(row[i].date, last->date) >= 0))
			last = &row[i];
	return last;
}

bool
threshold_late(const struct threshold_row *row, int64_t opens)
{
	char opened[11], entered[11];

	date_day(opened, opens);
	date_day(entered, row->minute);
	return strcmp(row->date, opened) < 0 && strcmp(entered, opened) >= 0;
}

const struct external_row *
external_of(const struct external_row row[], size_t n, int year)
{
	const struct external_row *last = NULL;

	for (size_t i = 0; i < n; i++)
		if (row[i].year == year)
			last = &row[i];
	return last;
}

bool
agency_named(const struct reading_row *row, const struct external_row *result)
{
	return result->agency[0] != '\0' && strstr(row->source, result->agency) != NULL;
}

bool
pass_mark_before(const struct threshold_row *pass, const struct reading_row *mark)
{
	return strcmp(pass->date, mark->date) < 0 && pass->minute <= mark->minute;
}
