/* Waiting, by epoll. */
#include "proc/loop.h"

#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

enum { EVENTS_MAX = 256 };

struct loop {
	int epoll;
	int64_t now, wake;	/* wake: when a part wants its turn; LOOP_NEVER:
				 * when something happens */
	bool stopping, quiet;
	struct loop_part *part;
	struct loop_watch signals;	/* fd -1: none */
	sigset_t before;
};

/* The loop of its signals' watch. */
static struct loop *
loop_of(struct loop_watch *signals)
{
	return (struct loop *)((char *)signals - offsetof(struct loop, signals));
}

static void
look_at_clock(struct loop *loop)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	loop->now = (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void
take_signal(struct loop_watch *watch, unsigned events)
{
	struct signalfd_siginfo info;

	(void)events;
	while (read(watch->fd, &info, sizeof(info)) == sizeof(info))
		loop_stop(loop_of(watch));
}

static int
hear_signals(struct loop *loop)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigprocmask(SIG_BLOCK, &set, &loop->before);
	loop->signals.ready = take_signal;
	loop->signals.fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (loop->signals.fd < 0)
		sigprocmask(SIG_SETMASK, &loop->before, NULL);
	return loop->signals.fd < 0 ? -1 : loop_watch(loop, &loop->signals, EPOLLIN);
}

struct loop *
loop_open(bool signals, struct err *err)
{
	struct loop *loop = calloc(1, sizeof(*loop));

	if (loop == NULL)
		err_die("calloc");
	loop->signals.fd = -1;
	loop->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (loop->epoll < 0 || (signals && hear_signals(loop) != 0)) {
		err_set_errno(err, ERR_SYSTEM, "无法等待事件", "cannot wait for events");
		loop_close(loop);
		return NULL;
	}
	look_at_clock(loop);
	return loop;
}

void
loop_close(struct loop *loop)
{
	if (loop == NULL)
		return;
	if (loop->signals.fd >= 0) {
		loop->stopping = true;	/* a second signal is no other wish than the first */
		take_signal(&loop->signals, EPOLLIN);
		close(loop->signals.fd);
		sigprocmask(SIG_SETMASK, &loop->before, NULL);
	}
	if (loop->epoll >= 0)
		close(loop->epoll);
	free(loop);
}

void
loop_join(struct loop *loop, struct loop_part *part)
{
	struct loop_part **end = &loop->part;

	while (*end != NULL)
		end = &(*end)->next;
	part->next = NULL;
	*end = part;
	loop_hurry(loop);
}

void
loop_leave(struct loop *loop, struct loop_part *part)
{
	struct loop_part **p = &loop->part;

	while (*p != NULL && *p != part)
		p = &(*p)->next;
	if (*p != NULL)
		*p = part->next;
}

static int
control(struct loop *loop, int what, struct loop_watch *watch, unsigned events)
{
	struct epoll_event e = { .events = events, .data.ptr = watch };

	return epoll_ctl(loop->epoll, what, watch->fd, &e);
}

int
loop_watch(struct loop *loop, struct loop_watch *watch, unsigned events)
{
	return control(loop, EPOLL_CTL_ADD, watch, events);
}

int
loop_change(struct loop *loop, struct loop_watch *watch, unsigned events)
{
	return control(loop, EPOLL_CTL_MOD, watch, events);
}

void
loop_forget(struct loop *loop, struct loop_watch *watch)
{
	control(loop, EPOLL_CTL_DEL, watch, 0);
}

void
loop_hurry(struct loop *loop)
{
	loop->wake = loop->now;
}

int64_t
loop_now(const struct loop *loop)
{
	return loop->now;
}

bool
loop_is_quiet(const struct loop *loop)
{
	return loop->quiet;
}

/* Everybody's turn; afterwards wake is the earliest that somebody wants the next. */
static void
take_turns(struct loop *loop)
{
	loop->wake = LOOP_NEVER;
	for (struct loop_part *p = loop->part; p != NULL; p = p->next) {
		int64_t in = p->turn(p, loop->now);

		if (in >= 0 && (loop->wake == LOOP_NEVER || loop->now + in < loop->wake))
			loop->wake = loop->now + in;
	}
}

/* Milliseconds to sleep: to the next turn, no more than most. */
static int
to_sleep(const struct loop *loop, int64_t most)
{
	int64_t left = loop->wake == LOOP_NEVER ? LOOP_NEVER : loop->wake - loop->now;

	if (left < 0 && loop->wake != LOOP_NEVER)
		left = 0;
	if (left == LOOP_NEVER || (most != LOOP_NEVER && most < left))
		left = most;
	return left > 60000 ? 60000 : (int)left;
}

void
loop_step(struct loop *loop, int64_t most_ms)
{
	struct epoll_event e[EVENTS_MAX];
	int n, ms;

	look_at_clock(loop);
	ms = to_sleep(loop, most_ms);
	n = epoll_wait(loop->epoll, e, EVENTS_MAX, ms);
	loop->quiet = n == 0 && ms > 0;
	look_at_clock(loop);
	for (int i = 0; i < n; i++) {
		struct loop_watch *watch = e[i].data.ptr;

		watch->ready(watch, e[i].events);
	}
	take_turns(loop);
}

static bool
is_busy(const struct loop *loop)
{
	for (const struct loop_part *p = loop->part; p != NULL; p = p->next)
		if (p->busy != NULL && p->busy(p))
			return true;
	return false;
}

void
loop_stop(struct loop *loop)
{
	if (loop->stopping)
		return;
	loop->stopping = true;
	for (struct loop_part *p = loop->part; p != NULL; p = p->next)
		if (p->stop != NULL)
			p->stop(p);
}

void
loop_run(struct loop *loop)
{
	while (!loop->stopping || is_busy(loop))
		loop_step(loop, LOOP_NEVER);
}
