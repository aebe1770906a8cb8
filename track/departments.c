/* Who leads and who cooperates. */
#include "track/track.h"

#include <string.h>

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

size_t
track_departments(const struct tracker *tracker, const char ***name, struct pool *pool)
{
	const struct programme *p = tracker->programme;
	const char **all = pool_array(pool, p->departments + 1, sizeof(*all));

	for (size_t i = 0; i < p->departments; i++)
		all[i] = p->department[i].name;
	*name = all;
	return p->departments;
}

enum duty
track_duty(const struct tracker *tracker, const struct track_row *row, const char *department)
{
	const char *everyone = tracker->programme->everyone;
	const struct programme_department *of =
		programme_department(tracker->programme, department);

	if (of != NULL)
		department = of->name;	/* who asks by the name it has today */
	if (list_has(row->indicator->lead, department))
		return DUTY_LEAD;
	if (list_has(row->indicator->cooperate, department) ||
			(everyone[0] != '\0' && list_has(row->indicator->cooperate, everyone)))
		return DUTY_COOPERATE;
	return DUTY_NONE;
}

void
track_count_add(struct track_count *count, enum standing standing, enum evidence evidence)
{
	count->rows++;
	count->state[standing]++;
	count->documented += standing == STANDING_MET && evidence == EVIDENCE_ACCEPTED;
}

struct track_count
track_count(const struct tracker *tracker, const char *department, enum duty duty)
{
	struct track_count count = { .rows = 0 };

	for (size_t i = 0; i < tracker->rows; i++) {
		const struct track_row *row = &tracker->row[i];

		if (department == NULL || track_duty(tracker, row, department) == duty)
			track_count_add(&count, row->standing, row->evidence);
	}
	return count;
}

struct words
track_count_words(const struct track_count *count, struct pool *pool)
{
	size_t met = count->state[STANDING_MET];
	struct words w = { {
		pool_fmt(pool, "达标 %zu（佐证齐全 %zu · 佐证不全 %zu）", met, count->documented,
			met - count->documented),
		pool_fmt(pool, "met %zu (documents complete %zu, incomplete %zu)", met,
			count->documented, met - count->documented),
	} };

	for (int s = STANDING_MISSED; s < STANDING_MAX; s++)
		if (count->state[s] > 0 || s == STANDING_MISSED)
			w = (struct words){ {
				pool_fmt(pool, "%s · %s %zu", w.in[LANG_ZH],
					standing_words((enum standing)s).in[LANG_ZH],
					count->state[s]),
				pool_fmt(pool, "%s · %s %zu", w.in[LANG_EN],
					standing_words((enum standing)s).in[LANG_EN],
					count->state[s]),
			} };
	return w;
}
