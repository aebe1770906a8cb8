/* Time as minutes since 1970-01-01T00:00Z; shown in China's time (UTC+8, no summer time). */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdint.h>

enum { DATE_DAY = 24 * 60 };	/* minutes of a day */

int64_t date_now_minute(void);
int64_t date_now_second(void);

/* "YYYY-MM-DD", a real day of the Gregorian calendar, 1900..2999.  Returns 0 or -1. */
int date_parse_day(const char *s, int *year, int *month, int *day);
/* The same, as minutes at 00:00 China time. */
int date_parse(const char *s, int64_t *minute);
/*
 * A day as people and their programs write it, with or without a time in China, in the shapes that
 * cannot be mistaken: 2024-5-12, 2024/05/12 9:30, 2024.5.12T09:30:15, 2024年5月12日.  Seconds are
 * cut off.  Returns 0 or -1.
 */
int date_read(const char *s, int64_t *minute);
/* Midnight in China, then or before. */
int64_t date_midnight(int64_t minute);
/* Year in China of a minute. */
int date_year(int64_t minute);
/* "2024-05-12" into out[11]; "2024-05-12 09:30" into out[17]. */
void date_day(char out[11], int64_t minute);
void date_minute(char out[17], int64_t minute);

#endif
