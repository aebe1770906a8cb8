/* What the tests of store/ share: a real store in a process of its own, submissions to send it. */
#ifndef TESTS_STORE_STORE_H
#define TESTS_STORE_STORE_H

#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>

#include "forms/response.h"
#include "store/client.h"
#include "store/store.h"
#include "tests/db/db.h"

/* Levels a resident may give, as stored. */
static inline const char *
store_answers(const struct form *form, const char *body, struct pool *pool)
{
	struct err err = { 0 };
	struct issue issue[ISSUES_MAX];
	struct text json = TEXT_INIT;
	struct response r;
	struct answers a;
	const char *copy;

	assert_ok(answers_parse(&a, body, strlen(body), pool, &err));
	assert_int_equal(form_accept(form, &r, issue, &a, NULL, pool), 0);
	response_put_json(&json, &r);
	copy = pool_strndup(pool, text_str(&json), json.n);
	text_clear(&json);
	return copy;
}

/* A city of one open wave of form B and one site. */
struct store_city {
	struct pool pool;
	const char *db, *socket;
	const struct form *form;
	int64_t wave;
	char site[SITE_CODE_N + 1];
	pid_t pid;		/* of the store, 0: not running */
};

static inline void
store_city(struct store_city *c, const char *name)
{
	struct err err = { 0 };
	struct db *db = db_fresh(name);
	struct site site = { .name = "市政务服务中心", .window = "3号窗口", .sector = "S01",
		.stratum = "市区", .active = true };

	*c = (struct store_city){ 0 };
	c->db = pool_strdup(&c->pool, db_path(name));
	c->socket = pool_fmt(&c->pool, "%s.sock", c->db);
	c->form = db_form("B", &c->pool);
	c->wave = db_wave_of(db, c->form, 2024);
	assert_ok(db_set_setting(db, "city", "瓦房店市", &err));
	assert_ok(db_put_site(db, &site, &err));
	strcpy(c->site, site.code);
	db_close(db);
}

/* Is anybody listening? */
static inline bool
store_live(const char *socket_path)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	bool live;

	snprintf(a.sun_path, sizeof(a.sun_path), "%s", socket_path);
	live = connect(fd, (struct sockaddr *)&a, sizeof(a)) == 0;
	close(fd);
	return live;
}

static inline void
store_start(struct store_city *c)
{
	fflush(NULL);
	c->pid = fork();
	if (c->pid == 0) {
		struct err err = { 0 };
		int rc;

		/* a test that dies leaves nothing running */
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		rc = store_run(c->db, c->socket, -1, &err);
		if (rc != 0)
			fprintf(stderr, "# store: %s\n", err.text);
		pool_clear(&c->pool);
		exit(rc == 0 ? 0 : 3);
	}
	assert_true(c->pid > 0);
	for (int i = 0; i < 500 && !store_live(c->socket); i++)
		usleep(10000);
	assert_true(store_live(c->socket));
}

/* SIGTERM ends it well; SIGKILL just ends it. */
static inline void
store_stop(struct store_city *c, int signal)
{
	int status;

	assert_int_equal(kill(c->pid, signal), 0);
	assert_int_equal(waitpid(c->pid, &status, 0), c->pid);
	if (signal == SIGTERM) {
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 0);
	} else {
		assert_true(WIFSIGNALED(status));
	}
	c->pid = 0;
}

static inline struct store_submission
store_submission(const struct store_city *c, const char *key)
{
	return (struct store_submission){ .wave = c->wave, .site = c->site, .stream = "open",
		.mode = "qr", .key = key, .seconds = 42, .opened = -1, .answers = "[\"5\"]",
		.phone = "" };
}

/* So many answers, each stored. */
static inline void
store_put_some(struct store_city *c, struct store_client *client, const char *name, int n)
{
	struct store_receipt receipt;
	struct err err = { 0 };

	for (int i = 0; i < n; i++) {
		struct store_submission s =
			store_submission(c, pool_fmt(&c->pool, "%s-%d", name, i));

		s.answers = store_answers(c->form, "level=5", &c->pool);
		assert_ok(store_put(client, &receipt, &s, &err));
	}
}

/* Bytes of the database's log. */
static inline off_t
store_log_size(const char *db)
{
	char wal[300];
	struct stat st;

	snprintf(wal, sizeof(wal), "%s-wal", db);
	return stat(wal, &st) == 0 ? st.st_size : 0;
}

/* A request's frame, whole. */
static inline void
store_put_frame(struct text *out, const struct store_city *c, const char *key)
{
	struct store_submission s = store_submission(c, key);
	struct pool pool = POOL_INIT;
	size_t begin = wire_begin(out, WIRE_PUT);

	s.answers = store_answers(c->form, "level=2", &pool);
	store_submission_put(out, &s);
	wire_end(out, begin);
	pool_clear(&pool);
}

/* A connection of our own, without the client. */
static inline int
store_raw(const struct store_city *c)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(a.sun_path, sizeof(a.sun_path), "%s", c->socket);
	assert_int_equal(connect(fd, (struct sockaddr *)&a, sizeof(a)), 0);
	return fd;
}

#endif
