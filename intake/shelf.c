/* Exchange by reference counting: no request ever sees a freed form. */
#include "intake/shelf.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum {
	ASK_MS = 1000,
	RETRY_MS = 100		/* while there is nothing at all */
};

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void
shelf_free(struct shelf *shelf)
{
	pool_clear(&shelf->pool);
	free(shelf);
}

void
shelves_init(struct shelves *shelves)
{
	*shelves = (struct shelves){ .asked = now_ms() - ASK_MS };
	pthread_mutex_init(&shelves->mutex, NULL);
	pthread_mutex_init(&shelves->loading, NULL);
}

void
shelves_clear(struct shelves *shelves)
{
	if (shelves->current != NULL)
		shelf_leave(shelves, shelves->current);
	pthread_mutex_destroy(&shelves->mutex);
	pthread_mutex_destroy(&shelves->loading);
}

static struct shelf *
shelf_load(struct store_client *client, struct err *err)
{
	struct shelf *shelf = calloc(1, sizeof(*shelf));
	size_t i;

	if (shelf == NULL)
		err_die("calloc");
	if (store_catalogue(client, &shelf->catalogue, &shelf->pool, err) != 0) {
		shelf_free(shelf);
		return NULL;
	}
	shelf->form = pool_array(&shelf->pool, shelf->catalogue.waves + 1, sizeof(*shelf->form));
	for (i = 0; i < shelf->catalogue.waves; i++)
		shelf->form[i] = shelf->catalogue.wave[i].form;
	shelf->readers = 1;
	return shelf;
}

static void
exchange(struct shelves *shelves, struct shelf *fresh)
{
	struct shelf *old;

	pthread_mutex_lock(&shelves->mutex);
	old = shelves->current;
	shelves->current = fresh;
	pthread_mutex_unlock(&shelves->mutex);
	if (old != NULL)
		shelf_leave(shelves, old);
}

/* Ask the store and exchange if it has news.  Only under loading, so current cannot change meanwhile. */
static void
refresh(struct shelves *shelves, struct store_client *client)
{
	struct err err = { 0 };
	struct shelf *fresh = NULL;
	int64_t version;

	if (store_version(client, &version, &err) == 0 &&
	    (shelves->current == NULL || shelves->current->catalogue.version != version)) {
		fresh = shelf_load(client, &err);
		if (fresh != NULL)
			exchange(shelves, fresh);
	}
	if (err.code != ERR_NONE)
		fprintf(stderr, "manyi intake: %s\n", err.text);
}

static bool
is_due(struct shelves *shelves, bool *empty)
{
	bool due;

	pthread_mutex_lock(&shelves->mutex);
	*empty = shelves->current == NULL;
	due = now_ms() - shelves->asked >= (*empty ? RETRY_MS : ASK_MS);
	pthread_mutex_unlock(&shelves->mutex);
	return due;
}

static void
set_asked(struct shelves *shelves, int64_t when)
{
	pthread_mutex_lock(&shelves->mutex);
	shelves->asked = when;
	pthread_mutex_unlock(&shelves->mutex);
}

static struct shelf *
take(struct shelves *shelves)
{
	struct shelf *shelf;

	pthread_mutex_lock(&shelves->mutex);
	shelf = shelves->current;
	if (shelf != NULL)
		shelf->readers++;
	pthread_mutex_unlock(&shelves->mutex);
	return shelf;
}

/* With nothing to show yet everybody waits for the one who asks; else only he does. */
struct shelf *
shelf_take(struct shelves *shelves, struct store_client *client)
{
	bool empty, due = is_due(shelves, &empty);

	if (empty)
		pthread_mutex_lock(&shelves->loading);
	else if (!due || pthread_mutex_trylock(&shelves->loading) != 0)
		return take(shelves);
	if (is_due(shelves, &empty)) {
		refresh(shelves, client);
		set_asked(shelves, now_ms());
	}
	pthread_mutex_unlock(&shelves->loading);
	return take(shelves);
}

void
shelf_leave(struct shelves *shelves, struct shelf *shelf)
{
	int left;

	pthread_mutex_lock(&shelves->mutex);
	left = --shelf->readers;
	pthread_mutex_unlock(&shelves->mutex);
	if (left == 0)
		shelf_free(shelf);
}

void
shelf_doubt(struct shelves *shelves)
{
	set_asked(shelves, now_ms() - ASK_MS);
}
