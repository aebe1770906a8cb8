/* A city with its store in a process of its own, the intake in a loop here, and
 * one browser before it. */
#ifndef TESTS_INTAKE_CITY_H
#define TESTS_INTAKE_CITY_H

#include "tests/support/web.h"

#include "intake/call.h"
#include "intake/intake.h"
#include "store/store.h"

static struct web_city city;
static struct loop *loop;
static struct intake *intake;
static struct web web;
static pid_t store;

static inline void
start_store(void)
{
	struct err err = { 0 };
	struct store_client *client;
	int64_t version;
	int rc = -1;

	store = fork();
	if (store == 0) {
		rc = store_run(city.db, city.socket, -1, &err);
		if (rc != 0)
			fprintf(stderr, "# store: %s\n", err.text);
		_exit(rc != 0);
	}
	client = store_client_new(city.socket);
	for (int i = 0; i < 6000 && rc != 0; i++) {
		err = (struct err){ 0 };
		rc = store_version(client, &version, &err);
		if (rc != 0)
			usleep(10000);
	}
	store_client_free(client);
	assert_int_equal(rc, 0);
}

static inline void
stop_store(int signal)
{
	kill(store, signal);
	waitpid(store, NULL, 0);
}

static inline int
make_city(void **state)
{
	(void)state;
	web_make_city(&city);
	start_store();
	loop = loop_open(false, NULL);
	intake = intake_open(loop, city.socket);
	return 0;
}

static inline int
drop_city(void **state)
{
	(void)state;
	web_clear(&web);
	intake_close(intake);
	loop_close(loop);
	stop_store(SIGTERM);
	web_drop_city(&city);
	return 0;
}

static inline void
serve(void)
{
	loop_step(loop, 0);	/* what rang meanwhile */
	intake_serve(intake, &web.x);
	while (!web.done)
		loop_step(loop, LOOP_NEVER);
}

static inline void
get(const char *uri)
{
	web_prepare(&web, uri, NULL);
	serve();
}

static inline const char *
uri_of(int site)
{
	static char uri[32];

	snprintf(uri, sizeof(uri), "/Q/%s", city.code[site]);
	return uri;
}

static inline void
post(int site, const char *body)
{
	web_prepare(&web, uri_of(site), body);
	serve();
}

static inline const char *
fresh_key(void)
{
	static char key[32];
	static int n;

	snprintf(key, sizeof(key), "test-key-%011d", n++);
	return key;
}

/* A body with its envelope. */
static inline const char *
whole(const char *answers)
{
	static char body[90000];
	int n;

	n = snprintf(body, sizeof(body), "%s&_key=%s&_consent=yes&_t=%lld", answers, fresh_key(),
		(long long)date_now_second() - 42);
	assert_true(n > 0 && (size_t)n < sizeof(body));
	return body;
}

static inline int
keep_row(const struct response_row *row, void *ctx)
{
	struct response_row *last = ctx;

	last->id++;		/* how many */
	last->seconds = row->seconds;
	snprintf((char *)last->answers, 1000, "%s", row->answers);
	snprintf(last->receipt, sizeof(last->receipt), "%s", row->receipt);
	return 0;
}

/* How many rows there are; the last one's answers, receipt and seconds. */
static inline int64_t
rows(struct response_row *last)
{
	static char answers[1000];
	struct err err = { 0 };
	struct db *db = db_open(city.db, DB_READ, &err);
	int64_t n = 0;
	struct response_row row = { .answers = answers };

	web_must(db != NULL ? 0 : -1, &err);
	for (int64_t wave = 1; wave <= 3; wave++) {
		web_must(db_each_response(db, wave, 0, keep_row, &row, &err), &err);
		n = row.id;
	}
	db_close(db);
	if (last != NULL)
		*last = row;
	return n;
}

#endif
