/* Starting and stopping one program. */
#include "serve/child.h"

#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	CHILD_FD = 3,
	GOOD_MS = 500,		/* a run this long was no failure to start */
	PAUSE_MS = 100,
	PAUSE_MAX_MS = 5000
};

int64_t
child_clock(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void
child_args(struct child *child, const char *const arg[])
{
	size_t n = 0;

	for (; arg[n] != NULL; n++) {
		assert(n + 1 < CHILD_ARGS_MAX);
		child->arg[n] = arg[n];
	}
	child->arg[n] = NULL;
}

/* The socket as descriptor 3; dup2() leaves it open across exec where the
 * source was close-on-exec. */
static int
place_fd(int fd)
{
	if (fd == CHILD_FD) {
		fd = dup(fd);
		if (fd < 0)
			return -1;
	}
	return dup2(fd, CHILD_FD) < 0 ? -1 : 0;
}

static _Noreturn void
become(const struct child *child, pid_t parent)
{
	static const int plain[] = { SIGINT, SIGTERM, SIGHUP, SIGCHLD, SIGPIPE, SIGQUIT };
	sigset_t none;

	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, child->stop_signal);
	if (getppid() != parent)
		_exit(1);	/* it died before the line above */
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		signal(plain[i], SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (child->env != NULL && putenv((char *)child->env) != 0)
		_exit(127);
	if (dup2(STDERR_FILENO, STDOUT_FILENO) < 0 || place_fd(child->fd) != 0)
		_exit(127);
	execv(child->arg[0], (char **)child->arg);
	_exit(127);
}

int
child_start(struct child *child, struct err *err)
{
	pid_t parent = getpid(), pid = fork();

	if (pid < 0)
		return err_set_errno(err, ERR_SYSTEM, "%s：无法启动",
			"%s: cannot start", child->name);
	if (pid == 0)
		become(child, parent);
	child->pid = pid;
	child->started = child_clock();
	return 0;
}

struct child *
child_reap(struct child child[], size_t n, int *status)
{
	pid_t pid;

	while ((pid = waitpid(-1, status, WNOHANG)) > 0)
		for (size_t i = 0; i < n; i++)
			if (child[i].pid == pid) {
				/* nginx's workers outlive a killed master */
				kill(-pid, child[i].stop_signal);
				child[i].pid = 0;
				return &child[i];
			}
	return NULL;
}

void
child_failed(struct child *child)
{
	int64_t now = child_clock(), pause = 0;

	if (now - child->started > GOOD_MS)
		child->failures = 0;
	for (unsigned i = 0; i < child->failures && pause < PAUSE_MAX_MS; i++)
		pause = pause == 0 ? PAUSE_MS : pause * 2;
	child->failures++;
	child->restart = now + (pause < PAUSE_MAX_MS ? pause : PAUSE_MAX_MS);
}

void
child_stop(struct child *child, int seconds, volatile const int *hurry)
{
	const struct timespec tick = { .tv_nsec = 10 * 1000 * 1000 };
	int64_t deadline = child_clock() + (int64_t)seconds * 1000;
	bool killed = false;

	if (child->pid == 0)
		return;
	kill(child->pid, child->stop_signal);
	while (waitpid(child->pid, NULL, WNOHANG) == 0) {
		if (!killed && (*hurry != 0 || child_clock() > deadline)) {
			kill(-child->pid, SIGKILL);
			kill(child->pid, SIGKILL);
			killed = true;
		}
		nanosleep(&tick, NULL);
	}
	kill(-child->pid, SIGKILL);
	child->pid = 0;
}
