/* A form's indices, shares and items as scores. */
#include "figure/scores.h"

#include <stdlib.h>
#include <string.h>

#include "forms/code_unaided.h"

enum {
	SHARE_INS = 4, SHARE_NAMES = 3, SCORES_ROOM = 192,
	TEXT_ROOM = 512
};

/* Where a share's answer comes from. */
enum share_from {
	FROM_CODE,	/* the item's code within lo..hi */
	FROM_UNAIDED,	/* the words, coded */
	FROM_BITS,	/* any of the named choices ticked */
	FROM_DECOY,	/* a decoy ticked */
	FROM_BITS_NET	/* any of the named choices, those who tick a decoy left out */
};

static const struct share_def {
	const char *name, *construct;
	enum share_from from;
	int lo, hi;			/* FROM_CODE: valid codes */
	int in[SHARE_INS];		/* FROM_CODE: codes that count, 0 ends */
	const char *choice[SHARE_NAMES];	/* FROM_BITS*: names that count */
	struct words label;
} share_table[] = {
	{ "level5", "satisfaction", FROM_CODE, 1, 5, { 5 }, { NULL },
		{ { "非常满意的比例", "Share very satisfied" } } },
	{ "level4", "satisfaction", FROM_CODE, 1, 5, { 4 }, { NULL },
		{ { "满意的比例", "Share satisfied" } } },
	{ "level3", "satisfaction", FROM_CODE, 1, 5, { 3 }, { NULL },
		{ { "基本满意的比例", "Share fairly satisfied" } } },
	{ "level2", "satisfaction", FROM_CODE, 1, 5, { 2 }, { NULL },
		{ { "不满意的比例", "Share dissatisfied" } } },
	{ "level1", "satisfaction", FROM_CODE, 1, 5, { 1 }, { NULL },
		{ { "非常不满意的比例", "Share very dissatisfied" } } },
	{ "satisfied", "satisfaction", FROM_CODE, 1, 5, { 3, 4, 5 }, { NULL },
		{ { "满意率（基本满意及以上）", "Share fairly satisfied or better" } } },
	{ "top2", "satisfaction", FROM_CODE, 1, 5, { 4, 5 }, { NULL },
		{ { "满意率（满意及以上）", "Share satisfied or better" } } },
	{ "prompted", "coaching", FROM_CODE, 1, 2, { 2 }, { NULL },
		{ { "被要求或提示打分的比例", "Share prompted how to rate" } } },
	{ "problem", "complaint", FROM_CODE, 1, 3, { 2, 3 }, { NULL },
		{ { "遇到过质量问题的比例", "Share who met a problem" } } },
	{ "complained", "complaint", FROM_CODE, 2, 3, { 3 }, { NULL }, { {
		"遇到问题者中投诉过的比例", "Share who complained, of those with a problem" } } },
	{ "handled_ok", "complaint.handling", FROM_CODE, 1, 5, { 3, 4, 5 }, { NULL },
		{ { "对已办结投诉基本满意及以上的比例",
		"Share content with the handling, of those settled" } } },
	{ "unaided", "awareness.unaided", FROM_UNAIDED, 0, 0, { 0 }, { NULL },
		{ { "未提示知晓率（自己说出 12345、12315 或 12365）",
		"Unaided awareness (names 12345, 12315 or 12365)" } } },
	{ "aided", "awareness.aided", FROM_BITS, 0, 0, { 0 }, { "12315", "12345", "12365" },
		{ { "提示后知晓率", "Aided awareness" } } },
	{ "aided_net", "awareness.aided", FROM_BITS_NET, 0, 0, { 0 }, { "12315", "12345", "12365" },
		{ { "提示后知晓率（不计选了虚设项者）",
		"Aided awareness, without those who chose the decoy" } } },
	{ "overclaim", "awareness.aided", FROM_DECOY, 0, 0, { 0 }, { NULL },
		{ { "选了虚设项的比例", "Share who chose the decoy" } } },
	{ "programme", "awareness.aided", FROM_BITS, 0, 0, { 0 }, { "title" },
		{ { "创建知晓率", "Awareness of the bid" } } },
	{ "programme_net", "awareness.aided", FROM_BITS_NET, 0, 0, { 0 }, { "title" },
		{ { "创建知晓率（不计选了虚设项者）",
		"Awareness of the bid, without those who chose the decoy" } } },
	{ "quality_month", "awareness.aided", FROM_BITS, 0, 0, { 0 }, { "month" },
		{ { "质量月知晓率", "Awareness of Quality Month" } } },
	{ "channel_used", "complaint.outcome", FROM_CODE, 1, 5, { 2, 3, 4, 5 }, { NULL }, { {
		"近一年用过投诉渠道的比例", "Share who used a complaint channel in a year" } } },
	{ "channel_ok", "complaint.outcome", FROM_CODE, 2, 5, { 2, 3 }, { NULL },
		{ { "用过者中基本满意及以上的比例", "Share content, of those who used one" } } },
	{ "channel_dead", "complaint.outcome", FROM_CODE, 2, 5, { 5 }, { NULL },
		{ { "用过者中打不通或没回复的比例",
		"Share without connection or reply, of those who used one" } } },
};
enum { SHARES = sizeof(share_table) / sizeof(share_table[0]) };

/* Being built. */
struct maker {
	struct scores *s;
	struct score score[SCORES_ROOM];
	size_t scores;
	struct scores_figure *figure;
	size_t figures;
	struct pool *pool;
	struct err *err;
};

const char *
scores_set_name(enum scores_set set)
{
	static const char *const name[SCORES_SETS] = { "index", "share", "item" };

	return name[set];
}

static bool
ten_points(const struct item *item)
{
	return item->kind == KIND_SCALE && item->low == 1 && item->high == 10;
}

static size_t *
position(struct maker *m, size_t item)
{
	size_t *p = pool_take(m->pool, sizeof(*p));

	*p = item;
	return p;
}

/* The mean of one item as a score; the one there is, or a new one. */
static size_t
scale_score(struct maker *m, size_t item)
{
	const struct item *it = &m->s->form->item[item];
	struct score *score = &m->score[m->scores];

	for (size_t i = 0; i < m->scores; i++)
		if (m->score[i].kind == SCORE_SCALE && m->score[i].item[0] == item)
			return i;
	*score = (struct score){
		.name = it->name, .kind = SCORE_SCALE, .item = position(m, item), .items = 1,
		.lo = it->low, .hi = it->high,
	};
	return m->scores++;
}

static struct scores_figure *
figure_add(struct maker *m, const char *name, struct words label)
{
	struct scores_figure *f = &m->figure[m->figures++];

	*f = (struct scores_figure){ .name = name, .label = label, .weight = { 1 }, .parts = 1 };
	return f;
}

/* Positions of an index's items; all must be ten-point scales, for 5 levels and
 * 10 points never mix. */
static int
index_items(struct maker *m, const struct index_def *def, size_t item[8])
{
	const struct form *form = m->s->form;
	int at;

	for (size_t i = 0; i < def->items; i++) {
		at = form_item(form, def->item[i]);
		if (at < 0 || !ten_points(&form->item[at]))
			return err_set(m->err, ERR_INPUT,
				"问卷 %s 的指数 %s：题目 %s 不是 1—10 分题，不能计入",
				"form %s, index %s: item %s is no ten-point scale", form->id,
				def->name, def->item[i]);
		item[i] = (size_t)at;
	}
	return 0;
}

/* A mean within each person. */
static void
person_index(struct maker *m, const struct index_def *def, const size_t item[8])
{
	struct scores_figure *f = figure_add(m, def->name, texts_words(&def->label));
	struct score *score = &m->score[m->scores];
	size_t *copy = pool_array(m->pool, def->items, sizeof(*copy));
	const struct item *first = &m->s->form->item[item[0]];

	memcpy(copy, item, def->items * sizeof(*copy));
	*score = (struct score){
		.name = def->name, .kind = SCORE_MEAN, .item = copy, .items = def->items,
		.weight = def->weight, .least = def->min_items, .lo = first->low, .hi = first->high,
	};
	f->part[0] = m->scores++;
}

/* A mean of item means. */
static void
means_index(struct maker *m, const struct index_def *def, const size_t item[8])
{
	struct scores_figure *f = figure_add(m, def->name, texts_words(&def->label));
	double sum = 0;

	for (size_t i = 0; i < def->items; i++)
		sum += def->weight[i];
	f->parts = def->items;
	for (size_t i = 0; i < def->items; i++) {
		f->part[i] = scale_score(m, item[i]);
		f->weight[i] = def->weight[i] / sum;
	}
}

static int
make_index(struct maker *m, const struct index_def *def)
{
	size_t item[8], first = m->figures;

	if (index_items(m, def, item) != 0)
		return -1;
	if (def->person && def->items > 1)
		person_index(m, def, item);
	else
		means_index(m, def, item);
	m->figure[first].by_sector = m->s->form->variant_by != NULL &&
		strcmp(m->s->form->variant_by, "sector") == 0;
	return 0;
}

static struct scan_set
mask_of(const struct item *item, const struct share_def *def)
{
	struct scan_set mask = { { 0, 0 } };

	for (size_t i = 0; i < item->choices; i++) {
		bool in = def->from == FROM_DECOY && item->choice[i].decoy;

		for (size_t k = 0; def->from != FROM_DECOY && k < SHARE_NAMES &&
				def->choice[k] != NULL; k++)
			in = in || strcmp(item->choice[i].name, def->choice[k]) == 0;
		mask.bit[i / 64] |= (uint64_t)in << i % 64;
	}
	return mask;
}

static struct scan_set
decoys_of(const struct item *item)
{
	static const struct share_def decoy = { .from = FROM_DECOY };

	return mask_of(item, &decoy);
}

static bool
any_of(struct scan_set set)
{
	return (set.bit[0] | set.bit[1]) != 0;
}

static bool
share_fits(const struct item *item, const struct share_def *def)
{
	if (item->construct == NULL || strcmp(item->construct, def->construct) != 0)
		return false;
	switch (def->from) {
	case FROM_CODE:
		return item->kind == KIND_SINGLE || (item->kind == KIND_SCALE && item->high == 5);
	case FROM_UNAIDED:
		return item->kind == KIND_TEXT && item->coding != NULL &&
			strcmp(item->coding, CODE_UNAIDED_RULE) == 0;
	case FROM_BITS_NET:
		return item->kind == KIND_MULTI && any_of(mask_of(item, def)) &&
			any_of(decoys_of(item));
	default:
		return item->kind == KIND_MULTI && any_of(mask_of(item, def));
	}
}

static void
make_share(struct maker *m, size_t item, const struct share_def *def)
{
	struct scores_figure *f = figure_add(m, def->name, def->label);
	struct score *score = &m->score[m->scores];
	const struct item *it = &m->s->form->item[item];

	*score = (struct score){ .name = def->name, .kind = SCORE_SET,
		.item = position(m, item), .items = 1 };
	if (def->from == FROM_CODE) {
		score->kind = SCORE_SHARE;
		score->lo = def->lo;
		score->hi = def->hi;
		score->in = def->in;
		while (score->ins < SHARE_INS && def->in[score->ins] != 0)
			score->ins++;
	} else if (def->from == FROM_UNAIDED) {
		score->kind = SCORE_WORDS;
	} else {
		score->mask = mask_of(it, def);
	}
	if (def->from == FROM_BITS_NET)
		score->without = decoys_of(it);
	f->share = true;
	f->part[0] = m->scores++;
}

static bool
figure_known(const struct maker *m, const char *name)
{
	for (size_t i = 0; i < m->figures; i++)
		if (strcmp(m->figure[i].name, name) == 0)
			return true;
	return false;
}

static int
make_indices(struct maker *m)
{
	const struct form *form = m->s->form;

	for (size_t i = 0; i < form->indices; i++)
		if (make_index(m, &form->index[i]) != 0)
			return -1;
	return 0;
}

static int
make_shares(struct maker *m)
{
	const struct form *form = m->s->form;

	for (size_t k = 0; k < SHARES; k++)
		for (size_t i = 0; i < form->items; i++)
			if (share_fits(&form->item[i], &share_table[k]) &&
					!figure_known(m, share_table[k].name))
				make_share(m, i, &share_table[k]);
	return 0;
}

static int
make_items(struct maker *m)
{
	const struct form *form = m->s->form;

	for (size_t i = 0; i < form->items; i++)
		if (ten_points(&form->item[i]))
			figure_add(m, form->item[i].name,
				texts_words(&form->item[i].label))->part[0] = scale_score(m, i);
	return 0;
}

/* One point of a mean in parts that every mean there can be is a whole number of. */
static void
mean_parts(struct score *s)
{
	int64_t range = (int64_t)s->hi - s->lo, parts = 1, sum, a, b;

	for (uint32_t some = 1; some < UINT32_C(1) << s->items; some++) {
		if ((size_t)__builtin_popcount(some) < (s->least == 0 ? s->items : s->least))
			continue;
		sum = 0;
		for (size_t i = 0; i < s->items; i++)
			sum += some >> i & 1 ? score_weight(s, i) : 0;
		for (a = parts, b = sum; b != 0;) {
			int64_t rest = a % b;

			a = b;
			b = rest;
		}
		parts = parts / a * sum;
		if (parts * range > SCORE_PARTS_MAX) {
			parts = SCORE_PARTS_MAX / range;
			break;
		}
	}
	s->parts = parts;
}

int
scores_make(struct scores *s, const struct form *form, struct pool *pool, struct err *err)
{
	static int (*const make[SCORES_SETS])(struct maker *) = { make_indices,
		make_shares, make_items };

	*s = (struct scores){ .form = form };
	for (int set = 0; set < SCORES_SETS; set++) {
		struct maker *m = pool_take(pool, sizeof(*m));

		m->s = s;
		m->figure = pool_array(pool, SCORES_ROOM, sizeof(*m->figure));
		m->pool = pool;
		m->err = err;
		if (make[set](m) == -1)
			return -1;
		for (size_t i = 0; i < m->scores; i++)
			if (m->score[i].kind == SCORE_MEAN)
				mean_parts(&m->score[i]);
		s->score[set] = m->score;
		s->scores[set] = m->scores;
		s->figure[set] = m->figure;
		s->figures[set] = m->figures;
	}
	return 0;
}

const struct scores_figure *
scores_find(const struct scores *s, const char *name, enum scores_set *set)
{
	for (int k = 0; k < SCORES_SETS; k++)
		for (size_t i = 0; i < s->figures[k]; i++)
			if (strcmp(s->figure[k][i].name, name) == 0) {
				*set = (enum scores_set)k;
				return &s->figure[k][i];
			}
	return NULL;
}
