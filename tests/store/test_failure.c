/* store/: faults and peers that do not behave cost no answer that was acknowledged,
 * and delay nobody else. */
#include "tests/store/store.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Closed by the other side within two seconds? */
static bool
is_closed(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	char c;

	return poll(&p, 1, 2000) == 1 && recv(fd, &c, 1, 0) <= 0;
}

static void
still_serves(struct store_city *c, const char *key)
{
	struct store_client *client = store_client_new(c->socket);
	struct store_submission s = store_submission(c, key);
	struct store_receipt receipt;
	struct err err = { 0 };

	s.answers = store_answers(c->form, "level=5", &c->pool);
	assert_ok(store_put(client, &receipt, &s, &err));
	store_client_free(client);
}

/* ---- peers that do not behave ---- */

static const struct { const char *bytes; size_t n; } garbage[] = {
	{ "\0\0\0\0", 4 },				/* empty */
	{ "\xff\xff\xff\xff", 4 },			/* longer than anything */
	{ "\0\4\0\1\1", 5 },				/* one byte over the limit */
	/* types there are not */
	{ "\0\0\0\1\0", 5 }, { "\0\0\0\1\5", 5 }, { "\0\0\0\1\xff", 5 },
	{ "\0\0\0\2\1x", 6 },				/* a field where none belongs */
	{ "\0\0\0\1\3", 5 },				/* a submission without fields */
	{ "\0\0\0\5\4\0\0\0\5", 9 },			/* a field longer than its frame */
	{ "GET / HTTP/1.1\r\n\r\n", 18 },
};

static void
garbage_closes_its_own_connection_only(void **state)
{
	struct store_city c;
	uint64_t random = 88172645463325252ull;

	(void)state;
	store_city(&c, "garbage.db");
	store_start(&c);
	for (size_t i = 0; i < sizeof(garbage) / sizeof(garbage[0]); i++) {
		int fd = store_raw(&c);

		assert_int_equal(send(fd, garbage[i].bytes, garbage[i].n, MSG_NOSIGNAL),
			garbage[i].n);
		if (!is_closed(fd))
			fail_msg("case %zu is not closed", i);
		close(fd);
	}
	for (int i = 0; i < 300; i++) {
		int fd = store_raw(&c);
		struct text t = TEXT_INIT;

		/* A true request with some bytes turned. */
		store_put_frame(&t, &c, "fuzz");
		for (int k = 0; k < 3; k++) {
			random ^= random << 13, random ^= random >> 7, random ^= random << 17;
			t.s[random % t.n] = (char)(random >> 40);
		}
		assert_true(send(fd, t.s, t.n, MSG_NOSIGNAL) > 0);
		close(fd);
		text_clear(&t);
	}
	still_serves(&c, "after");
	store_stop(&c, SIGTERM);
	pool_clear(&c.pool);
}

static void
a_slow_peer_delays_nobody(void **state)
{
	struct store_city c;
	struct text t = TEXT_INIT;
	struct wire wire;
	char reply[256];
	double start;
	ssize_t n;
	int fd;

	(void)state;
	store_city(&c, "slow.db");
	store_start(&c);
	store_put_frame(&t, &c, "slow");
	fd = store_raw(&c);
	for (size_t i = 0; i < t.n / 2; i++)
		assert_int_equal(send(fd, t.s + i, 1, 0), 1);
	start = seconds();
	for (int i = 0; i < 20; i++) {
		char key[32];

		snprintf(key, sizeof(key), "quick-%d", i);
		still_serves(&c, key);
	}
	assert_true(seconds() - start < 3);
	assert_int_equal(send(fd, t.s + t.n / 2, t.n - t.n / 2, 0), t.n - t.n / 2);
	n = recv(fd, reply, sizeof(reply), 0);
	assert_int_equal(wire_frame(&wire, reply, (size_t)n, WIRE_REPLY_MAX), n);
	assert_int_equal(wire.type, WIRE_OK);
	close(fd);
	store_stop(&c, SIGTERM);
	assert_string_equal(db_ask(c.db, "SELECT count(*) FROM response"), "21");
	text_clear(&t);
	pool_clear(&c.pool);
}

static long
memory_kb(pid_t pid)
{
	char path[64], line[256];
	long kb = -1;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	f = fopen(path, "r");
	while (f != NULL && fgets(line, sizeof(line), f) != NULL)
		if (sscanf(line, "VmRSS: %ld", &kb) == 1)
			break;
	if (f != NULL)
		fclose(f);
	return kb;
}

static long
cpu_ticks(pid_t pid)
{
	char path[64];
	long user = -1, system = 0;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	f = fopen(path, "r");
	if (f != NULL) {
		if (fscanf(f, "%*d (%*[^)]) %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %ld %ld",
				&user, &system) != 2)
			user = -1;
		fclose(f);
	}
	return user + system;
}

/* Asking without listening costs the asker's buffers, not the store's memory or time. */
static void
a_peer_that_never_reads_costs_nothing(void **state)
{
	struct store_city c;
	struct text t = TEXT_INIT;
	long memory, ticks;
	int fd;

	(void)state;
	store_city(&c, "deaf.db");
	store_start(&c);
	still_serves(&c, "before");
	memory = memory_kb(c.pid);
	for (int i = 0; i < 20000; i++)
		wire_end(&t, wire_begin(&t, WIRE_CATALOGUE));
	fd = store_raw(&c);
	fcntl(fd, F_SETFL, O_NONBLOCK);
	for (int i = 0; i < 50; i++) {
		if (send(fd, t.s, t.n / 5 * 5, MSG_NOSIGNAL) <= 0)
			usleep(5000);
	}
	still_serves(&c, "meanwhile");
	assert_true(memory_kb(c.pid) - memory < 64 * 1024);
	ticks = cpu_ticks(c.pid);
	usleep(500000);
	assert_true(cpu_ticks(c.pid) - ticks < 20);	/* hundredths of a second: it sleeps */
	close(fd);
	still_serves(&c, "after");
	store_stop(&c, SIGTERM);
	text_clear(&t);
	pool_clear(&c.pool);
}

/* ---- faults ---- */

static void
a_locked_database_is_busy_and_the_same_key_is_taken_later(void **state)
{
	struct store_city c;
	struct err err = { 0 };
	struct store_client *client;
	struct store_submission s;
	struct store_receipt receipt;
	sqlite3 *raw;

	(void)state;
	store_city(&c, "busy.db");
	store_start(&c);
	client = store_client_new(c.socket);
	s = store_submission(&c, "patient");
	s.answers = store_answers(c.form, "level=5", &c.pool);
	assert_int_equal(sqlite3_open(c.db, &raw), SQLITE_OK);
	assert_int_equal(sqlite3_exec(raw, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	assert_fails(store_put(client, &receipt, &s, &err), ERR_BUSY);
	sqlite3_exec(raw, "ROLLBACK", NULL, NULL, NULL);
	sqlite3_close(raw);
	assert_ok(store_put(client, &receipt, &s, &err));
	assert_true(receipt.fresh);
	store_client_free(client);
	store_stop(&c, SIGTERM);
	assert_string_equal(db_ask(c.db, "SELECT count(*) FROM response"), "1");
	pool_clear(&c.pool);
}

/* As many submissions as the store takes in while it cannot write, and as its socket takes after
 * that; returns how many. */
static int
stuff(int fd, const struct store_city *c, const char *who)
{
	struct text t = TEXT_INIT;
	size_t sent = 0;
	int whole = 0;

	for (int idle = 0; idle < 50; idle++) {
		char key[32];
		ssize_t n;

		if (sent == t.n) {
			snprintf(key, sizeof(key), "%s-%d", who, whole++);
			text_reset(&t);
			store_put_frame(&t, c, key);
			sent = 0;
		}
		n = send(fd, t.s + sent, t.n - sent, MSG_DONTWAIT);
		if (n > 0) {
			sent += (size_t)n;
			idle = 0;
		} else {
			usleep(1000);
		}
	}
	text_clear(&t);
	return whole - 1;	/* the last is not there whole */
}

/* Seconds of processor a process has had. */
static double
processor(pid_t pid)
{
	char path[64], line[1024];
	unsigned long user, system;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	f = fopen(path, "r");
	assert_non_null(f);
	assert_non_null(fgets(line, sizeof(line), f));
	fclose(f);
	assert_int_equal(sscanf(strrchr(line, ')') + 1,
		" %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system), 2);
	return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

/* Reads so many replies, no more. */
static void
read_replies(int fd, int sent)
{
	struct text replies = TEXT_INIT;
	struct wire wire;
	size_t at = 0;
	int got = 0;

	while (got < sent) {
		char bytes[65536];
		ssize_t n = recv(fd, bytes, sizeof(bytes), 0);
		long length;

		assert_true(n > 0);
		text_add(&replies, bytes, (size_t)n);
		while ((length = wire_frame(&wire, replies.s + at, replies.n - at,
				WIRE_REPLY_MAX)) > 0) {
			at += (size_t)length;
			got++;
		}
	}
	assert_int_equal(got, sent);
	text_clear(&replies);
}

/* It cannot write, has taken in all it keeps, and there is more: that must not keep it awake. */
static void
a_store_that_cannot_write_waits_quietly(void **state)
{
	struct store_city c;
	sqlite3 *raw;
	double before;
	int fd, gone, sent;

	(void)state;
	store_city(&c, "quiet.db");
	store_start(&c);
	assert_int_equal(sqlite3_open(c.db, &raw), SQLITE_OK);
	assert_int_equal(sqlite3_exec(raw, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	fd = store_raw(&c);
	gone = store_raw(&c);
	sent = stuff(fd, &c, "stays");
	stuff(gone, &c, "goes");
	close(gone);
	before = processor(c.pid);
	usleep(500000);
	assert_true(processor(c.pid) - before < 0.1);
	sqlite3_exec(raw, "ROLLBACK", NULL, NULL, NULL);
	sqlite3_close(raw);
	read_replies(fd, sent);
	close(fd);
	store_stop(&c, SIGTERM);
	assert_in_range(atoi(db_ask(c.db, "SELECT count(*) FROM response")), sent, 10 * sent);
	pool_clear(&c.pool);
}

/* A file-size limit stands for the full disk; then there is room again. */
static void
a_full_disk_acknowledges_only_what_it_holds(void **state)
{
	struct rlimit old, limit;
	struct store_city c;
	struct err err = { 0 };
	struct store_client *client;
	struct store_submission s;
	struct store_receipt receipt;
	char key[32];
	int rc = 0, stored;

	(void)state;
	store_city(&c, "room.db");
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	limit = (struct rlimit){ 2 << 20, old.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	store_start(&c);	/* takes the limit along */
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	client = store_client_new(c.socket);
	for (stored = 0; stored < 20000; stored++) {
		snprintf(key, sizeof(key), "key-%d", stored);
		s = store_submission(&c, key);
		s.answers = store_answers(c.form, "level=4", &c.pool);
		rc = store_put(client, &receipt, &s, &err);
		if (rc != 0)
			break;
	}
	assert_int_equal(rc, -1);
	assert_int_equal(err.code, ERR_FULL);
	memset(&err, 0, sizeof(err));
	assert_int_equal(prlimit(c.pid, RLIMIT_FSIZE, &old, NULL), 0);
	assert_ok(store_put(client, &receipt, &s, &err));
	assert_true(receipt.fresh);
	store_client_free(client);
	store_stop(&c, SIGTERM);
	assert_int_equal(atoi(db_ask(c.db, "SELECT count(*) FROM response")), stored + 1);
	assert_string_equal(db_ask(c.db, "PRAGMA integrity_check"), "ok");
	pool_clear(&c.pool);
}

static void
what_was_acknowledged_survives_kill_9(void **state)
{
	struct store_city c;
	struct err err = { 0 };
	struct store_client *client;
	struct store_receipt first[5], again;
	struct store_submission s;
	char key[32];

	(void)state;
	store_city(&c, "kill.db");
	client = store_client_new(c.socket);
	for (int round = 0; round < 5; round++) {
		store_start(&c);
		snprintf(key, sizeof(key), "round-%d", round);
		s = store_submission(&c, key);
		s.answers = store_answers(c.form, "level=3", &c.pool);
		assert_ok(store_put(client, &first[round], &s, &err));
		store_stop(&c, SIGKILL);
	}
	store_start(&c);	/* over the socket the killed one left */
	for (int round = 0; round < 5; round++) {
		snprintf(key, sizeof(key), "round-%d", round);
		s = store_submission(&c, key);
		s.answers = store_answers(c.form, "level=3", &c.pool);
		assert_ok(store_put(client, &again, &s, &err));
		assert_false(again.fresh);
		assert_string_equal(again.receipt, first[round].receipt);
	}
	store_client_free(client);
	store_stop(&c, SIGTERM);
	assert_string_equal(db_ask(c.db, "SELECT count(*) FROM response"), "5");
	pool_clear(&c.pool);
}

static void
sigterm_answers_what_has_arrived(void **state)
{
	enum { PEERS = 50 };
	struct store_city c;
	int fd[PEERS];

	(void)state;
	store_city(&c, "term.db");
	store_start(&c);
	kill(c.pid, SIGSTOP);	/* so that all of it waits */
	for (int i = 0; i < PEERS; i++) {
		struct text t = TEXT_INIT;
		char key[32];

		snprintf(key, sizeof(key), "last-%d", i);
		store_put_frame(&t, &c, key);
		fd[i] = store_raw(&c);
		assert_int_equal(send(fd[i], t.s, t.n, 0), t.n);
		text_clear(&t);
	}
	kill(c.pid, SIGTERM);
	kill(c.pid, SIGCONT);
	for (int i = 0; i < PEERS; i++) {
		struct wire wire;
		char reply[256];
		ssize_t n = recv(fd[i], reply, sizeof(reply), 0);

		assert_true(n > 0);
		assert_int_equal(wire_frame(&wire, reply, (size_t)n, WIRE_REPLY_MAX), n);
		assert_int_equal(wire.type, WIRE_OK);
		close(fd[i]);
	}
	waitpid(c.pid, NULL, 0);
	assert_int_equal(access(c.socket, F_OK), -1);
	assert_int_equal(atoi(db_ask(c.db, "SELECT count(*) FROM response")), PEERS);
	pool_clear(&c.pool);
}

static void
a_store_that_is_away_is_busy_at_once(void **state)
{
	struct store_client *client = store_client_new(db_path("nobody.sock"));
	struct err err = { 0 };
	double start = seconds();
	int64_t version;

	(void)state;
	assert_fails(store_version(client, &version, &err), ERR_BUSY);
	assert_true(seconds() - start < 1);
	store_client_free(client);
}

/* Listening, never answering. */
static void
a_deaf_store_is_busy_by_the_deadline(void **state)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	struct store_client *client = store_client_new(db_path("deaf.sock"));
	struct err err = { 0 };
	double start;
	int64_t version;
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	(void)state;
	snprintf(a.sun_path, sizeof(a.sun_path), "%s", db_path("deaf.sock"));
	assert_int_equal(bind(fd, (struct sockaddr *)&a, sizeof(a)), 0);
	assert_int_equal(listen(fd, 4), 0);
	start = seconds();
	assert_fails(store_version(client, &version, &err), ERR_BUSY);
	assert_true(seconds() - start < STORE_DEADLINE_MS / 1000.0 + 1);
	store_client_free(client);
	close(fd);
}

static void
a_store_starts_only_where_it_may(void **state)
{
	struct store_city c;
	struct err err = { 0 };
	struct stat st;

	(void)state;
	store_city(&c, "start.db");
	store_start(&c);
	assert_int_equal(stat(c.socket, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0660);
	assert_fails(store_run(c.db, c.socket, -1, &err), ERR_CONFLICT);
	still_serves(&c, "both");
	store_stop(&c, SIGTERM);
	assert_ok(file_write(c.socket, "mine", 4, 0600, &err));
	assert_fails(store_run(c.db, c.socket, -1, &err), ERR_CONFLICT);
	assert_int_equal(stat(c.socket, &st), 0);
	assert_int_equal(st.st_size, 4);
	assert_fails(store_run(c.db, pool_fmt(&c.pool, "/tmp/%0200d", 1), -1, &err), ERR_INPUT);
	assert_fails(store_run(c.db, db_path("none/x.sock"), -1, &err), ERR_IO);
	assert_fails(store_run(db_path("none.db"), c.socket, -1, &err), ERR_MISSING);
	assert_int_equal(db_shell(c.db, "PRAGMA user_version = 999"), SQLITE_OK);
	assert_fails(store_run(c.db, db_path("x.sock"), -1, &err), ERR_VERSION);
	pool_clear(&c.pool);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(garbage_closes_its_own_connection_only),
		cmocka_unit_test(a_slow_peer_delays_nobody),
		cmocka_unit_test(a_peer_that_never_reads_costs_nothing),
		cmocka_unit_test(a_locked_database_is_busy_and_the_same_key_is_taken_later),
		cmocka_unit_test(a_store_that_cannot_write_waits_quietly),
		cmocka_unit_test(a_full_disk_acknowledges_only_what_it_holds),
		cmocka_unit_test(what_was_acknowledged_survives_kill_9),
		cmocka_unit_test(sigterm_answers_what_has_arrived),
		cmocka_unit_test(a_store_that_is_away_is_busy_at_once),
		cmocka_unit_test(a_deaf_store_is_busy_by_the_deadline),
		cmocka_unit_test(a_store_starts_only_where_it_may),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, db_folder_make, db_folder_drop);
}
