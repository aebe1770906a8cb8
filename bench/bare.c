/*
 * The least a program does that stores durable answers: our reader, one row an answer with its key
 * UNIQUE, as many as wait in one commit, all in one process.  No form is checked, nothing is
 * hashed, nothing is kept apart.  bare SOCKET DB
 */
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "proc/loop.h"
#include "cgi/server.h"

enum { MOST = 4096 };

struct bare {
	sqlite3 *sqlite;
	sqlite3_stmt *begin, *put, *commit;
	struct exchange *waiting[MOST], *writing[MOST];
	size_t wait_n, write_n;		/* write_n != 0: the writer's */
	struct loop_part part;
	struct loop_watch bell;		/* rung by the writer */
	pthread_mutex_t mutex;		/* of given */
	pthread_cond_t cond;
	bool given;
};

static struct bare bare = { .mutex = PTHREAD_MUTEX_INITIALIZER, .cond = PTHREAD_COND_INITIALIZER };

static void
must(int rc, int wanted)
{
	if (rc != wanted)
		err_die(sqlite3_errmsg(bare.sqlite));
}

static void
run(sqlite3_stmt *s)
{
	must(sqlite3_step(s), SQLITE_DONE);
	sqlite3_reset(s);
}

static void *
write_answers(void *arg)
{
	const uint64_t one = 1;

	for (;;) {
		pthread_mutex_lock(&bare.mutex);
		while (!bare.given)
			pthread_cond_wait(&bare.cond, &bare.mutex);
		bare.given = false;
		pthread_mutex_unlock(&bare.mutex);
		run(bare.begin);
		for (size_t i = 0; i < bare.write_n; i++) {
			const struct request *req = &bare.writing[i]->req;
			const char *key = strstr(req->body, "_key=");

			sqlite3_bind_text(bare.put, 1, key != NULL ? key + 5 : "", -1,
				SQLITE_STATIC);
			sqlite3_bind_text(bare.put, 2, req->body, (int)req->body_n, SQLITE_STATIC);
			run(bare.put);
		}
		run(bare.commit);
		if (write(bare.bell.fd, &one, sizeof(one)) != sizeof(one))
			err_die("eventfd");
	}
	return arg;
}

static void
handle(struct exchange *x, int thread, void *ctx)
{
	(void)thread;
	(void)ctx;
	reply_see_other(&x->reply, "/thanks");
	if (bare.wait_n == MOST)
		err_die("more clients than a bench has");
	bare.waiting[bare.wait_n++] = x;
}

/* What came in while the last commit was under way goes into the next. */
static int64_t
turn(struct loop_part *part, int64_t now)
{
	(void)part;
	(void)now;
	if (bare.write_n > 0 || bare.wait_n == 0)
		return LOOP_NEVER;
	memcpy(bare.writing, bare.waiting, bare.wait_n * sizeof(bare.waiting[0]));
	bare.write_n = bare.wait_n;
	bare.wait_n = 0;
	pthread_mutex_lock(&bare.mutex);
	bare.given = true;
	pthread_cond_signal(&bare.cond);
	pthread_mutex_unlock(&bare.mutex);
	return LOOP_NEVER;
}

static void
answer(struct loop_watch *bell, unsigned events)
{
	uint64_t rings;

	(void)events;
	if (read(bell->fd, &rings, sizeof(rings)) != sizeof(rings))
		err_die("eventfd");
	for (size_t i = 0; i < bare.write_n; i++)
		exchange_done(bare.writing[i]);
	bare.write_n = 0;
}

static bool
busy(const struct loop_part *part)
{
	(void)part;
	return bare.write_n > 0 || bare.wait_n > 0;
}

static void
open_db(const char *path)
{
	must(sqlite3_open(path, &bare.sqlite), SQLITE_OK);
	must(sqlite3_exec(bare.sqlite,
		"PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
		"CREATE TABLE answer (id INTEGER PRIMARY KEY, key TEXT UNIQUE, body TEXT)",
		NULL, NULL, NULL), SQLITE_OK);
	must(sqlite3_prepare_v2(bare.sqlite, "BEGIN IMMEDIATE", -1, &bare.begin, NULL), SQLITE_OK);
	must(sqlite3_prepare_v2(bare.sqlite,
		"INSERT OR IGNORE INTO answer (key, body) VALUES (?, ?)", -1, &bare.put, NULL),
		SQLITE_OK);
	must(sqlite3_prepare_v2(bare.sqlite, "COMMIT", -1, &bare.commit, NULL), SQLITE_OK);
}

int
main(int argc, char *argv[])
{
	struct server server = { .socket = argv[1], .listen_fd = -1, .body_max = 65536,
		.handle = handle };
	struct server_state *s;
	struct err err = { 0 };
	struct loop *loop;
	pthread_t writer;

	if (argc != 3)
		return 2;
	open_db(argv[2]);
	loop = loop_open(true, &err);
	if (loop == NULL || (s = server_open(loop, &server, &err)) == NULL) {
		fprintf(stderr, "%s\n", err.text);
		return 3;
	}
	bare.bell = (struct loop_watch){ .fd = eventfd(0, EFD_CLOEXEC), .ready = answer };
	bare.part = (struct loop_part){ .turn = turn, .busy = busy };
	if (loop_watch(loop, &bare.bell, EPOLLIN) != 0 ||
			pthread_create(&writer, NULL, write_answers, NULL) != 0)
		err_die("no writer");
	loop_join(loop, &bare.part);
	loop_run(loop);
	server_close(s);
	loop_close(loop);
	return 0;
}
