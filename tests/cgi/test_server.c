/* cgi/server.c: connections from the first byte to SIGTERM. */
#include "tests/cgi/request.h"

#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "cgi/server.h"

static char dir[] = "/tmp/manyi-http-XXXXXX";

static char path[64];

static int
make_dir(void **state)
{
	(void)state;
	if (mkdtemp(dir) == NULL)
		return -1;
	snprintf(path, sizeof(path), "%s/s", dir);
	return 0;
}

static int
drop_dir(void **state)
{
	(void)state;
	unlink(path);
	return rmdir(dir);
}

/* One FastCGI record (fastcgi.h: version, type, id, length, padding). */
static void
put_record(struct text *out, int type, const void *bytes, size_t n)
{
	unsigned char head[8] = { 1, (unsigned char)type, 0, 1,
		(unsigned char)(n >> 8), (unsigned char)n, 0, 0 };

	text_add(out, head, sizeof(head));
	text_add(out, bytes, n);
}

static void
put_param(struct text *out, const char *name, const char *value)
{
	text_putc(out, (char)strlen(name));
	text_putc(out, (char)strlen(value));
	text_puts(out, name);
	text_puts(out, value);
}

/* Answers hold zeros: FastCGI's own headers. */
static bool
says(const struct text *answer, const char *what)
{
	return answer->n > 0 && memmem(answer->s, answer->n, what, strlen(what)) != NULL;
}

/* A whole request as nginx sends it, answered; "" if the peer hung up. */
static void
ask(struct text *answer, const char *uri, const char *body, size_t n)
{
	static const unsigned char begin[8] = { 0, 1, 0 };
	struct sockaddr_un name = { .sun_family = AF_UNIX };
	struct text out = TEXT_INIT, params = TEXT_INIT;
	char length[24], buffer[4096];
	size_t part;
	ssize_t got;
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(length, sizeof(length), "%zu", n);
	put_param(&params, "REQUEST_METHOD", n > 0 ? "POST" : "GET");
	put_param(&params, "REQUEST_URI", uri);
	put_param(&params, "CONTENT_LENGTH", length);
	put_record(&out, 1, begin, sizeof(begin));
	put_record(&out, 4, params.s, params.n);
	put_record(&out, 4, "", 0);
	for (size_t i = 0; i < n; i += part) {
		part = n - i < 60000 ? n - i : 60000;
		put_record(&out, 5, body + i, part);
	}
	put_record(&out, 5, "", 0);
	strcpy(name.sun_path, path);
	assert_int_equal(connect(fd, (struct sockaddr *)&name, sizeof(name)), 0);
	assert_int_equal(send(fd, out.s, out.n, MSG_NOSIGNAL), (ssize_t)out.n);
	text_reset(answer);
	while ((got = read(fd, buffer, sizeof(buffer))) > 0)
		text_add(answer, buffer, (size_t)got);
	close(fd);
	text_clear(&out);
	text_clear(&params);
}

static void
echo(struct exchange *x, int thread, void *ctx)
{
	(void)thread;
	(void)ctx;
	text_fmt(&x->reply.body, "[%s %zu %s]", x->req.path, x->req.body_n,
		x->req.body_too_large ? "large" : "whole");
	exchange_done(x);
}

static void *
serve(void *arg)
{
	struct server server = { .socket = path, .listen_fd = -1, .threads = 3, .body_max = 65536,
		.handle = echo };
	struct err err = { 0 };

	*(int *)arg = server_run(&server, &err);
	return NULL;
}

static void *
ask_many(void *arg)
{
	struct text answer = TEXT_INIT;
	char uri[32], want[64];
	int *good = arg;

	for (int i = 0; i < 100; i++) {
		snprintf(uri, sizeof(uri), "/%d", i);
		snprintf(want, sizeof(want), "[%s 0 whole]", uri);
		ask(&answer, uri, "", 0);
		*good += says(&answer, want);
	}
	text_clear(&answer);
	return NULL;
}

static void
wait_for_socket(void)
{
	struct sockaddr_un name = { .sun_family = AF_UNIX };
	int fd, rc = -1;

	strcpy(name.sun_path, path);
	for (int i = 0; i < 6000 && rc != 0; i++) {
		fd = socket(AF_UNIX, SOCK_STREAM, 0);
		rc = connect(fd, (struct sockaddr *)&name, sizeof(name));
		close(fd);
		usleep(5000);
	}
	assert_int_equal(rc, 0);
}

static void
threads_answer_and_go_home_on_sigterm(void **state)
{
	static char large[70000];
	struct text answer = TEXT_INIT;
	pthread_t server, client[4];
	int good[4] = { 0 }, rc = 7;
	sigset_t set;

	(void)state;
	unlink(path);
	/* As in a program: blocked everywhere, so that only server_run()'s sigwait takes it. */
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	assert_int_equal(pthread_create(&server, NULL, serve, &rc), 0);
	wait_for_socket();
	for (int i = 0; i < 4; i++)
		pthread_create(&client[i], NULL, ask_many, &good[i]);
	for (int i = 0; i < 4; i++) {
		pthread_join(client[i], NULL);
		assert_int_equal(good[i], 100);
	}
	memset(large, 'a', sizeof(large));
	ask(&answer, "/large", large, sizeof(large));
	assert_true(says(&answer, "[/large 0 large]"));
	ask(&answer, "/whole", large, 65536);
	assert_true(says(&answer, "[/whole 65536 whole]"));
	kill(getpid(), SIGTERM);
	pthread_join(server, NULL);
	assert_int_equal(rc, 0);
	assert_int_equal(access(path, F_OK), -1);
	text_clear(&answer);
}

static void
garbage_from_the_peer_harms_nobody(void **state)
{
	static const char *const garbage[] = { "", "GET / HTTP/1.0\r\n\r\n", "\1\1\0\1\0\0\0\0",
		"\1\4\0\1\377\377" };
	struct sockaddr_un name = { .sun_family = AF_UNIX };
	struct text answer = TEXT_INIT;
	pthread_t server;
	int fd, rc = 7;

	(void)state;
	strcpy(name.sun_path, path);
	assert_int_equal(pthread_create(&server, NULL, serve, &rc), 0);
	wait_for_socket();
	for (size_t i = 0; i < sizeof(garbage) / sizeof(garbage[0]); i++) {
		fd = socket(AF_UNIX, SOCK_STREAM, 0);
		assert_int_equal(connect(fd, (struct sockaddr *)&name, sizeof(name)), 0);
		send(fd, garbage[i], i < 2 ? strlen(garbage[i]) : i == 2 ? 8 : 6, MSG_NOSIGNAL);
		close(fd);
	}
	ask(&answer, "/still-here", "", 0);
	assert_true(says(&answer, "[/still-here 0 whole]"));
	kill(getpid(), SIGTERM);
	pthread_join(server, NULL);
	assert_int_equal(rc, 0);
	text_clear(&answer);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(threads_answer_and_go_home_on_sigterm),
		cmocka_unit_test(garbage_from_the_peer_harms_nobody),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, make_dir, drop_dir);
}
