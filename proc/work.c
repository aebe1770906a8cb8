/* Threads and their two queues: what is to do, what is done. */
#include "proc/work.h"

#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* First in, first out. */
struct queue {
	struct work_item *first, **end;
};

struct work_thread {
	struct work *work;
	int index;
	pthread_t id;
};

struct work {
	struct loop *loop;
	void (*do_it)(struct work_item *item, int thread, void *ctx);
	void (*finished)(struct work_item *item, void *ctx);
	void *ctx;
	pthread_mutex_t mutex;		/* of todo, done and stopping */
	pthread_cond_t more;
	struct queue todo, done;
	bool stopping;
	struct loop_watch bell;		/* an eventfd: something is done */
	int threads;
	struct work_thread thread[];
};

static void
put(struct queue *q, struct work_item *item)
{
	item->next = NULL;
	*q->end = item;
	q->end = &item->next;
}

static struct work_item *
take(struct queue *q)
{
	struct work_item *item = q->first;

	if (item == NULL)
		return NULL;
	q->first = item->next;
	if (q->first == NULL)
		q->end = &q->first;
	return item;
}

static void
ring(struct work *w)
{
	const uint64_t one = 1;

	if (write(w->bell.fd, &one, sizeof(one)) != sizeof(one))
		err_die("eventfd");
}

/* What is to be done next, waited for; NULL: nothing more. */
static struct work_item *
wait_for_item(struct work *w)
{
	struct work_item *item = NULL;

	pthread_mutex_lock(&w->mutex);
	while (!w->stopping && (item = take(&w->todo)) == NULL)
		pthread_cond_wait(&w->more, &w->mutex);
	pthread_mutex_unlock(&w->mutex);
	return item;
}

/* Rung when the mutex is free again: the loop, woken in our place, would only wait for it. */
static void
hand_back(struct work *w, struct work_item *item)
{
	pthread_mutex_lock(&w->mutex);
	put(&w->done, item);
	pthread_mutex_unlock(&w->mutex);
	ring(w);
}

static void *
run(void *arg)
{
	struct work_thread *me = arg;
	struct work *w = me->work;
	struct work_item *item;

	while ((item = wait_for_item(w)) != NULL) {
		w->do_it(item, me->index, w->ctx);
		hand_back(w, item);
	}
	return NULL;
}

static struct work *
work_of(struct loop_watch *bell)
{
	return (struct work *)((char *)bell - offsetof(struct work, bell));
}

static void
take_done(struct loop_watch *bell, unsigned events)
{
	struct work *w = work_of(bell);
	struct work_item *item, *next;
	uint64_t rings;

	(void)events;
	if (read(bell->fd, &rings, sizeof(rings)) != sizeof(rings))
		return;
	pthread_mutex_lock(&w->mutex);
	item = w->done.first;
	w->done.first = NULL;
	w->done.end = &w->done.first;
	pthread_mutex_unlock(&w->mutex);
	for (; item != NULL; item = next) {
		next = item->next;
		w->finished(item, w->ctx);
	}
}

struct work *
work_open(struct loop *loop, int threads,
	void (*do_it)(struct work_item *item, int thread, void *ctx),
	void (*finished)(struct work_item *item, void *ctx), void *ctx, struct err *err)
{
	struct work *w = calloc(1, sizeof(*w) + (size_t)threads * sizeof(w->thread[0]));

	if (w == NULL)
		err_die("calloc");
	w->loop = loop;
	w->do_it = do_it;
	w->finished = finished;
	w->ctx = ctx;
	w->todo.end = &w->todo.first;
	w->done.end = &w->done.first;
	pthread_mutex_init(&w->mutex, NULL);
	pthread_cond_init(&w->more, NULL);
	w->bell = (struct loop_watch){ eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), take_done };
	if (w->bell.fd < 0 || loop_watch(loop, &w->bell, EPOLLIN) != 0)
		err_die("eventfd");
	for (; w->threads < threads; w->threads++) {
		struct work_thread *t = &w->thread[w->threads];

		*t = (struct work_thread){ .work = w, .index = w->threads };
		if (pthread_create(&t->id, NULL, run, t) != 0) {
			err_set(err, ERR_SYSTEM, "无法启动第 %d 个线程", "cannot start thread %d",
				w->threads + 1);
			work_close(w);
			return NULL;
		}
	}
	return w;
}

void
work_close(struct work *w)
{
	if (w == NULL)
		return;
	pthread_mutex_lock(&w->mutex);
	w->stopping = true;
	pthread_cond_broadcast(&w->more);
	pthread_mutex_unlock(&w->mutex);
	while (w->threads > 0)
		pthread_join(w->thread[--w->threads].id, NULL);
	loop_forget(w->loop, &w->bell);
	close(w->bell.fd);
	pthread_mutex_destroy(&w->mutex);
	pthread_cond_destroy(&w->more);
	free(w);
}

void
work_add(struct work *w, struct work_item *item)
{
	pthread_mutex_lock(&w->mutex);
	put(&w->todo, item);
	pthread_cond_signal(&w->more);
	pthread_mutex_unlock(&w->mutex);
}
