/* What the store knows between batches. */
#include "store/book.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/code.h"
#include "base/date.h"
#include "base/lang.h"
#include "base/utf8.h"
#include "db/track.h"
#include "db/row.h"

enum {
	REFRESH_SECONDS = 30,		/* a wave may drop out of the catalogue by the clock */
	PHONE_MIN = 5,			/* the schema's CHECK */
	PHONE_MAX = 32
};

int
book_open(struct book *book, const char *path, struct err *err)
{
	*book = (struct book){ .path = path };
	return book_refresh(book, err);
}

void
book_close(struct book *book)
{
	db_close(book->db);
	pool_clear(&book->pool);
	ticket_key_clear(&book->key);
	free(book->told);
	*book = (struct book){ .path = book->path };
}

/* One more row that cannot be served, in letters. */
static void
leave_out(struct text *left, const char *kind, const char *name, const char *member,
	const char *why)
{
	text_fmt(left, "%s%s ", left->n > 0 ? "; " : "", kind);
	utf8_show(left, name);
	text_puts(left, " (");
	utf8_show(left, member);
	text_fmt(left, ": %s)", why);
}

static const char *
setting(struct book *book, struct text *left, const char *name)
{
	const char *value = db_setting(book->db, name, &book->pool);

	if (value == NULL || utf8_valid(value, strlen(value)) == strlen(value))
		return value != NULL ? value : "";
	leave_out(left, "setting", name, value, "utf-8");
	return "";
}

static void
read_frame(struct book *book, struct catalogue *c, struct text *left)
{
	c->city = setting(book, left, "city");
	c->base_url = setting(book, left, "base_url");
	c->demo = strcmp(setting(book, left, "demo"), "1") == 0;
	c->processor = setting(book, left, "processor");
	c->contact = setting(book, left, "contact");
	c->table_number = setting(book, left, "table_number");
	c->agency = setting(book, left, "agency");
	c->approval = setting(book, left, "approval");
	c->valid_until = setting(book, left, "valid_until");
}

/* Those that are open or will be, and for a day what is over: forms on their way still name it. */
static bool
is_of_today(const struct wave *w, const struct term *t, int64_t now)
{
	return w->open || (t->ends != 0 && now < t->ends + DATE_DAY && t->ends <= now);
}

/* A wave whose texts no page can hold: which, or NULL. */
static const char *
wave_fault(const struct wave *w)
{
	const struct { const char *name, *text; } part[] = {
		{ "form", w->form_id }, { "label", w->label }, { "table_number", w->table_number },
		{ "agency", w->agency }, { "approval", w->approval },
		{ "valid_until", w->valid_until },
		{ "lapsed_because", w->lapsed_because },
	};

	for (size_t i = 0; i < sizeof(part) / sizeof(part[0]); i++)
		if (utf8_valid(part[i].text, strlen(part[i].text)) != strlen(part[i].text))
			return part[i].name;
	return NULL;
}

/* Its form, or NULL: then it is left out (*err is untouched), or the database
 * failed (*err says so). */
static const struct form *
wave_form(struct book *book, const struct wave *w, struct text *left, struct err *err)
{
	const char *fault = wave_fault(w), *name = row_wave_name(w, &book->pool);
	const struct form *form;
	struct err wrong = { 0 };

	if (fault != NULL) {
		leave_out(left, "wave", name, fault, "utf-8");
		return NULL;
	}
	form = db_get_form(book->db, w->form_id, w->form_version, &book->pool, &wrong);
	if (form == NULL && (wrong.code == ERR_INPUT || wrong.code == ERR_MISSING))
		leave_out(left, "wave", name, "form", err_name(wrong.code));
	else if (form == NULL)
		*err = wrong;
	return form;
}

static int
read_waves(struct book *book, struct catalogue *c, struct text *left, struct err *err)
{
	struct catalogue_wave *out;
	struct err wrong = { 0 };
	struct wave *all;
	size_t n;

	if (db_list_waves(book->db, NULL, &all, &n, &book->pool, err) != 0)
		return -1;
	book->wave = pool_array(&book->pool, n + 1, sizeof(*book->wave));
	c->wave = out = pool_array(&book->pool, n + 1, sizeof(*out));
	c->waves = 0;
	for (size_t i = 0; i < n; i++) {
		struct term term = db_wave_term(&all[i], c->valid_until);

		if (!is_of_today(&all[i], &term, date_now_minute()))
			continue;
		out[c->waves] = (struct catalogue_wave){
			.id = all[i].id, .term = term, .name = row_wave_name(&all[i], &book->pool),
			.form = wave_form(book, &all[i], left, &wrong),
			.table_number = all[i].table_number, .agency = all[i].agency,
			.approval = all[i].approval, .valid_until = all[i].valid_until,
			.lapsed_because = all[i].lapsed_because,
		};
		if (wrong.code != ERR_NONE)
			return err_set(err, wrong.code, "%s", "%s", wrong.text);
		if (out[c->waves].form == NULL)
			continue;
		book->wave[c->waves++] = all[i];
	}
	return 0;
}

static int
site_by_code(const void *a, const void *b)
{
	return strcmp(((const struct site *)a)->code, ((const struct site *)b)->code);
}

static int
read_sites(struct book *book, struct catalogue *c, struct text *left, struct err *err)
{
	struct catalogue_site *out;
	const char *fault;

	if (db_list_sites(book->db, &book->site, &book->sites, &book->pool, err) != 0)
		return -1;
	if (book->sites > 0)
		qsort(book->site, book->sites, sizeof(*book->site), site_by_code);
	c->site = out = pool_array(&book->pool, book->sites + 1, sizeof(*out));
	c->sites = 0;
	for (size_t i = 0; i < book->sites; i++) {
		const struct site *at = &book->site[i];

		if ((fault = row_site_fault(at)) != NULL)
			leave_out(left, "site", at->code, fault, "utf-8");
		else
			out[c->sites++] = (struct catalogue_site){
				.code = at->code, .name = at->name, .window = at->window,
				.sector = at->sector, .form_id = at->form_id, .active = at->active,
				.withdrawn = at->withdrawn,
			};
	}
	return 0;
}

/* What is left out is said once, and again when it is something else. */
static void
tell(struct book *book, const char *left_out)
{
	if (*left_out != '\0' && (book->told == NULL || strcmp(book->told, left_out) != 0))
		fprintf(stderr, LANG_PICK("manyi store：无法提供、已跳过：%s\n",
			"manyi store: cannot be served and is left out: %s\n"), left_out);
	free(book->told);
	book->told = strdup(left_out);
}

static int
read_catalogue(struct book *book, int64_t version, struct err *err)
{
	struct catalogue c = { .version = version };
	struct text left = TEXT_INIT;
	int rc = -1;

	pool_clear(&book->pool);
	book->second = 0;
	read_frame(book, &c, &left);
	if (read_waves(book, &c, &left, err) == 0 && read_sites(book, &c, &left, err) == 0) {
		c.left_out = pool_strdup(&book->pool, text_str(&left));
		tell(book, c.left_out);
		book->catalogue = c;
		book->second = date_now_second();
		rc = 0;
	}
	text_clear(&left);
	return rc;
}

void
book_let_go(struct book *book)
{
	db_close(book->db);
	book->db = NULL;
}

int
book_refresh(struct book *book, struct err *err)
{
	int64_t version, now = date_now_second();

	if (book->db == NULL) {
		/* Only read, but opened as for writing: a reader of a file that nobody may write
		 * leaves a log like it. */
		book->db = db_open(book->path, DB_WRITE, err);
		if (book->db == NULL)
			return -1;
		book->second = 0;
	}
	version = db_catalogue_version(book->db);
	if (book->second != 0 && version == book->catalogue.version &&
			now >= book->second && now < book->second + REFRESH_SECONDS)
		return 0;
	if (read_catalogue(book, version, err) == 0)
		return 0;
	book_let_go(book);
	return -1;
}

static const struct site *
find_site(const struct book *book, const char *code)
{
	struct site wanted;

	if (strlen(code) > SITE_CODE_N || book->sites == 0)
		return NULL;
	strcpy(wanted.code, code);
	return bsearch(&wanted, book->site, book->sites, sizeof(*book->site), site_by_code);
}

static bool
one_of(const char *word, const char *a, const char *b, const char *c)
{
	return strcmp(word, a) == 0 || strcmp(word, b) == 0 || strcmp(word, c) == 0;
}

static const struct site *
site_by_id(const struct book *book, int64_t id)
{
	for (size_t i = 0; id != 0 && i < book->sites; i++)
		if (book->site[i].id == id)
			return &book->site[i];
	return NULL;
}

const char *
book_site_code(const struct book *book, int64_t id)
{
	const struct site *site = site_by_id(book, id);

	return site != NULL ? site->code : "";
}

/* ---- one submission ---- */

/* Of a ticket's answer the batch tells where it stands in the design; of another its site. */
struct place {
	const struct site *site;
	const char *stratum, *cluster;
	int64_t weight;
};

static struct place
place_of(const struct site *site, const struct ticket_batch *batch, struct pool *pool)
{
	const char *stratum = site != NULL ? site->stratum : "",
		*cluster = site != NULL ? site->code : "";

	/* Copied: the catalogue may be read anew while this waits for its batch. */
	return (struct place){ .site = site, .weight = batch != NULL ? batch->weight : 1000000,
		.stratum = pool_strdup(pool, batch != NULL && batch->stratum[0] != '\0' ?
		batch->stratum : stratum), .cluster = pool_strdup(pool,
		batch != NULL && batch->cluster[0] != '\0' ? batch->cluster : cluster) };
}

static int
accept_row(struct book_entry *entry, const struct store_submission *s,
	const struct catalogue_wave *wave, const struct place *at, struct pool *pool,
	struct err *err)
{
	struct paradata paradata = s->paradata;
	struct response r;

	if (response_from_json(&r, wave->form, s->answers, pool, err) != 0)
		return -1;
	paradata.dont_know = paradata_dont_know(&r);
	entry->phone = s->phone;
	row_make(&entry->row, &r, &(struct row_envelope){
		.wave = wave->id, .wave_name = wave->name,
		.site = at->site != NULL ? at->site->id : 0,
		.site_code = at->site != NULL ? at->site->code : "",
		.stream = s->stream, .mode = s->mode, .key = s->key,
		.minute = date_now_minute(), .seconds = paradata_seconds(s->seconds),
		.stratum = at->stratum, .cluster = at->cluster, .weight = at->weight,
		.paradata = &paradata,
	}, pool);
	return 0;
}

/* What the table of callbacks takes: one number that it refuses would cost
 * everybody else the batch. */
static bool
phone_fits(const char *phone)
{
	size_t n = strlen(phone);

	return n == 0 || (n >= PHONE_MIN && n <= PHONE_MAX);
}

static bool
has_ticket(const struct store_submission *s)
{
	return s->ticket != NULL && s->ticket[0] != '\0';
}

/* Only a ticket makes an answer a sampled one. */
static bool
way_fits(const struct store_submission *s)
{
	if (has_ticket(s))
		return strcmp(s->stream, "sampled") == 0 && strcmp(s->mode, "ticket") == 0;
	return strcmp(s->stream, "open") == 0 && one_of(s->mode, "qr", "link", "qr");
}

static bool
site_takes(const struct site *site, int64_t now, int64_t opened)
{
	return site->active ||
		(site->withdrawn != 0 && term_takes_until(site->withdrawn, now, opened));
}

/* A ticket says for itself whether it comes too late. */
static enum err_code
too_late(const struct catalogue_wave *wave, const struct site *site,
	const struct store_submission *s)
{
	int64_t now = date_now_minute();

	if (has_ticket(s))
		return ERR_NONE;
	if (!term_takes(&wave->term, now, s->opened))
		return ERR_CONFLICT;
	return site == NULL || site_takes(site, now, s->opened) ? ERR_NONE : ERR_MISSING;
}

int
book_accept(struct book *book, struct book_entry *entry, const struct store_submission *s,
	struct pool *pool, struct err *err)
{
	const struct site *site = NULL;
	struct ticket_batch batch;
	struct place place;
	const struct catalogue_wave *wave = catalogue_wave_id(&book->catalogue, s->wave);

	*entry = (struct book_entry){ .ticketed = has_ticket(s) };
	if (wave == NULL)
		return err_set(err, ERR_CONFLICT, "这次调查已经结束", "this survey has closed");
	if (s->site[0] != '\0' && (site = find_site(book, s->site)) == NULL)
		return err_set(err, ERR_MISSING, "没有编码为 %s 的点位",
			"there is no site %s", s->site);
	entry->late = too_late(wave, site, s);
	if (code_key(s->key) == 0 || !way_fits(s) || s->seconds < -1 || !phone_fits(s->phone) ||
			!paradata_valid(&s->paradata))
		return err_set(err, ERR_INPUT, "提交的内容不完整", "the submission is malformed");
	if (entry->ticketed) {
		if (book_ticket(book, &entry->ticket, &batch, entry->hash, s->ticket, s->opened,
				pool, err) != 0)
			return -1;
		if (entry->ticket == TICKET_LIVE && batch.wave != s->wave)
			entry->ticket = TICKET_OTHER;
		site = site_by_id(book, batch.site);
	}
	place = place_of(site, entry->ticketed ? &batch : NULL, pool);
	return accept_row(entry, s, wave, &place, pool, err);
}

/* ---- one receipt ---- */

static int
check_leaf(struct book *book, struct store_check *check, const struct response_row *row,
	struct pool *pool, struct err *err)
{
	unsigned char leaf[LEAF_N];
	const struct form *form;
	struct wave wave;

	if (db_get_wave(book->db, &wave, row->wave, pool, err) != 0)
		return -1;
	form = db_get_form(book->db, wave.form_id, wave.form_version, pool, err);
	if (form == NULL)
		return -1;
	row_leaf(leaf, row, row_wave_name(&wave, pool), form->sha256,
		book_site_code(book, row->site));
	check->found = true;
	check->unchanged = memcmp(leaf, row->leaf, LEAF_N) == 0;
	check->minute = row->minute;
	check->index = row->id;
	return 0;
}

int
book_check(struct book *book, struct store_check *check, const char *receipt, struct err *err)
{
	struct pool pool = POOL_INIT;
	struct err missing = { 0 };
	struct response_row row;
	struct head_row *head;
	size_t heads;
	int rc = -1;

	*check = (struct store_check){ 0 };
	if (db_get_receipt(book->db, &row, receipt, &pool, &missing) != 0) {
		if (missing.code == ERR_MISSING)
			rc = 0;
		else
			err_set(err, missing.code, "%s", "%s", missing.text);
		goto out;
	}
	if (check_leaf(book, check, &row, &pool, err) != 0)
		goto out;
	if (db_list_heads(book->db, &head, &heads, &pool, err) != 0)
		goto out;
	check->head_size = heads > 0 ? head[heads - 1].size : 0;
	rc = 0;
out:
	pool_clear(&pool);
	return rc;
}
