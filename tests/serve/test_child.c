/* serve/child: what a program is started with, when it is started again, and how it ends. */
#include "tests/support/check.h"

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/wait.h>
#include <unistd.h>

#include "serve/child.h"

static const volatile int patient = 0;

/* A shell that runs a script, its descriptor 3 a pipe that is read here. */
static int
shell(struct child *child, const char *const arg[])
{
	int ends[2];

	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	*child = (struct child){ .name = "sh", .fd = ends[1], .stop_signal = SIGTERM };
	child_args(child, arg);
	return ends[0];
}

static void
start(struct child *child)
{
	struct err err = { 0 };

	assert_int_equal(child_start(child, &err), 0);
	close(child->fd);
}

/* All it says on descriptor 3 until that is closed. */
static const char *
hear(int fd)
{
	static char said[256];
	size_t n = 0;
	ssize_t got;

	while ((got = read(fd, said + n, sizeof(said) - 1 - n)) > 0)
		n += (size_t)got;
	said[n] = '\0';
	close(fd);
	return said;
}

static struct child *
reap(struct child *child, int *status)
{
	struct child *dead = NULL;

	for (int i = 0; i < 1000 && dead == NULL; i++) {
		usleep(5000);
		dead = child_reap(child, 1, status);
	}
	return dead;
}

static void
every_argument_arrives_and_the_socket_is_descriptor_3(void **state)
{
	const char *const arg[] = { "/bin/sh", "-c", "echo \"$# $1 $8 $EXTRA\" >&3; exit 5", "sh",
		"1", "2", "3", "4", "5", "6", "last", NULL };
	const char *const fewer[] = { "/bin/sh", "-c", "echo \"$#\" >&3", "sh", "one", NULL };
	struct child child;
	int status, fd = shell(&child, arg);

	(void)state;
	child.env = "EXTRA=more";
	start(&child);
	assert_string_equal(hear(fd), "7 1  more\n");
	assert_ptr_equal(reap(&child, &status), &child);
	assert_int_equal(WEXITSTATUS(status), 5);
	assert_int_equal(child.pid, 0);
	child_args(&child, fewer);	/* nothing is left of the longer one */
	fd = shell(&child, fewer);
	start(&child);
	assert_string_equal(hear(fd), "1\n");
	assert_non_null(reap(&child, &status));
}

static void
who_dies_again_and_again_waits_longer(void **state)
{
	static const int64_t pause[] = { 0, 100, 200, 400, 800, 1600, 3200, 5000, 5000 };
	struct child child = { .started = child_clock() };

	(void)state;
	for (size_t i = 0; i < sizeof(pause) / sizeof(pause[0]); i++) {
		int64_t before = child_clock();

		child.started = before;
		child_failed(&child);
		assert_in_range(child.restart, before + pause[i], child_clock() + pause[i]);
	}
	child.started = child_clock() - 501;	/* half a good second forgives */
	child_failed(&child);
	assert_true(child.restart <= child_clock());
}

static void
one_that_is_asked_ends_and_one_that_does_not_is_ended(void **state)
{
	const char *const polite[] = { "/bin/sh", "-c",
		"trap 'echo bye >&3; exit' TERM; sleep 60 3>&- &"
		" echo up >&3; wait", NULL };
	const char *const deaf[] = { "/bin/sh", "-c",
		"trap '' TERM; echo up >&3; exec 3>&-; sleep 60", NULL };
	volatile int hurry = 0;
	struct child child;
	int64_t began;
	char up[3];
	int fd = shell(&child, polite);

	(void)state;
	start(&child);
	assert_int_equal(read(fd, up, 3), 3);
	child_stop(&child, 10, &patient);
	assert_string_equal(hear(fd), "bye\n");
	assert_int_equal(child.pid, 0);
	fd = shell(&child, deaf);
	start(&child);
	assert_string_equal(hear(fd), "up\n");
	began = child_clock();
	hurry = 1;
	child_stop(&child, 60, &hurry);
	assert_int_equal(child.pid, 0);
	assert_true(child_clock() - began < 30000);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_argument_arrives_and_the_socket_is_descriptor_3),
		cmocka_unit_test(who_dies_again_and_again_waits_longer),
		cmocka_unit_test(one_that_is_asked_ends_and_one_that_does_not_is_ended),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
