/* What the intake needs to know to ask: there and back over the wire. */
#include "store/catalogue.h"

#include <stdlib.h>
#include <string.h>

/* The most of each that a catalogue may hold: more is not a city but a broken message. */
enum { WAVES_MAX = 64, SITES_MAX = 200000 };

static int
by_code(const void *a, const void *b)
{
	const struct catalogue_site *x = a, *y = b;

	return strcmp(x->code, y->code);
}

const struct catalogue_site *
catalogue_site(const struct catalogue *c, const char *code)
{
	struct catalogue_site wanted = { .code = code };

	if (c->sites == 0)
		return NULL;
	return bsearch(&wanted, c->site, c->sites, sizeof(*c->site), by_code);
}

const struct catalogue_wave *
catalogue_wave(const struct catalogue *c, const char *form_id, int64_t now, enum term_state *state)
{
	/* What the reader is told first; of two that are over, that of the later end. */
	static const int rank[] = { [TERM_OPEN] = 3, [TERM_LAPSED] = 2, [TERM_CLOSED] = 1,
		[TERM_WAITING] = 0 };
	const struct catalogue_wave *best = NULL;

	*state = TERM_CLOSED;
	for (size_t i = 0; i < c->waves; i++) {
		const struct catalogue_wave *w = &c->wave[i];
		enum term_state s = term_state(&w->term, now);

		if (strcmp(w->form->id, form_id) != 0)
			continue;
		if (best == NULL || rank[s] > rank[*state] ||
				(s == *state && w->term.ends > best->term.ends)) {
			best = w;
			*state = s;
		}
	}
	return best;
}

const struct catalogue_wave *
catalogue_wave_id(const struct catalogue *c, int64_t id)
{
	for (size_t i = 0; i < c->waves; i++)
		if (c->wave[i].id == id)
			return &c->wave[i];
	return NULL;
}

static void
put_wave(struct text *out, const struct catalogue_wave *w)
{
	wire_put_number(out, w->id);
	wire_put_text(out, w->name);
	wire_put_bytes(out, w->form->body, w->form->body_n);
	wire_put_text(out, w->table_number);
	wire_put_text(out, w->agency);
	wire_put_text(out, w->approval);
	wire_put_text(out, w->valid_until);
	wire_put_text(out, w->lapsed_because);
	wire_put_number(out, w->term.opens);
	wire_put_number(out, w->term.ends);
	wire_put_number(out, w->term.closed);
	wire_put_number(out, w->term.lapses);
}

static void
put_site(struct text *out, const struct catalogue_site *s)
{
	wire_put_text(out, s->code);
	wire_put_text(out, s->name);
	wire_put_text(out, s->window);
	wire_put_text(out, s->sector);
	wire_put_text(out, s->form_id);
	wire_put_number(out, s->active);
	wire_put_number(out, s->withdrawn);
}

void
catalogue_put(struct text *out, const struct catalogue *c)
{
	wire_put_number(out, c->version);
	wire_put_number(out, c->demo);
	wire_put_text(out, c->city);
	wire_put_text(out, c->base_url);
	wire_put_text(out, c->processor);
	wire_put_text(out, c->contact);
	wire_put_text(out, c->table_number);
	wire_put_text(out, c->agency);
	wire_put_text(out, c->approval);
	wire_put_text(out, c->valid_until);
	wire_put_text(out, c->left_out != NULL ? c->left_out : "");
	wire_put_number(out, (int64_t)c->waves);
	for (size_t i = 0; i < c->waves; i++)
		put_wave(out, &c->wave[i]);
	wire_put_number(out, (int64_t)c->sites);
	for (size_t i = 0; i < c->sites; i++)
		put_site(out, &c->site[i]);
}

static int
get_wave(struct catalogue_wave *w, struct wire *wire, struct pool *pool, struct err *err)
{
	const char *body;

	w->id = wire_get_number(wire);
	w->name = wire_get_text(wire, pool);
	body = wire_get_text(wire, pool);
	w->table_number = wire_get_text(wire, pool);
	w->agency = wire_get_text(wire, pool);
	w->approval = wire_get_text(wire, pool);
	w->valid_until = wire_get_text(wire, pool);
	w->lapsed_because = wire_get_text(wire, pool);
	w->term.opens = wire_get_number(wire);
	w->term.ends = wire_get_number(wire);
	w->term.closed = wire_get_number(wire) != 0;
	w->term.lapses = wire_get_number(wire) != 0;
	if (wire->bad)
		return 0;	/* the caller says so */
	w->form = form_parse(body, strlen(body), w->name, pool, err);
	return w->form != NULL ? 0 : -1;
}

static void
get_site(struct catalogue_site *s, struct wire *wire, struct pool *pool)
{
	s->code = wire_get_text(wire, pool);
	s->name = wire_get_text(wire, pool);
	s->window = wire_get_text(wire, pool);
	s->sector = wire_get_text(wire, pool);
	s->form_id = wire_get_text(wire, pool);
	s->active = wire_get_number(wire) != 0;
	s->withdrawn = wire_get_number(wire);
}

/* A count of things to come, 0 and bad when it cannot be true. */
static size_t
get_count(struct wire *wire, int64_t max)
{
	int64_t n = wire_get_number(wire);

	if (n < 0 || n > max)
		wire->bad = true;
	return wire->bad ? 0 : (size_t)n;
}

static int
get_waves(struct catalogue *c, struct wire *wire, struct pool *pool, struct err *err)
{
	struct catalogue_wave *wave;

	c->waves = get_count(wire, WAVES_MAX);
	c->wave = wave = pool_array(pool, c->waves + 1, sizeof(*wave));
	for (size_t i = 0; i < c->waves && !wire->bad; i++)
		if (get_wave(&wave[i], wire, pool, err) != 0)
			return -1;
	return 0;
}

static void
get_sites(struct catalogue *c, struct wire *wire, struct pool *pool)
{
	struct catalogue_site *site;

	c->sites = get_count(wire, SITES_MAX);
	c->site = site = pool_array(pool, c->sites + 1, sizeof(*site));
	for (size_t i = 0; i < c->sites && !wire->bad; i++)
		get_site(&site[i], wire, pool);
	if (!wire->bad && c->sites > 0)
		qsort(site, c->sites, sizeof(*site), by_code);
}

int
catalogue_get(struct catalogue *c, struct wire *wire, struct pool *pool, struct err *err)
{
	c->version = wire_get_number(wire);
	c->demo = wire_get_number(wire) != 0;
	c->city = wire_get_text(wire, pool);
	c->base_url = wire_get_text(wire, pool);
	c->processor = wire_get_text(wire, pool);
	c->contact = wire_get_text(wire, pool);
	c->table_number = wire_get_text(wire, pool);
	c->agency = wire_get_text(wire, pool);
	c->approval = wire_get_text(wire, pool);
	c->valid_until = wire_get_text(wire, pool);
	c->left_out = wire_get_text(wire, pool);
	if (get_waves(c, wire, pool, err) != 0)
		return -1;
	get_sites(c, wire, pool);
	if (!wire_done(wire))
		return err_set(err, ERR_SYSTEM, "存储进程送来的目录读不懂；请确认各进程版本一致",
			"the store's catalogue cannot be understood;"
			" are all processes of one version?");
	return 0;
}
