/* proc/work: what threads do beside a loop, and where it comes back. */
#include "tests/support/check.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "proc/work.h"

enum { PIECES = 100, THREADS = 3 };

struct piece {
	struct work_item item;
	int number;
	pthread_t by;			/* who did it */
};

/* What a test and its threads share. */
struct shop {
	struct piece piece[PIECES];
	int finished[PIECES], n;	/* in which order */
	pthread_t home;			/* the loop's thread */
	pthread_barrier_t together;
	atomic_int begun;
};

static struct piece *
piece_of(struct work_item *item)
{
	return (struct piece *)((char *)item - offsetof(struct piece, item));
}

static void
do_it(struct work_item *item, int thread, void *ctx)
{
	struct shop *shop = ctx;

	assert_in_range(thread, 0, THREADS - 1);
	piece_of(item)->by = pthread_self();
	atomic_fetch_add(&shop->begun, 1);
}

/* None goes on before all threads have one in hand. */
static void
do_together(struct work_item *item, int thread, void *ctx)
{
	do_it(item, thread, ctx);
	pthread_barrier_wait(&((struct shop *)ctx)->together);
}

static void
do_slowly(struct work_item *item, int thread, void *ctx)
{
	do_it(item, thread, ctx);
	usleep(50000);
	piece_of(item)->number = -1;
}

static void
finished(struct work_item *item, void *ctx)
{
	struct shop *shop = ctx;

	assert_true(pthread_equal(pthread_self(), shop->home));
	shop->finished[shop->n++] = piece_of(item)->number;
}

static struct loop *
open_shop(struct shop *shop, struct work **work, int threads,
	void (*how)(struct work_item *, int, void *))
{
	struct err err = { 0 };
	struct loop *loop = loop_open(false, &err);

	*shop = (struct shop){ .home = pthread_self() };
	for (int i = 0; i < PIECES; i++)
		shop->piece[i].number = i;
	*work = work_open(loop, threads, how, finished, shop, &err);
	assert_non_null(*work);
	return loop;
}

static void
finish(struct loop *loop, const struct shop *shop, int n)
{
	for (int i = 0; i < 10000 && shop->n < n; i++)
		loop_step(loop, 100);
	assert_int_equal(shop->n, n);
}

static void
one_thread_does_them_in_order(void **state)
{
	struct shop shop;
	struct work *work;
	struct loop *loop = open_shop(&shop, &work, 1, do_it);

	(void)state;
	for (int i = 0; i < PIECES; i++)
		work_add(work, &shop.piece[i].item);
	finish(loop, &shop, PIECES);
	for (int i = 0; i < PIECES; i++) {
		assert_int_equal(shop.finished[i], i);
		assert_false(pthread_equal(shop.piece[i].by, shop.home));
	}
	work_close(work);
	loop_close(loop);
}

static void
several_work_at_the_same_time(void **state)
{
	struct shop shop;
	struct work *work;
	struct loop *loop = open_shop(&shop, &work, THREADS, do_together);

	(void)state;
	pthread_barrier_init(&shop.together, NULL, THREADS);
	for (int i = 0; i < THREADS * 5; i++)
		work_add(work, &shop.piece[i].item);
	finish(loop, &shop, THREADS * 5);
	work_close(work);
	pthread_barrier_destroy(&shop.together);
	loop_close(loop);
}

static void
closing_waits_for_what_is_in_hand_and_forgets_the_rest(void **state)
{
	struct shop shop;
	struct work *work;
	struct loop *loop = open_shop(&shop, &work, 1, do_slowly);

	(void)state;
	for (int i = 0; i < PIECES; i++)
		work_add(work, &shop.piece[i].item);
	while (atomic_load(&shop.begun) == 0)
		usleep(100);
	work_close(work);
	assert_int_equal(shop.piece[0].number, -1);
	assert_true(atomic_load(&shop.begun) < PIECES);
	loop_step(loop, 0);
	/* nobody is told of what was done after the loop last looked */
	assert_int_equal(shop.n, 0);
	work_close(NULL);
	loop_close(loop);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_thread_does_them_in_order),
		cmocka_unit_test(several_work_at_the_same_time),
		cmocka_unit_test(closing_waits_for_what_is_in_hand_and_forgets_the_rest),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
