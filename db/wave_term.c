/* A wave's term, and its approval. */
#include "base/date.h"
#include "db/survey.h"
#include "db/statement.h"

int64_t
db_wave_lapse(const struct wave *wave, const char *office_valid_until)
{
	const char *day = wave->valid_until[0] != '\0' ? wave->valid_until : office_valid_until;
	int64_t minute;

	return day != NULL && date_parse(day, &minute) == 0 ? minute + DATE_DAY : 0;
}

struct term
db_wave_term(const struct wave *wave, const char *office_valid_until)
{
	int64_t lapse = wave->lapsed_because[0] == '\0' ? db_wave_lapse(wave, office_valid_until) :
		0;
	struct term t = { .opens = wave->opens, .ends = wave->closes, .closed = !wave->open };

	if (lapse != 0 && (t.ends == 0 || lapse < t.ends)) {
		t.ends = lapse;
		t.lapses = true;
	}
	return t;
}

int
db_renew_wave(struct db *db, int64_t id, const char *approval, const char *valid_until,
	const char *lapsed_because, struct err *err)
{
	return db_run(db, SQL_RENEW_WAVE,
		ARGS(TEXT(approval), TEXT(valid_until), TEXT(lapsed_because), INT(id)), err);
}
