/*
 * The n-th write, sync, read, opening or allocation fails, for every n until nothing is touched:
 * the answer is refused or stored, never half, and the same key is taken afterwards.
 *
 * FULL=1 tries every n of every kind; otherwise allocations are tried at every n up to
 * thirty, then at some.
 */
#include <sys/time.h>

#include "store/pen.h"
#include "tests/attack/disk.h"
#include "tests/store/store.h"

static struct disk *disk;

static bool
full(void)
{
	return getenv("FULL") != NULL;
}

static double
seconds(void)
{
	struct timeval t;

	gettimeofday(&t, NULL);
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

/* ---- disks that fail, under a store at work ---- */

/* What the resident's page says "please send it again" to: any refusal that does not name
 * a reason of his own. */
static bool
is_unavailable(enum err_code code)
{
	return code != ERR_NONE && code != ERR_CONFLICT && code != ERR_MISSING && code != ERR_INPUT;
}

/* Drop the store's connection, so that the next request opens the file again. */
static void
make_it_cold(struct store_client *client, const struct store_submission *s)
{
	struct store_receipt receipt;
	struct err err = { 0 };

	disk_arm(disk, &disk_faults[0], 1, true);
	assert_int_equal(store_put(client, &receipt, s, &err), -1);
	assert_true(disk_disarm(disk) > 0);
}

/* One answer while the n-th call fails.  Returns how often it failed. */
static long
put_with_fault(struct store_city *c, struct store_client *client, const struct disk_fault *fault,
	long n, bool for_good, bool cold)
{
	struct store_receipt first = { .fresh = false }, again;
	struct err err = { 0 };
	struct store_submission s;
	double start;
	char key[64];
	long hits;
	int rc;

	snprintf(key, sizeof(key), "f%d-%ld-%d%d", (int)(fault - disk_faults), n, for_good, cold);
	s = store_submission(c, key);
	s.answers = store_answers(c->form, "level=4", &c->pool);
	if (cold)
		make_it_cold(client, &s);
	start = seconds();
	disk_arm(disk, fault, n, for_good);
	rc = store_put(client, &first, &s, &err);
	hits = disk_disarm(disk);
	assert_true(seconds() - start < STORE_DEADLINE_MS / 1000.0);
	if (rc != 0 && !is_unavailable(err.code))
		fail_msg("%s, n = %ld: %s \"%s\"", fault->name, n, err_name(err.code), err.text);
	if (hits == 0)
		assert_int_equal(rc, 0);
	memset(&err, 0, sizeof(err));
	if (store_put(client, &again, &s, &err) != 0)
		fail_msg("%s, n = %ld, afterwards: %s", fault->name, n, err.text);
	if (rc == 0) {
		assert_false(again.fresh);
		assert_string_equal(again.receipt, first.receipt);
	}
	assert_int_equal(waitpid(c->pid, NULL, WNOHANG), 0);	/* the same process all along */
	return hits;
}

/* Every n until the answer passes untouched; returns how many there were. */
static long
every_n(struct store_city *c, struct store_client *client, const struct disk_fault *fault,
	bool for_good, bool cold)
{
	long n = 1;

	while (put_with_fault(c, client, fault, n, for_good, cold) > 0)
		n++;
	return n - 1;
}

static void
assert_whole(const struct store_city *c, const char *rows)
{
	if (rows != NULL)
		assert_string_equal(db_ask(c->db, "SELECT count(*) FROM response"), rows);
	assert_string_equal(db_ask(c->db, "PRAGMA integrity_check"), "ok");
	assert_string_equal(db_ask(c->db, "SELECT count(*) FROM pragma_foreign_key_check"), "0");
	assert_string_equal(db_ask(c->db, "SELECT count(*) - count(DISTINCT key) FROM response"),
		"0");
	assert_string_equal(db_ask(c->db,
		"SELECT (SELECT sum(n) FROM fieldwork) - (SELECT count(*) FROM response)"), "0");
}

static void
a_failing_disk_refuses_and_takes_the_same_key_later(void **state)
{
	struct store_city c;
	struct store_client *client;
	long tried = 0, rows = 0;
	char count[32];

	(void)state;
	/* so that every answer meets a checkpoint, too */
	atomic_store(&disk->checkpoint_pages, 1);
	store_city(&c, "fault.db");
	store_start(&c);
	client = store_client_new(c.socket);
	for (size_t i = 0; i < disk_faults_n; i++) {
		long here = 0;

		for (int how = 0; how < 4; how++) {
			long n = every_n(&c, client, &disk_faults[i], how & 1, how >> 1);

			here += n;
			rows += n + 1;
		}
		fprintf(stderr, "# %s: %ld places\n", disk_faults[i].name, here);
		tried += here;
	}
	store_client_free(client);
	store_stop(&c, SIGTERM);
	atomic_store(&disk->checkpoint_pages, 0);
	snprintf(count, sizeof(count), "%ld", rows);
	assert_whole(&c, count);
	fprintf(stderr, "# %ld failures of the disk, %ld answers, each stored once\n", tried, rows);
	assert_true(tried > 100);
	pool_clear(&c.pool);
}

/* ---- memory that ends inside SQLite ---- */

static sqlite3_mem_methods system_memory;
static long allocations_left = -1;	/* -1: as many as wanted */
static bool none_after;
static long refused;

static bool
memory_ends(void)
{
	if (allocations_left < 0)
		return false;
	if (allocations_left > 1) {
		allocations_left--;
		return false;
	}
	if (allocations_left == 0 && !none_after)
		return false;
	allocations_left = 0;
	refused++;
	return true;
}

static void *
take_memory(int n)
{
	return memory_ends() ? NULL : system_memory.xMalloc(n);
}

static void *
grow_memory(void *p, int n)
{
	return memory_ends() ? NULL : system_memory.xRealloc(p, n);
}

static void
install_memory(void)
{
	sqlite3_mem_methods ours;

	assert_int_equal(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &system_memory), SQLITE_OK);
	ours = system_memory;
	ours.xMalloc = take_memory;
	ours.xRealloc = grow_memory;
	assert_int_equal(sqlite3_config(SQLITE_CONFIG_MALLOC, &ours), SQLITE_OK);
	assert_int_equal(sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0), SQLITE_OK);
}

/* What became of one answer in a process of its own. */
enum { STORED, REFUSED, UNTOUCHED, WRONG };

/* The answer of a key, by the store's own way in; with the file open already,
 * or opened on the way. */
static int
put_in_book(const struct store_city *c, const char *key, const char *answers, long n,
	bool for_good, bool cold)
{
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	struct book_entry entry = { 0 }, *one = &entry;
	struct store_submission s = store_submission(c, key);
	struct book book;
	struct pen pen;
	int rc;

	s.answers = answers;
	if (pen_open(&pen, c->db, &err) != 0 || book_open(&book, c->db, &err) != 0)
		return WRONG;
	if (cold) {
		db_close(book.db);
		db_close(pen.db);
		book.db = pen.db = NULL;
	}
	refused = 0;
	none_after = for_good;
	allocations_left = n;
	rc = book_refresh(&book, &err) != 0 || book_accept(&book, &entry, &s, &pool, &err) != 0 ||
		pen_write(&pen, &one, 1, &err) != 0 ? REFUSED : STORED;
	allocations_left = -1;
	if (rc == REFUSED && (!is_unavailable(err.code) || refused == 0)) {
		fprintf(stderr, "# %s: %s\n", err_name(err.code), err.text);
		return WRONG;
	}
	if (rc == STORED && strlen(entry.row.receipt) != 16)
		return WRONG;
	book_close(&book);
	pen_close(&pen);
	pool_clear(&pool);
	return rc == STORED && refused == 0 ? UNTOUCHED : rc;
}

/* As above in a child.  A store that gives up is started again, and its client
 * asked to resend: refused. */
static int
put_in_child(const struct store_city *c, const char *key, const char *answers, long n,
	bool for_good, bool cold)
{
	int status;
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid == 0)
		_exit(put_in_book(c, key, answers, n, for_good, cold));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (WIFSIGNALED(status))
		return WTERMSIG(status) == SIGABRT ? REFUSED : WRONG;
	return WEXITSTATUS(status);
}

static long
next_n(long n)
{
#ifdef __SANITIZE_ADDRESS__	/* ten times slower */
	if (!full())
		return n + 1 + n / 3;
#endif
	return full() || n < 30 ? n + 1 : n + 1 + n / 12;
}

static void
starve(const struct store_city *c, bool for_good, bool cold)
{
	struct pool pool = POOL_INIT;
	const char *answers = store_answers(c->form, "level=3", &pool);
	long tries = 0, stored = 0;
	char key[64];
	int rc;

	for (long n = 1;; n = next_n(n), tries++) {
		snprintf(key, sizeof(key), "m%ld-%d%d", n, for_good, cold);
		rc = put_in_child(c, key, answers, n, for_good, cold);
		if (rc == UNTOUCHED)
			break;
		if (rc == WRONG)
			fail_msg("allocation %ld%s%s: neither stored nor refused", n,
				for_good ? " for good" : "", cold ? ", file opened anew" : "");
		stored += rc == STORED;
		assert_int_equal(put_in_child(c, key, answers, -1, false, false), UNTOUCHED);
	}
	fprintf(stderr, "# memory ends%s%s: %ld places, %ld of them harmless\n",
		for_good ? " for good" : "", cold ? ", file opened anew" : "", tries, stored);
	assert_true(tries > 3);
	pool_clear(&pool);
}

static void
memory_that_ends_refuses_and_takes_the_same_key_later(void **state)
{
	struct store_city c;

	(void)state;
	store_city(&c, "memory.db");
	for (int how = 0; how < 4; how++)
		starve(&c, how & 1, how >> 1);
	assert_whole(&c, NULL);
	pool_clear(&c.pool);
}

/* A resend finds its first row in memory that ends: it may not be told a receipt that is none. */
static void
memory_that_ends_gives_no_wrong_receipt(void **state)
{
	struct pool pool = POOL_INIT;
	struct store_city c;
	const char *answers;
	int rc = REFUSED;
	long n;

	(void)state;
	store_city(&c, "again.db");
	answers = store_answers(c.form, "level=3", &pool);
	assert_int_equal(put_in_child(&c, "again", answers, -1, false, false), UNTOUCHED);
	for (n = 1; rc != UNTOUCHED; n++) {
		rc = put_in_child(&c, "again", answers, n, false, false);
		if (rc == WRONG)
			fail_msg("allocation %ld: neither stored nor refused", n);
	}
	assert_true(n > 3);
	assert_whole(&c, "1");
	pool_clear(&pool);
	pool_clear(&c.pool);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_failing_disk_refuses_and_takes_the_same_key_later),
		cmocka_unit_test(memory_that_ends_refuses_and_takes_the_same_key_later),
		cmocka_unit_test(memory_that_ends_gives_no_wrong_receipt),
	};

	install_memory();
	disk = disk_install();
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, db_folder_make, db_folder_drop);
}
