/* The intake's connection to the store, against a store that breaks off, dawdles or lies. */
#include "tests/support/check.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/lang.h"
#include "store/client.h"

/* What the store does with one request; n 0: nothing is sent. */
struct turn {
	const char *bytes;
	size_t n;
	bool piecemeal;			/* byte by byte */
	bool then_close;
	bool unread;			/* closed with the request still in the socket */
	unsigned wait_ms;		/* before it reads */
};

/* A store that takes its turns, one a request, and goes. */
static struct {
	char folder[32], path[64];
	int listener;
	pthread_t thread;
	const struct turn *turn;
	size_t turns;
	int connections;		/* accepted */
	struct text request;		/* the last one, whole */
} store;

#define OK_VERSION "\0\0\0\6\x80\0\0\0\1" "7"
#define TURN(s) { .bytes = (s), .n = sizeof(s) - 1 }

static int
next_connection(void)
{
	struct pollfd p = { .fd = store.listener, .events = POLLIN };

	if (poll(&p, 1, 8000) != 1)
		return -1;
	store.connections++;
	return accept(store.listener, NULL, NULL);
}

/* One frame into store.request; false if the peer is gone. */
static bool
take_request(int fd)
{
	char bytes[65536];
	struct wire wire;
	ssize_t n;

	text_reset(&store.request);
	while (wire_frame(&wire, text_str(&store.request), store.request.n, WIRE_REQUEST_MAX) ==
			0) {
		n = recv(fd, bytes, sizeof(bytes), 0);
		if (n <= 0)
			return false;
		text_add(&store.request, bytes, (size_t)n);
	}
	return true;
}

static void
answer(int fd, const struct turn *t)
{
	size_t step = t->piecemeal ? 1 : t->n;

	for (size_t at = 0; at < t->n; at += step)
		if (send(fd, t->bytes + at, step, MSG_NOSIGNAL) < 0)
			return;
}

static void *
take_turns(void *unused)
{
	int fd = -1;

	(void)unused;
	for (size_t i = 0; i < store.turns; i++) {
		const struct turn *t = &store.turn[i];

		if (fd < 0 && (fd = next_connection()) < 0)
			return NULL;
		usleep(t->wait_ms * 1000);
		/* One who has left comes back on a connection of his own. */
		while (!t->unread && !take_request(fd)) {
			close(fd);
			if ((fd = next_connection()) < 0)
				return NULL;
		}
		answer(fd, t);
		if (t->then_close || t->unread) {
			close(fd);
			fd = -1;
		}
	}
	if (fd >= 0)
		close(fd);
	return NULL;
}

static struct store_client *
store_begins(const struct turn turn[], size_t n)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };

	strcpy(store.folder, "/tmp/manyi-client-XXXXXX");
	assert_non_null(mkdtemp(store.folder));
	snprintf(store.path, sizeof(store.path), "%s/s", store.folder);
	snprintf(a.sun_path, sizeof(a.sun_path), "%s", store.path);
	store.turn = turn;
	store.turns = n;
	store.connections = 0;
	store.listener = socket(AF_UNIX, SOCK_STREAM, 0);
	assert_int_equal(bind(store.listener, (struct sockaddr *)&a, sizeof(a)), 0);
	assert_int_equal(listen(store.listener, 4), 0);
	assert_int_equal(pthread_create(&store.thread, NULL, take_turns, NULL), 0);
	return store_client_new(store.path);
}

/* All turns were taken, over so many connections. */
static void
store_ends(struct store_client *client, int connections)
{
	store_client_free(client);
	assert_int_equal(pthread_join(store.thread, NULL), 0);
	assert_int_equal(store.connections, connections);
	close(store.listener);
	unlink(store.path);
	rmdir(store.folder);
	text_clear(&store.request);
}

static enum err_code
ask(struct store_client *client)
{
	struct err err = { 0 };
	int64_t version = -1;
	int rc = store_version(client, &version, &err);

	assert_int_equal(rc, err.code == ERR_NONE ? 0 : -1);
	assert_true(rc != 0 || version == 7);
	return err.code;
}

static void
a_reply_is_put_together_from_its_pieces(void **state)
{
	static const struct turn turn[] = { { .bytes = OK_VERSION, .n = 10, .piecemeal = true },
		TURN(OK_VERSION) };
	struct store_client *client = store_begins(turn, 2);

	(void)state;
	assert_int_equal(ask(client), ERR_NONE);
	assert_int_equal(ask(client), ERR_NONE);
	store_ends(client, 1);
}

static void
a_frame_that_cannot_be_one_costs_the_connection(void **state)
{
	static const struct turn turn[] = {
		TURN("\0\0\0\0"),			/* empty */
		TURN("\xff\xff\xff\xff"),		/* longer than any catalogue */
		TURN(OK_VERSION "\0"),			/* more than one reply to one request */
		TURN(OK_VERSION),
	};
	struct store_client *client = store_begins(turn, 4);

	(void)state;
	for (int i = 0; i < 3; i++)
		assert_int_equal(ask(client), ERR_BUSY);
	assert_int_equal(ask(client), ERR_NONE);
	store_ends(client, 4);
}

static void
a_store_that_breaks_off_is_busy_and_asked_afresh(void **state)
{
	static const struct turn turn[] = {
		{ .then_close = true },
		/* in the middle of its reply */
		{ .bytes = OK_VERSION, .n = 9, .then_close = true },
		{ .unread = true, .wait_ms = 50 },
		TURN(OK_VERSION),
	};
	struct store_client *client = store_begins(turn, 4);

	(void)state;
	for (int i = 0; i < 3; i++)
		assert_int_equal(ask(client), ERR_BUSY);
	assert_int_equal(ask(client), ERR_NONE);
	store_ends(client, 4);
}

/* The key makes a second sending safe; a third is for the resident to ask for. */
static void
a_restarted_store_is_asked_once_more_and_not_twice(void **state)
{
	static const struct turn turn[] = {
		{ .bytes = OK_VERSION, .n = 10, .then_close = true },
		TURN(OK_VERSION),		/* the second question, on a fresh connection */
		/* the third: the kept one, and the fresh one */
		{ .then_close = true }, { .then_close = true },
		TURN(OK_VERSION),
	};
	struct store_client *client = store_begins(turn, 5);

	(void)state;
	assert_int_equal(ask(client), ERR_NONE);
	usleep(50000);	/* the store is gone by now */
	assert_int_equal(ask(client), ERR_NONE);
	assert_int_equal(ask(client), ERR_BUSY);
	assert_int_equal(ask(client), ERR_NONE);
	store_ends(client, 4);
}

/* Each request is told so, and by which words. */
static void
assert_all_refused(struct store_client *client)
{
	const struct store_submission s = { .wave = 1, .key = "k", .answers = "[]" };
	struct store_receipt receipt;
	struct store_ticket ticket;
	struct store_check check;
	struct catalogue catalogue;
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	int64_t version;

	assert_int_equal(store_put(client, &receipt, &s, &err), -1);
	assert_true(err.code == ERR_CONFLICT && strcmp(err.text, "closed") == 0);
	err = (struct err){ 0 };
	assert_int_equal(store_ticket(client, &ticket, "ABCD", &err), -1);
	assert_int_equal(err.code, ERR_CONFLICT);
	err = (struct err){ 0 };
	assert_int_equal(store_check_receipt(client, &check, "ABCD", &err), -1);
	assert_int_equal(err.code, ERR_CONFLICT);
	err = (struct err){ 0 };
	assert_int_equal(store_catalogue(client, &catalogue, &pool, &err), -1);
	assert_int_equal(err.code, ERR_CONFLICT);
	err = (struct err){ 0 };
	assert_int_equal(store_version(client, &version, &err), -1);
	assert_int_equal(err.code, ERR_CONFLICT);
	pool_clear(&pool);
}

static void
what_the_store_refuses_keeps_the_connection_and_a_lie_does_not(void **state)
{
	static const char refused[] = "\0\0\0\x10\x81\0\0\0\1" "4\0\0\0\6" "closed";
	static const struct turn turn[] = {
		TURN(refused), TURN(refused), TURN(refused), TURN(refused), TURN(refused),
		/* an error without words is one still */
		TURN("\0\0\0\x0a\x81\0\0\0\1" "4\0\0\0\0"),
		TURN("\0\0\0\6\x81\0\0\0\1" "4"),		/* without its field is none */
		TURN("\0\0\0\1\x80"),				/* fine, but which version? */
		TURN("\0\0\0\6\1\0\0\0\1" "7"),			/* a question for an answer */
		TURN(OK_VERSION),
	};
	struct store_client *client = store_begins(turn, sizeof(turn) / sizeof(turn[0]));

	(void)state;
	assert_all_refused(client);
	assert_int_equal(ask(client), ERR_CONFLICT);
	assert_int_equal(store.connections, 1);
	for (int i = 0; i < 3; i++)
		assert_int_equal(ask(client), ERR_BUSY);
	assert_int_equal(ask(client), ERR_NONE);
	store_ends(client, 4);
}

static void
a_catalogue_that_cannot_be_read_says_so(void **state)
{
	static const struct turn turn[] = { TURN("\0\0\0\6\x80\0\0\0\1"
		"7"), TURN("\0\0\0\1\x80") };
	struct store_client *client = store_begins(turn, 2);
	struct catalogue catalogue;
	struct pool pool = POOL_INIT;

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct err err = { 0 };

		assert_int_equal(store_catalogue(client, &catalogue, &pool, &err), -1);
		assert_int_equal(err.code, ERR_SYSTEM);
		assert_non_null(strstr(err.text, "one version"));
	}
	store_ends(client, 1);
	pool_clear(&pool);
}

/* More than a socket holds at once: sent in parts, arrives whole. */
static void
a_large_submission_reaches_a_slow_store_whole(void **state)
{
	static const struct turn turn[] = { { .bytes =
		"\0\0\0\x2e\x80\0\0\0\x10"
		"0123456789abcdef\0\0\0\1"
		"1\0\0\0\1"
		"5\0\0\0\1"
		"0"
		"\0\0\0\1"
		"1\0\0\0\1"
		"0", .n = 50, .wait_ms = 100 } };
	static char answers[250000];
	struct store_submission s = { .wave = 1, .key = "k", .answers = answers, .stream = "open",
		.mode = "qr" };
	struct store_client *client = store_begins(turn, 1);
	struct store_receipt receipt;
	struct text want = TEXT_INIT;
	struct err err = { 0 };

	(void)state;
	memset(answers, '7', sizeof(answers) - 1);
	if (store_put(client, &receipt, &s, &err) != 0)
		fail_msg("%s", err.text);
	assert_string_equal(receipt.receipt, "0123456789abcdef");
	assert_true(receipt.fresh && receipt.minute == 5 && receipt.ticket == TICKET_LIVE);
	store_put_put(&want, &s);
	assert_int_equal(store.request.n, want.n);
	assert_memory_equal(store.request.s, want.s, want.n);
	store_ends(client, 1);
	text_clear(&want);
}

static void
ring(int signal)
{
	(void)signal;
}

static void
a_signal_while_waiting_is_no_answer(void **state)
{
	static const struct turn turn[] = { { .bytes = OK_VERSION, .n = 10, .wait_ms = 200 } };
	const struct itimerval soon = { .it_value = { .tv_usec = 20000 },
		.it_interval = { .tv_usec = 20000 } }, never = { 0 };
	struct sigaction on = { .sa_handler = ring }, before;
	struct store_client *client;
	sigset_t alarm_only, old;

	(void)state;
	sigemptyset(&alarm_only);
	sigaddset(&alarm_only, SIGALRM);
	assert_int_equal(sigaction(SIGALRM, &on, &before), 0);
	/* the store does not hear it */
	assert_int_equal(pthread_sigmask(SIG_BLOCK, &alarm_only, &old), 0);
	client = store_begins(turn, 1);
	assert_int_equal(pthread_sigmask(SIG_SETMASK, &old, NULL), 0);
	assert_int_equal(setitimer(ITIMER_REAL, &soon, NULL), 0);
	assert_int_equal(ask(client), ERR_NONE);
	assert_int_equal(setitimer(ITIMER_REAL, &never, NULL), 0);
	assert_int_equal(sigaction(SIGALRM, &before, NULL), 0);
	store_ends(client, 1);
}

/* Whatever is asked, and however it fails to connect. */
static void
nobody_there_is_busy_to_every_question(void **state)
{
	static const char long_path[] =
		"/tmp/manyi-0123456789012345678901234567890123456789012345678901234567890123456789"
		"0123456789012345678901234567890123456789/store.sock";
	const char *path[] = { "/nonexistent/store.sock", long_path };
	const struct store_submission s = { .wave = 1, .key = "k", .answers = "[]" };
	struct pool pool = POOL_INIT;

	(void)state;
	for (int i = 0; i < 2 * 5; i++) {
		struct store_client *client = store_client_new(path[i / 5]);
		struct store_receipt receipt;
		struct store_ticket ticket;
		struct store_check check;
		struct catalogue catalogue;
		struct err err = { 0 };
		int64_t version;
		int rc = i % 5 == 0 ? store_put(client, &receipt, &s, &err) :
			i % 5 == 1 ? store_ticket(client, &ticket, "A", &err) :
			i % 5 == 2 ? store_version(client, &version, &err) :
			i % 5 == 3 ? store_catalogue(client, &catalogue, &pool, &err) :
			store_check_receipt(client, &check, "A", &err);

		assert_int_equal(rc, -1);
		assert_int_equal(err.code, ERR_BUSY);
		assert_string_equal(err.text, "the store does not answer; try again");
		store_client_free(client);
	}
	store_client_free(NULL);
	pool_clear(&pool);
}

static void
a_process_without_descriptors_is_busy_until_it_has_one(void **state)
{
	static const struct turn turn[] = { TURN(OK_VERSION) };
	struct store_client *client = store_begins(turn, 1);
	struct rlimit few, all;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &all), 0);
	few = (struct rlimit){ .rlim_cur = 3, .rlim_max = all.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
	assert_int_equal(ask(client), ERR_BUSY);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &all), 0);
	assert_int_equal(ask(client), ERR_NONE);
	store_ends(client, 1);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_reply_is_put_together_from_its_pieces),
		cmocka_unit_test(a_frame_that_cannot_be_one_costs_the_connection),
		cmocka_unit_test(a_store_that_breaks_off_is_busy_and_asked_afresh),
		cmocka_unit_test(a_restarted_store_is_asked_once_more_and_not_twice),
		cmocka_unit_test(what_the_store_refuses_keeps_the_connection_and_a_lie_does_not),
		cmocka_unit_test(a_catalogue_that_cannot_be_read_says_so),
		cmocka_unit_test(a_large_submission_reaches_a_slow_store_whole),
		cmocka_unit_test(a_signal_while_waiting_is_no_answer),
		cmocka_unit_test(nobody_there_is_busy_to_every_question),
		cmocka_unit_test(a_process_without_descriptors_is_busy_until_it_has_one),
	};

	lang_set(LANG_EN);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
