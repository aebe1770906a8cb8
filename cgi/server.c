/* The transport, by libfcgi; the only file that knows it. */
#include "cgi/server.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include <fcgiapp.h>

enum {
	BACKLOG = 1024,		/* with 5, a restart lost 33 posts of 40 */
	PEER_SECONDS = 10,	/* nginx hands over whole requests: silence means it is gone */
	DRAIN_MAX = 1 << 22	/* bytes of a refused body read and thrown away, so that the reply is heard */
};

/* One thread. */
struct worker {
	const struct server *server;
	int listen_fd, stop_fd, index;
	bool last_calls;	/* the socket is ours: serve who waits before going */
	pthread_t thread;
};

/* Say no to a socket somebody listens on; a dead one may be replaced. */
static int
socket_is_free(const char *path, const struct sockaddr_un *name, struct err *err)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int rc;

	if (fd < 0)
		return err_set_errno(err, ERR_SYSTEM, "无法创建套接字", "cannot make a socket");
	rc = connect(fd, (const struct sockaddr *)name, sizeof(*name));
	close(fd);
	if (rc == 0)
		return err_set(err, ERR_CONFLICT, "%s：已有程序在此套接字上运行，请先停止它",
		    "%s: a program already listens on this socket; stop it first", path);
	return 0;
}

static int
socket_name(struct sockaddr_un *name, const char *path, const char *suffix, struct err *err)
{
	memset(name, 0, sizeof(*name));
	name->sun_family = AF_UNIX;
	if (strlen(path) + strlen(suffix) >= sizeof(name->sun_path))
		return err_set(err, ERR_INPUT, "%s：套接字路径太长（最多 %zu 字节），请换一个较短的目录",
		    "%s: the socket's path is too long (at most %zu bytes); use a shorter directory",
		    path, sizeof(name->sun_path) - strlen(suffix) - 1);
	strcpy(name->sun_path, path);
	strcat(name->sun_path, suffix);
	return 0;
}

/* Bound beside its name and then renamed onto it: at no moment is there a socket nobody may use or all may. */
int
server_listen(const char *path, struct err *err)
{
	struct sockaddr_un name, fresh;
	int fd;

	if (socket_name(&name, path, "", err) != 0 || socket_name(&fresh, path, "~", err) != 0 ||
	    socket_is_free(path, &name, err) != 0)
		return -1;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return err_set_errno(err, ERR_SYSTEM, "无法创建套接字", "cannot make a socket");
	unlink(fresh.sun_path);
	if (bind(fd, (struct sockaddr *)&fresh, sizeof(fresh)) != 0 ||
	    chmod(fresh.sun_path, 0660) != 0 || listen(fd, BACKLOG) != 0 ||
	    rename(fresh.sun_path, path) != 0) {
		err_set_errno(err, ERR_IO, "%s：无法监听", "%s: cannot listen", path);
		unlink(fresh.sun_path);
		close(fd);
		return -1;
	}
	return fd;
}

/* The body, or its refusal.  Returns -1 when the peer went away in the middle. */
static int
read_body(struct request *req, FCGX_Request *fcgi, size_t max)
{
	long long length = request_length(fcgi->envp);
	char waste[4096];
	char *body;

	if (length < 0) {
		req->malformed = true;
		return 0;
	}
	if ((unsigned long long)length > max) {
		long long left = length < DRAIN_MAX ? length : DRAIN_MAX;
		int n = 1;

		for (; left > 0 && n > 0; left -= n)
			n = FCGX_GetStr(waste, left < (long long)sizeof(waste) ? (int)left : (int)sizeof(waste),
			    fcgi->in);
		req->body_too_large = true;
		return 0;
	}
	body = pool_take(req->pool, (size_t)length + 1);
	if (FCGX_GetStr(body, (int)length, fcgi->in) != (int)length)
		return -1;
	req->body = body;
	req->body_n = (size_t)length;
	return 0;
}

static void
serve_one(const struct worker *w, FCGX_Request *fcgi)
{
	struct pool pool = POOL_INIT;
	struct request req;
	struct reply reply = { 0 };
	struct text out = TEXT_INIT;

	request_load(&req, fcgi->envp, &pool);
	if (read_body(&req, fcgi, w->server->body_max) == 0) {
		w->server->handle(&req, &reply, w->index, w->server->ctx);
		reply_write(&out, &req, &reply);
		FCGX_PutStr(out.s, (int)out.n, fcgi->out);
	}
	text_clear(&out);
	reply_clear(&reply);
	pool_clear(&pool);
}

/*
 * We accept the connection ourselves and hand it to libfcgi, which has neither
 * a deadline nor a way to stop: with no listening socket of its own (-1) it
 * returns instead of waiting for the next peer.
 */
static void
serve_connection(const struct worker *w, int fd)
{
	const struct timeval deadline = { .tv_sec = PEER_SECONDS };
	FCGX_Request fcgi;

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &deadline, sizeof(deadline));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &deadline, sizeof(deadline));
	FCGX_InitRequest(&fcgi, -1, FCGI_FAIL_ACCEPT_ON_INTR);
	fcgi.ipcFd = fd;
	fcgi.keepConnection = 1;	/* or Accept_r first closes it, as a request before this one's */
	if (FCGX_Accept_r(&fcgi) != 0)
		return;
	serve_one(w, &fcgi);
	FCGX_Finish_r(&fcgi);
	FCGX_Free(&fcgi, 1);
}

/* Returns false when nobody waits. */
static bool
accept_one(const struct worker *w)
{
	const struct timespec pause = { .tv_nsec = 20 * 1000 * 1000 };
	int fd = accept4(w->listen_fd, NULL, NULL, SOCK_CLOEXEC);

	if (fd >= 0) {
		serve_connection(w, fd);
		return true;
	}
	if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)
		nanosleep(&pause, NULL);
	return false;
}

static int
watch(int epoll, int fd, unsigned events)
{
	struct epoll_event event = { .events = events, .data.fd = fd };

	return epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
}

static void *
work(void *arg)
{
	struct worker *w = arg;
	struct epoll_event event;
	int epoll = epoll_create1(EPOLL_CLOEXEC);

	/* EXCLUSIVE: one connection wakes one thread; the stop flag wakes all. */
	if (epoll < 0 || watch(epoll, w->listen_fd, EPOLLIN | EPOLLEXCLUSIVE) != 0 ||
	    watch(epoll, w->stop_fd, EPOLLIN) != 0)
		err_die("epoll");
	for (;;) {
		if (epoll_wait(epoll, &event, 1, -1) < 1)
			continue;
		if (event.data.fd == w->stop_fd)
			break;
		accept_one(w);
	}
	while (w->last_calls && accept_one(w))
		continue;
	close(epoll);
	return NULL;
}

static void
stop_signals(sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGTERM);
	sigaddset(set, SIGINT);
}

/* Start the threads, wait for the signal, wait for the threads. */
static int
run_threads(struct worker *w, const struct server *server, struct err *err)
{
	const uint64_t one = 1;
	sigset_t set;
	int i, started, signal, rc = 0;

	for (started = 0; started < server->threads; started++)
		if (pthread_create(&w[started].thread, NULL, work, &w[started]) != 0)
			break;
	if (started < server->threads) {
		rc = err_set(err, ERR_SYSTEM, "无法启动第 %d 个线程", "cannot start thread %d", started + 1);
	} else {
		stop_signals(&set);
		while (sigwait(&set, &signal) != 0)
			continue;
	}
	if (w[0].last_calls)
		unlink(server->socket);
	if (write(w[0].stop_fd, &one, sizeof(one)) != sizeof(one))
		err_die("eventfd");
	for (i = 0; i < started; i++)
		pthread_join(w[i].thread, NULL);
	return rc;
}

int
server_run(const struct server *server, struct err *err)
{
	struct worker *w = calloc((size_t)server->threads, sizeof(*w));
	int listen_fd = server->listen_fd, stop_fd, i, rc = -1;
	sigset_t set, before;

	assert(server->threads > 0);
	if (w == NULL)
		err_die("calloc");
	FCGX_Init();
	/* After FCGX_Init(), whose own handler would swallow SIGTERM, and before any thread. */
	stop_signals(&set);
	pthread_sigmask(SIG_BLOCK, &set, &before);
	stop_fd = eventfd(0, EFD_CLOEXEC);
	if (listen_fd < 0)
		listen_fd = server_listen(server->socket, err);
	if (stop_fd >= 0 && listen_fd >= 0 && fcntl(listen_fd, F_SETFL, O_NONBLOCK) == 0) {
		for (i = 0; i < server->threads; i++)
			w[i] = (struct worker){ .server = server, .listen_fd = listen_fd, .stop_fd = stop_fd,
			    .index = i, .last_calls = server->listen_fd < 0 };
		rc = run_threads(w, server, err);
	} else {
		err_set_errno(err, ERR_SYSTEM, "无法监听", "cannot listen");
	}
	if (listen_fd >= 0)
		close(listen_fd);
	if (stop_fd >= 0)
		close(stop_fd);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	free(w);
	return rc;
}
