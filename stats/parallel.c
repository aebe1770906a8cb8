/* Blocks of work over threads. */
#include "stats/parallel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { THREADS_MAX = 64 };

static atomic_size_t wanted;

struct work {
	atomic_size_t next;
	size_t n;
	parallel_block *block;
	void *arg;
};

void
parallel_threads(size_t n)
{
	wanted = n;
}

static void *
run(void *arg)
{
	struct work *w = arg;
	size_t i;

	while ((i = w->next++) < w->n)
		w->block(w->arg, i);
	return NULL;
}

void
parallel_each(size_t n, parallel_block *block, void *arg)
{
	struct work w = { .n = n, .block = block, .arg = arg };
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	size_t threads = wanted != 0 ? wanted : processors > 0 ? (size_t)processors :
		1, started = 0;
	pthread_t thread[THREADS_MAX];

	if (threads > n)
		threads = n;
	if (threads > THREADS_MAX)
		threads = THREADS_MAX;
	for (size_t i = 1; i < threads; i++)
		started += pthread_create(&thread[started], NULL, run, &w) == 0;
	run(&w);
	for (size_t i = 0; i < started; i++)
		pthread_join(thread[i], NULL);
}
