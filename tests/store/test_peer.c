/* store/peer: who comes, what of it is read, and what waits for whom. */
#include "tests/support/check.h"

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "proc/listen.h"
#include "store/peer.h"
#include "store/wire.h"

static struct peers all;
static struct loop *loop;
static int listener;
static char path[64];

static int
open_door(void **state)
{
	struct err err = { 0 };

	(void)state;
	snprintf(path, sizeof(path), "/tmp/manyi-peer-%ld", (long)getpid());
	memset(&all, 0, sizeof(all));
	loop = loop_open(false, &err);
	listener = listen_open(path, -1, &err);
	return loop != NULL && listener >= 0 ? peers_open(&all, loop, listener) : -1;
}

static int
close_door(void **state)
{
	(void)state;
	peers_close(&all);
	loop_close(loop);
	close(listener);
	return unlink(path);
}

static int
visit(void)
{
	struct sockaddr_un name = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	strcpy(name.sun_path, path);
	assert_int_equal(connect(fd, (struct sockaddr *)&name, sizeof(name)), 0);
	assert_int_equal(fcntl(fd, F_SETFL, O_NONBLOCK), 0);
	return fd;
}

/* As the store does it: a batch of events, then everybody is settled. */
static void
step(void)
{
	loop_step(loop, 0);
	for (struct peer *p = all.first; p != NULL; p = p->next)
		peer_settle(p);
	peers_sweep(&all);
}

static void
say(int fd, const char *words)
{
	assert_int_equal(send(fd, words, strlen(words), MSG_NOSIGNAL), (ssize_t)strlen(words));
}

/* As much as the kernel holds. */
static void
pour(int fd)
{
	static const char bytes[65536];

	while (send(fd, bytes, sizeof(bytes), MSG_NOSIGNAL) > 0)
		continue;
}

static void
who_comes_is_let_in_and_read(void **state)
{
	int fd = visit();

	(void)state;
	say(fd, "good day");
	step();
	step();
	assert_int_equal(all.n, 1);
	assert_string_equal(text_str(&all.first->in), "good day");
	close(fd);
}

static void
who_hangs_up_is_kept_while_something_of_it_is_under_way(void **state)
{
	int fd = visit();

	(void)state;
	step();
	all.first->waiting = 1;
	close(fd);
	step();
	assert_int_equal(all.n, 1);
	assert_true(all.first->dead);
	assert_int_equal(all.first->interest, 0);
	all.first->waiting = 0;
	step();
	assert_int_equal(all.n, 0);
}

static void
who_is_dropped_is_told_by_the_end_of_the_line(void **state)
{
	int fd = visit();
	char byte;

	(void)state;
	step();
	peer_drop(all.first);
	step();
	assert_int_equal(all.n, 0);
	assert_int_equal(recv(fd, &byte, 1, 0), 0);
	close(fd);
}

static void
no_more_than_a_request_is_kept_for_anybody(void **state)
{
	int fd = visit();

	(void)state;
	for (int i = 0; i < 50; i++) {
		pour(fd);
		step();
	}
	assert_true(all.first->in.n > WIRE_REQUEST_MAX);
	assert_true(all.first->in.n <= WIRE_REQUEST_MAX + 4 + sizeof(all.bytes));
	assert_int_equal(all.first->interest, 0);	/* what more it sends does not wake us */
	text_reset(&all.first->in);
	step();
	assert_int_equal(all.first->interest, EPOLLIN);
	close(fd);
}

static void
who_does_not_read_is_not_read_either(void **state)
{
	static char bytes[65536];
	int fd = visit();
	size_t n = 0;

	(void)state;
	step();
	for (int i = 0; i < 64; i++)
		text_add(&all.first->out, bytes, sizeof(bytes));
	step();
	say(fd, "more");
	step();
	assert_int_equal(all.first->interest, EPOLLOUT);
	assert_true(all.first->sent < all.first->out.n);
	assert_int_equal(all.first->in.n, 0);
	for (int i = 0; i < 10000 && n < 64 * sizeof(bytes); i++) {
		ssize_t got = recv(fd, bytes, sizeof(bytes), 0);

		n += got > 0 ? (size_t)got : 0;
		step();
	}
	assert_int_equal(n, 64 * sizeof(bytes));
	step();
	assert_int_equal(all.first->out.n, 0);
	assert_string_equal(text_str(&all.first->in), "more");
	close(fd);
}

static void
for_want_of_a_descriptor_the_door_is_left_alone(void **state)
{
	int fd = visit(), free_one = dup(fd);
	struct rlimit before, none;

	(void)state;
	close(free_one);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	none = before;
	none.rlim_cur = (rlim_t)free_one;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	step();
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
	assert_true(all.deaf);
	step();
	assert_int_equal(all.n, 0);
	peers_hear(&all);
	step();
	assert_int_equal(all.n, 1);
	close(fd);
}

static void
stopping_takes_in_what_was_sent_and_nothing_more(void **state)
{
	int gone = visit(), stays = visit(), late, i = 0;

	(void)state;
	step();
	say(gone, "last");
	close(gone);
	say(stays, "last");
	late = visit();		/* still at the door */
	say(late, "last");
	peers_stop(&all);
	for (struct peer *p = all.first; p != NULL; p = p->next, i++) {
		assert_false(p->dead);
		assert_string_equal(text_str(&p->in), "last");
	}
	assert_int_equal(i, 3);
	say(stays, "too late");
	close(visit());
	step();
	step();
	assert_int_equal(all.n, 3);
	for (struct peer *p = all.first; p != NULL; p = p->next)
		assert_string_equal(text_str(&p->in), "last");
	close(stays);
	close(late);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(who_comes_is_let_in_and_read,
			open_door, close_door),
		cmocka_unit_test_setup_teardown(
			who_hangs_up_is_kept_while_something_of_it_is_under_way,
			open_door, close_door),
		cmocka_unit_test_setup_teardown(who_is_dropped_is_told_by_the_end_of_the_line,
			open_door, close_door),
		cmocka_unit_test_setup_teardown(no_more_than_a_request_is_kept_for_anybody,
			open_door, close_door),
		cmocka_unit_test_setup_teardown(who_does_not_read_is_not_read_either,
			open_door, close_door),
		cmocka_unit_test_setup_teardown(for_want_of_a_descriptor_the_door_is_left_alone,
			open_door, close_door),
		cmocka_unit_test_setup_teardown(stopping_takes_in_what_was_sent_and_nothing_more,
			open_door, close_door),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
