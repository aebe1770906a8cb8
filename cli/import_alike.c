/* A file's rows against the wave's, where they are not of one make: columns that only one of them has, weights, design. */
#include "cli/import.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/sha256.h"

/* ---- a row in parts ---- */

/* What a row consists of for the comparison; its answers follow, one part an item. */
enum { PART_STRATUM, PART_CLUSTER, PART_SITE, PART_MINUTE, PART_ANSWERS, PARTS = PART_ANSWERS + FORM_ITEMS_MAX };

struct part {
	const char *s;
	size_t n;	/* 0: blank */
};

/* A question that was not asked or not answered: so is one whose column is missing. */
static bool
is_blank(const char *s, size_t n)
{
	static const char *const blank[] = { "null", "99", "[99]", "\"\"" };

	for (size_t i = 0; i < sizeof(blank) / sizeof(blank[0]); i++)
		if (n == strlen(blank[i]) && memcmp(s, blank[i], n) == 0)
			return true;
	return n == 0;
}

/* The JSON array of answers into its elements. */
static void
split_answers(struct part part[], const char *json)
{
	const char *start = json + 1;
	bool quoted = false;
	size_t n = 0;
	int depth = 0;

	for (const char *p = json; *p != '\0' && n < FORM_ITEMS_MAX; p++) {
		if (quoted && *p == '\\' && p[1] != '\0') {
			p++;
			continue;
		}
		quoted ^= *p == '"';
		if (quoted)
			continue;
		depth += (*p == '[') - (*p == ']');
		if ((*p == ',' && depth == 1) || depth == 0) {
			part[n].s = start;
			part[n].n = is_blank(start, (size_t)(p - start)) ? 0 : (size_t)(p - start);
			n++;
			start = p + 1;
		}
	}
}

/* The strings stay the row's. */
static void
split_row(struct part part[PARTS], const struct response_row *row, bool timeless)
{
	memset(part, 0, PARTS * sizeof(*part));
	part[PART_STRATUM] = (struct part){ row->stratum, strlen(row->stratum) };
	part[PART_CLUSTER] = (struct part){ row->cluster, strlen(row->cluster) };
	part[PART_SITE] = (struct part){ (const char *)&row->site, row->site != 0 ? sizeof(row->site) : 0 };
	part[PART_MINUTE] = (struct part){ (const char *)&row->minute, timeless ? 0 : sizeof(row->minute) };
	split_answers(part + PART_ANSWERS, row->answers);
}

static void
hash_parts(unsigned char hash[16], const struct part part[PARTS], const bool used[PARTS])
{
	struct sha256 s;
	unsigned char digest[32];

	sha256_init(&s);
	for (int p = 0; p < PARTS; p++) {
		if (!used[p])
			continue;
		sha256_add(&s, &part[p].n, sizeof(part[p].n));
		if (part[p].n > 0)
			sha256_add(&s, part[p].s, part[p].n);
	}
	sha256_end(digest, &s);
	memcpy(hash, digest, 16);
}

/* ---- what both have ---- */

/* The stored rows of one batch; those of no batch are one too. */
struct group {
	int64_t batch, minute;
	bool has[PARTS];
	size_t view;
	size_t met;	/* by rows of the file */
};

/* One choice of parts that the file and some batches both have. */
struct view {
	bool used[PARTS];
};

struct place {
	unsigned char hash[16];
	size_t view, group;
	int64_t id;
};

struct alike {
	const struct import *in;
	bool has[PARTS];	/* the file */
	struct group *group;
	size_t groups, last;
	struct view *view;
	size_t views;
	struct place *stored;
	size_t n, room;
	bool *met;		/* met[csv.rows] */
	size_t rows, same, single;
	size_t line;		/* of the first that was met */
	int64_t id;
};

static void
note_parts(bool has[PARTS], const struct response_row *row, bool timeless)
{
	struct part part[PARTS];

	split_row(part, row, timeless);
	for (int p = 0; p < PARTS; p++)
		has[p] |= part[p].n > 0;
}

static struct group *
group_of(struct alike *a, int64_t batch)
{
	if (a->group[a->last].batch != batch)
		for (a->last = 0; a->last + 1 < a->groups && a->group[a->last].batch != batch;)
			a->last++;
	return &a->group[a->last];
}

/* The rows of a batch that gave no time all have the batch's. */
static bool
is_timeless(const struct group *g, const struct response_row *row)
{
	return g->batch != 0 && g->minute == row->minute;
}

static int
note_stored(const struct response_row *row, void *ctx)
{
	struct alike *a = ctx;
	struct group *g = group_of(a, row->batch);

	if (row->batch == 0 || row->batch != a->in->batch.replaces)
		note_parts(g->has, row, is_timeless(g, row));
	return 0;
}

/* Volunteers at a poster are not the people of the sample, and the streams are never pooled. */
static bool
stream_of_file(const struct import *in, const char *stream)
{
	size_t i;

	for (i = 0; i < in->csv.rows && (in->more[i].skip || strcmp(in->row[i].stream, stream) != 0); i++)
		;
	return i < in->csv.rows;
}

static int
add_stored(const struct response_row *row, void *ctx)
{
	struct alike *a = ctx;
	struct group *g = group_of(a, row->batch);
	struct part part[PARTS];

	if ((row->batch != 0 && row->batch == a->in->batch.replaces) || !stream_of_file(a->in, row->stream))
		return 0;
	if (a->n == a->room) {
		a->room = 2 * a->room + 1024;
		a->stored = reallocarray(a->stored, a->room, sizeof(*a->stored));
		if (a->stored == NULL)
			err_die("out of memory");
	}
	split_row(part, row, is_timeless(g, row));
	hash_parts(a->stored[a->n].hash, part, a->view[g->view].used);
	a->stored[a->n].view = g->view;
	a->stored[a->n].group = (size_t)(g - a->group);
	a->stored[a->n++].id = row->id;
	return 0;
}

static void
make_groups(struct alike *a, struct pool *pool)
{
	const struct import *in = a->in;

	a->group = pool_array(pool, in->batches_n + 1, sizeof(*a->group));
	a->view = pool_array(pool, in->batches_n + 1, sizeof(*a->view));
	a->met = pool_array(pool, in->csv.rows + 1, sizeof(*a->met));
	for (size_t i = 0; i < in->batches_n; i++) {
		a->group[i].batch = in->batches[i].id;
		a->group[i].minute = in->batches[i].minute;
	}
	a->groups = in->batches_n + 1;
	for (size_t i = 0; i < in->csv.rows; i++) {
		if (in->more[i].skip)
			continue;
		note_parts(a->has, &in->row[i], in->more[i].timeless);
		a->rows++;
	}
}

/* False where every batch has what the file has: the comparison of whole rows has said it all. */
static bool
make_views(struct alike *a)
{
	bool other = false;

	for (size_t g = 0; g < a->groups; g++) {
		struct view v;
		size_t at = 0;

		for (int p = 0; p < PARTS; p++) {
			v.used[p] = a->has[p] && a->group[g].has[p];
			other |= a->has[p] != a->group[g].has[p];
		}
		while (at < a->views && memcmp(&a->view[at], &v, sizeof(v)) != 0)
			at++;
		if (at == a->views)
			a->view[a->views++] = v;
		a->group[g].view = at;
	}
	return other;
}

/* ---- counted ---- */

static int
compare_places(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	int c = (x->view > y->view) - (x->view < y->view);

	if (c == 0)
		c = memcmp(x->hash, y->hash, sizeof(x->hash));
	return c != 0 ? c : (x->id > y->id) - (x->id < y->id);
}

static bool
same_place(const struct place *x, const struct place *y)
{
	return x->view == y->view && memcmp(x->hash, y->hash, sizeof(x->hash)) == 0;
}

/* The file's rows as one view sees them, in order. */
static size_t
see_file(struct place list[], const struct alike *a, size_t view)
{
	struct part part[PARTS];
	size_t n = 0;

	for (size_t i = 0; i < a->in->csv.rows; i++) {
		if (a->in->more[i].skip)
			continue;
		split_row(part, &a->in->row[i], a->in->more[i].timeless);
		hash_parts(list[n].hash, part, a->view[view].used);
		list[n].view = view;
		list[n++].id = (int64_t)i;
	}
	qsort(list, n, sizeof(*list), compare_places);
	return n;
}

/* Each stored row meets one row of the file that nothing has met yet. */
static void
meet_view(struct alike *a, struct place list[], size_t view, size_t *at)
{
	size_t n = see_file(list, a, view), k = 0;

	for (; *at < a->n && a->stored[*at].view == view; (*at)++) {
		const struct place *s = &a->stored[*at];

		while (k < n && (memcmp(list[k].hash, s->hash, sizeof(s->hash)) < 0 ||
		    (same_place(&list[k], s) && a->met[list[k].id])))
			k++;
		if (k == n || !same_place(&list[k], s))
			continue;
		a->met[list[k].id] = true;
		a->group[s->group].met++;
		if (a->same++ == 0) {
			a->line = a->in->csv.line[list[k].id];
			a->id = s->id;
		}
	}
}

static void
count_all(struct alike *a, struct pool *pool)
{
	struct place *list = pool_array(pool, a->in->csv.rows + 1, sizeof(*list));
	size_t at = 0;

	qsort(a->stored, a->n, sizeof(*a->stored), compare_places);
	for (size_t i = 0; i < a->n; i++)
		a->single += (i == 0 || !same_place(&a->stored[i - 1], &a->stored[i])) &&
		    (i + 1 == a->n || !same_place(&a->stored[i + 1], &a->stored[i]));
	for (size_t v = 0; v < a->views; v++)
		meet_view(a, list, v, &at);
}

/*
 * Short forms make strangers agree.  How often is told by the stored rows among themselves: the chance that a new
 * person's row is one of theirs is the share of them that are not unique (Good and Turing).  A file stops that
 * is met more often than that, by more than luck (three standard errors), so that a fifth of it or more must be
 * people who are stored already.
 */
static bool
is_sent_again(const struct alike *a)
{
	double n = (double)a->rows, chance = a->n > 0 ? 1 - (double)a->single / (double)a->n : 1;
	double beyond = (double)a->same - chance * n;

	return a->same > 0 && beyond >= 0.2 * (1 - chance) * n && beyond > 3 * sqrt(n * chance * (1 - chance));
}

/* ---- said ---- */

static const char *
part_name(const struct form *form, int p)
{
	static const char *const name[PART_ANSWERS] = { "stratum", "cluster", "site", "minute" };

	return p < PART_ANSWERS ? name[p] : form->item[p - PART_ANSWERS].name;
}

/* What only the file or only the batch has. */
static const char *
not_compared(const struct alike *a, const struct group *g, struct pool *pool)
{
	enum { SHOWN = 6 };
	struct text out = TEXT_INIT;
	const char *s;
	size_t n = 0;

	for (int p = 0; p < PARTS; p++)
		if (a->has[p] != g->has[p] && n++ < SHOWN)
			text_fmt(&out, "%s%s", n > 1 ? ", " : "", part_name(a->in->form, p));
	if (n > SHOWN)
		text_puts(&out, ", ...");
	s = pool_strdup(pool, n > 0 ? text_str(&out) : "-");
	text_clear(&out);
	return s;
}

static int
refuse_again(const struct alike *a, struct err *err)
{
	struct pool *pool = &a->in->cli->pool;
	const struct group *g = a->group;

	for (size_t i = 1; i < a->groups; i++)
		if (a->group[i].met > g->met)
			g = &a->group[i];
	return err_set(err, ERR_CONFLICT, "%zu 行与这一轮已存的答卷相同（全文件 %zu 行；只比双方都有的栏，没有比：%s），如文件第 %zu 行与第 %lld"
	    " 号答卷；什么都没有存。%s", "%zu rows are the same as answers of this wave that are stored (of %zu rows; by the columns"
	    " both have; not compared: %s), as line %zu and answer %lld; nothing was stored; %s", a->same, a->rows,
	    not_compared(a, g, pool), a->line, (long long)a->id, import_advice(a->in, g->batch));
}

int
import_alike(const struct import *in, size_t same, struct err *err)
{
	struct alike a = { .in = in };
	struct pool pool = POOL_INIT;
	int rc;

	make_groups(&a, &pool);
	rc = db_each_response(in->cli->db, in->wave.id, 0, note_stored, &a, err);
	if (rc == 0 && make_views(&a) && (rc = db_each_response(in->cli->db, in->wave.id, 0, add_stored, &a, err)) == 0) {
		count_all(&a, &pool);
		if (a.same > same && is_sent_again(&a))
			rc = refuse_again(&a, err);
	}
	free(a.stored);
	pool_clear(&pool);
	return rc;
}

/* ---- weights and design ---- */

/* What drawn people's rows are like; volunteers have no design. */
struct design {
	size_t n;
	double weight;	/* sum */
	bool weighted, stratum, cluster;
};

struct designs {
	const struct import *in;
	struct design stored, file;
};

static void
add_design(struct design *d, const struct response_row *row)
{
	if (strcmp(row->stream, "sampled") != 0)
		return;
	d->n++;
	d->weight += (double)row->weight / 1e6;
	d->weighted |= row->weight != 1000000;
	d->stratum |= *row->stratum != '\0';
	d->cluster |= *row->cluster != '\0';
}

static int
add_stored_design(const struct response_row *row, void *ctx)
{
	struct designs *d = ctx;

	if (row->batch == 0 || row->batch != d->in->batch.replaces)
		add_design(&d->stored, row);
	return 0;
}

/* Agencies' weights differ, but not tenfold on the average: then one counts people and the other something else. */
static int
refuse_unlike(const struct designs *d, struct err *err)
{
	double stored = d->stored.weight / (double)d->stored.n, file = d->file.weight / (double)d->file.n;
	const char *what = NULL;

	if (d->stored.weighted && !d->file.weighted)
		return err_set(err, ERR_CONFLICT, "这一轮已存的抽样答卷有权数（平均 %.6g），这个文件没有：每人会按 1 计；什么都没有存。请机构补上 weight"
		    " 列；若确应如此，加 --unlike，记录在案", "the sampled answers stored of this wave have weights (%.6g on the average) and"
		    " this file has none: each of its people would weigh 1; nothing was stored; have the agency add the column weight, or, if"
		    " it is meant so, add --unlike, which goes on record", stored);
	if (file > 10 * stored || stored > 10 * file)
		return err_set(err, ERR_CONFLICT, "这个文件的权数平均 %.6g，这一轮已存的抽样答卷平均 %.6g，相差十倍以上；什么都没有存。请与机构核对权数的单位；"
		    "若确应如此，加 --unlike，记录在案", "the weights of this file are %.6g on the average, those of the sampled answers stored"
		    " of this wave %.6g, more than ten times apart; nothing was stored; ask the agency what the weights count, or, if it is"
		    " meant so, add --unlike, which goes on record", file, stored);
	if (d->stored.stratum && !d->file.stratum)
		what = "stratum";
	else if (d->stored.cluster && !d->file.cluster)
		what = "cluster";
	if (what == NULL)
		return 0;
	return err_set(err, ERR_CONFLICT, "这一轮已存的抽样答卷有 %s，这个文件没有：它的人会另成一层或各成一群，误差会算错；什么都没有存。请机构补上 %s"
	    " 列；若确应如此，加 --unlike，记录在案", "the sampled answers stored of this wave have a %s and this file has none: its people would"
	    " be a stratum of their own, or clusters of one, and intervals would be wrong; nothing was stored; have the agency add the"
	    " column %s, or, if it is meant so, add --unlike, which goes on record", what, what);
}

int
import_unlike(const struct import *in, struct err *err)
{
	struct designs d = { .in = in };

	for (size_t i = 0; i < in->csv.rows; i++)
		if (!in->more[i].skip)
			add_design(&d.file, &in->row[i]);
	if (d.file.n == 0)
		return 0;
	if (db_each_response(in->cli->db, in->wave.id, 0, add_stored_design, &d, err) != 0)
		return -1;
	return d.stored.n > 0 ? refuse_unlike(&d, err) : 0;
}
