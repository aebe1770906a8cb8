/* A bar on a terminal, silence in a pipe. */
#include "tests/support/check.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/progress.h"

static const struct words what = { { "生成答卷", "making answers" } };

/* The child's whole standard error, which is fd's other end; *n bytes and a NUL. */
static char *
drawn(int mine, int theirs, int64_t total, int64_t step, size_t *n)
{
	static char all[1 << 20];
	pid_t pid;
	ssize_t got;

	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		struct progress p;

		close(mine);
		dup2(theirs, STDERR_FILENO);
		close(theirs);
		progress_begin(&p, what, total);
		for (int64_t done = 0; done < total; done += step)
			progress_step(&p, step);
		progress_end(&p);
		fflush(stderr);
		_exit(0);
	}
	close(theirs);
	for (*n = 0; *n < sizeof(all) - 1 && (got = read(mine, all + *n, sizeof(all) - 1 - *n)) > 0;
			*n += (size_t)got)
		;
	all[*n] = '\0';
	close(mine);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	return all;
}

static void
a_pipe_gets_nothing(void **state)
{
	int end[2];
	size_t n;

	(void)state;
	assert_int_equal(pipe(end), 0);
	drawn(end[0], end[1], 10, 1, &n);
	assert_int_equal(n, 0);
}

/* A terminal of our own; -1 where there are none. */
static int
terminal(int *theirs)
{
	int mine = posix_openpt(O_RDWR | O_NOCTTY);

	if (mine < 0 || grantpt(mine) != 0 || unlockpt(mine) != 0)
		return -1;
	*theirs = open(ptsname(mine), O_RDWR | O_NOCTTY);
	return *theirs < 0 ? -1 : mine;
}

static void
a_terminal_sees_the_bar_grow_and_go(void **state)
{
	int theirs, mine = terminal(&theirs);
	char *all;
	size_t n;

	(void)state;
	if (mine < 0) {
		fprintf(stderr, "# skipped: no pseudo-terminals here\n");
		return;
	}
	all = drawn(mine, theirs, 4, 1, &n);
	assert_int_equal(strncmp(all, "\r生成答卷 [", strlen("\r生成答卷 [")), 0);
	for (const char *const *part = (const char *const[]){ "]   0%", "]  25%",
			"[###############·", "]  50%", "] 100%", NULL }; *part != NULL; part++)
		if (strstr(all, *part) == NULL)
			fail_msg("%s is not drawn", *part);
	assert_true(n > 4 && strcmp(all + n - 4, "\r\033[K") == 0);
}

static void
the_bar_is_drawn_a_thousand_times_at_most(void **state)
{
	int theirs, mine = terminal(&theirs), lines = 0;
	size_t n;

	(void)state;
	if (mine < 0)
		return;
	for (const char *p = drawn(mine, theirs, 1000000, 10, &n); *p != '\0'; p++)
		lines += *p == '\r';
	assert_int_equal(lines, 1001 + 1);	/* 0 to 1000 per mille, and wiped */
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_pipe_gets_nothing),
	cmocka_unit_test(a_terminal_sees_the_bar_grow_and_go),
	cmocka_unit_test(the_bar_is_drawn_a_thousand_times_at_most),
};

CHECK_MAIN(tests)
