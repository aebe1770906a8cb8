/* Every simulated answer goes through form_accept() and row_make(), like everybody's. */
#include "cli/demo/fill.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/code.h"
#include "base/date.h"
#include "cli/demo/answers.h"
#include "db/survey.h"
#include "db/row.h"

/* STREAM_SCENE is chosen so that the default seed shows what a city is most likely to misread: an
 * index that is higher every year, with steps that chance alone would explain. */
enum { BATCH = 1000, STREAM_CODES = 9, STREAM_SCENE = 500 };

/* Open answers per sampled one: 20 000 beside 8 000; form B gets three tenths. */
enum { OPEN_HALVES = 5, B_TENTHS = 3 };

enum { VALID_YEARS = 10 };

static int
scene_size(char form, bool open, int answers)
{
	if (form == 'B')
		return open ? answers * B_TENTHS / 10 : 0;
	return open ? answers * OPEN_HALVES / 2 : answers;
}

int64_t
demo_fill_total(int answers)
{
	int64_t year =
		2 * ((int64_t)scene_size('A', false, answers) + scene_size('A', true, answers));

	return DEMO_YEARS * year + scene_size('B', true, answers);
}

/* ---- the city ---- */

/* A city made today can be tried for years. */
static const char *
valid_until(struct pool *pool)
{
	return pool_fmt(pool, "%d-12-31", date_year(date_now_minute()) + VALID_YEARS);
}

static int
put_settings(struct db *db, struct pool *pool, struct err *err)
{
	const char *const setting[][2] = {
		{ "city", DEMO_CITY }, { "demo", "1" }, { "base_url", "http://127.0.0.1:8080" },
		{ "table_number", "演示001表" }, { "agency", "演示单位（模拟）" },
		{ "approval", "演示，未经批准" }, { "valid_until", valid_until(pool) },
		{ "processor", "演示单位（模拟）" }, { "contact", "000-00000000" },
	};

	for (size_t i = 0; i < sizeof(setting) / sizeof(setting[0]); i++)
		if (db_set_setting(db, setting[i][0], setting[i][1], err) != 0)
			return -1;
	return 0;
}

static int
put_sites(struct demo_fill *f, struct err *err)
{
	struct demo_random r;

	demo_random_start(&r, f->world.seed, STREAM_CODES);
	for (int i = 0; i < DEMO_SITES; i++) {
		const struct demo_site *d = &demo_site[i];
		char sector[8];
		struct site s = { .name = d->name, .window = d->window, .sector = sector,
			.township = demo_township[d->township].code,
			.stratum = demo_stratum[demo_township[d->township].stratum],
			.form_id = d->form, .active = true };

		snprintf(sector, sizeof(sector), "S%02d", d->sector);
		code_make(s.code, SITE_CODE_N, random_bits(&r.bits));
		if (db_put_site(f->db, &s, err) != 0)
			return -1;
		f->site_id[i] = s.id;
		snprintf(f->site_code[i], sizeof(f->site_code[i]), "%s", s.code);
	}
	return 0;
}

static struct margin
margin_of(const char *variable, int category, double population, struct pool *pool)
{
	return (struct margin){ .variable = variable, .category = pool_fmt(pool, "%d", category),
		.population = population, .source = DEMO_SOURCE, .date = "2024-01-01",
		.area = "32 个乡镇、街道，含长兴岛、交流岛", .simulated = true };
}

/* The margins are the very shares people are drawn from. */
static int
put_margins(struct db *db, struct err *err)
{
	struct margin margin[DEMO_SEXES + DEMO_AGES + DEMO_EDUS];
	int64_t adults = demo_city_all_adults();
	struct pool pool = POOL_INIT;
	size_t n = 0;
	int rc;

	for (int i = 0; i < DEMO_SEXES; i++)
		margin[n++] =
			margin_of("sex", i + 1, (double)(adults * demo_sex_share[i] / 1000), &pool);
	for (int i = 0; i < DEMO_AGES; i++)
		margin[n++] =
			margin_of("age", i + 1, (double)(adults * demo_age_share[i] / 1000), &pool);
	for (int e = 0; e < DEMO_EDUS; e++) {
		int64_t millionths = 0;

		for (int a = 0; a < DEMO_AGES; a++)
			millionths += (int64_t)demo_age_share[a] * demo_edu_share[a][e];
		margin[n++] = margin_of("edu", e + 1, (double)(adults * millionths) / 1e6, &pool);
	}
	rc = db_put_margins(db, margin, n, err);
	pool_clear(&pool);
	return rc;
}

int
demo_fill_city(struct demo_fill *f, struct err *err)
{
	struct pool pool = POOL_INIT;
	int rc = put_settings(f->db, &pool, err) == 0 && put_sites(f, err) == 0 &&
		put_margins(f->db, err) == 0 ? 0 : -1;

	pool_clear(&pool);
	return rc;
}

/* ---- answers ---- */

/* What a wave's rows have in common. */
struct filling {
	const struct form *form;
	struct wave wave;
	const char *wave_name;
	struct response_row row[BATCH];
	bool fresh[BATCH];
	size_t n;
	struct pool pool;	/* of the batch */
};

static int
flush(struct demo_fill *f, struct filling *w, struct err *err)
{
	if (w->n > 0 && db_put_responses(f->db, w->row, w->fresh, w->n, err) != 0)
		return -1;
	f->stored += (int64_t)w->n;
	progress_step(&f->progress, (int64_t)w->n);
	w->n = 0;
	pool_clear(&w->pool);
	return 0;
}

static void
put_person(struct demo_fill *f, struct filling *w, const struct demo_scene *scene,
	const struct demo_person *p, const char *key, struct demo_random *r)
{
	bool sampled = p->psu >= 0;
	int home = sampled ? f->world.psu[p->psu].township : -1;
	struct row_envelope e = { .wave = w->wave.id, .wave_name = w->wave_name,
		.site = sampled ? 0 : f->site_id[p->site],
		.site_code = sampled ? "" : f->site_code[p->site],
		.stream = sampled ? "sampled" : "open",
		.mode = !sampled ? "qr" : p->phone ? "phone" : "household",
		.key = key, .minute = p->minute, .seconds = p->seconds,
		.stratum = sampled ? demo_stratum[demo_township[home].stratum] : "",
		.cluster = sampled ? f->world.psu[p->psu].label : "", .weight = p->weight };
	struct issue issue[ISSUES_MAX];
	struct demo_answers answers;
	struct response response;
	size_t issues;

	demo_answers_make(&answers, scene, p, r);
	issues = form_accept(w->form, &response, issue, &answers.sent, NULL, &w->pool);
	assert(issues == 0);
	(void)issues;
	row_make(&w->row[w->n++], &response, &e, &w->pool);
}

/* One stream of one wave. */
static int
fill_scene(struct demo_fill *f, struct filling *w, const struct demo_scene *scene, struct err *err)
{
	struct demo_random r;

	demo_random_start(&r, f->world.seed, STREAM_SCENE + (uint64_t)scene->year * 16 +
		(uint64_t)(scene->form - 'A') * 2 + scene->open);
	for (int i = 0; i < scene->size; i++) {
		struct demo_person p;

		demo_person_make(&p, &f->world, scene, i, &r);
		put_person(f, w, scene, &p, pool_fmt(&w->pool, "demo-%s-%c-%06d", w->wave_name,
			scene->open ? 'o' : 's', i + 1), &r);
		if (w->n == BATCH && flush(f, w, err) != 0)
			return -1;
	}
	return flush(f, w, err);
}

static int64_t
day_of(int year, const char *month_day)
{
	char day[24];
	int64_t minute = 0;

	snprintf(day, sizeof(day), "%04d-%s", year, month_day);
	if (date_parse(day, &minute) != 0)
		assert(!"a day of the demo's own calendar");
	return minute;
}

static int
put_wave(struct filling *w, struct demo_fill *f, char id, int year, struct pool *pool,
	struct err *err)
{
	char name[2] = { id, '\0' };
	bool sample = id != 'B';

	w->form = db_get_form(f->db, name, NULL, pool, err);
	if (w->form == NULL)
		return -1;
	w->wave = (struct wave){ .form_id = w->form->id, .form_version = w->form->version,
		.year = year, .label = pool_fmt(pool, "%d", year), .opens = day_of(year, "04-08"),
		.closes = year < DEMO_FIRST_YEAR + DEMO_YEARS - 1 ? day_of(year, "06-01") : 0,
		.open = true, .population = texts_for(&w->form->population, LANG_ZH),
		.modes = sample ? "phone household qr" : "qr", .mapping = w->form->mapping,
		.strata = sample ? "五片乡镇街道" : "", .clusters = sample ? "社区、村" : "",
		.margins = sample ? "sex age edu" : "",
		.domains = id == 'A' ? "sector town" : "town", .break_note = "",
		.table_number = "演示001表", .agency = "演示单位（模拟）",
		.approval = "演示，未经批准", .valid_until = valid_until(pool) };
	if (db_put_wave(f->db, &w->wave, err) != 0)
		return -1;
	w->wave_name = row_wave_name(&w->wave, pool);
	return 0;
}

/* One wave with both streams; closed again unless it is of the last year. */
static int
fill_wave(struct demo_fill *f, struct filling *w, char id, int year, struct err *err)
{
	struct pool pool = POOL_INIT;
	int calendar = DEMO_FIRST_YEAR + year, rc = -1;

	w->n = 0;
	if (put_wave(w, f, id, calendar, &pool, err) != 0)
		goto out;
	if (db_begin(f->db, err) != 0)
		goto out;
	for (int open = 0; open <= 1; open++) {
		struct demo_scene scene = { .form = id, .year = year, .open = open,
			.first = day_of(calendar, "04-08"),
			.last = day_of(calendar, open ? "06-01" : "05-20"),
			.size = scene_size(id, open, f->answers) };

		if (fill_scene(f, w, &scene, err) != 0) {
			db_rollback(f->db);
			goto out;
		}
	}
	if (db_commit(f->db, err) != 0 ||
			(year < DEMO_YEARS - 1 && db_close_wave(f->db, w->wave.id, err) != 0))
		goto out;
	rc = 0;
out:
	pool_clear(&w->pool);
	pool_clear(&pool);
	return rc;
}

int
demo_fill_year(struct demo_fill *f, int year, struct err *err)
{
	struct pool pool = POOL_INIT;
	struct filling *w = pool_take(&pool, sizeof(*w));
	int rc;

	rc = fill_wave(f, w, 'A', year, err);
	if (rc == 0)
		rc = fill_wave(f, w, 'C', year, err);
	if (rc == 0 && year == DEMO_YEARS - 1)
		rc = fill_wave(f, w, 'B', year, err);
	pool_clear(&pool);
	return rc;
}
