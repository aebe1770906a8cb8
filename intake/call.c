/* What every public page needs of its request. */
#include "intake/call.h"

#include <string.h>
#include <strings.h>
#include <sys/random.h>

#include "base/code.h"
#include "base/date.h"

enum { KEY_MIN = 16, KEY_FRESH = 26 };

bool
key_valid(const char *key)
{
	return code_key(key) >= KEY_MIN;
}

char *
key_fresh(struct pool *pool)
{
	unsigned char bytes[16];
	int64_t minute = date_now_minute();
	char *key = pool_take(pool, KEY_FRESH + 1);

	if (getrandom(bytes, sizeof(bytes), 0) != sizeof(bytes))
		err_die("getrandom");
	/* Keys of one time lie together in the store's index: a page a batch, not a page a key.  It
	 * is the minute, which an answer keeps anyway; a second would tell whoever
	 * stood at the window. */
	for (int i = 0; i < 4; i++)
		bytes[i] = (unsigned char)(minute >> (24 - 8 * i));
	code_from_bytes(key, KEY_FRESH, bytes, sizeof(bytes));
	return key;
}

static const char *
first_of(const char *a, const char *b)
{
	return a != NULL && a[0] != '\0' ? a : b;
}

static bool
is_over(const char *day)
{
	int64_t minute;

	return date_parse(day, &minute) == 0 && date_now_minute() >= minute + DATE_DAY;
}

void
call_speak(struct intake_call *c, const struct form *form)
{
	const struct languages *l = &form->languages;
	const char *tag[LANGUAGES_MAX] = { NULL };
	size_t n = languages_tags(l, tag), i = n;

	for (int k = 0; k < 2 && i == n; k++)
		i = lang_match(c->said[k], tag, n);
	if (i == n)
		i = request_language(c->req, tag, n);
	if (i == n)
		i = 0;
	c->lang = l->of[i].frame;
	c->tag = pool_strdup(c->pool, l->of[i].page);
}

/* The language of that very tag which a form brings beside the program's two, or NULL. */
static const struct language *
brought(const struct catalogue *k, const char *tag)
{
	for (size_t w = 0; k != NULL && w < k->waves; w++) {
		const struct languages *l = &k->wave[w].form->languages;

		for (size_t i = 0; i < l->n; i++)
			if (strcasecmp(l->of[i].page, tag) == 0)
				return &l->of[i];
	}
	return NULL;
}

void
call_hear(struct intake_call *c, const char *said)
{
	const struct language *language = said != NULL ? brought(c->catalogue, said) : NULL;

	if (language != NULL) {
		c->lang = language->frame;
		c->tag = pool_strdup(c->pool, language->page);
	} else if (said != NULL && lang_parse(&c->lang, said) == 0) {
		c->tag = NULL;
	}
}

struct resident_frame
call_frame(const struct intake_call *c, const char *self, const struct catalogue_wave *wave)
{
	struct resident_frame f = { .lang = c->lang, .tag = c->tag, .elder = c->elder,
		.self = self, .city = "" };
	const struct catalogue *k = c->catalogue;

	if (k == NULL)
		return f;
	f.demo = k->demo;
	f.city = k->city;
	f.processor = k->processor;
	f.contact = k->contact;
	f.table_number = first_of(wave != NULL ? wave->table_number : "", k->table_number);
	f.agency = first_of(wave != NULL ? wave->agency : "", k->agency);
	f.approval = first_of(wave != NULL ? wave->approval : "", k->approval);
	f.valid_until = first_of(wave != NULL ? wave->valid_until : "", k->valid_until);
	if (wave != NULL && wave->lapsed_because[0] != '\0' && is_over(f.valid_until))
		f.valid_until =
			pool_fmt(c->pool, c->lang == LANG_ZH ? "%s（已过；继续进行的理由：%s）" :
			"%s (over; it goes on because: %s)", f.valid_until, wave->lapsed_because);
	return f;
}

void
call_note(struct intake_call *c, int status, enum resident_note note)
{
	struct resident_frame frame = call_frame(c, c->req->path, NULL);

	c->reply->status = status;
	if (status == 503)
		reply_header(c->reply, "Retry-After", "5");
	resident_note(&c->reply->body, &frame, note);
}

const char *
call_path(const struct intake_call *c, const char *path)
{
	const char *tag = c->tag != NULL ? c->tag : lang_tag(c->lang);
	const char *lang = strcmp(tag, lang_tag(LANG_ZH)) == 0 ? "" :
		pool_join(c->pool, "&lang=", tag);
	const char *more = pool_join(c->pool, lang, c->elder ? "&elder=1" : "");

	if (strchr(path, '?') != NULL)
		return pool_join(c->pool, path, more);
	return more[0] == '\0' ? path : pool_fmt(c->pool, "%s?%s", path, more + 1);
}

void
call_ask(struct intake_call *c, struct link *link, struct link_ask *ask, int64_t delay_ms,
	void (*answered)(struct link_ask *ask, struct wire *reply))
{
	c->waiting = true;
	*ask = (struct link_ask){ .frame = &c->frame, .answered = answered };
	link_send(link, ask, delay_ms);
}

void
call_end(struct intake_call *c)
{
	text_clear(&c->frame);
	if (c->shelf != NULL)
		shelf_leave(c->shelf);
	exchange_done(c->x);
}

const char *
thanks_path(struct pool *pool, const char *receipt, struct resident_end end)
{
	const char *more = pool_fmt(pool, "%s%s%s", end.screened_out ? "&end=1" : "",
		end.masked ? "&masked=1" : "", end.called ? "&called=1" : "");

	return pool_fmt(pool, "/T/%s%s%s", receipt, more[0] != '\0' ? "?" : "",
		more[0] != '\0' ? more + 1 : "");
}
