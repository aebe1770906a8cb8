/* Residents drawn as surveys meet them: some are hard to reach, some are eager to speak. */
#include "cli/demo/people.h"

const int demo_truth_a[DEMO_YEARS] = { 0, 36, 45, 99 };
const int demo_truth_c[DEMO_YEARS] = { 0, 52, 34, 70 };

/* Streams of chance, one for each part of the world. */
enum { STREAM_PSU = 1, STREAM_YEAR, STREAM_SECTOR, STREAM_SITE };

/* How willing each age is to answer an interviewer; whom a poster reaches; per mille. */
static const int reach_sampled[DEMO_AGES] = { 560, 640, 720, 840, 880, 700 };
static const int reach_open[DEMO_AGES] = { 900, 1000, 640, 310, 110, 30 };
static const int reach_man = 900;

static const int age_effect[DEMO_AGES] = { -160, -120, -40, 20, 120, 200 };
static const int edu_effect[DEMO_EDUS] = { 90, 30, -20, -70, -100 };

/* Which service people used last. */
static const int sector_use[DEMO_SECTORS] = { 90, 80, 40, 130, 190, 110, 90, 50, 80, 60, 20, 60 };
static const int sector_base[DEMO_SECTORS + 1] = {
	0, 60, -120, 40, 10, -30, 90, -150, 20, -60, -260, 80, 130,
};

/* Occupation by age: 1 office .. 9 other, as form C codes them. */
static const int occupation[DEMO_AGES][9] = {
	{ 20, 50, 60, 420, 80, 250, 0, 70, 50 },
	{ 35, 80, 70, 500, 160, 0, 0, 100, 55 },
	{ 40, 80, 80, 460, 230, 0, 0, 70, 40 },
	{ 35, 70, 70, 330, 350, 0, 50, 60, 35 },
	{ 5, 10, 10, 120, 380, 0, 400, 50, 25 },
	{ 0, 0, 0, 30, 330, 0, 580, 40, 20 },
};

void
demo_world_make(struct demo_world *world, uint64_t seed)
{
	struct demo_random r;

	*world = (struct demo_world){ .seed = seed };
	demo_random_start(&r, seed, STREAM_PSU);
	demo_city_psus(world->psu, &r);
	for (int i = 0; i < DEMO_PSUS; i++)
		world->communities[demo_township[world->psu[i].township].stratum]++;
	demo_random_start(&r, seed, STREAM_YEAR);
	for (int i = 0; i < DEMO_PSUS; i++)
		for (int y = 0; y < DEMO_YEARS; y++)
			world->psu_year[i][y] = demo_random_normal(&r, 90);
	demo_random_start(&r, seed, STREAM_SECTOR);
	for (int s = 1; s <= DEMO_SECTORS; s++) {
		world->sector[s] = sector_base[s] + demo_random_normal(&r, 40);
		for (int y = 0; y < DEMO_YEARS; y++)
			world->sector_year[s][y] = demo_random_normal(&r, 30);
	}
	demo_random_start(&r, seed, STREAM_SITE);
	for (int i = 0; i < DEMO_SITES; i++)
		world->site[i] = demo_random_normal(&r, 330);
}

/* Age and sex as the fieldwork meets them: drawn from the population, kept with the
 * chance to be reached. */
static void
draw_age_and_sex(struct demo_person *p, bool open, struct demo_random *r)
{
	const int *reach = open ? reach_open : reach_sampled;

	do {
		p->age = 1 + (int)demo_random_pick(r, demo_age_share, DEMO_AGES);
		p->sex = 1 + (int)demo_random_pick(r, demo_sex_share, DEMO_SEXES);
	} while (!demo_random_chance(r, reach[p->age - 1]) ||
		(p->sex == 1 && !demo_random_chance(r, reach_man)));
}

static void
draw_background(struct demo_person *p, bool open, struct demo_random *r)
{
	static const int residence[] = { 900, 82, 18 };
	const int *edu = demo_edu_share[p->age - 1];

	p->edu = 1 + (int)demo_random_pick(r, edu, DEMO_EDUS);
	/* Posters are read by those who read: a second draw, the higher counts. */
	if (open) {
		int again = 1 + (int)demo_random_pick(r, edu, DEMO_EDUS);

		p->edu = again > p->edu ? again : p->edu;
	}
	p->hukou = 1 + (int)demo_random_pick(r, residence, 3);
	p->occ = 1 + (int)demo_random_pick(r, occupation[p->age - 1], 9);
	p->conflict = demo_random_chance(r, open ? 55 : 28);
}

/* A township, by its adults. */
static int
draw_township(struct demo_random *r)
{
	int adults[DEMO_TOWNSHIPS];

	for (int t = 0; t < DEMO_TOWNSHIPS; t++)
		adults[t] = demo_township[t].adults;
	return (int)demo_random_pick(r, adults, DEMO_TOWNSHIPS);
}

/*
 * The sample: equal takes from every community, one adult of a household.  The
 * weight is residents of the stratum per answer, times adults in the household over their mean.
 */
static void
reach_by_sample(struct demo_person *p, const struct demo_world *world,
	const struct demo_scene *scene, int i, struct demo_random *r)
{
	static const int adults_share[] = { 170, 520, 210, 100 };
	int64_t adults_mille = 2240, n, psu = i % DEMO_PSUS;
	int stratum, household = 1 + (int)demo_random_pick(r, adults_share, 4);

	p->psu = (int)psu;
	p->site = -1;
	p->township = world->psu[psu].township;
	stratum = demo_township[p->township].stratum;
	n = (int64_t)scene->size * world->communities[stratum] / DEMO_PSUS;
	p->weight = (int64_t)demo_city_adults(stratum) * 1000000 / (n > 0 ? n : 1) *
		household * 1000 / adults_mille;
	p->phone = demo_random_chance(r, 700);
	p->sector = demo_random_chance(r, 35) ? 0 :
		1 + (int)demo_random_pick(r, sector_use, DEMO_SECTORS);
}

/* During their fieldwork A and C were on every poster; B is where it stands now.  Busy places get
 * most of the scans. */
static void
reach_by_poster(struct demo_person *p, const struct demo_scene *scene, struct demo_random *r)
{
	int scans[DEMO_SITES];

	for (int s = 0; s < DEMO_SITES; s++)
		scans[s] = scene->form != 'B' || demo_site[s].form[0] == 'B' ?
			20 + demo_township[demo_site[s].township].adults / 1000 : 0;
	p->psu = -1;
	p->site = (int)demo_random_pick(r, scans, DEMO_SITES);
	p->sector = demo_site[p->site].sector;
	p->weight = 1000000;
	if (demo_random_chance(r, 600))
		p->township = demo_site[p->site].township;
	else
		p->township = scene->form != 'C' &&
			demo_random_chance(r, p->sector == 3 ? 350 : 40) ? -1 : draw_township(r);
}

/* Who feels what: traits, place, year, and for posters the pull of anger and delight. */
static int
draw_feeling(const struct demo_person *p, const struct demo_world *world,
	const struct demo_scene *scene, struct demo_random *r)
{
	int f = age_effect[p->age - 1] + edu_effect[p->edu - 1] + (p->sex == 2 ? 25 : -25) +
		(p->hukou == 1 ? 10 : -60);

	f += scene->form == 'C' ? demo_truth_c[scene->year] : demo_truth_a[scene->year];
	if (scene->form != 'C' && p->sector > 0)
		f += world->sector[p->sector] + world->sector_year[p->sector][scene->year];
	if (p->conflict)
		f += 500;
	if (p->psu >= 0)
		return f + world->psu[p->psu].effect + world->psu_year[p->psu][scene->year] +
			demo_random_normal(r, 1250);
	f += world->site[p->site] - 90;
	if (demo_random_chance(r, 110))
		return f - 2700 + demo_random_normal(r, 900);
	if (demo_random_chance(r, 260))
		return f + 1100 + demo_random_normal(r, 500);
	return f + demo_random_normal(r, 1350);
}

/* Office hours for interviewers; posters are read when places are open. */
static void
draw_time(struct demo_person *p, const struct demo_scene *scene, struct demo_random *r)
{
	int64_t days = (scene->last - scene->first) / 1440;
	int typical = scene->form == 'B' ? 38 : scene->form == 'A' ? 232 : 205;

	p->minute = scene->first + (int64_t)demo_random_below(r, (uint32_t)(days > 0 ? days : 1)) *
		1440 + 8 * 60 + 30 + demo_random_below(r, scene->open ? 11 * 60 : 9 * 60);
	p->seconds = typical + demo_random_normal(r, typical / 4);
	if (p->age >= 5)
		p->seconds += typical / 4;
	/* Some hurry through a poster's form. */
	if (scene->open && demo_random_chance(r, 40))
		p->seconds = typical / 5 + demo_random_normal(r, 5);
	if (p->seconds < 6)
		p->seconds = 6;
}

void
demo_person_make(struct demo_person *p, const struct demo_world *world,
	const struct demo_scene *scene, int i, struct demo_random *r)
{
	*p = (struct demo_person){ .sex = 0 };
	draw_age_and_sex(p, scene->open, r);
	draw_background(p, scene->open, r);
	if (scene->open)
		reach_by_poster(p, scene, r);
	else
		reach_by_sample(p, world, scene, i, r);
	p->feeling = draw_feeling(p, world, scene, r);
	draw_time(p, scene, r);
}
