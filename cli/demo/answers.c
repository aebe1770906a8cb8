/* Ratings are a feeling, a leaning of the item and some noise, cut to the scale's ten points. */
#include "cli/demo/answers.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* The middle of the ten-point answers, in thousandths. */
enum { USUAL = 8250 };

/* How one rating item follows the person's feeling. */
struct gauge {
	const char *item;
	int follow;		/* per mille of the feeling that shows */
	int lean;		/* thousandths of a point against the usual */
	int noise;		/* standard deviation, thousandths */
	int unknown;		/* per mille who say 98 */
	int passed;		/* per mille who pass it over */
};

static const struct gauge gauges_a[] = {
	{ "img", 780, -60, 1100, 20, 8 },
	{ "exp", 680, -20, 1150, 22, 10 },
	{ "q_all", 950, 40, 800, 6, 5 },
	{ "q_fit", 900, -10, 900, 10, 8 },
	{ "q_rel", 880, 30, 950, 15, 8 },
	{ "q_staff", 850, 70, 1000, 12, 6 },
	{ "q_s1", 700, -130, 1250, 28, 10 },
	{ "q_s2", 680, -90, 1250, 40, 12 },
	{ "v_price", 750, -260, 1200, 15, 8 },
	{ "v_qual", 800, -130, 1100, 18, 10 },
	{ "sat", 1000, 20, 700, 4, 4 },
	{ "sat_exp", 950, -160, 850, 14, 8 },
	{ "sat_ideal", 930, -430, 900, 22, 10 },
};
static const struct gauge gauges_again[] = {
	{ "again", 850, 120, 1100, 25, 8 },
	{ "recomm", 900, -50, 1150, 20, 8 },
};

/* A dimension of form C: two details, then the total. */
struct dimension {
	struct gauge item[3];
	int lean;
};

static const struct dimension dimensions[] = {
	{ { { "p1", 850, -120, 1000, 10, 6 }, { "p2", 850, 30, 950, 12, 6 },
		{ "P", 1000, 0, 700, 8, 5 } }, 60 },
	{ { { "e1", 850, -90, 1050, 40, 8 }, { "e2", 850, 40, 1000, 10, 6 },
		{ "E", 1000, 0, 720, 14, 5 } }, -240 },
	{ { { "s1", 850, 60, 950, 6, 6 }, { "s2", 850, -60, 1000, 10, 6 },
		{ "S", 1000, 0, 700, 6, 5 } }, 120 },
	{ { { "n1", 850, 20, 1050, 4, 6 }, { "n2", 850, -80, 1050, 4, 6 },
		{ "N", 1000, 0, 740, 4, 5 } }, -60 },
	{ { { "g1", 820, 90, 1100, 180, 8 }, { "g2", 820, -120, 1050, 60, 8 },
		{ "G", 1000, 0, 760, 24, 6 } }, 90 },
};
static const struct gauge gauge_city = { "T", 1000, 30, 650, 5, 4 };

static const char *const figure[] = { "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10" };

static void
say(struct demo_answers *out, const char *name, const char *value)
{
	assert(out->sent.pairs < DEMO_PAIRS);
	out->pair[out->sent.pairs++] = (struct pair){ .name = name, .name_n = strlen(name),
		.value = value, .value_n = strlen(value) };
}

/* A code from 1, unless it is passed over. */
static void
say_code(struct demo_answers *out, const char *name, int code, int passed, struct demo_random *r)
{
	if (!demo_random_chance(r, passed))
		say(out, name, figure[code]);
}

/* Thousandths to a whole number of the scale. */
static int
cut(int thousandths, int low, int high)
{
	int x = (thousandths + 500) / 1000;

	return x < low ? low : x > high ? high : x;
}

static int
rate(const struct gauge *g, int feeling, struct demo_random *r)
{
	int x = USUAL + feeling * g->follow / 1000 + g->lean + demo_random_normal(r, g->noise);

	return cut(x, 1, 10);
}

static void
say_gauge(struct demo_answers *out, const struct gauge *g, int feeling, struct demo_random *r)
{
	int x = rate(g, feeling, r);

	if (demo_random_chance(r, g->passed))
		return;
	say(out, g->item, demo_random_chance(r, g->unknown) ? "98" : figure[x]);
}

static void
say_township(struct demo_answers *out, const struct demo_person *p, int passed,
	struct demo_random *r)
{
	if (!demo_random_chance(r, passed))
		say(out, "town", p->township < 0 ? "97" : demo_township[p->township].code);
}

/* The less content had more trouble; few of them complained. */
static void
say_problem(struct demo_answers *out, const struct demo_person *p, struct demo_random *r)
{
	int trouble = p->feeling < -1500 ? 520 : p->feeling < 0 ? 190 : 70;

	if (!demo_random_chance(r, trouble)) {
		say_code(out, "problem", 1, 8, r);
	} else if (!demo_random_chance(r, 310)) {
		say(out, "problem", "2");
	} else {
		say(out, "problem", "3");
		if (demo_random_chance(r, 120))
			say(out, "handled", "6");
		else
			say_code(out, "handled",
				cut(3100 + p->feeling / 2 + demo_random_normal(r, 900), 1, 5), 10,
				r);
	}
}

static void
answer_a(struct demo_answers *out, const struct demo_person *p, struct demo_random *r)
{
	static const int ago[] = { 480, 300, 140, 80 };

	snprintf(out->buffer, sizeof(out->buffer), p->sector > 0 ? "S%02d" : "98", p->sector);
	say(out, "sector", out->buffer);
	if (p->sector == 0)
		return;
	say_code(out, "last_use", 1 + (int)demo_random_pick(r, ago, 4), 10, r);
	say_code(out, "conflict", p->conflict ? 1 : 2, 12, r);
	for (size_t i = 0; i < sizeof(gauges_a) / sizeof(gauges_a[0]); i++)
		say_gauge(out, &gauges_a[i], p->feeling, r);
	say_problem(out, p, r);
	for (size_t i = 0; i < sizeof(gauges_again) / sizeof(gauges_again[0]); i++) {
		struct gauge g = gauges_again[i];

		/* Nobody chooses who brings the water or runs the bus. */
		if (i == 0 && (p->sector == 12 || p->sector == 9))
			g.unknown = 340;
		say_gauge(out, &g, p->feeling, r);
	}
	say_code(out, "sex", p->sex, 9, r);
	say_code(out, "age", p->age, 8, r);
	say_township(out, p, 10, r);
	say_code(out, "hukou", p->hukou, 8, r);
	say_code(out, "edu", p->edu, 14, r);
}

/* Reasons fit the level: 11..16 good, 21..30 bad. */
static void
say_reasons(struct demo_answers *out, int level, struct demo_random *r)
{
	static const char *const good[] = { "11", "12", "13", "14", "15", "16" };
	static const char *const bad[] = { "21", "22", "23", "24", "25", "26", "27",
		"28", "29", "30" };
	static const int good_share[] = { 380, 450, 260, 210, 240, 180 };
	static const int bad_share[] = { 460, 230, 140, 260, 220, 280, 110, 90, 120, 60 };
	bool low = level <= 2;
	size_t n = low ? 10 : 6;

	if (demo_random_chance(r, low ? 250 : 550))
		return;
	for (size_t i = 0; i < n; i++)
		if (demo_random_chance(r, (low ? bad_share : good_share)[i]))
			say(out, "reason", low ? bad[i] : good[i]);
}

static void
say_words(struct demo_answers *out, int level, struct demo_random *r)
{
	static const char *const good[] = {
		"办得很快", "工作人员有耐心", "比去年方便多了", "环境干净",
		"一次就办好了", "挺好的",
	};
	static const char *const bad[] = {
		"排队时间太长", "中午没有人值班", "跑了两趟才办成", "收费没有说清楚",
		"轮椅上不去台阶", "希望多开一个窗口",
	};

	if (demo_random_chance(r, level <= 2 ? 350 : 60))
		say(out, "text", (level <= 2 ? bad : good)[demo_random_below(r, 6)]);
}

static void
answer_b(struct demo_answers *out, const struct demo_person *p, struct demo_random *r)
{
	static const int matter[] = { 220, 150, 160, 110, 90, 80, 60, 50, 80 };
	/* One place in twenty coaches its visitors. */
	int coached = p->site % 20 == 3 ? 260 : 12;
	int level = cut(4150 + p->feeling * 2 / 5 + demo_random_normal(r, 650), 1, 5);

	say(out, "level", figure[level]);
	say_reasons(out, level, r);
	if (demo_random_chance(r, 400))
		say_code(out, "matter", 1 + (int)demo_random_pick(r, matter, 9), 0, r);
	say_words(out, level, r);
	if (demo_random_chance(r, 620))
		say(out, "prompted", demo_random_chance(r, coached) ? "2" : "1");
	/* A callback would leave a phone number: simulated people have none. */
	if (level <= 2 && demo_random_chance(r, 700))
		say(out, "callback", "1");
	say_code(out, "age", p->age, 380, r);
	say_code(out, "sex", p->sex, 390, r);
	say_township(out, p, 450, r);
}

static void
answer_dimension(struct demo_answers *out, const struct dimension *d, int feeling,
	struct demo_random *r)
{
	int own = feeling * 4 / 5 + d->lean + demo_random_normal(r, 650);

	for (size_t i = 0; i < 3; i++)
		say_gauge(out, &d->item[i], own, r);
}

/* Which number comes to mind; the old one fades. */
static void
say_unaided(struct demo_answers *out, const struct demo_scene *scene, struct demo_random *r)
{
	static const char *const words[] = {
		"12345", "12315", "12365", "打12345热线", "12315平台", "找商家",
		"不知道", "微信上反映",
	};
	int share[] = { 250 + 20 * scene->year, 190 + 10 * scene->year, 12, 60, 40, 170, 230, 30 };

	if (!demo_random_chance(r, 45))
		say(out, "unaided", words[demo_random_pick(r, share, 8)]);
}

static void
say_aided(struct demo_answers *out, const struct demo_scene *scene, struct demo_random *r)
{
	static const char *const heard[] = { "12315", "12345", "12365", "title",
		"month", "direct" };
	int share[] = { 610, 720, 210, 260 + 40 * scene->year, 240, 70 };
	bool any = false;

	for (size_t i = 0; i < 6; i++) {
		if (!demo_random_chance(r, share[i]))
			continue;
		say(out, "aided", heard[i]);
		any = true;
	}
	if (!any && demo_random_chance(r, 900))
		say(out, "aided", "none");
}

static void
say_used(struct demo_answers *out, const struct demo_person *p, struct demo_random *r)
{
	int outcome;

	if (!demo_random_chance(r, 130)) {
		say_code(out, "used", 1, 6, r);
		return;
	}
	outcome = cut(3000 - p->feeling / 3 + demo_random_normal(r, 900), 2, 5);
	say(out, "used", figure[outcome]);
}

static void
answer_c(struct demo_answers *out, const struct demo_scene *scene, const struct demo_person *p,
	struct demo_random *r)
{
	say(out, "resid", figure[p->hukou]);
	if (p->hukou == 3)
		return;
	for (size_t i = 0; i < sizeof(dimensions) / sizeof(dimensions[0]); i++)
		answer_dimension(out, &dimensions[i], p->feeling, r);
	say_gauge(out, &gauge_city, p->feeling * 9 / 10, r);
	say_unaided(out, scene, r);
	say_aided(out, scene, r);
	say_used(out, p, r);
	say_code(out, "sex", p->sex, 9, r);
	say_code(out, "age", p->age, 8, r);
	say_township(out, p, 10, r);
	say_code(out, "edu", p->edu, 14, r);
	say_code(out, "occ", p->occ, 15, r);
}

void
demo_answers_make(struct demo_answers *out, const struct demo_scene *scene,
	const struct demo_person *p, struct demo_random *r)
{
	out->sent = (struct answers){ .pair = out->pair, .pairs = 0 };
	if (scene->form == 'A')
		answer_a(out, p, r);
	else if (scene->form == 'B')
		answer_b(out, p, r);
	else
		answer_c(out, scene, p, r);
}
