/*
 * kill -9 of the store at random under load: nothing acknowledged is lost, nothing counts twice.
 *
 * KILLS (default 25; 300 and more for a full run) and SEED come from the environment.  Workers send
 * until they are answered, with the same key each time, as a phone with a bad line would.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "proc/listen.h"
#include "tests/store/store.h"

enum { WORKERS = 16, SENT_MAX = 200000, RESEND_EVERY = 7 };

/* One phone of many. */
struct worker {
	const struct store_city *city;
	const char *answers;
	int number;
	size_t acknowledged, repeated, retries;
	char (*receipt)[17];		/* receipt[SENT_MAX], of the submissions so far */
	size_t wrong;			/* a resend that got another receipt, or was fresh */
};

static atomic_bool enough;

static uint64_t
next(uint64_t *random)
{
	*random ^= *random << 13;
	*random ^= *random >> 7;
	*random ^= *random << 17;
	return *random;
}

static void
nap_us(uint64_t us)
{
	struct timespec t = { (time_t)(us / 1000000), (long)(us % 1000000) * 1000 };

	nanosleep(&t, NULL);
}

/* Send one key until it is answered. */
static void
insist(struct worker *w, struct store_client *client, size_t i, struct store_receipt *receipt)
{
	char key[48];
	struct store_submission s;

	snprintf(key, sizeof(key), "w%d-%zu", w->number, i);
	s = store_submission(w->city, key);
	s.answers = w->answers;
	for (;;) {
		struct err err = { 0 };

		if (store_put(client, receipt, &s, &err) == 0)
			return;
		w->retries++;
		nap_us(1000);
	}
}

static void *
work(void *ctx)
{
	struct worker *w = ctx;
	struct store_client *client = store_client_new(w->city->socket);
	uint64_t random = 88172645463325252ull + (uint64_t)w->number;
	struct store_receipt receipt;
	size_t i;

	for (i = 0; i < SENT_MAX && !atomic_load(&enough); i++) {
		insist(w, client, i, &receipt);
		memcpy(w->receipt[i], receipt.receipt, sizeof(receipt.receipt));
		if (i % RESEND_EVERY == 0) {
			size_t old = next(&random) % (i + 1);

			insist(w, client, old, &receipt);
			w->repeated++;
			w->wrong += receipt.fresh || strcmp(receipt.receipt, w->receipt[old]) != 0;
		}
	}
	w->acknowledged = i;
	store_client_free(client);
	return NULL;
}

/* ---- the process that starts stores and kills them ---- */

static pid_t
begin_store(const struct store_city *c, int listener)
{
	pid_t pid = fork();

	if (pid == 0) {
		struct err err = { 0 };

		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (store_run(c->db, c->socket, listener, &err) != 0) {
			fprintf(stderr, "# store: %s\n", err.text);
			_exit(3);
		}
		_exit(0);
	}
	return pid;
}

/* Most are killed at work; one in four whenever it happens to be, its start included. */
static void
let_it_work(const struct store_city *c, uint64_t *random)
{
	struct store_client *client;
	struct err err = { 0 };
	int64_t version;

	if (next(random) % 4 != 0) {
		client = store_client_new(c->socket);
		(void)store_version(client, &version, &err);
		store_client_free(client);
	}
	nap_us(next(random) % 80000);
}

/* Kill so many stores, tell the workers' process through done, keep the last until hold closes. */
static void
supervise(const struct store_city *c, int listener, int kills, uint64_t random, int done, int hold)
{
	int status;
	pid_t pid;
	char byte;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (int i = 0; i < kills; i++) {
		pid = begin_store(c, listener);
		let_it_work(c, &random);
		kill(pid, SIGKILL);
		waitpid(pid, &status, 0);
		if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGKILL)
			_exit(4);	/* it went by itself */
	}
	pid = begin_store(c, listener);
	if (write(done, "x", 1) != 1)
		_exit(5);
	while (read(hold, &byte, 1) > 0)
		continue;
	kill(pid, SIGTERM);
	waitpid(pid, &status, 0);
	_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 6);
}

/* ---- what is in the file in the end ---- */

struct tally {
	struct worker *worker;
	unsigned char *seen[WORKERS];
	size_t stored, doubled, unknown, receipts_wrong;
};

static int
see(const struct response_row *r, void *ctx)
{
	struct tally *t = ctx;
	size_t i;
	int w;

	t->stored++;
	if (sscanf(r->key, "w%d-%zu", &w, &i) != 2 || w < 0 || w >= WORKERS ||
			i >= t->worker[w].acknowledged) {
		t->unknown++;
		return 0;
	}
	t->doubled += t->seen[w][i]++ > 0;
	t->receipts_wrong += strcmp(r->receipt, t->worker[w].receipt[i]) != 0;
	return 0;
}

static void
count(const struct store_city *c, struct worker worker[], int kills, double took)
{
	struct tally t = { .worker = worker };
	size_t acknowledged = 0, lost = 0, wrong = 0, retries = 0, repeated = 0;
	struct err err = { 0 };
	struct db *db = db_open(c->db, DB_WRITE, &err);

	assert_non_null(db);
	for (int w = 0; w < WORKERS; w++) {
		t.seen[w] = calloc(worker[w].acknowledged + 1, 1);
		acknowledged += worker[w].acknowledged;
		wrong += worker[w].wrong;
		retries += worker[w].retries;
		repeated += worker[w].repeated;
	}
	assert_ok(db_each_response(db, c->wave, 0, see, &t, &err));
	for (int w = 0; w < WORKERS; w++) {
		for (size_t i = 0; i < worker[w].acknowledged; i++)
			lost += t.seen[w][i] == 0;
		free(t.seen[w]);
	}
	assert_ok(db_integrity(db, &err));
	db_close(db);
	fprintf(stderr, "# %d kills in %.1f s: %zu acknowledged, %zu stored, %zu lost, %zu doubled;"
		" %zu resent after an answer, %zu calls that failed; integrity ok\n",
		kills, took, acknowledged, t.stored, lost, t.doubled, repeated, retries);
	assert_int_equal(lost, 0);
	assert_int_equal(t.doubled, 0);
	assert_int_equal(t.unknown, 0);
	assert_int_equal(t.receipts_wrong, 0);
	assert_int_equal(wrong, 0);
	assert_int_equal(t.stored, acknowledged);
	assert_true(acknowledged > (size_t)kills);
}

static int
setting(const char *name, int otherwise)
{
	const char *s = getenv(name);

	return s != NULL && atoi(s) > 0 ? atoi(s) : otherwise;
}

static double
seconds_since(const struct timespec *start)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - start->tv_sec) + (double)(now.tv_nsec - start->tv_nsec) / 1e9;
}

static void
start_workers(struct worker worker[], pthread_t thread[], struct store_city *c)
{
	for (int w = 0; w < WORKERS; w++) {
		worker[w] = (struct worker){ .city = c, .number = w,
			.answers = store_answers(c->form, "level=4", &c->pool),
			.receipt = calloc(SENT_MAX, sizeof(worker[w].receipt[0])) };
		assert_int_equal(pthread_create(&thread[w], NULL, work, &worker[w]), 0);
	}
}

static void
no_answer_is_lost_or_doubled_by_kill_9(void **state)
{
	static struct worker worker[WORKERS];
	int kills = setting("KILLS", 25), done[2], hold[2], listener, status;
	uint64_t seed = (uint64_t)setting("SEED", (int)time(NULL));
	struct timespec start;
	struct store_city c;
	struct err err = { 0 };
	pthread_t thread[WORKERS];
	pid_t supervisor;
	char byte;

	(void)state;
	store_city(&c, "kill.db");
	listener = listen_open(c.socket, -1, &err);
	assert_true(listener >= 0);
	assert_int_equal(pipe(done) | pipe(hold), 0);
	fprintf(stderr, "# SEED=%llu\n", (unsigned long long)seed);
	clock_gettime(CLOCK_MONOTONIC, &start);
	fflush(NULL);
	supervisor = fork();	/* before there are threads */
	if (supervisor == 0) {
		close(done[0]);
		close(hold[1]);
		supervise(&c, listener, kills, seed * 2654435761u + 1, done[1], hold[0]);
	}
	close(done[1]);
	close(hold[0]);
	close(listener);
	start_workers(worker, thread, &c);
	assert_int_equal(read(done[0], &byte, 1), 1);
	atomic_store(&enough, true);
	for (int w = 0; w < WORKERS; w++)
		pthread_join(thread[w], NULL);
	close(hold[1]);
	assert_int_equal(waitpid(supervisor, &status, 0), supervisor);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	count(&c, worker, kills, seconds_since(&start));
	for (int w = 0; w < WORKERS; w++)
		free(worker[w].receipt);
	pool_clear(&c.pool);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_answer_is_lost_or_doubled_by_kill_9),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, db_folder_make, db_folder_drop);
}
