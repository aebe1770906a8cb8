/* Stored rows into exact sums: each row once, past a watermark. */
#include "track/fold.h"

#include <inttypes.h>
#include <stdlib.h>
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

static const struct site *
site_find(const struct fold *fold, int64_t id)
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
part_is(const struct fold_part *part, enum scores_set set, const char *by)
{
	return part->set == set && strcmp(part->by, by) == 0;
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
	if (part->by[0] != '\0')
		part_variable(part, fold, stream, part->by);
	tally_init(&s->tally, &fold->scores.layout[part->set], s->name, s->variables, pool);
}

struct fold_part *
fold_part_add(struct fold *fold, enum scores_set set, const char *by, struct pool *pool)
{
	struct fold_part *part;

	if (fold->parts == FOLD_PARTS_MAX || fold->scores.layout[set].scores == 0)
		return NULL;
	part = &fold->part[fold->parts++];
	*part = (struct fold_part){ .set = set, .by = pool_strdup(pool, by) };
	part_variables(part, fold, STREAM_SAMPLED, pool);
	part_variables(part, fold, STREAM_OPEN, pool);
	return part;
}

static const struct fold_part *
part_find(const struct fold *fold, const struct fold_slice *slice)
{
	size_t i;

	for (i = 0; i < fold->parts; i++)
		if (part_is(&fold->part[i], slice->set, slice->by))
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
	struct err *err;
	int rc;
};

/* The key of one row in one tally: levels joined by '|'. */
static int
key_make(char key[FOLD_KEY_MAX], const struct fold *fold, const struct fold_stream *s,
    const char *flagged, const int value[], const struct site *site)
{
	size_t k = 0, n, i;

	for (i = 0; i < s->variables; i++) {
		const char *level = i == 0 ? flagged : fold_level(fold, s->variable[i], value, site);

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

static int
row_add(struct folding *f, struct fold_part *part, const struct response_row *row, enum stream stream,
    const struct site *site)
{
	static const char *const flagged[] = { "0", "1", "2" };
	struct fold_stream *s = &part->stream[stream];
	bool open = stream == STREAM_OPEN;
	const char *cluster = open && row->cluster[0] == '\0' && site != NULL ? site->code : row->cluster;
	char key[FOLD_KEY_MAX];
	int64_t *words;

	if (key_make(key, f->fold, s, flagged[row->excluded ? 2 : row->flagged], f->value, site) == -1)
		return -1;
	words = tally_cell(&s->tally, open ? "" : row->stratum, cluster, key);
	return words == NULL ? -1 : score_add(s->tally.layout, words, f->value, row->weight);
}

static int
row_fold(const struct response_row *row, void *ctx)
{
	struct folding *f = ctx;
	struct fold *fold = f->fold;
	const struct site *site = row->site == 0 ? NULL : site_find(fold, row->site);
	enum stream stream;
	size_t i;

	if (scores_read(&fold->scores, row->answers, f->value) == -1 || stream_parse(&stream, row->stream) == -1)
		goto bad;
	for (i = 0; i < fold->parts; i++)
		if (row_add(f, &fold->part[i], row, stream, site) == -1)
			goto bad;
	fold->after = row->id;
	fold->fresh++;
	fold->state.excluded += row->excluded;
	return 0;
bad:
	f->rc = err_set(f->err, ERR_DB,
	    "答卷 %" PRId64 "（第 %" PRId64 " 轮）与问卷 %s 第 %s 版不符，无法汇总：请检查数据库",
	    "answer %" PRId64 " of wave %" PRId64 " does not fit form %s version %s and cannot be summed: check the database",
	    row->id, row->wave, fold->form->id, fold->form->version);
	return 1;
}

int
fold_rows(struct fold *fold, struct err *err)
{
	struct folding f = { .fold = fold, .err = err };
	int rc;

	f.value = calloc(fold->scores.values, sizeof(*f.value));
	if (f.value == NULL)
		err_die("out of memory");
	fold->fresh = 0;
	rc = db_each_answer(fold->db, fold->wave.id, fold->after, row_fold, &f, err);
	free(f.value);
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

/* Forget every sum, keep which slices there are. */
static void
fold_reset(struct fold *fold, struct pool *pool)
{
	struct fold_part *old = fold->part;
	size_t n = fold->parts, i;

	fold->part = pool_array(pool, FOLD_PARTS_MAX, sizeof(*fold->part));
	fold->parts = 0;
	for (i = 0; i < n; i++)
		fold_part_add(fold, old[i].set, old[i].by, pool);
	fold->after = 0;
	fold->state.folded = -1;
	fold->state.excluded = 0;
}

/* Load what is stored, add the slice, fold what is missing. */
static int
fold_current(struct fold *fold, const struct fold_slice *slice, struct pool *pool, struct err *err)
{
	fold->parts = 0;
	fold->current = false;
	if (fold_load(fold, pool, err) == -1)
		return -1;
	if (part_find(fold, slice) == NULL) {
		fold_reset(fold, pool);
		if (fold_part_add(fold, slice->set, slice->by, pool) == NULL)
			return err_set(err, ERR_MISSING, "问卷 %s 没有可以汇总的题目",
			    "form %s has nothing to sum", fold->form->id);
	}
	if (fold_rows(fold, err) == -1)
		return -1;
	fold->current = true;
	return 0;
}

/* Do the same inside one transaction and keep the result. */
static int
fold_kept(struct fold *fold, const struct fold_slice *slice, struct pool *pool, struct err *err)
{
	if (db_begin(fold->db, err) == -1)
		return -1;
	if (fold_current(fold, slice, pool, err) == -1 || fold_store(fold, err) == -1) {
		db_rollback(fold->db);
		return -1;
	}
	return db_commit(fold->db, err);
}

static bool
fold_worth(const struct fold *fold, const struct fold_slice *slice)
{
	int64_t fresh = fold->state.rows - fold->state.folded;

	return fold->state.folded < 0 || (fold->kept && part_find(fold, slice) == NULL) || fresh >= FOLD_WORTH ||
	    fresh * 20 > fold->state.rows;
}

int
fold_slice(struct fold *fold, const struct fold_slice *slice, bool keep, struct pool *pool, struct err *err)
{
	struct err quiet = { 0 };

	if (fold_by_known(fold, slice->by, err) == -1)
		return -1;
	if (keep)
		return fold_kept(fold, slice, pool, err);
	if (fold->current && part_find(fold, slice) != NULL)
		return 0;
	if (fold_worth(fold, slice) && fold_kept(fold, slice, pool, &quiet) == 0)
		return 0;
	return fold_current(fold, slice, pool, err);
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
