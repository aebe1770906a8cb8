/* The public pages, against a real store in a process of its own. */
#include "tests/web.h"

#include "base/code.h"
#include "intake/call.h"
#include "intake/intake.h"
#include "store/store.h"

static struct web_city city;
static struct loop *loop;
static struct intake *intake;
static struct web web;
static pid_t store;

static void
start_store(void)
{
	struct err err = { 0 };
	struct store_client *client;
	int64_t version;
	int i, rc = -1;

	store = fork();
	if (store == 0) {
		rc = store_run(city.db, city.socket, -1, &err);
		if (rc != 0)
			fprintf(stderr, "# store: %s\n", err.text);
		_exit(rc != 0);
	}
	client = store_client_new(city.socket);
	for (i = 0; i < 6000 && rc != 0; i++) {
		err = (struct err){ 0 };
		rc = store_version(client, &version, &err);
		if (rc != 0)
			usleep(10000);
	}
	store_client_free(client);
	assert_int_equal(rc, 0);
}

static void
stop_store(int signal)
{
	kill(store, signal);
	waitpid(store, NULL, 0);
}

static int
make_city(void **state)
{
	(void)state;
	web_make_city(&city);
	start_store();
	loop = loop_open(false, NULL);
	intake = intake_open(loop, city.socket);
	return 0;
}

static int
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

static void
serve(void)
{
	loop_step(loop, 0);	/* what rang meanwhile */
	intake_serve(intake, &web.x);
	while (!web.done)
		loop_step(loop, LOOP_NEVER);
}

static void
get(const char *uri)
{
	web_prepare(&web, uri, NULL);
	serve();
}

static const char *
uri_of(int site)
{
	static char uri[32];

	snprintf(uri, sizeof(uri), "/Q/%s", city.code[site]);
	return uri;
}

static void
post(int site, const char *body)
{
	web_prepare(&web, uri_of(site), body);
	serve();
}

static const char *
fresh_key(void)
{
	static char key[32];
	static int n;

	snprintf(key, sizeof(key), "test-key-%011d", n++);
	return key;
}

/* A body with its envelope. */
static const char *
whole(const char *answers)
{
	static char body[70000];

	snprintf(body, sizeof(body), "%s&_key=%s&_consent=yes&_t=%lld", answers, fresh_key(),
	    (long long)date_now_second() - 42);
	return body;
}

static int
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
static int64_t
rows(struct response_row *last)
{
	static char answers[1000];
	struct err err = { 0 };
	struct db *db = db_open(city.db, DB_READ, &err);
	int64_t wave, n = 0;
	struct response_row row = { .answers = answers };

	web_must(db != NULL ? 0 : -1, &err);
	for (wave = 1; wave <= 3; wave++) {
		web_must(db_each_response(db, wave, 0, keep_row, &row, &err), &err);
		n = row.id;
	}
	db_close(db);
	if (last != NULL)
		*last = row;
	return n;
}

/* ---- getting ---- */

static void
a_code_gives_its_form_and_stores_nothing(void **state)
{
	int64_t before = rows(NULL);
	int i;

	(void)state;
	for (i = 0; i < 3; i++) {
		get(uri_of(i));
		assert_int_equal(web_status(&web), 200);
		assert_true(web_says(&web, "市政务服务中心"));
		assert_true(web_says(&web, "name=\"_key\""));
		assert_true(web_says(&web, "瓦房店市"));
		assert_true(web.reply.body.n < 50 * 1024);
	}
	assert_int_equal(rows(NULL), before);
}

static void
every_page_has_a_key_of_its_own(void **state)
{
	struct pool pool = POOL_INIT;
	const char *one = key_fresh(&pool), *other = key_fresh(&pool);

	(void)state;
	assert_true(key_valid(one));
	assert_string_not_equal(one, other);
	get(uri_of(1));
	assert_false(web_says(&web, one));
	pool_clear(&pool);
}

static void
a_key_is_checked(void **state)
{
	(void)state;
	assert_true(key_valid("0123456789abcdef"));
	assert_true(key_valid("AZaz09_.:-AZaz09"));
	assert_false(key_valid("0123456789abcde"));
	assert_false(key_valid(""));
	assert_false(key_valid("0123456789abcde/"));
	assert_false(key_valid("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0"));
	assert_false(key_valid("满意满意满意满意"));
}

static void
a_wrong_code_gives_a_kind_page(void **state)
{
	static const char *const wrong[] = { "/Q/AAAAAA", "/Q/7", "/Q/%E6%BB%A1", "/Q/0000000000000000000000" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		get(wrong[i]);
		assert_int_equal(web_status(&web), 404);
		assert_false(web_says(&web, "_key"));
	}
}

static void
a_made_up_code_with_a_right_check_character_is_no_site(void **state)
{
	char code[SITE_CODE_N + 1], uri[32];
	int i = 0;

	(void)state;
	do
		code_make(code, SITE_CODE_N, (uint64_t)++i);
	while (strcmp(code, city.code[0]) == 0 || strcmp(code, city.code[1]) == 0);
	snprintf(uri, sizeof(uri), "/Q/%s", code);
	get(uri);
	assert_int_equal(web_status(&web), 404);
}

static void
a_withdrawn_poster_says_so(void **state)
{
	(void)state;
	get(uri_of(3));
	assert_int_equal(web_status(&web), 410);
	post(3, whole("level=1"));
	assert_int_equal(web_status(&web), 410);
}

static void
a_code_typed_carelessly_leads_to_the_printed_one(void **state)
{
	char uri[64], want[64];
	size_t i;

	(void)state;
	snprintf(want, sizeof(want), "/Q/%s", city.code[1]);
	snprintf(uri, sizeof(uri), "/Q/%.3s%%20-%s", city.code[1], city.code[1] + 3);
	for (i = 3; i < strlen(uri); i++)
		if (uri[i] >= 'A' && uri[i] <= 'Z')
			uri[i] |= 0x20;
	get(uri);
	assert_int_equal(web_status(&web), 303);
	assert_string_equal(web_header(&web, "Location"), want);
	uri[1] = 'q';
	get(uri);
	assert_string_equal(web_header(&web, "Location"), want);
	snprintf(uri, sizeof(uri), "/Q/?code=%s&lang=en&elder=1", city.code[1]);
	strcat(want, "?lang=en&elder=1");
	get(uri);
	assert_string_equal(web_header(&web, "Location"), want);
	get("/q");
	assert_string_equal(web_header(&web, "Location"), "/Q/");
	get("/Q/?code=nonsense");
	assert_int_equal(web_status(&web), 422);
}

static void
declining_stores_nothing(void **state)
{
	char uri[64];
	int64_t before = rows(NULL);

	(void)state;
	snprintf(uri, sizeof(uri), "%s?consent=no", uri_of(2));
	get(uri);
	assert_int_equal(web_status(&web), 200);
	assert_false(web_says(&web, "_key"));
	assert_int_equal(rows(NULL), before);
}

static void
other_addresses_and_methods_are_answered_kindly(void **state)
{
	(void)state;
	get("/nowhere");
	assert_int_equal(web_status(&web), 404);
	get("/desk/");
	assert_int_equal(web_status(&web), 404);
	get("/%zz");
	assert_int_equal(web_status(&web), 400);
	get("/t/ANYTHING");
	assert_int_equal(web_status(&web), 404);
	web_prepare(&web, "/privacy", "a=1");
	serve();
	assert_int_equal(web_status(&web), 405);
	assert_string_equal(web_header(&web, "Allow"), "GET, HEAD");
	web_prepare(&web, uri_of(1), NULL);
	web.req.method = METHOD_OTHER;
	serve();
	assert_int_equal(web_status(&web), 405);
	assert_string_equal(web_header(&web, "Allow"), "GET, HEAD, POST");
	get("/privacy");
	assert_int_equal(web_status(&web), 200);
	get("/healthz");
	assert_int_equal(web_status(&web), 200);
	assert_string_equal(text_str(&web.reply.body), "ok\n");
}

static void
the_style_sheet_may_be_kept_and_another_name_is_none(void **state)
{
	char path[128];
	const char *s;

	(void)state;
	get(uri_of(1));
	s = strstr(text_str(&web.reply.body), "/s/");
	assert_non_null(s);
	snprintf(path, sizeof(path), "%.*s", (int)strcspn(s, "\"' >"), s);
	get(path);
	assert_int_equal(web_status(&web), 200);
	assert_non_null(strstr(web.reply.cache, "immutable"));
	get("/s/0000.css");
	assert_int_equal(web_status(&web), 404);
	assert_null(web.reply.cache);
}

/* ---- handing in ---- */

static void
an_answer_is_stored_thanked_and_found_again(void **state)
{
	struct response_row row;
	int64_t before = rows(NULL);
	char where[512], receipt[32];

	(void)state;
	post(1, whole("level=2&reason=21&reason=22&town=210281001"));
	assert_int_equal(web_status(&web), 303);
	snprintf(where, sizeof(where), "%s", web_header(&web, "Location"));
	assert_memory_equal(where, "/T/", 3);
	assert_int_equal(rows(&row), before + 1);
	assert_string_equal(where + 3, row.receipt);
	assert_in_range(row.seconds, 40, 42 + 600);
	assert_int_equal(row.seconds % 5, 0);
	get(where);
	assert_int_equal(web_status(&web), 200);
	snprintf(receipt, sizeof(receipt), "/r/%s", row.receipt);
	get(receipt);
	assert_int_equal(web_status(&web), 200);
	assert_int_equal(rows(NULL), before + 1);
}

static void
a_resend_gets_the_same_receipt_and_counts_once(void **state)
{
	char body[256], where[512];
	int64_t before = rows(NULL);
	int i;

	(void)state;
	snprintf(body, sizeof(body), "%s", whole("level=5"));
	post(1, body);
	assert_int_equal(web_status(&web), 303);
	snprintf(where, sizeof(where), "%s", web_header(&web, "Location"));
	for (i = 0; i < 5; i++) {
		post(1, body);
		assert_int_equal(web_status(&web), 303);
		assert_string_equal(web_header(&web, "Location"), where);
	}
	assert_int_equal(rows(NULL), before + 1);
}

/* Bodies that must store nothing; what they answer with. */
static const struct {
	const char *what, *body;
	int status;
} attacks[] = {
	{ "nothing at all", "", 422 },
	{ "no key", "level=1&_consent=yes", 422 },
	{ "an empty key", "level=1&_consent=yes&_key=", 422 },
	{ "a doubled key", "level=1&_consent=yes&_key=aaaaaaaaaaaaaaaaaa&_key=bbbbbbbbbbbbbbbbbb", 422 },
	{ "a key of script", "level=1&_consent=yes&_key=%3Cscript%3Ealert(1)%3C/script%3E", 422 },
	{ "a short key", "level=1&_consent=yes&_key=1", 422 },
	{ "no consent", "level=1&_key=KKKKKKKKKKKKKKKKKK", 200 },
	{ "consent no", "level=1&_key=KKKKKKKKKKKKKKKKKK&_consent=no", 200 },
	{ "consent twice", "level=1&_key=KKKKKKKKKKKKKKKKKK&_consent=yes&_consent=yes", 200 },
	{ "the required answer missing", "_key=KKKKKKKKKKKKKKKKKK&_consent=yes", 422 },
	{ "a doubled answer", "level=1&level=2&_key=KKKKKKKKKKKKKKKKKK&_consent=yes", 422 },
	{ "an unknown name", "level=1&leven=2&_key=KKKKKKKKKKKKKKKKKK&_consent=yes", 422 },
	{ "a choice there is not", "level=9&_key=KKKKKKKKKKKKKKKKKK&_consent=yes", 422 },
	{ "a number too far", "level=-1&_key=KKKKKKKKKKKKKKKKKK&_consent=yes", 422 },
	{ "an answer to a question that was skipped", "level=5&callback=1&_key=KKKKKKKKKKKKKKKKKK&_consent=yes", 422 },
	{ "a NUL", "level=1&text=a%00b&_key=KKKKKKKKKKKKKKKKKK&_consent=yes", 422 },
	{ "bytes that are no UTF-8", "level=1&text=%FF%FE&_key=KKKKKKKKKKKKKKKKKK&_consent=yes", 422 },
	{ "an overlong slash", "level=1&text=%C0%AF&_key=KKKKKKKKKKKKKKKKKK&_consent=yes", 422 },
	{ "a broken escape", "level=1&text=%G1&_key=KKKKKKKKKKKKKKKKKK&_consent=yes", 400 },
};

static void
what_a_script_tries_stores_nothing(void **state)
{
	int64_t before = rows(NULL);
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(attacks) / sizeof(attacks[0]); i++) {
		post(1, attacks[i].body);
		if (web_status(&web) != attacks[i].status)
			fail_msg("%s: %d", attacks[i].what, web_status(&web));
		assert_false(web_says(&web, "<script>alert"));
	}
	assert_int_equal(rows(NULL), before);
}

static void
an_overlong_answer_is_an_issue_and_a_huge_body_is_refused(void **state)
{
	static char text[80000];
	int64_t before = rows(NULL);

	(void)state;
	memset(text, 'a', 60000);
	memcpy(text, "level=1&text=", 13);
	post(1, whole(text));
	assert_int_equal(web_status(&web), 422);
	memset(text, 'a', sizeof(text) - 1);
	memcpy(text, "level=1&text=", 13);
	post(1, text);
	assert_int_equal(web_status(&web), 413);
	web_prepare(&web, uri_of(1), "");
	web.req.body_too_large = true;
	serve();
	assert_int_equal(web_status(&web), 413);
	assert_int_equal(rows(NULL), before);
}

static void
too_many_pairs_are_refused(void **state)
{
	static char body[8000];
	int i;

	(void)state;
	for (i = 0; i < 600; i++)
		snprintf(body + strlen(body), 12, "a%d=1&", i % 100);
	post(1, body);
	assert_int_equal(web_status(&web), 400);
}

static void
only_a_form_is_taken(void **state)
{
	static const char *const type[] = { "", "application/json", "multipart/form-data; boundary=x", "text/plain" };
	int64_t before = rows(NULL);
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(type) / sizeof(type[0]); i++) {
		web_prepare(&web, uri_of(1), whole("level=1"));
		web.req.content_type = type[i];
		serve();
		assert_int_equal(web_status(&web), 400);
	}
	assert_int_equal(rows(NULL), before);
}

static void
another_site_s_form_is_shown_again_with_what_was_typed(void **state)
{
	int64_t before = rows(NULL);

	(void)state;
	web_prepare(&web, uri_of(1), whole("level=1&text=窗口态度好"));
	web.req.sec_fetch_site = "cross-site";
	serve();
	assert_int_equal(web_status(&web), 403);
	assert_true(web_says(&web, "窗口态度好"));
	assert_int_equal(rows(NULL), before);
	web_prepare(&web, uri_of(1), whole("level=1"));
	web.req.sec_fetch_site = "same-origin";
	serve();
	assert_int_equal(web_status(&web), 303);
}

static void
a_mistake_keeps_everything_typed_and_its_key(void **state)
{
	(void)state;
	post(1, "level=9&text=等了两小时&_key=mistake-key-000001&_consent=yes&_t=1700000000");
	assert_int_equal(web_status(&web), 422);
	assert_true(web_says(&web, "等了两小时"));
	assert_true(web_says(&web, "mistake-key-000001"));
	assert_true(web_says(&web, "1700000000"));
}

static void
a_missing_key_costs_only_another_tap(void **state)
{
	(void)state;
	post(1, "level=1&text=等了两小时&_consent=yes");
	assert_int_equal(web_status(&web), 422);
	assert_true(web_says(&web, "等了两小时"));
	assert_true(web_says(&web, "name=\"_key\""));
}

static void
switching_the_language_keeps_what_was_typed(void **state)
{
	int64_t before = rows(NULL);

	(void)state;
	post(1, "level=1&text=等了两小时&_consent=yes&_switch=en&_lang=zh-CN&_key=switch-key-0000001");
	assert_int_equal(web_status(&web), 200);
	assert_true(web_says(&web, "lang=\"en\""));
	assert_true(web_says(&web, "等了两小时"));
	assert_true(web_says(&web, "switch-key-0000001"));
	assert_int_equal(rows(NULL), before);
}

static void
language_and_edition_follow_to_the_thanks(void **state)
{
	(void)state;
	post(1, whole("level=1&_lang=en&_elder=1"));
	assert_int_equal(web_status(&web), 303);
	assert_non_null(strstr(web_header(&web, "Location"), "?lang=en&elder=1"));
}

static void
a_clock_that_is_wrong_is_unknown_and_a_long_pause_an_hour(void **state)
{
	static const struct { const char *t; int64_t want; } is[] = {
		{ "", -1 }, { "x", -1 }, { "-5", -1 }, { "99999999999", -1 }, { "1e9", -1 },
		{ "1000000000", 3600 }, { "9999999999999999999999", -1 },
	};
	struct response_row row;
	char body[200];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(is) / sizeof(is[0]); i++) {
		snprintf(body, sizeof(body), "level=1&_consent=yes&_key=%s&_t=%s", fresh_key(), is[i].t);
		post(1, body);
		assert_int_equal(web_status(&web), 303);
		rows(&row);
		assert_int_equal(row.seconds, is[i].want);
	}
}

static void
who_used_no_such_service_is_thanked_as_screened_out(void **state)
{
	(void)state;
	post(0, whole("sector=98"));
	assert_int_equal(web_status(&web), 303);
	assert_non_null(strstr(web_header(&web, "Location"), "end=1"));
	post(0, whole("sector=S03&sat=8"));
	assert_int_equal(web_status(&web), 303);
	assert_null(strstr(web_header(&web, "Location"), "end=1"));
}

/* ---- receipts ---- */

static void
an_unknown_receipt_is_said_to_be_none(void **state)
{
	static const unsigned char random[16] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 };
	char receipt[17], uri[32];

	(void)state;
	code_from_bytes(receipt, 16, random, 16);
	snprintf(uri, sizeof(uri), "/r/%s", receipt);
	get(uri);
	assert_int_equal(web_status(&web), 404);
	uri[1] = 'T';
	get(uri);
	assert_int_equal(web_status(&web), 404);
	get("/r/nonsense");
	assert_int_equal(web_status(&web), 404);
	get("/r/");
	assert_int_equal(web_status(&web), 200);
	snprintf(uri, sizeof(uri), "/r/?receipt=%s", receipt);
	get(uri);
	assert_int_equal(web_status(&web), 303);
}

/* ---- the store goes and comes ---- */

static void
without_the_store_nothing_is_thanked_and_nothing_lost(void **state)
{
	int64_t before = rows(NULL);
	char body[256];

	(void)state;
	snprintf(body, sizeof(body), "%s", whole("level=2&text=请别丢了"));
	stop_store(SIGKILL);
	get(uri_of(1));
	assert_int_equal(web_status(&web), 200);	/* from the catalogue it has */
	post(1, body);
	assert_int_equal(web_status(&web), 503);
	assert_string_equal(web_header(&web, "Retry-After"), "5");
	assert_true(web_says(&web, "请别丢了"));
	get("/healthz");
	assert_int_equal(web_status(&web), 503);
	start_store();
	post(1, body);
	assert_int_equal(web_status(&web), 303);
	assert_int_equal(rows(NULL), before + 1);
}

static void
an_intake_that_never_heard_the_store_says_later(void **state)
{
	struct intake *alone = intake_open(loop, "/tmp/manyi-no-such-socket");

	(void)state;
	web_prepare(&web, uri_of(1), NULL);
	intake_serve(alone, &web.x);
	assert_true(web.done);
	assert_int_equal(web_status(&web), 503);
	assert_string_equal(web_header(&web, "Retry-After"), "5");
	web_prepare(&web, uri_of(1), whole("level=1"));
	intake_serve(alone, &web.x);
	assert_true(web.done);
	assert_int_equal(web_status(&web), 503);
	intake_close(alone);
}

/* ---- many at once ---- */

enum { CROWD = 200 };
static struct web crowd[CROWD];
static char crowd_body[CROWD][128];

/* They all hand in before anybody is answered; crowd n has its own key. */
static void
crowd_posts(const char *who)
{
	for (int i = 0; i < CROWD; i++) {
		snprintf(crowd_body[i], sizeof(crowd_body[i]), "level=3&_consent=yes&_key=%s-%012d", who, i);
		web_prepare(&crowd[i], uri_of(1), crowd_body[i]);
		intake_serve(intake, &crowd[i].x);
	}
}

static int
crowd_waits(void)
{
	int n = 0;

	for (int i = 0; i < CROWD; i++)
		n += !crowd[i].done;
	return n;
}

static void
crowd_leaves(void)
{
	for (int i = 0; i < CROWD; i++)
		web_clear(&crowd[i]);
}

static void
a_crowd_is_answered_each_his_own_receipt(void **state)
{
	int64_t before = rows(NULL);

	(void)state;
	crowd_posts("crowd");
	assert_int_equal(crowd_waits(), CROWD);
	while (crowd_waits() > 0)
		loop_step(loop, LOOP_NEVER);
	assert_int_equal(rows(NULL), before + CROWD);
	for (int i = 0; i < CROWD; i++) {
		char first[512];

		assert_int_equal(web_status(&crowd[i]), 303);
		snprintf(first, sizeof(first), "%s", web_header(&crowd[i], "Location"));
		post(1, crowd_body[i]);		/* the same key gets the same receipt */
		assert_string_equal(web_header(&web, "Location"), first);
	}
	assert_int_equal(rows(NULL), before + CROWD);
	crowd_leaves();
}

static void
a_store_that_dies_with_a_crowd_waiting_costs_nobody_his_answer(void **state)
{
	int64_t before = rows(NULL);

	(void)state;
	kill(store, SIGSTOP);
	crowd_posts("brave");
	loop_step(loop, 100);	/* the questions are out, perhaps in the store's hands */
	assert_int_equal(crowd_waits(), CROWD);
	stop_store(SIGKILL);
	loop_step(loop, 100);
	start_store();
	while (crowd_waits() > 0)
		loop_step(loop, LOOP_NEVER);
	for (int i = 0; i < CROWD; i++)
		assert_int_equal(web_status(&crowd[i]), 303);
	assert_int_equal(rows(NULL), before + CROWD);
	crowd_leaves();
}

static void
a_silent_store_costs_a_bounded_wait_and_pages_go_on(void **state)
{
	int64_t begun = loop_now(loop);

	(void)state;
	kill(store, SIGSTOP);
	crowd_posts("quiet");
	while (crowd_waits() > 0)
		loop_step(loop, LOOP_NEVER);
	assert_in_range(loop_now(loop) - begun, STORE_DEADLINE_MS - 1000, 3 * STORE_DEADLINE_MS);
	for (int i = 0; i < CROWD; i++) {
		assert_int_equal(web_status(&crowd[i]), 503);
		assert_string_equal(web_header(&crowd[i], "Retry-After"), "5");
	}
	web_prepare(&web, uri_of(1), NULL);
	intake_serve(intake, &web.x);
	assert_true(web.done);	/* a page asks nobody */
	assert_int_equal(web_status(&web), 200);
	kill(store, SIGCONT);
	post(1, crowd_body[7]);
	assert_int_equal(web_status(&web), 303);
	crowd_leaves();
}

/* The catalogue is exchanged while a crowd waits with the old one in hand; sanitizers watch. */
static void
forms_stay_whole_while_the_catalogue_changes(void **state)
{
	struct err err = { 0 };
	struct db *db = db_open(city.db, DB_WRITE, &err);
	const struct shelf *old;

	(void)state;
	for (int round = 0; round < 10; round++) {
		char name[32];

		old = intake->shelves.current;
		snprintf(name, sizeof(name), "change%d", round);
		crowd_posts(name);
		web_must(db_set_setting(db, "contact", round % 2 ? "0411-1" : "0411-2", &err), &err);
		shelf_doubt(&intake->shelves);
		while (crowd_waits() > 0 || intake->shelves.current == old) {
			loop_step(loop, 20);
			get(uri_of(2));
			assert_int_equal(web_status(&web), 200);
		}
		for (int i = 0; i < CROWD; i++)
			assert_int_equal(web_status(&crowd[i]), 303);
		crowd_leaves();
	}
	get("/privacy");
	assert_true(web_says(&web, "0411-1"));
	db_close(db);
}

static void
a_new_site_and_a_closed_wave_are_noticed(void **state)
{
	struct err err = { 0 };
	struct db *db = db_open(city.db, DB_WRITE, &err);
	char code[SITE_CODE_N + 1], uri[32];
	struct pool pool = POOL_INIT;
	struct wave wave;
	int i;

	(void)state;
	web_add_site(db, code, "B", true);
	snprintf(uri, sizeof(uri), "/Q/%s", code);
	for (i = 0; i < 6000; i++) {
		get(uri);
		if (web_status(&web) == 200)
			break;
		usleep(10000);
	}
	assert_int_equal(web_status(&web), 200);
	web_must(db_open_wave(db, &wave, "B", &pool, &err), &err);
	web_must(db_close_wave(db, wave.id, &err), &err);
	/* at once, though the catalogue may still be the old one: the store knows */
	post(1, whole("level=1"));
	assert_int_equal(web_status(&web), 404);
	for (i = 0; i < 6000; i++) {
		get(uri_of(1));
		if (web_status(&web) == 404)
			break;
		usleep(10000);
	}
	assert_int_equal(web_status(&web), 404);
	db_close(db);
	pool_clear(&pool);
}

static void
every_row_of_the_table_is_public_and_posts_come_from_our_pages(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < intake_routes_n; i++) {
		const struct route *r = &intake_routes[i];

		assert_true(route_open_to(r, 0));
		assert_true(r->method == METHOD_GET || r->method == METHOD_POST);
		assert_int_equal(r->csrf, r->method == METHOD_POST ? CSRF_ORIGIN : CSRF_NONE);
		assert_int_equal(r->rate == RATE_ANSWER, r->method == METHOD_POST);
		assert_false(strncmp(r->pattern, "/desk", 5) == 0 || strncmp(r->pattern, "/api", 4) == 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_code_gives_its_form_and_stores_nothing),
		cmocka_unit_test(every_page_has_a_key_of_its_own),
		cmocka_unit_test(a_key_is_checked),
		cmocka_unit_test(a_wrong_code_gives_a_kind_page),
		cmocka_unit_test(a_made_up_code_with_a_right_check_character_is_no_site),
		cmocka_unit_test(a_withdrawn_poster_says_so),
		cmocka_unit_test(a_code_typed_carelessly_leads_to_the_printed_one),
		cmocka_unit_test(declining_stores_nothing),
		cmocka_unit_test(other_addresses_and_methods_are_answered_kindly),
		cmocka_unit_test(the_style_sheet_may_be_kept_and_another_name_is_none),
		cmocka_unit_test(an_answer_is_stored_thanked_and_found_again),
		cmocka_unit_test(a_resend_gets_the_same_receipt_and_counts_once),
		cmocka_unit_test(what_a_script_tries_stores_nothing),
		cmocka_unit_test(an_overlong_answer_is_an_issue_and_a_huge_body_is_refused),
		cmocka_unit_test(too_many_pairs_are_refused),
		cmocka_unit_test(only_a_form_is_taken),
		cmocka_unit_test(another_site_s_form_is_shown_again_with_what_was_typed),
		cmocka_unit_test(a_mistake_keeps_everything_typed_and_its_key),
		cmocka_unit_test(a_missing_key_costs_only_another_tap),
		cmocka_unit_test(switching_the_language_keeps_what_was_typed),
		cmocka_unit_test(language_and_edition_follow_to_the_thanks),
		cmocka_unit_test(a_clock_that_is_wrong_is_unknown_and_a_long_pause_an_hour),
		cmocka_unit_test(who_used_no_such_service_is_thanked_as_screened_out),
		cmocka_unit_test(an_unknown_receipt_is_said_to_be_none),
		cmocka_unit_test(without_the_store_nothing_is_thanked_and_nothing_lost),
		cmocka_unit_test(an_intake_that_never_heard_the_store_says_later),
		cmocka_unit_test(a_crowd_is_answered_each_his_own_receipt),
		cmocka_unit_test(a_store_that_dies_with_a_crowd_waiting_costs_nobody_his_answer),
		cmocka_unit_test(a_silent_store_costs_a_bounded_wait_and_pages_go_on),
		cmocka_unit_test(forms_stay_whole_while_the_catalogue_changes),
		cmocka_unit_test(a_new_site_and_a_closed_wave_are_noticed),
		cmocka_unit_test(every_row_of_the_table_is_public_and_posts_come_from_our_pages),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, make_city, drop_city);
}
