/* The library's start. */
#include "tests/support/check.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gsl/gsl_errno.h>

#include "stats/stats.h"

/* How a child ends in which GSL reports an error: 0, or the signal. */
static int
after_an_error(bool started)
{
	int status;
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		struct rlimit none = { 0, 0 };

		setrlimit(RLIMIT_CORE, &none);
		signal(SIGABRT, SIG_DFL);
		if (freopen("/dev/null", "w", stderr) == NULL)
			_exit(9);
		if (started)
			stats_init();
		gsl_error("underflow", __FILE__, __LINE__, GSL_EUNDRFLW);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
}

static void
an_underflow_ends_nothing_once_started(void **state)
{
	(void)state;
	assert_int_equal(after_an_error(false), SIGABRT);
	assert_int_equal(after_an_error(true), 0);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(an_underflow_ends_nothing_once_started),
};

CHECK_MAIN(tests)
