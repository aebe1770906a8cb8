/* Fetching the catalogue beside the loop. */
#include "intake/shelf.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

enum {
	ASK_MS = 1000,
	RETRY_MS = 100,		/* while there is nothing at all */
	FIRST_MS = 20		/* between tries before anybody is served */
};

static void
shelf_free(struct shelf *shelf)
{
	for (size_t i = 0; shelf->page != NULL && i < shelf->catalogue.waves; i++)
		resident_cache_free(shelf->page[i]);
	pool_clear(&shelf->pool);
	free(shelf);
}

/* ---- the thread's side ---- */

static struct shelf *
shelf_load(struct store_client *client, struct err *err)
{
	struct shelf *shelf = calloc(1, sizeof(*shelf));

	if (shelf == NULL)
		err_die("calloc");
	if (store_catalogue(client, &shelf->catalogue, &shelf->pool, err) != 0) {
		shelf_free(shelf);
		return NULL;
	}
	shelf->form = pool_array(&shelf->pool, shelf->catalogue.waves + 1, sizeof(*shelf->form));
	shelf->page = pool_array(&shelf->pool, shelf->catalogue.waves + 1,
		sizeof(struct resident_cache *));
	for (size_t i = 0; i < shelf->catalogue.waves; i++) {
		shelf->form[i] = shelf->catalogue.wave[i].form;
		shelf->page[i] = resident_cache_new();
	}
	shelf->readers = 1;
	return shelf;
}

/* Newer than what was fetched last, or NULL; what went wrong is said once
 * until it goes well again. */
static struct shelf *
fetch(struct shelves *s, struct err *err)
{
	struct shelf *shelf;
	int64_t version;

	if (store_version(s->client, &version, err) != 0 || (s->heard && s->version == version))
		return NULL;
	shelf = shelf_load(s->client, err);
	if (shelf != NULL) {
		s->version = shelf->catalogue.version;
		s->heard = true;
	}
	return shelf;
}

static void
hand_over(struct shelves *s, struct shelf *shelf)
{
	const uint64_t one = 1;

	if (s->fresh != NULL)
		shelf_free(s->fresh);	/* nobody saw it */
	s->fresh = shelf;
	if (write(s->bell.fd, &one, sizeof(one)) != sizeof(one))
		err_die("eventfd");
}

/* Until it is time to ask again, somebody doubts, or all ends. */
static void
rest(struct shelves *s)
{
	int64_t ms = s->heard ? ASK_MS : RETRY_MS;
	struct timespec until;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += ms % 1000 * 1000000;
	until.tv_sec += ms / 1000 + until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	while (!s->stopping && !s->doubt)
		if (pthread_cond_timedwait(&s->news, &s->mutex, &until) != 0)
			break;
	s->doubt = false;
}

static void *
keep_fetching(void *arg)
{
	struct shelves *s = arg;
	struct shelf *shelf;
	bool well = true;

	pthread_mutex_lock(&s->mutex);
	while (!s->stopping) {
		struct err err = { 0 };

		pthread_mutex_unlock(&s->mutex);
		shelf = fetch(s, &err);
		if (err.code != ERR_NONE && well)
			fprintf(stderr, "manyi intake: %s\n", err.text);
		well = err.code == ERR_NONE;
		pthread_mutex_lock(&s->mutex);
		s->failing = !well;
		if (shelf != NULL)
			hand_over(s, shelf);
		rest(s);
	}
	pthread_mutex_unlock(&s->mutex);
	return NULL;
}

/* ---- the loop's side ---- */

static void
exchange(struct loop_watch *bell, unsigned events)
{
	struct shelves *s = (struct shelves *)((char *)bell - offsetof(struct shelves, bell));
	struct shelf *old = s->current;
	uint64_t rings;

	(void)events;
	if (read(bell->fd, &rings, sizeof(rings)) != sizeof(rings))
		return;
	pthread_mutex_lock(&s->mutex);
	s->current = s->fresh;
	s->fresh = NULL;
	pthread_mutex_unlock(&s->mutex);
	if (old != NULL)
		shelf_leave(old);
}

/* Before anybody is served there is nobody to keep waiting. */
static void
fetch_first(struct shelves *s, int patience_ms)
{
	const struct timespec pause = { .tv_nsec = FIRST_MS * 1000 * 1000 };

	for (;;) {
		struct err err = { 0 };

		s->current = fetch(s, &err);
		if (s->current != NULL || patience_ms <= 0)
			return;
		nanosleep(&pause, NULL);
		patience_ms -= FIRST_MS;
	}
}

void
shelves_open(struct shelves *s, struct loop *loop, const char *store_socket, int patience_ms)
{
	pthread_condattr_t attr;

	*s = (struct shelves){ .loop = loop, .client = store_client_new(store_socket),
		.bell = { eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), exchange } };
	if (s->bell.fd < 0 || loop_watch(loop, &s->bell, EPOLLIN) != 0)
		err_die("eventfd");
	pthread_mutex_init(&s->mutex, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&s->news, &attr);
	pthread_condattr_destroy(&attr);
	fetch_first(s, patience_ms);
	if (pthread_create(&s->thread, NULL, keep_fetching, s) != 0)
		err_die("pthread_create");
}

void
shelves_close(struct shelves *s)
{
	pthread_mutex_lock(&s->mutex);
	s->stopping = true;
	pthread_cond_signal(&s->news);
	pthread_mutex_unlock(&s->mutex);
	pthread_join(s->thread, NULL);
	if (s->fresh != NULL)
		shelf_free(s->fresh);
	if (s->current != NULL)
		shelf_leave(s->current);
	loop_forget(s->loop, &s->bell);
	close(s->bell.fd);
	store_client_free(s->client);
	pthread_mutex_destroy(&s->mutex);
	pthread_cond_destroy(&s->news);
}

struct shelf *
shelf_take(struct shelves *s)
{
	if (s->current != NULL)
		s->current->readers++;
	return s->current;
}

void
shelf_leave(struct shelf *shelf)
{
	if (--shelf->readers == 0)
		shelf_free(shelf);
}

bool
shelves_failing(struct shelves *s)
{
	bool failing;

	pthread_mutex_lock(&s->mutex);
	failing = s->failing;
	pthread_mutex_unlock(&s->mutex);
	return failing;
}

void
shelf_doubt(struct shelves *s)
{
	pthread_mutex_lock(&s->mutex);
	s->doubt = true;
	pthread_cond_signal(&s->news);
	pthread_mutex_unlock(&s->mutex);
}
