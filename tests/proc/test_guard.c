/* proc/guard: what a process has no more after it gave it up. */
#include "tests/support/check.h"

#include <stdbool.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "proc/guard.h"

enum { MEGABYTE = 1024 * 1024 };

/* In a process of its own, since it is for good: does what holds afterwards hold? */
static bool
afterwards(size_t memory, bool (*holds)(void))
{
	struct err err = { 0 };
	int status;
	pid_t pid = fork();

	if (pid == 0)
		_exit(guard_self(memory, &err) == 0 && holds() ? 7 : 8);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) && WEXITSTATUS(status) == 7;
}

static bool
is_at_most(int resource, rlim_t most)
{
	struct rlimit now;

	return getrlimit(resource, &now) == 0 && now.rlim_cur <= most && now.rlim_max <= most;
}

static bool
has_no_way_up_and_leaves_no_core(void)
{
#ifndef __SANITIZE_ADDRESS__
	if (prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) != 0)
		return false;
#endif
	return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 && is_at_most(RLIMIT_CORE, 0) &&
		is_at_most(RLIMIT_NOFILE, 1024);
}

/* A pointer that the compiler cannot see through, or it would leave the memory out. */
static bool
has_room_for(size_t n)
{
	void *volatile p = malloc(n);
	bool has = p != NULL;

	free(p);
	return has;
}

static bool
has_little_memory(void)
{
	return has_room_for(MEGABYTE) && !has_room_for((size_t)256 * MEGABYTE);
}

static bool
has_much_memory(void)
{
	return has_room_for((size_t)256 * MEGABYTE);
}

static void
there_is_no_way_up_and_no_core(void **state)
{
	(void)state;
	assert_true(afterwards(0, has_no_way_up_and_leaves_no_core));
}

static void
memory_ends_where_it_was_said(void **state)
{
	(void)state;
#ifdef __SANITIZE_ADDRESS__
	skip();
#endif
	assert_true(afterwards((size_t)64 * MEGABYTE, has_little_memory));
	assert_true(afterwards(0, has_much_memory));
}

static bool
has_a_hundred_files(void)
{
	struct rlimit now;

	return getrlimit(RLIMIT_NOFILE, &now) == 0 && now.rlim_cur == 100;
}

static void
a_lower_limit_stays(void **state)
{
	struct rlimit before, low;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	low = before;
	low.rlim_cur = 100;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &low), 0);
	assert_true(afterwards(0, has_a_hundred_files));
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(there_is_no_way_up_and_no_core),
		cmocka_unit_test(memory_ends_where_it_was_said),
		cmocka_unit_test(a_lower_limit_stays),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
