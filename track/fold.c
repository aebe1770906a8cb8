/* Stored rows into exact sums: each row once, past a watermark. */
#include "track/fold.h"

#include <inttypes.h>
#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "track/fold_in.h"

/* New rows that make storing the sums again worth a transaction. */
enum { FOLD_WORTH = 256 };

static const char *const stream_word[STREAM_MAX] = { "sampled", "open" };

const char *
stream_name(enum stream stream)
{
	return stream_word[stream];
}

int
stream_parse(enum stream *stream, const char *name)
{
	int s;

	for (s = 0; s < STREAM_MAX; s++)
		if (strcmp(stream_word[s], name) == 0) {
			*stream = (enum stream)s;
			return 0;
		}
	return -1;
}

/* ---- variables ---- */

/* The item that answers a variable, or -1. */
static int
item_of(const struct form *form, const char *by)
{
	size_t i;

	if (strcmp(by, "township") == 0)
		for (i = 0; i < form->items; i++)
			if (form->item[i].kind == KIND_TOWNSHIP)
				return (int)i;
	return form_item(form, by);
}

struct fold_variable
fold_variable(const struct form *form, const char *name)
{
	int item = item_of(form, name);

	if (item >= 0 && form->item[item].choices > 0 && form->item[item].kind != KIND_MULTI &&
	    form->item[item].kind != KIND_TEXT)
		return (struct fold_variable){ VARIABLE_ITEM, item };
	if (strcmp(name, "sector") == 0)
		return (struct fold_variable){ VARIABLE_SITE_SECTOR, -1 };
	if (strcmp(name, "township") == 0)
		return (struct fold_variable){ VARIABLE_SITE_TOWNSHIP, -1 };
	if (strcmp(name, "site") == 0)
		return (struct fold_variable){ VARIABLE_SITE, -1 };
	return (struct fold_variable){ VARIABLE_NONE, -1 };
}

int
fold_by_known(const struct fold *fold, const char *by, struct err *err)
{
	struct text t = TEXT_INIT;
	size_t i;

	if (by[0] == '\0' || fold_variable(fold->form, by).kind != VARIABLE_NONE)
		return 0;
	for (i = 0; i < fold->form->items; i++)
		if (fold_variable(fold->form, fold->form->item[i].name).kind != VARIABLE_NONE)
			text_fmt(&t, " %s", fold->form->item[i].name);
	err_set(err, ERR_INPUT, "问卷 %s 不能按“%s”分组；可用：sector township site%s",
	    "form %s cannot be split by “%s”; there are: sector township site%s", fold->form->id, by, text_str(&t));
	text_clear(&t);
	return -1;
}

const struct site *
fold_site(const struct fold *fold, int64_t id)
{
	size_t low = 0, high = fold->sites, mid;

	while (low < high) {
		mid = (low + high) / 2;
		if (fold->site[mid].id == id)
			return &fold->site[mid];
		if (fold->site[mid].id < id)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

const char *
fold_level(const struct fold *fold, struct fold_variable v, const int value[], const struct site *site)
{
	int choice;

	if (v.kind == VARIABLE_ITEM) {
		choice = scan_choice(fold->scores.scan, (size_t)v.item, value[v.item]);
		return choice < 0 ? "" : fold->form->item[v.item].choice[choice].name;
	}
	if (site == NULL || v.kind == VARIABLE_NONE)
		return "";
	if (v.kind == VARIABLE_SITE_SECTOR)
		return site->sector;
	return v.kind == VARIABLE_SITE_TOWNSHIP ? site->township : site->code;
}

/* ---- parts ---- */

static bool
part_is(const struct fold_part *part, const struct fold_slice *slice)
{
	return part->slice.set == slice->set && strcmp(part->slice.by, slice->by) == 0 &&
	    part->slice.all == slice->all;
}

/* Within one site its people are the units: as one cluster they would have no variance at all. */
static bool
slice_apart(const struct fold_slice *slice, enum stream stream)
{
	return stream == STREAM_OPEN && strcmp(slice->by, "site") == 0;
}

enum scores_extent
fold_extent(const struct fold *fold, const struct fold_slice *slice, enum stream stream)
{
	bool elements = fold->elements[stream] || slice_apart(slice, stream);

	return (enum scores_extent)((elements ? SCORES_ELEMENTS : 0) |
	    (slice->by[0] == '\0' ? SCORES_PAIRED : 0));
}

static void
part_variable(struct fold_part *part, const struct fold *fold, enum stream stream, const char *name)
{
	struct fold_stream *s = &part->stream[stream];
	size_t i;

	for (i = 0; i < s->variables; i++)
		if (strcmp(s->name[i], name) == 0)
			return;
	if (s->variables == FOLD_VARIABLES_MAX)
		return;
	s->name[s->variables] = name;
	s->variable[s->variables] = fold_variable(fold->form, name);
	s->variables++;
}

/* "flagged", the margins, `by`: in this order, none twice. */
static void
part_variables(struct fold_part *part, const struct fold *fold, enum stream stream, struct pool *pool)
{
	struct fold_stream *s = &part->stream[stream];
	const char *p = fold->wave.margins;
	size_t n;

	part_variable(part, fold, stream, "flagged");
	while (stream == STREAM_SAMPLED && *(p += strspn(p, " ")) != '\0') {
		n = strcspn(p, " ");
		part_variable(part, fold, stream, pool_strndup(pool, p, n));
		p += n;
	}
	if (part->slice.by[0] != '\0')
		part_variable(part, fold, stream, part->slice.by);
	tally_init(&s->tally, &fold->scores.layout[part->slice.set][fold_extent(fold, &part->slice, stream)],
	    s->name, s->variables, pool);
}

struct fold_part *
fold_part_add(struct fold *fold, const struct fold_slice *slice, struct pool *pool)
{
	struct fold_part *part;

	if (fold->parts == FOLD_PARTS_MAX || fold->scores.layout[slice->set][0].scores == 0)
		return NULL;
	part = &fold->part[fold->parts++];
	*part = (struct fold_part){ .slice = { slice->set, pool_strdup(pool, slice->by), slice->all } };
	part_variables(part, fold, STREAM_SAMPLED, pool);
	part_variables(part, fold, STREAM_OPEN, pool);
	return part;
}

static const struct fold_part *
part_find(const struct fold *fold, const struct fold_slice *slice)
{
	size_t i;

	for (i = 0; i < fold->parts; i++)
		if (part_is(&fold->part[i], slice))
			return &fold->part[i];
	return NULL;
}

const struct tally *
fold_tally(const struct fold *fold, const struct fold_slice *slice, enum stream stream)
{
	const struct fold_part *part = part_find(fold, slice);

	return part == NULL || !fold->current ? NULL : &part->stream[stream].tally;
}

/* ---- rows ---- */

/* What the callback needs. */
struct folding {
	struct fold *fold;
	int *value;
	struct memo units[STREAM_MAX];
	struct err *err;
	bool alone;		/* stopped: a row without cluster needs wider sums */
	int rc;
};

/* The key of one row in one tally: levels joined by '|'; of a row that is out, "1" and empty levels. */
static int
key_make(char key[FOLD_KEY_MAX], const struct fold *fold, const struct fold_stream *s,
    const char *flagged, bool out, const int value[], const struct site *site)
{
	size_t k = 0, n, i;

	for (i = 0; i < s->variables; i++) {
		const char *level = i == 0 ? flagged : out ? "" : fold_level(fold, s->variable[i], value, site);

		n = strlen(level);
		if (k + n + 2 > FOLD_KEY_MAX)
			return -1;
		if (i > 0)
			key[k++] = '|';
		memcpy(key + k, level, n);
		k += n;
	}
	key[k] = '\0';
	return 0;
}

/* A row where it belongs. */
struct place {
	const struct site *site;	/* or NULL */
	const char *stratum, *cluster;
	bool by_site;			/* the cluster is the site, for want of another */
	size_t unit;			/* number of the sampling unit */
	int flag;			/* 0, 1, 2 as in "flagged" */
};

/* The number of a level, from 0 ("") to *radix - 1. */
static uint64_t
level_number(const struct fold *fold, struct fold_variable v, const int value[], const struct site *site,
    uint64_t *radix)
{
	*radix = fold->sites + 1;
	if (v.kind == VARIABLE_ITEM) {
		*radix = fold->form->item[v.item].choices + 1;
		return (uint64_t)(scan_choice(fold->scores.scan, (size_t)v.item, value[v.item]) + 1);
	}
	return site == NULL ? 0 : (uint64_t)(site - fold->site) + 1;
}

/* One number for the row's cell, the same for the same labels; -1 when the levels are too many for 64 bits. */
static int
cell_number(uint64_t *number, const struct fold *fold, const struct fold_stream *s, const struct place *p,
    bool out, const int value[])
{
	uint64_t x = p->unit, radix, level;
	size_t i;

	x = 3 * x + (uint64_t)p->flag;
	for (i = 1; i < s->variables; i++) {
		level = level_number(fold, s->variable[i], value, p->site, &radix);
		if (__builtin_mul_overflow(x, radix, &x) || __builtin_add_overflow(x, out ? 0 : level, &x))
			return -1;
	}
	*number = x;
	return x == UINT64_MAX ? -1 : 0;
}

static int64_t *
row_cell(struct folding *f, struct fold_stream *s, const struct place *p, bool out)
{
	static const char *const flagged[] = { "0", "1", "2" };
	char key[FOLD_KEY_MAX];
	int64_t **known = NULL, *words;
	uint64_t number;

	if (cell_number(&number, f->fold, s, p, out, f->value) == 0) {
		known = memo_sums(&s->memo, number);
		if (*known != NULL)
			return *known;
	}
	if (key_make(key, f->fold, s, flagged[p->flag], out, f->value, p->site) == -1)
		return NULL;
	words = tally_cell(&s->tally, p->stratum, p->cluster, key);
	if (known != NULL)
		*known = words;
	return words;
}

static int
row_add(struct folding *f, struct fold_part *part, const struct place *p, enum stream stream, int64_t weight)
{
	struct fold_stream *s = &part->stream[stream];
	bool out = p->flag > 0 && !part->slice.all;
	struct place place = *p;
	int64_t *words;

	if (p->by_site && slice_apart(&part->slice, stream)) {
		place.cluster = "";
		place.unit = memo_unit(&f->units[stream], p->stratum, "");
	}
	words = row_cell(f, s, &place, out);
	return words == NULL ? -1 :
	    score_add(s->tally.layout, words, out ? f->fold->scores.missing : f->value, weight);
}

/* Where the row belongs; the open stream has no design but its places. */
struct fold_unit
fold_unit(const struct fold *fold, const struct response_row *row, enum stream stream)
{
	struct fold_unit u = { .stratum = row->stratum, .cluster = row->cluster };

	u.site = row->site == 0 ? NULL : fold_site(fold, row->site);
	if (stream == STREAM_OPEN) {
		u.stratum = "";
		u.by_site = u.cluster[0] == '\0' && u.site != NULL;
		if (u.by_site)
			u.cluster = u.site->code;
	}
	return u;
}

static struct place
row_place(struct folding *f, const struct response_row *row, enum stream stream)
{
	struct fold_unit u = fold_unit(f->fold, row, stream);

	return (struct place){ .site = u.site, .stratum = u.stratum, .cluster = u.cluster, .by_site = u.by_site,
		.unit = memo_unit(&f->units[stream], u.stratum, u.cluster),
		.flag = row->excluded ? 2 : row->flagged };
}

int
fold_misfit(const struct fold *fold, const struct response_row *row, struct err *err)
{
	return err_set(err, ERR_DB,
	    "答卷 %" PRId64 "（第 %" PRId64 " 轮）与问卷 %s 第 %s 版不符，无法汇总：请检查数据库",
	    "answer %" PRId64 " of wave %" PRId64 " does not fit form %s version %s and cannot be summed: check the database",
	    row->id, row->wave, fold->form->id, fold->form->version);
}

static int
row_fold(const struct response_row *row, void *ctx)
{
	struct folding *f = ctx;
	struct fold *fold = f->fold;
	enum stream stream;
	struct place place;
	size_t i;

	if (scores_read(&fold->scores, row->answers, f->value) == -1 || stream_parse(&stream, row->stream) == -1)
		goto bad;
	place = row_place(f, row, stream);
	if (place.cluster[0] == '\0' && !fold->elements[stream]) {
		fold->elements[stream] = f->alone = true;
		return 1;
	}
	for (i = 0; i < fold->parts; i++)
		if (row_add(f, &fold->part[i], &place, stream, row->weight) == -1)
			goto bad;
	fold->after = row->id;
	fold->fresh++;
	fold->state.excluded += row->excluded;
	return 0;
bad:
	f->rc = fold_misfit(fold, row, f->err);
	return 1;
}

/* Forget every sum, keep which slices there are; their layouts follow fold->elements. */
static void
fold_reset(struct fold *fold, struct pool *pool)
{
	struct fold_part *old = fold->part;
	size_t n = fold->parts, i;

	fold->part = pool_array(pool, FOLD_PARTS_MAX, sizeof(*fold->part));
	fold->parts = 0;
	for (i = 0; i < n; i++)
		fold_part_add(fold, &old[i].slice, pool);
	fold->after = 0;
	fold->state.folded = -1;
	fold->state.excluded = 0;
}

static void
memos_clear(struct folding *f)
{
	size_t i;
	int s;

	for (s = 0; s < STREAM_MAX; s++) {
		memo_clear(&f->units[s]);
		for (i = 0; i < f->fold->parts; i++)
			memo_clear(&f->fold->part[i].stream[s].memo);
	}
}

/* Every row past fold->after into every part; from the start again when a row without cluster turns up. */
static int
fold_rows(struct fold *fold, struct pool *pool, struct err *err)
{
	struct folding f = { .fold = fold, .err = err };
	int rc;

	f.value = pool_array(pool, fold->scores.values, sizeof(*f.value));
	do {
		if (f.alone)
			fold_reset(fold, pool);
		f.alone = false;
		fold->fresh = 0;
		rc = db_each_answer(fold->db, fold->wave.id, fold->after, row_fold, &f, err);
		memos_clear(&f);
	} while (rc == 0 && f.alone);
	if (rc == -1 || f.rc == -1)
		return -1;
	fold->state.folded = fold->state.folded < 0 ? fold->fresh : fold->state.folded + fold->fresh;
	if (fold->state.rows < fold->state.folded)
		fold->state.rows = fold->state.folded;
	return 0;
}

/* ---- open, current ---- */

static int
count_rows(struct fold *fold, struct pool *pool, struct err *err)
{
	struct response_count *count;
	size_t counts, i;

	if (db_count_responses(fold->db, fold->wave.id, &count, &counts, pool, err) == -1)
		return -1;
	for (i = 0; i < counts; i++)
		fold->state.rows += count[i].n;
	return 0;
}

/* A key's levels are joined by '|', so no site's text may hold one. */
static const char *
without_bar(const char *s, struct pool *pool)
{
	char *copy, *p;

	if (strchr(s, '|') == NULL)
		return s;
	copy = pool_strdup(pool, s);
	for (p = copy; *p != '\0'; p++)
		if (*p == '|')
			*p = '/';
	return copy;
}

static int
load_sites(struct fold *fold, struct pool *pool, struct err *err)
{
	size_t i;

	if (db_list_sites(fold->db, &fold->site, &fold->sites, pool, err) == -1)
		return -1;
	for (i = 0; i < fold->sites; i++) {
		fold->site[i].sector = without_bar(fold->site[i].sector, pool);
		fold->site[i].township = without_bar(fold->site[i].township, pool);
	}
	return 0;
}

int
fold_peek(struct fold_state *state, struct db *db, int64_t wave, struct pool *pool, struct err *err)
{
	struct fold fold = { .db = db, .wave = { .id = wave }, .state = { .folded = -1 } };

	if (count_rows(&fold, pool, err) == -1 || fold_counts(&fold, pool, err) == -1)
		return -1;
	*state = fold.state;
	return 0;
}

int
fold_open(struct fold *fold, struct db *db, const struct wave *wave, struct pool *pool, struct err *err)
{
	*fold = (struct fold){ .db = db, .wave = *wave, .state = { .folded = -1 } };
	fold->form = db_get_form(db, wave->form_id, wave->form_version, pool, err);
	if (fold->form == NULL || scores_make(&fold->scores, fold->form, pool, err) == -1)
		return -1;
	if (load_sites(fold, pool, err) == -1 || count_rows(fold, pool, err) == -1)
		return -1;
	fold->part = pool_array(pool, FOLD_PARTS_MAX, sizeof(*fold->part));
	return fold_head(fold, pool, err);
}

/* Slices asked for, of which the form has scores. */
struct wanted {
	const struct fold_slice *slice;
	size_t n;
};

static bool
wanted_here(const struct fold *fold, const struct wanted *w)
{
	size_t i;

	for (i = 0; i < w->n; i++)
		if (fold->scores.layout[w->slice[i].set][0].scores > 0 && part_find(fold, &w->slice[i]) == NULL)
			return false;
	return true;
}

/* Load what is stored, add the slices, fold what is missing. */
static int
fold_current(struct fold *fold, const struct wanted *w, struct pool *pool, struct err *err)
{
	size_t i;

	fold->parts = 0;
	fold->current = false;
	if (fold_load(fold, pool, err) == -1)
		return -1;
	if (!wanted_here(fold, w)) {
		fold_reset(fold, pool);
		for (i = 0; i < w->n; i++)
			if (part_find(fold, &w->slice[i]) == NULL)
				fold_part_add(fold, &w->slice[i], pool);
	}
	if (!wanted_here(fold, w))
		return err_set(err, ERR_REFUSED, "这一轮调查要汇总的分组太多", "too many groupings are summed for this wave");
	if (fold_rows(fold, pool, err) == -1)
		return -1;
	fold->current = true;
	return 0;
}

/* Do the same inside one transaction and keep the result. */
static int
fold_kept(struct fold *fold, const struct wanted *w, struct pool *pool, struct err *err)
{
	if (db_begin(fold->db, err) == -1)
		return -1;
	if (fold_current(fold, w, pool, err) == -1 || fold_store(fold, err) == -1) {
		db_rollback(fold->db);
		return -1;
	}
	return db_commit(fold->db, err);
}

static bool
fold_worth(const struct fold *fold, const struct wanted *w)
{
	int64_t fresh = fold->state.rows - fold->state.folded;

	return fold->state.folded < 0 || (fold->kept && !wanted_here(fold, w)) || fresh >= FOLD_WORTH ||
	    fresh * 20 > fold->state.rows;
}

int
fold_slices(struct fold *fold, const struct fold_slice slice[], size_t n, bool keep, struct pool *pool,
    struct err *err)
{
	struct wanted w = { slice, n };
	struct err quiet = { 0 };
	size_t i;

	for (i = 0; i < n; i++)
		if (fold_by_known(fold, slice[i].by, err) == -1)
			return -1;
	if (keep)
		return fold_kept(fold, &w, pool, err);
	if (fold->current && wanted_here(fold, &w))
		return 0;
	if (fold_worth(fold, &w) && fold_kept(fold, &w, pool, &quiet) == 0)
		return 0;
	return fold_current(fold, &w, pool, err);
}

/* ---- labels ---- */

static struct words
choice_label(const struct item *item, const char *level, struct words otherwise)
{
	const struct choice *c = form_choice(item, level);

	return c == NULL ? otherwise : c->label;
}

/* A sector's or township's name where this form does not ask for it: form A knows them. */
static struct words
label_elsewhere(const struct fold *fold, const char *by, const char *level, struct words plain, struct pool *pool)
{
	const struct form *a = db_get_form(fold->db, "A", NULL, pool, NULL);
	int item = a == NULL ? -1 : item_of(a, by);

	return item < 0 ? plain : choice_label(&a->item[item], level, plain);
}

struct words
fold_label(const struct fold *fold, const char *by, const char *level, struct pool *pool)
{
	const char *copy = pool_strdup(pool, level);
	struct words plain = { { copy, copy } };
	struct fold_variable v = fold_variable(fold->form, by);
	size_t i;

	if (v.kind == VARIABLE_ITEM)
		return choice_label(&fold->form->item[v.item], level, plain);
	if (v.kind != VARIABLE_SITE)
		return label_elsewhere(fold, by, level, plain, pool);
	for (i = 0; i < fold->sites; i++)
		if (strcmp(fold->site[i].code, level) == 0) {
			const struct site *s = &fold->site[i];

			copy = s->window[0] == '\0' ? s->name : pool_fmt(pool, "%s %s", s->name, s->window);
			return (struct words){ { copy, copy } };
		}
	return plain;
}
