/* The catalogue requests read, fetched by a thread of its own and exchanged between
 * two turns of the loop. */
#ifndef INTAKE_SHELF_H
#define INTAKE_SHELF_H

#include <pthread.h>
#include <stdint.h>

#include "proc/loop.h"
#include "store/client.h"
#include "view/resident/resident.h"

/* One catalogue with its forms; lives until the last reader lets go of it.
 * For the loop's thread. */
struct shelf {
	struct pool pool;
	struct catalogue catalogue;
	const struct form **form;	/* form[catalogue.waves]: those that are open */
	struct resident_cache **page;	/* page[catalogue.waves]: what their pages have in common */
	int readers;			/* the current one counts as read */
};

/*
 * A big city's catalogue takes a while to fetch and parse, and the loop must not stand still
 * meanwhile: the thread asks the store once a second whether there is a newer one, fetches
 * it and rings.  While the store is away the old one stays.
 */
struct shelves {
	struct loop *loop;
	struct shelf *current;		/* the loop's; NULL before the store was first heard */
	struct loop_watch bell;		/* an eventfd: fresh is there */
	struct store_client *client;	/* the thread's */
	int64_t version;		/* the thread's: of the newest it fetched */
	bool heard;			/* the thread's: there is such a version */
	pthread_t thread;
	pthread_mutex_t mutex;		/* of what follows */
	pthread_cond_t news;
	struct shelf *fresh;
	bool doubt, stopping;
	bool failing;			/* the last look for a newer catalogue met an error */
};

/* The first catalogue is fetched here, for at most patience_ms; then the thread takes over. */
void shelves_open(struct shelves *s, struct loop *loop, const char *store_socket, int patience_ms);
/* Nobody reads any more. */
void shelves_close(struct shelves *s);

/* The newest catalogue, given back with shelf_leave().  NULL: the store was never heard. */
struct shelf *shelf_take(struct shelves *s);
void shelf_leave(struct shelf *shelf);
/* Can the newest catalogue not be had?  Then what residents are shown may be out of date. */
bool shelves_failing(struct shelves *s);
/* The store knew better: ask again now. */
void shelf_doubt(struct shelves *s);

#endif
