/* proc/loop: descriptors, turns, clocks and the end. */
#include "tests/support/check.h"

#include <signal.h>
#include <stdbool.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "proc/loop.h"

/* A part with one end of a pipe; what happens to it is written down, a letter each. */
struct guest {
	struct loop_part part;
	struct loop_watch watch;
	int other;			/* the end that is written to */
	char letter;
	int64_t wants;			/* what its turn returns */
	int busy;			/* turns that it still has something to finish */
	bool quiet;			/* in its last turn */
	unsigned events;		/* last it was told */
};

static struct loop *loop;
static char said[64];
static size_t said_n;

static void
say(char letter)
{
	assert_true(said_n < sizeof(said) - 1);
	said[said_n++] = letter;
	said[said_n] = '\0';
}

/* What was said since the last time. */
static const char *
heard(void)
{
	static char text[sizeof(said)];

	memcpy(text, said, sizeof(said));
	said_n = 0;
	said[0] = '\0';
	return text;
}

static int64_t
turn(struct loop_part *part, int64_t now)
{
	struct guest *g = (struct guest *)((char *)part - offsetof(struct guest, part));

	assert_int_equal(now, loop_now(loop));
	say(g->letter);
	g->quiet = loop_is_quiet(loop);
	g->busy -= g->busy > 0;
	return g->wants;
}

static void
stop(struct loop_part *part)
{
	(void)part;
	say('!');
}

static bool
busy(const struct loop_part *part)
{
	return ((const struct guest *)((const char *)part - offsetof(struct guest, part)))->busy >
		0;
}

static void
ready(struct loop_watch *watch, unsigned events)
{
	struct guest *g = (struct guest *)((char *)watch - offsetof(struct guest, watch));
	char byte;

	g->events = events;
	say('.');
	if (events & EPOLLIN)
		assert_int_equal(read(watch->fd, &byte, 1), 1);
}

static void
come(struct guest *g, char letter)
{
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	*g = (struct guest){ .part = { .turn = turn, .stop = stop, .busy = busy }, .watch = {
		ends[0], ready },
		.other = ends[1], .letter = letter, .wants = LOOP_NEVER };
	loop_join(loop, &g->part);
	assert_int_equal(loop_watch(loop, &g->watch, EPOLLIN), 0);
}

static void
go(struct guest *g)
{
	loop_leave(loop, &g->part);
	close(g->watch.fd);
	if (g->other >= 0)
		close(g->other);
}

static void
ring(struct guest *g)
{
	assert_int_equal(write(g->other, "x", 1), 1);
}

static int
open_loop(void **state)
{
	struct err err = { 0 };

	(void)state;
	heard();
	loop = loop_open(false, &err);
	return loop != NULL ? 0 : -1;
}

static int
close_loop(void **state)
{
	(void)state;
	loop_close(loop);
	return 0;
}

static void
turns_follow_a_whole_batch_in_the_order_of_joining(void **state)
{
	struct guest a, b;

	(void)state;
	come(&a, 'a');
	come(&b, 'b');
	loop_step(loop, 0);
	assert_string_equal(heard(), "ab");
	ring(&a);
	ring(&b);
	loop_step(loop, LOOP_NEVER);
	assert_string_equal(heard(), "..ab");
	assert_int_equal(a.events, EPOLLIN);
	go(&a);
	ring(&b);
	loop_step(loop, LOOP_NEVER);
	assert_string_equal(heard(), ".b");
	go(&b);
}

static void
a_watch_is_told_what_it_asked_for(void **state)
{
	struct guest a;

	(void)state;
	come(&a, 'a');
	ring(&a);
	assert_int_equal(loop_change(loop, &a.watch, 0), 0);
	loop_step(loop, 0);
	assert_string_equal(heard(), "a");
	loop_forget(loop, &a.watch);
	assert_int_equal(loop_change(loop, &a.watch, EPOLLIN), -1);
	assert_int_equal(loop_watch(loop, &a.watch, EPOLLIN), 0);
	loop_step(loop, 0);
	assert_string_equal(heard(), ".a");
	close(a.other);
	a.other = -1;
	loop_step(loop, 0);
	assert_true(a.events & EPOLLHUP);
	go(&a);
}

static void
the_earliest_wish_wakes_all(void **state)
{
	struct guest a, b;
	int64_t began;

	(void)state;
	come(&a, 'a');
	come(&b, 'b');
	a.wants = 30;
	b.wants = 60000;
	loop_step(loop, 0);
	began = loop_now(loop);
	loop_step(loop, LOOP_NEVER);
	assert_true(loop_now(loop) - began >= 30);
	assert_true(loop_now(loop) - began < 20000);
	assert_string_equal(heard(), "abab");
	a.wants = 60000;
	loop_step(loop, 0);
	began = loop_now(loop);
	loop_step(loop, 10);	/* no longer than the caller allows */
	assert_true(loop_now(loop) - began < 20000);
	go(&a);
	go(&b);
}

static void
it_is_quiet_when_nothing_happened_but_time(void **state)
{
	struct guest a;

	(void)state;
	come(&a, 'a');
	a.wants = 5;
	loop_step(loop, LOOP_NEVER);
	assert_false(a.quiet);	/* it had just come */
	loop_step(loop, LOOP_NEVER);
	assert_true(a.quiet);
	ring(&a);
	loop_step(loop, LOOP_NEVER);
	assert_false(a.quiet);
	loop_step(loop, LOOP_NEVER);
	assert_true(a.quiet);
	loop_hurry(loop);
	loop_step(loop, LOOP_NEVER);
	assert_false(a.quiet);
	go(&a);
}

static void
it_ends_when_nobody_is_busy(void **state)
{
	struct guest a, b;

	(void)state;
	come(&a, 'a');
	come(&b, 'b');
	a.wants = 1;
	b.busy = 3;
	loop_stop(loop);
	loop_stop(loop);
	assert_string_equal(heard(), "!!");	/* each is told once */
	loop_run(loop);
	assert_string_equal(heard(), "ababab");
	go(&a);
	go(&b);
}

static void
a_signal_stops_it_and_a_second_ends_nothing(void **state)
{
	struct err err = { 0 };
	sigset_t set;
	struct guest a;

	(void)state;
	loop = loop_open(true, &err);
	assert_non_null(loop);
	heard();
	come(&a, 'a');
	kill(getpid(), SIGTERM);
	kill(getpid(), SIGINT);
	loop_run(loop);
	assert_string_equal(heard(), "!a");
	kill(getpid(), SIGTERM);
	go(&a);
	loop_close(loop);	/* would be the end of us here */
	assert_int_equal(sigprocmask(SIG_BLOCK, NULL, &set), 0);
	assert_false(sigismember(&set, SIGTERM));
	assert_false(sigismember(&set, SIGINT));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(turns_follow_a_whole_batch_in_the_order_of_joining,
			open_loop, close_loop),
		cmocka_unit_test_setup_teardown(a_watch_is_told_what_it_asked_for,
			open_loop, close_loop),
		cmocka_unit_test_setup_teardown(the_earliest_wish_wakes_all, open_loop, close_loop),
		cmocka_unit_test_setup_teardown(it_is_quiet_when_nothing_happened_but_time,
			open_loop, close_loop),
		cmocka_unit_test_setup_teardown(it_ends_when_nobody_is_busy, open_loop, close_loop),
		cmocka_unit_test(a_signal_stops_it_and_a_second_ends_nothing),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
