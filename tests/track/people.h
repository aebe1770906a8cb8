/* People of form A whose answers the test remembers, and measures asked of a city. */
#ifndef TESTS_TRACK_PEOPLE_H
#define TESTS_TRACK_PEOPLE_H

#include "tests/track/city.h"
#include "figure/figure.h"

enum { ROWS = 900, SECTORS = 3, STRATA = 2, CLUSTERS = 6 };

/* What the reference sees of a row of form A. */
struct seen {
	int sector, sex, x[3];		/* 0: not answered */
	int stratum, cluster;
	double weight;
	bool flagged;
};

static struct seen seen[ROWS];

/* Points of a person from the three questions: mean of those answered, at
 * least two; NAN otherwise. */
static inline double
csi_of(const struct seen *s)
{
	double sum = 0;
	int n = 0;

	for (int i = 0; i < 3; i++)
		if (s->x[i] > 0) {
			sum += s->x[i];
			n++;
		}
	return n < 2 ? NAN : 100 * (sum / n - 1) / 9;
}

static inline int
rating(int sector, int cluster)
{
	int x = 6 + sector + (cluster == 0 && city_below(3) == 0) + city_below(5) - 2;

	if (city_below(12) == 0)
		return 0;
	return x < 1 ? 1 : x > 10 ? 10 : x;
}

static inline const char *
rating_json(int x)
{
	return x == 0 ? (city_below(2) ? "98" : "99") : city_number(x);
}

static inline void
seen_make(struct seen *s)
{
	s->stratum = city_below(STRATA);
	s->cluster = city_below(CLUSTERS);
	s->sector = city_below(SECTORS);
	s->sex = 1 + (city_below(10) < 7);
	s->weight = (1 + city_below(40)) / 8.0;
	s->flagged = city_below(15) == 0;
	for (int i = 0; i < 3; i++)
		s->x[i] = rating(s->sector, s->cluster);
}

static inline void
seen_store(struct db *db, const struct form *form, int64_t wave, const struct seen *s,
	bool clustered)
{
	struct city_value v[] = {
		{ "sector", pool_fmt(&city_pool, "\"S%02d\"", s->sector + 1) },
		{ "conflict", s->flagged ? "1" : "2" },
		{ "sat", rating_json(s->x[0]) }, { "sat_exp", rating_json(s->x[1]) },
		{ "sat_ideal", rating_json(s->x[2]) },
		{ "sex", city_number(s->sex) }, { "town", "210281001" }, { "q_rel", "7" },
	};
	struct response_row row = {
		.wave = wave, .stream = "sampled", .weight = (int64_t)llround(s->weight * 1e6),
		.flagged = s->flagged,
		.answers = city_answers(form, v, sizeof(v) / sizeof(v[0])),
		.stratum = clustered ? pool_fmt(&city_pool, "h%d", s->stratum) : "",
		.cluster = clustered ? pool_fmt(&city_pool, "c%d", s->cluster) : "",
	};

	city_row(db, &row);
}

/* An open wave of form A, weighted to these margins; nobody was asked yet. */
static inline struct wave
wave_a(struct db *db, const struct form *form, const char *margins)
{
	struct wave w = city_wave(form, 2024);

	w.margins = margins;
	must(db_put_wave(db, &w, oops));
	return w;
}

static inline int64_t
fill_a(struct db *db, struct wave *w, bool clustered)
{
	const struct form *form = city_form(db, "A");

	*w = wave_a(db, form, "");
	must(db_begin(db, oops));
	for (size_t i = 0; i < ROWS; i++) {
		seen_make(&seen[i]);
		seen_store(db, form, w->id, &seen[i], clustered);
	}
	must(db_commit(db, oops));
	return w->id;
}

/* The last answer. */
static const struct figure *got;
static size_t gots;

static inline const struct figure *
ask(struct db *db, const struct figure_ask *q)
{
	must(figure_index(db, q, &got, &gots, &city_pool, oops));
	return got;
}

static inline const struct figure *
find(const char *index, const char *domain, const char *stream)
{
	for (size_t i = 0; i < gots; i++)
		if (strcmp(got[i].index, index) == 0 && strcmp(got[i].domain, domain) == 0 &&
				strcmp(got[i].stream, stream) == 0)
			return &got[i];
	fail_msg("no %s of %s, %s", index, domain, stream);
	return NULL;
}

static inline void
put_margins(struct db *db, bool placeholder, double women)
{
	struct margin m[] = {
		{ "sex", "1", 400000, "统计公报", "2024-01-01", "全市", placeholder, false },
		{ "sex", "2", women, "统计公报", "2024-01-01", "全市", false, false },
	};

	must(db_put_margins(db, m, 2, oops));
}

#endif
