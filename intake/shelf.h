/* The catalogue all threads read, exchanged while they do. */
#ifndef INTAKE_SHELF_H
#define INTAKE_SHELF_H

#include <pthread.h>
#include <stdint.h>

#include "store/client.h"

/* One catalogue with its forms; lives until the last reader lets go of it. */
struct shelf {
	struct pool pool;
	struct catalogue catalogue;
	const struct form **form;	/* form[catalogue.waves]: those that are open */
	int readers;			/* under shelves.mutex; the current one counts as read */
};

/* Zeroed but for the mutexes; see shelves_init(). */
struct shelves {
	pthread_mutex_t mutex;		/* of current and every readers */
	pthread_mutex_t loading;	/* one thread asks the store at a time */
	struct shelf *current;		/* NULL before the store was first heard */
	int64_t asked;			/* milliseconds: when its version was last asked for */
};

void shelves_init(struct shelves *shelves);
void shelves_clear(struct shelves *shelves);

/*
 * The newest catalogue for one request, given back with shelf_leave().  At most once a second
 * one caller asks the store whether there is a newer; the others take what is there.  While the store
 * is away the old one stays.  NULL: the store was never heard.
 */
struct shelf *shelf_take(struct shelves *shelves, struct store_client *client);
void shelf_leave(struct shelves *shelves, struct shelf *shelf);
/* The store knew better: ask again with the next request. */
void shelf_doubt(struct shelves *shelves);

#endif
