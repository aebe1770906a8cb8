/* Blocks of work on several processors. */
#include "tests/support/check.h"

#include <pthread.h>
#include <stdatomic.h>

#include "stats/parallel.h"

enum { BLOCKS = 1000 };

struct done {
	atomic_int times[BLOCKS];
	pthread_barrier_t *meet;	/* NULL: nobody waits */
};

static void
block(void *arg, size_t i)
{
	struct done *d = arg;

	d->times[i]++;
	if (d->meet != NULL)
		pthread_barrier_wait(d->meet);
}

static void
every_block_is_done_once_on_any_number_of_threads(void **state)
{
	static const size_t threads[] = { 0, 1, 2, 5, 64, 1000 };

	(void)state;
	for (size_t t = 0; t < sizeof(threads) / sizeof(threads[0]); t++) {
		static struct done d;

		memset(&d, 0, sizeof(d));
		parallel_threads(threads[t]);
		parallel_each(BLOCKS, block, &d);
		for (size_t i = 0; i < BLOCKS; i++)
			assert_int_equal(d.times[i], 1);
		parallel_each(0, block, &d);
		assert_int_equal(d.times[0], 1);
	}
	parallel_threads(0);
}

/* Three blocks that wait for each other end only if three threads do them. */
static void
as_many_threads_work_at_once_as_were_asked_for(void **state)
{
	static struct done d;
	pthread_barrier_t meet;

	(void)state;
	assert_int_equal(pthread_barrier_init(&meet, NULL, 3), 0);
	d.meet = &meet;
	parallel_threads(3);
	parallel_each(3, block, &d);
	assert_int_equal(d.times[0] + d.times[1] + d.times[2], 3);
	parallel_threads(0);
	pthread_barrier_destroy(&meet);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(every_block_is_done_once_on_any_number_of_threads),
	cmocka_unit_test(as_many_threads_work_at_once_as_were_asked_for),
};

CHECK_MAIN(tests)
