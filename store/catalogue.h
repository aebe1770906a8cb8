/* What the intake needs to know to ask: open waves with their forms, sites, words for the frame. */
#ifndef STORE_CATALOGUE_H
#define STORE_CATALOGUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/pool.h"
#include "base/text.h"
#include "forms/form.h"
#include "forms/term.h"
#include "store/wire.h"

/* One wave that takes answers, will, or did until some hours ago. */
struct catalogue_wave {
	int64_t id;
	struct term term;
	const char *name;		/* "A-2024" */
	const struct form *form;
	const char *table_number, *agency, *approval, *valid_until;	/* "" where not set */
	const char *lapsed_because;	/* why it goes on after valid_until; "" */
};

/* One site, open or withdrawn. */
struct catalogue_site {
	const char *code, *name, *window, *sector, *form_id;
	bool active;
	int64_t withdrawn;		/* minute since which it is not; 0: not known */
};

/* A snapshot; never changed once made, so threads may share it.  Everything lives in one pool. */
struct catalogue {
	int64_t version;
	bool demo;
	const char *city, *base_url, *processor, *contact;
	/* where a wave has none of its own */
	const char *table_number, *agency, *approval, *valid_until;
	const struct catalogue_wave *wave;
	size_t waves;
	const struct catalogue_site *site;	/* by code */
	size_t sites;
	const char *left_out;		/* rows that cannot be served, and why, for
					 * staff; "" or NULL: none */
};

/* The site of a code, or NULL. */
const struct catalogue_site *catalogue_site(const struct catalogue *c, const char *code);
/*
 * The wave of a form that may be opened now, by the clock: a catalogue is not fetched anew when one
 * opens or ends.  Without one the latest that may not; *state tells why.  NULL: none at all.
 */
const struct catalogue_wave *catalogue_wave(const struct catalogue *c, const char *form_id,
	int64_t now, enum term_state *state);
/* The wave of that number, or NULL. */
const struct catalogue_wave *catalogue_wave_id(const struct catalogue *c, int64_t id);

/* Fields of a WIRE_OK reply: the store's side writes, the intake's side reads and parses every form
 * again (a form that does not parse is an error: the intake keeps what it had). */
void catalogue_put(struct text *out, const struct catalogue *c);
int catalogue_get(struct catalogue *c, struct wire *wire, struct pool *pool, struct err *err);

#endif
