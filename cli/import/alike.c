/* A file's rows against the wave's, where columns are that only one of them has. */
#include "cli/import/import.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/sha256.h"

/* ---- a row in parts ---- */

/* What a row consists of for the comparison; its answers follow, one part an item. */
enum { PART_STRATUM, PART_CLUSTER, PART_SITE, PART_MINUTE, PART_ANSWERS,
	PARTS = PART_ANSWERS + FORM_ITEMS_MAX };

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
	part[PART_SITE] =
		(struct part){ (const char *)&row->site, row->site != 0 ? sizeof(row->site) : 0 };
	part[PART_MINUTE] =
		(struct part){ (const char *)&row->minute, timeless ? 0 : sizeof(row->minute) };
	split_answers(part + PART_ANSWERS, row->answers);
}

/* The parts that the file has; of these, those not used are blank. */
static void
hash_parts(unsigned char hash[16], const struct part part[PARTS], const bool has[PARTS],
	const bool used[PARTS])
{
	struct sha256 s;
	unsigned char digest[32];

	sha256_init(&s);
	for (int p = 0; p < PARTS; p++) {
		size_t n = used[p] ? part[p].n : 0;

		if (!has[p])
			continue;
		sha256_add(&s, &n, sizeof(n));
		if (n > 0)
			sha256_add(&s, part[p].s, n);
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

/* A row by the parts that both have.  A stored one's hash is over all parts of the file: what its
 * batch lacks is blank. */
struct place {
	unsigned char hash[16];
	size_t view, group;
	int64_t id;
};

struct import_alike {
	const struct import *in;
	bool has[PARTS];	/* the file */
	bool stream[2];		/* of import_streams[]: the file has rows of it */
	struct group *group;
	size_t groups, last;
	struct view *view;
	size_t views;
	struct place *stored;	/* heap */
	size_t n, room;
	bool *met;		/* met[csv.rows] */
	size_t rows, same, single;
	size_t line;		/* of the first that was met */
	int64_t id;
};

static void
note_parts(bool has[PARTS], const struct part part[PARTS])
{
	for (int p = 0; p < PARTS; p++)
		has[p] |= part[p].n > 0;
}

struct import_alike *
import_alike_begin(const struct import *in, struct pool *pool)
{
	struct import_alike *a = pool_take(pool, sizeof(*a));
	struct part part[PARTS];

	a->in = in;
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
		split_row(part, &in->row[i], in->more[i].timeless);
		note_parts(a->has, part);
		for (int s = 0; s < 2; s++)
			a->stream[s] |= strcmp(in->row[i].stream, import_streams[s]) == 0;
		a->rows++;
	}
	return a;
}

static struct group *
group_of(struct import_alike *a, int64_t batch)
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

/* Volunteers at a poster are not the people of the sample, and the streams are never pooled. */
static bool
stream_of_file(const struct import_alike *a, const char *stream)
{
	return (a->stream[0] && strcmp(stream, import_streams[0]) == 0) ||
		(a->stream[1] && strcmp(stream, import_streams[1]) == 0);
}

void
import_alike_add(struct import_alike *a, const struct response_row *row)
{
	struct group *g = group_of(a, row->batch);
	struct part part[PARTS];
	struct place *place;

	if (!stream_of_file(a, row->stream))
		return;
	if (a->n == a->room) {
		a->room = 2 * a->room + 1024;
		a->stored = reallocarray(a->stored, a->room, sizeof(*a->stored));
		if (a->stored == NULL)
			err_die("out of memory");
	}
	split_row(part, row, is_timeless(g, row));
	note_parts(g->has, part);
	place = &a->stored[a->n++];
	*place = (struct place){ .group = (size_t)(g - a->group), .id = row->id };
	hash_parts(place->hash, part, a->has, a->has);
}

/* False where every batch has what the file has: the comparison of whole rows has said it all. */
static bool
make_views(struct import_alike *a)
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
	for (size_t i = 0; i < a->n; i++)
		a->stored[i].view = a->group[a->stored[i].group].view;
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
see_file(struct place list[], const struct import_alike *a, size_t view)
{
	struct part part[PARTS];
	size_t n = 0;

	for (size_t i = 0; i < a->in->csv.rows; i++) {
		if (a->in->more[i].skip)
			continue;
		split_row(part, &a->in->row[i], a->in->more[i].timeless);
		hash_parts(list[n].hash, part, a->has, a->view[view].used);
		list[n].view = view;
		list[n++].id = (int64_t)i;
	}
	qsort(list, n, sizeof(*list), compare_places);
	return n;
}

/* Each stored row meets one row of the file that nothing has met yet. */
static void
meet_view(struct import_alike *a, struct place list[], size_t view, size_t *at)
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
count_all(struct import_alike *a, struct pool *pool)
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

/* As the header says: more than strangers would agree. */
static bool
is_sent_again(const struct import_alike *a)
{
	double n = (double)a->rows, chance = a->n > 0 ? 1 - (double)a->single / (double)a->n : 1;
	double beyond = (double)a->same - chance * n;

	return a->same > 0 && beyond >= 0.2 * (1 - chance) * n &&
		beyond > 3 * sqrt(n * chance * (1 - chance));
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
not_compared(const struct import_alike *a, const struct group *g, struct pool *pool)
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

const char *
import_advice(const struct import *in, int64_t batch)
{
	struct pool *pool = &in->cli->pool;

	if (batch == 0)
		return LANG_PICK(
			"若这是同一批答卷，就不必再导入；若确是另外的人碰巧答得一样，加 --again："
			"如果其实是同样的人，每人会被计两次",
			"if these are the same answers there is nothing to import; if they are"
			" other people who happen to agree, add --again: if they are the same"
			" people, everybody is then counted twice");
	if (in->batch.replaces != 0)
		return pool_fmt(pool, LANG_PICK(
			"若这个文件也更正第 %1$lld 批，请先撤回它：manyi import withdraw %1$lld"
			" --reason \"…\"，再运行一次；若确是另外的人碰巧答得一样，加 --again："
			"如果其实是同样的人，每人会被计两次",
			"if the file corrects batch %1$lld too, withdraw that"
			" first (manyi import withdraw %1$lld --reason \"...\") and run this again;"
			" if they are other people who happen to agree, add --again: if they are"
			" the same people, everybody is then counted twice"), (long long)batch);
	return pool_fmt(pool, LANG_PICK(
		"若这是第 %1$lld 批重送或更正，加 --replaces %1$lld；若确是另外的人碰巧答得一样，加"
		" --again：如果其实是同样的人，每人会被计两次",
		"if this file is batch %1$lld once more or corrects it, add --replaces %1$lld;"
		" if they are other people who happen to agree, add --again: if they are the same"
		" people, everybody is then counted twice"), (long long)batch);
}

static int
refuse_again(const struct import_alike *a, struct err *err)
{
	struct pool *pool = &a->in->cli->pool;
	const struct group *g = a->group;

	for (size_t i = 1; i < a->groups; i++)
		if (a->group[i].met > g->met)
			g = &a->group[i];
	return err_set(err, ERR_CONFLICT,
		"%zu 行与这一轮已存的答卷相同（全文件 %zu 行；只比双方都有的栏，没有比：%s），"
		"如文件第 %zu 行与第 %lld 号答卷；什么都没有存。%s",
		"%zu rows are the same as answers of this wave that are stored (of %zu rows; by the"
		" columns both have; not compared: %s), as line %zu and answer %lld;"
		" nothing was stored; %s", a->same, a->rows, not_compared(a, g, pool), a->line,
		(long long)a->id, import_advice(a->in, g->batch));
}

int
import_alike_refuse(struct import_alike *a, size_t same, struct err *err)
{
	struct pool pool = POOL_INIT;
	int rc = 0;

	if (make_views(a)) {
		count_all(a, &pool);
		if (a->same > same && is_sent_again(a))
			rc = refuse_again(a, err);
	}
	pool_clear(&pool);
	return rc;
}

void
import_alike_end(struct import_alike *a)
{
	free(a->stored);
}
