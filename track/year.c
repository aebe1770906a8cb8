/* Years on record. */
#include "track/year.h"

#include <stdlib.h>
#include <string.h>

#include "base/entry.h"
#include "base/lang.h"
#include "base/text.h"

int
year_list(const int **year, size_t *n, struct db *db, struct pool *pool, struct err *err)
{
	int *all, last = entry_year_last();

	if (db_list_years(db, &all, n, pool, err) == -1)
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
	size_t i, k;

	for (i = 0; i < n; i = k) {
		for (k = i + 1; k < n && known[k] == known[k - 1] + 1; k++)
			continue;
		text_fmt(t, "%s%d", i > 0 ? LANG_PICK("、", ", ") : "", known[i]);
		if (k > i + 1)
			text_fmt(t, "%s%d", LANG_PICK("—", "–"), known[k - 1]);
	}
	return n > 0 ? text_str(t) : LANG_PICK("还没有任何年度的数据", "none yet");
}

int
year_choose(int *year, int asked, const int known[], size_t n, struct err *err)
{
	struct text t = TEXT_INIT;
	int newest = n > 0 ? known[n - 1] : entry_year_last();
	const char *there;
	size_t i;

	*year = asked == 0 ? newest : asked;
	if (*year == newest)
		return 0;
	for (i = 0; i < n; i++)
		if (known[i] == asked)
			return 0;
	there = years_text(&t, known, n);
	if (asked > entry_year_last())
		err_set(err, ERR_REFUSED, "%d 年还没有到，不能判定；有数据的年度：%s",
		    "%d is still to come and cannot be judged; years with data: %s", asked, there);
	else
		err_set(err, ERR_REFUSED, "%d 年没有任何数据，不能判定；有数据的年度：%s",
		    "nothing is known of %d, so it cannot be judged; years with data: %s", asked, there);
	text_clear(&t);
	return -1;
}

int
year_in_text(const char *s)
{
	size_t n;

	for (; *s != '\0'; s += n > 0 ? n : 1) {
		n = strspn(s, "0123456789");
		if (n == 4 && atoi(s) >= 1949 && atoi(s) <= 2999)
			return atoi(s);
	}
	return 0;
}

int
year_of_document(const struct evidence_row *file)
{
	int year = year_in_text(file->period), last = entry_year_last();

	if (year == 0)
		year = year_in_text(file->date);
	return year > last ? last : year;
}
