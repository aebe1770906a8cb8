/* What a process that meets strangers gives up. */
#include "tests/support/check.h"

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "proc/guard.h"

/* What a child says after guard_self(memory), since nothing of it can be taken back. */
static int
guarded(size_t memory, int (*look)(void))
{
	struct err err = { 0 };
	int status;
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid == 0)
		_exit(guard_self(memory, &err) != 0 ? 250 : look());
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static int
gains_nothing(void)
{
	return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1;
}

static int
dumps_nothing(void)
{
	struct rlimit core;

#ifndef __SANITIZE_ADDRESS__	/* whose leak check needs to look */
	if (prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) != 0)
		return 0;
#endif
	return getrlimit(RLIMIT_CORE, &core) == 0 && core.rlim_cur == 0 && core.rlim_max == 0;
}

static int
opens_a_thousand(void)
{
	struct rlimit files;

	return getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur <= 1024 &&
		files.rlim_max <= 1024;
}

static void
privileges_dumps_and_descriptors_are_given_up(void **state)
{
	(void)state;
	assert_int_equal(guarded(0, gains_nothing), 1);
	assert_int_equal(guarded(0, dumps_nothing), 1);
	assert_int_equal(guarded(0, opens_a_thousand), 1);
}

static int
takes_much(void)
{
	return mmap(NULL, 200 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) !=
		MAP_FAILED;
}

static void
memory_is_bounded_where_a_bound_is_given(void **state)
{
	(void)state;
	assert_int_equal(guarded(0, takes_much), 1);
#ifndef __SANITIZE_ADDRESS__
	assert_int_equal(guarded(100 << 20, takes_much), 0);
	assert_int_equal(guarded((size_t)1 << 30, takes_much), 1);
#endif
}

/* A limit that was lower already is not raised. */
static int
opens_fifty(void)
{
	struct rlimit files;

	return getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur == 50 &&
		files.rlim_max == 1024;
}

static void
what_was_less_stays_less(void **state)
{
	struct rlimit files, few;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &files), 0);
	few = (struct rlimit){ 50, files.rlim_max };
	if (files.rlim_max < 1024)
		return;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
	assert_int_equal(guarded(0, opens_fifty), 1);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &files), 0);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(privileges_dumps_and_descriptors_are_given_up),
	cmocka_unit_test(memory_is_bounded_where_a_bound_is_given),
	cmocka_unit_test(what_was_less_stays_less),
};

CHECK_MAIN(tests)
