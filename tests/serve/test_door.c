/* serve/door.c: a port is chosen, opened and knocked at. */
#include "tests/support/check.h"

#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include "serve/door.h"

/* A port nobody has, as the kernel gives it. */
static int
free_port(void)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
	socklen_t n = sizeof(a);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_int_equal(bind(fd, (struct sockaddr *)&a, n), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&a, &n), 0);
	close(fd);
	return ntohs(a.sin_port);
}

static void
a_port_that_is_taken_is_named(void **state)
{
	struct err err = { 0 };
	int wanted = free_port(), port = 0,
		fd = door_open(&port, "127.0.0.1", wanted, &err), second;

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(port, wanted);
	second = door_open(&port, "127.0.0.1", wanted, &err);
	assert_int_equal(second, -1);
	assert_int_equal(err.code, ERR_BUSY);
	assert_non_null(strstr(err.text, "--port"));
	close(fd);
}

static void
without_a_wish_the_first_that_is_free_is_taken(void **state)
{
	struct err err = { 0 };
	int first = 0, second = 0, a = door_open(&first, "127.0.0.1", 0, &err),
		b = door_open(&second, "127.0.0.1", 0, &err);

	(void)state;
	assert_true(a >= 0 && b >= 0);
	assert_in_range(first, 8080, 8130);
	assert_true(second > first && second <= 8130);
	close(a);
	close(b);
}

static void
what_is_no_address_is_refused(void **state)
{
	static const char *const bad[] = { "localhost", "127.0.0.1:80", "zl.example.cn" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct err err = { 0 };
		int port;

		assert_int_equal(door_open(&port, bad[i], 0, &err), -1);
		assert_int_equal(err.code, ERR_USAGE);
		assert_non_null(strstr(err.text, bad[i]));
	}
	assert_string_equal(door_visible("0.0.0.0"), "127.0.0.1");
	assert_string_equal(door_visible("::"), "::1");
	assert_string_equal(door_visible("10.0.0.5"), "10.0.0.5");
}

/* One visitor's answer, whatever he asks. */
struct host {
	int fd;
	const char *reply;
	char asked[256];
};

static void *
answer(void *arg)
{
	struct host *h = arg;
	struct pollfd p = { .fd = h->fd, .events = POLLIN };
	int fd = poll(&p, 1, 5000) == 1 ? accept(h->fd, NULL, NULL) : -1;

	if (fd < 0)
		return NULL;
	(void)!read(fd, h->asked, sizeof(h->asked) - 1);
	(void)!write(fd, h->reply, strlen(h->reply));
	close(fd);
	return NULL;
}

static bool
answers(const char *reply)
{
	struct err err = { 0 };
	int port = 0;
	struct host h = { .fd = door_open(&port, "127.0.0.1", free_port(), &err), .reply = reply };
	pthread_t thread;
	bool yes;

	assert_true(h.fd >= 0);
	assert_int_equal(pthread_create(&thread, NULL, answer, &h), 0);
	yes = door_answers("127.0.0.1", port);
	pthread_join(thread, NULL);
	close(h.fd);
	assert_non_null(strstr(h.asked, "/healthz"));
	return yes;
}

static void
only_a_200_is_an_answer(void **state)
{
	(void)state;
	assert_true(answers("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
	assert_false(answers("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"));
	assert_false(answers(""));
	assert_false(door_answers("127.0.0.1", free_port()));
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_port_that_is_taken_is_named),
	cmocka_unit_test(without_a_wish_the_first_that_is_free_is_taken),
	cmocka_unit_test(what_is_no_address_is_refused),
	cmocka_unit_test(only_a_200_is_an_answer),
};

CHECK_MAIN(tests)
