/* Who leads and who cooperates. */
#include "track/track.h"

#include <string.h>

enum { DEPARTMENTS_MAX = 256 };

static const char everyone[] = "各成员单位";

/* Is name one of the ';'-separated list? */
static bool
list_has(const char *list, const char *name)
{
	size_t length = strlen(name), n;

	for (; *list != '\0'; list += n + (list[n] == ';')) {
		n = strcspn(list, ";");
		if (n == length && memcmp(list, name, n) == 0)
			return true;
	}
	return false;
}

static size_t
list_add(const char **name, size_t names, const char *list, struct pool *pool)
{
	size_t n, i;
	char *one;

	for (; *list != '\0'; list += n + (list[n] == ';')) {
		n = strcspn(list, ";");
		one = pool_strndup(pool, list, n);
		for (i = 0; i < names; i++)
			if (strcmp(name[i], one) == 0)
				break;
		if (i == names && names < DEPARTMENTS_MAX && strcmp(one, everyone) != 0)
			name[names++] = one;
	}
	return names;
}

size_t
track_departments(const struct tracker *tracker, const char ***name, struct pool *pool)
{
	const char **all = pool_array(pool, DEPARTMENTS_MAX, sizeof(*all));
	size_t n = 0, i;

	for (i = 0; i < tracker->rows; i++) {
		n = list_add(all, n, tracker->row[i].indicator->lead, pool);
		n = list_add(all, n, tracker->row[i].indicator->cooperate, pool);
	}
	*name = all;
	return n;
}

enum duty
track_duty(const struct track_row *row, const char *department)
{
	if (list_has(row->indicator->lead, department))
		return DUTY_LEAD;
	if (list_has(row->indicator->cooperate, department) || list_has(row->indicator->cooperate, everyone))
		return DUTY_COOPERATE;
	return DUTY_NONE;
}
