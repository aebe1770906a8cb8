/* Approvals of waves, read from the database. */
#include "seal/approvals.h"

#include "base/date.h"
#include "db/row.h"

struct approval
approvals_of(const struct wave *wave, const char *office_valid_until, struct pool *pool)
{
	const char *office = office_valid_until != NULL ? office_valid_until : "";

	return (struct approval){ .wave = row_wave_name(wave, pool),
		.because = wave->lapsed_because, .valid_until = wave->valid_until[0] != '\0' ?
		wave->valid_until : office, .lapse = db_wave_lapse(wave, office) };
}

int
approvals_warn(struct text *out, struct db *db, struct err *err)
{
	struct pool pool = POOL_INIT;
	struct text line = TEXT_INIT;
	struct wave *wave;
	size_t n;
	int rc = db_list_waves(db, NULL, &wave, &n, &pool, err);

	for (size_t i = 0; rc == 0 && i < n; i++) {
		struct approval a =
			approvals_of(&wave[i], db_setting(db, "valid_until", &pool), &pool);

		text_reset(&line);
		if (wave[i].open && (wave[i].closes == 0 || date_now_minute() < wave[i].closes) &&
				approval_say_shell(&line, &a, date_now_minute(), lang_get()))
			text_fmt(out, "manyi: %s\n", text_str(&line));
	}
	text_clear(&line);
	pool_clear(&pool);
	return rc;
}

static int
settled(const struct wave *w, const char *office_valid_until, struct pool *pool, struct err *err)
{
	struct term term = db_wave_term(w, office_valid_until);
	char until[17];

	if (!term_unsettled(&term, date_now_minute()))
		return 0;
	date_minute(until, term.ends + TERM_GRACE);
	return err_set(err, ERR_REFUSED,
		"轮次 %s 刚结束，结束前打开的问卷到 %s 还可以交；请在那以后再办",
		"wave %s has just ended: what was opened before may be handed in until %s;"
		" do this afterwards", row_wave_name(w, pool), until);
}

int
approvals_settled(struct db *db, int64_t wave, struct pool *pool, struct err *err)
{
	struct wave w;

	if (db_get_wave(db, &w, wave, pool, err) != 0)
		return -1;
	return settled(&w, db_setting(db, "valid_until", pool), pool, err);
}

int
approvals_settled_year(struct db *db, int year, struct pool *pool, struct err *err)
{
	struct wave *wave;
	size_t n;

	if (db_list_waves(db, NULL, &wave, &n, pool, err) != 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (wave[i].year == year && settled(&wave[i], db_setting(db, "valid_until", pool),
				pool, err) != 0)
			return -1;
	return 0;
}
