/*
 * The machine around the store fails: the disk is full, the file read-only or locked, the clock set
 * back, no descriptor left.  Every time the answer is refused, and the same key
 * taken when it is over.
 */
#include <assert.h>
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

#include "tests/store/store.h"

/* ---- a clock that can be set (linked with --wrap=time) ---- */

static int64_t *ahead;		/* seconds; shared with the store */

time_t __real_time(time_t *t);
time_t __wrap_time(time_t *t);

time_t
__wrap_time(time_t *t)
{
	time_t now = __real_time(NULL) + (ahead != NULL ? (time_t)*ahead : 0);

	if (t != NULL)
		*t = now;
	return now;
}

/* ---- help ---- */

static int
put(struct store_city *c, struct store_client *client, struct store_receipt *receipt,
	const char *key, struct err *err)
{
	struct store_submission s = store_submission(c, key);

	s.answers = store_answers(c->form, "level=4", &c->pool);
	return store_put(client, receipt, &s, err);
}

/* Refused without a reason of the resident's own. */
static void
assert_refused(struct store_city *c, struct store_client *client, const char *key,
	enum err_code code)
{
	struct store_receipt receipt;
	struct err err = { 0 };

	assert_fails(put(c, client, &receipt, key, &err), code);
}

static void
assert_taken(struct store_city *c, struct store_client *client, const char *key, bool fresh)
{
	struct store_receipt receipt;
	struct err err = { 0 };

	assert_ok(put(c, client, &receipt, key, &err));
	assert_int_equal(receipt.fresh, fresh);
}

static void
assert_rows(const struct store_city *c, int rows)
{
	assert_int_equal(atoi(db_ask(c->db, "SELECT count(*) FROM response")), rows);
	assert_string_equal(db_ask(c->db, "PRAGMA integrity_check"), "ok");
	assert_string_equal(db_ask(c->db,
		"SELECT (SELECT coalesce(sum(n), 0) FROM fieldwork) - (SELECT count(*)"
		" FROM response)"), "0");
}

static double
cpu_seconds(pid_t pid)
{
	struct timespec t = { 0, 0 };
	clockid_t clock;

	assert_int_equal(clock_getcpuclockid(pid, &clock), 0);
	assert_int_equal(clock_gettime(clock, &t), 0);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- the disk ---- */

/* A file system of our own, so small that it fills; false where this is not allowed. */
static bool
mount_small(const char *path)
{
	if (mkdir(path, 0700) != 0 ||
			(unshare(CLONE_NEWNS) != 0 && unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0))
		return false;
	mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL);
	return mount("small", path, "tmpfs", 0, "size=4m") == 0;
}

static void
a_disk_that_is_full_refuses_until_there_is_room(void **state)
{
	char folder[256], key[32];
	struct store_city c;
	struct store_client *client;
	struct store_receipt receipt;
	struct err err = { 0 };
	int stored = 0;

	(void)state;
	snprintf(folder, sizeof(folder), "%s", db_path("small"));
	if (!mount_small(folder)) {
		fprintf(stderr, "# skipped: no file system may be mounted here\n");
		return;
	}
	store_city(&c, "small/city.db");
	store_start(&c);
	client = store_client_new(c.socket);
	for (;; stored++) {
		snprintf(key, sizeof(key), "full-%d", stored);
		if (put(&c, client, &receipt, key, &err) != 0)
			break;
		assert_true(stored < 100000);
	}
	assert_int_equal(err.code, ERR_FULL);
	assert_refused(&c, client, key, ERR_FULL);
	assert_refused(&c, client, "another", ERR_FULL);
	/* A resend of what is in needs no room. */
	assert_int_equal(mount("small", folder, "tmpfs", MS_REMOUNT, "size=32m"), 0);
	assert_taken(&c, client, key, true);
	assert_taken(&c, client, "full-0", false);
	store_client_free(client);
	store_stop(&c, SIGTERM);
	assert_rows(&c, stored + 1);
	pool_clear(&c.pool);
	umount(folder);
}

/* As nobody, who may not write what is read-only. */
static void
start_as_nobody(struct store_city *c)
{
	char command[300];

	snprintf(command, sizeof(command), "chown -R 65534:65534 %s", db_folder);
	assert_int_equal(system(command), 0);
	fflush(NULL);
	c->pid = fork();
	if (c->pid == 0) {
		struct err err = { 0 };

		if (setgroups(0, NULL) != 0 || setgid(65534) != 0 || setuid(65534) != 0)
			_exit(9);
		/* not before: to become another forgets it */
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		_exit(store_run(c->db, c->socket, -1, &err) == 0 ? 0 : 3);
	}
	for (int i = 0; i < 500 && !store_live(c->socket); i++)
		usleep(10000);
	assert_true(store_live(c->socket));
}

/* Another program holds the file. */
static sqlite3 *
hold(const struct store_city *c)
{
	sqlite3 *raw;

	assert_int_equal(sqlite3_open(c->db, &raw), SQLITE_OK);
	sqlite3_busy_timeout(raw, 10000);	/* the store may be at its housekeeping */
	assert_int_equal(sqlite3_exec(raw, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	return raw;
}

static void
a_read_only_file_stops_the_start_with_a_reason(void **state)
{
	struct store_city c;
	struct err err = { 0 };
	int status;

	(void)state;
	store_city(&c, "start.db");
	if (geteuid() != 0) {
		fprintf(stderr, "# skipped: only root can become another account\n");
		return;
	}
	start_as_nobody(&c);
	store_stop(&c, SIGTERM);
	assert_int_equal(chmod(c.db, 0444), 0);
	fflush(NULL);
	c.pid = fork();
	if (c.pid == 0) {
		alarm(10);	/* in case it starts */
		_exit(setuid(65534) == 0 && store_run(c.db, c.socket, -1, &err) != 0 &&
			err.code == ERR_DENIED ? 7 : 8);
	}
	assert_int_equal(waitpid(c.pid, &status, 0), c.pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 7);
	pool_clear(&c.pool);
}

/* A store that has the file open does not notice; one that opens it again does. */
static void
a_file_made_read_only_refuses_until_it_is_not(void **state)
{
	struct store_city c;
	struct store_client *client;
	sqlite3 *other;

	(void)state;
	if (geteuid() != 0) {
		fprintf(stderr, "# skipped: only root can become another account\n");
		return;
	}
	store_city(&c, "only.db");
	start_as_nobody(&c);
	client = store_client_new(c.socket);
	assert_taken(&c, client, "before", true);
	other = hold(&c);
	assert_refused(&c, client, "after", ERR_BUSY);	/* and the connection is dropped */
	assert_int_equal(chmod(c.db, 0444), 0);
	sqlite3_close(other);
	assert_refused(&c, client, "after", ERR_DENIED);
	assert_refused(&c, client, "after", ERR_DENIED);
	assert_int_equal(chmod(c.db, 0600), 0);
	assert_taken(&c, client, "after", true);
	store_client_free(client);
	store_stop(&c, SIGTERM);
	assert_rows(&c, 2);
	pool_clear(&c.pool);
}

/* The other program dies in the middle of writing. */
static void
a_file_locked_by_one_who_dies_is_taken_over(void **state)
{
	struct store_city c;
	struct store_client *client;
	int held[2];
	pid_t other;
	char byte;

	(void)state;
	store_city(&c, "locked.db");
	store_start(&c);
	client = store_client_new(c.socket);
	assert_taken(&c, client, "first", true);
	assert_int_equal(pipe(held), 0);
	fflush(NULL);
	other = fork();
	if (other == 0) {
		sqlite3 *raw = hold(&c);

		sqlite3_exec(raw, "INSERT INTO setting (name, value) VALUES ('half', 'written')",
			NULL, NULL, NULL);
		_exit(write(held[1], "x", 1) == 1 ? pause() : 1);
	}
	close(held[1]);
	assert_int_equal(read(held[0], &byte, 1), 1);
	assert_refused(&c, client, "second", ERR_BUSY);
	kill(other, SIGKILL);
	waitpid(other, NULL, 0);
	assert_taken(&c, client, "second", true);
	store_client_free(client);
	store_stop(&c, SIGTERM);
	assert_rows(&c, 2);
	assert_string_equal(db_ask(c.db, "SELECT count(*) FROM setting WHERE name = 'half'"), "0");
	close(held[0]);
	pool_clear(&c.pool);
}

/* ---- the clock ---- */

static void
a_clock_set_back_a_day_doubles_nothing(void **state)
{
	enum { DAY = 86400 };
	struct store_city c;
	struct store_client *client;
	struct store_receipt first, again;
	struct err err = { 0 };

	(void)state;
	store_city(&c, "clock.db");
	store_start(&c);
	client = store_client_new(c.socket);
	assert_ok(put(&c, client, &first, "noon", &err));
	*ahead = -DAY;
	assert_ok(put(&c, client, &again, "noon", &err));
	assert_false(again.fresh);
	assert_string_equal(again.receipt, first.receipt);
	/* when it came, not what the clock says now */
	assert_true(again.minute == first.minute);
	assert_taken(&c, client, "yesterday", true);
	*ahead = DAY;
	assert_taken(&c, client, "tomorrow", true);
	assert_taken(&c, client, "yesterday", false);
	*ahead = 0;
	assert_taken(&c, client, "noon", false);
	store_client_free(client);
	store_stop(&c, SIGTERM);
	assert_rows(&c, 3);
	assert_string_equal(db_ask(c.db,
		"SELECT max(minute) - min(minute) BETWEEN 2879 AND 2881 FROM response"), "1");
	pool_clear(&c.pool);
}

/* ---- descriptors ---- */

/* A store at its limit is idle, not spinning, and serves those it has let in. */
static void
assert_calm(struct store_city *c, struct store_client *client, const char *key)
{
	double before = cpu_seconds(c->pid);

	assert_taken(c, client, key, true);
	usleep(500000);
	assert_true(cpu_seconds(c->pid) - before < 0.25);
}

/* A store that may open so many files. */
static void
start_limited(struct store_city *c, const struct rlimit *limit)
{
	fflush(NULL);
	c->pid = fork();
	if (c->pid == 0) {
		struct err err = { 0 };

		prctl(PR_SET_PDEATHSIG, SIGKILL);
		setrlimit(RLIMIT_NOFILE, limit);
		_exit(store_run(c->db, c->socket, -1, &err) == 0 ? 0 : 3);
	}
	for (int i = 0; i < 500 && !store_live(c->socket); i++)
		usleep(10000);
}

static void
connections_beyond_the_descriptors_starve_nobody_inside(void **state)
{
	enum { CROWD = 100 };
	struct rlimit old, limit;
	struct store_city c;
	struct store_client *inside, *outside;
	int fd[CROWD];

	(void)state;
	store_city(&c, "crowd.db");
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &old), 0);
	limit = (struct rlimit){ 64, 64 };
	start_limited(&c, &limit);
	inside = store_client_new(c.socket);
	outside = store_client_new(c.socket);
	assert_taken(&c, inside, "one", true);
	for (int i = 0; i < CROWD; i++)
		fd[i] = store_raw(&c);
	assert_calm(&c, inside, "two");
	assert_refused(&c, outside, "three", ERR_BUSY);
	for (int i = 0; i < CROWD; i++)
		close(fd[i]);
	usleep(100000);		/* an intake is as patient */
	assert_taken(&c, outside, "three", true);
	/* Now somebody takes even the descriptors that were counted on. */
	limit = (struct rlimit){ 3, 64 };
	assert_int_equal(prlimit(c.pid, RLIMIT_NOFILE, &limit, NULL), 0);
	for (int i = 0; i < 8; i++)
		fd[i] = store_raw(&c);
	assert_calm(&c, inside, "four");
	limit.rlim_cur = 64;
	assert_int_equal(prlimit(c.pid, RLIMIT_NOFILE, &limit, NULL), 0);
	store_client_free(outside);
	outside = store_client_new(c.socket);
	assert_taken(&c, outside, "five", true);
	for (int i = 0; i < 8; i++)
		close(fd[i]);
	store_client_free(inside);
	store_client_free(outside);
	store_stop(&c, SIGTERM);
	assert_rows(&c, 5);
	pool_clear(&c.pool);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_disk_that_is_full_refuses_until_there_is_room),
		cmocka_unit_test(a_read_only_file_stops_the_start_with_a_reason),
		cmocka_unit_test(a_file_made_read_only_refuses_until_it_is_not),
		cmocka_unit_test(a_file_locked_by_one_who_dies_is_taken_over),
		cmocka_unit_test(a_clock_set_back_a_day_doubles_nothing),
		cmocka_unit_test(connections_beyond_the_descriptors_starve_nobody_inside),
	};

	ahead = mmap(NULL, sizeof(*ahead), PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert(ahead != MAP_FAILED);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, db_folder_make, db_folder_drop);
}
