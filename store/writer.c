/* One thread, one thing to do at a time. */
#include "store/writer.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum job { JOB_NONE, JOB_PUT, JOB_TIDY, JOB_END };

struct writer {
	struct pen pen;			/* the thread's */
	int bell;			/* an eventfd: it has done what it was given */
	bool busy;			/* the caller's: given something, not yet asked what came of it */
	bool started;
	pthread_t thread;
	pthread_mutex_t mutex;		/* of what follows */
	pthread_cond_t given;
	enum job job;
	struct batch *batch;		/* JOB_PUT */
	bool more;			/* JOB_TIDY: there is more of it */
};

/* ---- the thread's side ---- */

static enum job
wait_for_job(struct writer *w)
{
	enum job job;

	pthread_mutex_lock(&w->mutex);
	while (w->job == JOB_NONE)
		pthread_cond_wait(&w->given, &w->mutex);
	job = w->job;
	w->job = JOB_NONE;
	pthread_mutex_unlock(&w->mutex);
	return job;
}

static void
put(struct writer *w)
{
	struct batch *b = w->batch;

	b->failed = (struct err){ 0 };
	b->stored = pen_write(&w->pen, b->entry, b->n, &b->failed) == 0;
}

static void *
work(void *arg)
{
	const uint64_t one = 1;
	struct writer *w = arg;
	enum job job;

	while ((job = wait_for_job(w)) != JOB_END) {
		if (job == JOB_PUT)
			put(w);
		else
			w->more = pen_tidy(&w->pen);
		if (write(w->bell, &one, sizeof(one)) != sizeof(one))	/* and so the caller sees what was done */
			err_die("eventfd");
	}
	return NULL;
}

/* ---- the caller's side ---- */

static void
give(struct writer *w, enum job job, struct batch *batch)
{
	pthread_mutex_lock(&w->mutex);
	w->job = job;
	w->batch = batch;
	pthread_cond_signal(&w->given);
	pthread_mutex_unlock(&w->mutex);
	w->busy = true;
}

void
writer_put(struct writer *w, struct batch *batch)
{
	give(w, JOB_PUT, batch);
}

void
writer_tidy(struct writer *w)
{
	give(w, JOB_TIDY, NULL);
}

struct batch *
writer_done(struct writer *w, bool *more)
{
	uint64_t rings;

	if (read(w->bell, &rings, sizeof(rings)) != sizeof(rings))
		err_die("eventfd");
	w->busy = false;
	*more = w->batch == NULL && w->more;
	return w->batch;
}

int
writer_fd(const struct writer *w)
{
	return w->bell;
}

bool
writer_busy(const struct writer *w)
{
	return w->busy;
}

struct writer *
writer_open(const char *path, struct err *err)
{
	struct writer *w = calloc(1, sizeof(*w));

	if (w == NULL)
		err_die("out of memory");
	if (pen_open(&w->pen, path, err) != 0) {
		free(w);
		return NULL;
	}
	w->bell = eventfd(0, EFD_CLOEXEC);
	if (w->bell < 0)
		err_die("eventfd");
	pthread_mutex_init(&w->mutex, NULL);
	pthread_cond_init(&w->given, NULL);
	return w;
}

void
writer_start(struct writer *w)
{
	if (pthread_create(&w->thread, NULL, work, w) != 0)
		err_die("pthread_create");
	w->started = true;
}

void
writer_close(struct writer *w)
{
	bool more;

	if (w == NULL)
		return;
	if (w->busy)
		writer_done(w, &more);
	if (w->started) {
		give(w, JOB_END, NULL);
		pthread_join(w->thread, NULL);
	}
	pthread_mutex_destroy(&w->mutex);
	pthread_cond_destroy(&w->given);
	close(w->bell);
	pen_close(&w->pen);
	free(w);
}
