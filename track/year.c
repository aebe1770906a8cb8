/* Years on record. */
#include "track/year.h"

#include <stdlib.h>
#include <string.h>

#include "base/entry.h"
#include "base/lang.h"
#include "base/text.h"
#include "track/track.h"

int
year_list(const int **year, size_t *n, struct db *db, const struct programme *programme,
	struct pool *pool, struct err *err)
{
	int *all, last = entry_year_last();

	if (db_list_years(db, programme_qualified(programme, pool), &all, n, pool, err) != 0)
		return -1;
	while (*n > 0 && all[*n - 1] > last)
		(*n)--;
	*year = all;
	return 0;
}

/* "2021—2024、2026" */
static const char *
years_text(struct text *t, const int known[], size_t n)
{
	size_t k;

	for (size_t i = 0; i < n; i = k) {
		for (k = i + 1; k < n && known[k] == known[k - 1] + 1; k++)
			continue;
		text_fmt(t, "%s%d", i > 0 ? LANG_PICK("、", ", ") : "", known[i]);
		if (k > i + 1)
			text_fmt(t, "%s%d", LANG_PICK("—", "–"), known[k - 1]);
	}
	return n > 0 ? text_str(t) : LANG_PICK("还没有任何年度的数据", "none yet");
}

/* Has the row a clause that people fill in for each year? */
static bool
needs_yearly(const struct indicator *row)
{
	for (size_t i = 0; i < row->rules; i++)
		if (feed_of(&row->rule[i]) == FEED_READING && rule_annual(&row->rule[i]))
			return true;
	return false;
}

static bool
has_reading(const struct year_records *r, const char *indicator, int year)
{
	for (size_t i = 0; i < r->readings; i++)
		if (r->reading[i].year == year && strcmp(r->reading[i].indicator, indicator) == 0)
			return true;
	return false;
}

/* Readings in at least half of the rows that need one? */
static bool
mostly_filled(const struct year_records *r, const bool needs[], int year)
{
	size_t wanted = 0, there = 0;

	for (size_t i = 0; i < r->programme->rows; i++) {
		wanted += needs[i];
		there += needs[i] && has_reading(r, r->programme->row[i].id, year);
	}
	return there > 0 && 2 * there >= wanted;
}

int
year_newest(int *year, struct db *db, const int known[], size_t n,
	const struct year_records *records, struct pool *pool, struct err *err)
{
	bool *needs = pool_array(pool, records->programme->rows + 1, sizeof(*needs));
	int *wave;
	size_t waves, k;

	*year = n > 0 ? known[n - 1] : entry_year_last();
	if (db_list_wave_years(db, &wave, &waves, pool, err) != 0)
		return -1;
	for (size_t i = 0; i < records->programme->rows; i++)
		needs[i] = needs_yearly(&records->programme->row[i]);
	for (size_t i = n; i-- > 0;) {
		for (k = 0; k < waves && wave[k] != known[i]; k++)
			continue;
		if (k < waves || mostly_filled(records, needs, known[i])) {
			*year = known[i];
			break;
		}
	}
	return 0;
}

int
year_choose(int *year, int asked, int newest, const int known[], size_t n, struct err *err)
{
	struct text t = TEXT_INIT;
	const char *there;

	*year = asked == 0 ? newest : asked;
	if (*year == newest)
		return 0;
	for (size_t i = 0; i < n; i++)
		if (known[i] == asked)
			return 0;
	there = years_text(&t, known, n);
	if (asked > entry_year_last())
		err_set(err, ERR_REFUSED, "%d 年还没有到，不能判定；有数据的年度：%s",
			"%d is still to come and cannot be judged; years with data: %s",
			asked, there);
	else
		err_set(err, ERR_REFUSED, "%d 年没有任何数据，不能判定；有数据的年度：%s",
			"nothing is known of %d, so it cannot be judged; years with data: %s",
			asked, there);
	text_clear(&t);
	return -1;
}

/* First and last year named. */
static bool
years_in_text(int *first, int *last, const char *s)
{
	size_t n;

	*first = *last = 0;
	for (; *s != '\0'; s += n > 0 ? n : 1) {
		n = strspn(s, "0123456789");
		if (n != 4 || atoi(s) < 1949 || atoi(s) > 2999)
			continue;
		*last = atoi(s);
		if (*first == 0)
			*first = *last;
	}
	return *first != 0;
}

int
year_in_text(const char *s)
{
	int first, last;

	(void)years_in_text(&first, &last, s);
	return first;
}

bool
year_covered(const struct evidence_row *file, int year)
{
	int first, last;

	if (!years_in_text(&first, &last, file->period) &&
			!years_in_text(&first, &last, file->date))
		return false;
	return first <= year && year <= last;
}

int
year_of_document(const struct evidence_row *file)
{
	int year = year_in_text(file->period), last = entry_year_last();

	if (year == 0)
		year = year_in_text(file->date);
	return year > last ? last : year;
}
