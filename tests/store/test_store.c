/* store/: what a real store takes from its clients and answers them. */
#include "tests/store/store.h"

#include <pthread.h>

#include "base/date.h"

/* ---- one resident ---- */

static void
an_answer_is_stored_once_and_gets_a_receipt(void **state)
{
	struct store_city c;
	struct err err = { 0 };
	struct store_client *client, *other;
	struct store_submission s;
	struct store_receipt first, again;

	(void)state;
	store_city(&c, "once.db");
	store_start(&c);
	s = store_submission(&c, "key-1");
	s.answers = store_answers(c.form, "level=5&reason=11&reason=12&text=%E5%A5%BD", &c.pool);
	client = store_client_new(c.socket);
	other = store_client_new(c.socket);
	assert_ok(store_put(client, &first, &s, &err));
	assert_true(first.fresh);
	assert_int_equal(strlen(first.receipt), 16);
	assert_ok(store_put(client, &again, &s, &err));
	assert_false(again.fresh);
	assert_string_equal(again.receipt, first.receipt);
	assert_int_equal(again.minute, first.minute);
	s.answers = store_answers(c.form, "level=1", &c.pool);
	assert_true(first.same && again.same);
	/* the first answer stands, and that is said */
	assert_ok(store_put(other, &again, &s, &err));
	assert_string_equal(again.receipt, first.receipt);
	assert_false(again.fresh || again.same);
	store_client_free(client);
	store_client_free(other);
	store_stop(&c, SIGTERM);
	assert_string_equal(db_ask(c.db,
		"SELECT count(*) || _site FROM answers_B_2024_2 WHERE level = '5' OR level = 5"),
		pool_fmt(&c.pool, "1%s", c.site));
	assert_string_equal(db_ask(c.db, "SELECT stratum || cluster FROM response"),
		pool_fmt(&c.pool, "市区%s", c.site));
	pool_clear(&c.pool);
}

static void
assert_catalogue_of(const struct store_city *c, const struct catalogue *catalogue)
{
	enum term_state open;

	assert_string_equal(catalogue->city, "瓦房店市");
	assert_string_equal(catalogue->contact, "");
	assert_false(catalogue->demo);
	assert_int_equal(catalogue->waves, 1);
	assert_string_equal(catalogue_wave(catalogue, "B", date_now_minute(), &open)->name,
		"B-2024");
	assert_string_equal(catalogue_wave(catalogue, "B", date_now_minute(), &open)->form->sha256,
		c->form->sha256);
	assert_null(catalogue_wave(catalogue, "A", date_now_minute(), &open));
	assert_string_equal(catalogue_site(catalogue, c->site)->window, "3号窗口");
	assert_null(catalogue_site(catalogue, "ZZZZZZ"));
}

/* The city becomes a demonstration, its site is withdrawn, its wave closed. */
static void
change_city(const struct store_city *c)
{
	struct err err = { 0 };
	struct db *db = db_open(c->db, DB_WRITE, &err);

	assert_ok(db_set_setting(db, "demo", "1", &err));
	assert_ok(db_set_site_active(db, c->site, false, &err));
	assert_ok(db_close_wave(db, c->wave, &err));
	db_close(db);
}

static void
the_catalogue_says_what_a_page_needs_and_follows_changes(void **state)
{
	struct store_city c;
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	struct store_client *client;
	struct catalogue catalogue;
	int64_t before, after;
	enum term_state open;

	(void)state;
	store_city(&c, "catalogue.db");
	store_start(&c);
	client = store_client_new(c.socket);
	assert_ok(store_catalogue(client, &catalogue, &pool, &err));
	assert_catalogue_of(&c, &catalogue);
	assert_ok(store_version(client, &before, &err));
	assert_int_equal(before, catalogue.version);
	change_city(&c);
	assert_ok(store_version(client, &after, &err));
	assert_true(after > before);
	assert_ok(store_catalogue(client, &catalogue, &pool, &err));
	assert_true(catalogue.demo);
	/* of today: what was opened before may still come */
	assert_int_equal(catalogue.waves, 1);
	assert_non_null(catalogue_wave(&catalogue, "B", date_now_minute(), &open));
	assert_int_equal(open, TERM_CLOSED);
	assert_false(catalogue_site(&catalogue, c.site)->active);
	assert_in_range(catalogue_site(&catalogue, c.site)->withdrawn, date_now_minute() - 5,
		date_now_minute());
	store_client_free(client);
	store_stop(&c, SIGTERM);
	pool_clear(&pool);
	pool_clear(&c.pool);
}

/* As an older program stored them: one site named in GBK, one wave of a form that
 * is none, one setting. */
static void
spoil(const char *db)
{
	assert_int_equal(db_shell(db,
		"INSERT INTO site (code, name, window, sector, township, stratum, form_id, active)"
		" VALUES ('GBKGBK', CAST(x'd2f8d0d0' AS TEXT), '', 'S01', '', '', 'B', 1);"
		"INSERT INTO form (id, version, sha256, title_zh, title_en, loaded, answers, body,"
		" position)"
		" SELECT 'Z', '1', sha256, 'z', 'z', 0, 'z', '{}', 99 FROM form LIMIT 1;"
		"INSERT INTO wave (form_id, form_version, year, label, opens, closes, open,"
		" population, modes, mapping, strata,"
		" clusters, margins, domains, break_note, table_number,"
		" agency, approval, valid_until)"
		" SELECT 'Z', '1', year, label, opens, closes, open, population, modes, mapping,"
		" strata, clusters, margins, domains,"
		" break_note, table_number, agency, approval, valid_until FROM wave LIMIT 1;"
		"INSERT INTO setting VALUES ('contact', CAST(x'd2f8' AS TEXT))"), SQLITE_OK);
}

static void
what_cannot_be_served_is_named_and_the_rest_stays_up(void **state)
{
	struct store_city c;
	struct store_client *client;
	struct catalogue catalogue;
	struct pool pool = POOL_INIT;
	struct err err = { 0 };

	(void)state;
	store_city(&c, "spoilt.db");
	spoil(c.db);
	store_start(&c);
	client = store_client_new(c.socket);
	assert_ok(store_catalogue(client, &catalogue, &pool, &err));
	assert_int_equal(catalogue.waves, 1);
	assert_string_equal(catalogue.wave[0].form->id, "B");
	assert_non_null(catalogue_site(&catalogue, c.site));
	assert_null(catalogue_site(&catalogue, "GBKGBK"));
	assert_string_equal(catalogue.contact, "");
	assert_non_null(strstr(catalogue.left_out, "site GBKGBK (name: utf-8)"));
	assert_non_null(strstr(catalogue.left_out, "wave Z-2024 (form: "));
	assert_non_null(strstr(catalogue.left_out, "setting contact (\\xd2\\xf8: utf-8)"));
	store_put_some(&c, client, "still", 1);
	store_client_free(client);
	store_stop(&c, SIGTERM);
	assert_string_equal(db_ask(c.db, "SELECT count(*) FROM response"), "1");
	pool_clear(&pool);
	pool_clear(&c.pool);
}

/* What an intake gone wrong may say of one member. */
static const struct { const char *member, *value; enum err_code code; } lies[] = {
	{ "site", "ZZZZZZ", ERR_MISSING }, { "site", "much too long for a code", ERR_MISSING },
	{ "key", "", ERR_INPUT }, { "key", "a b", ERR_INPUT }, { "stream", "both", ERR_INPUT },
	{ "mode", "phone", ERR_INPUT }, { "phone", "123", ERR_INPUT },
	{ "phone", "123456789012345678901234567890123", ERR_INPUT },
	{ "answers", "", ERR_INPUT }, { "answers", "{}", ERR_INPUT },
	{ "answers", "[1,2,3]", ERR_INPUT }, { "answers", "[[[[[[[[", ERR_INPUT },
	{ "answers", "null", ERR_INPUT },
	{ "wave", "", ERR_CONFLICT }, { "seconds", "", ERR_INPUT },
};

static void
lie(struct store_submission *s, const char *member, const char *value)
{
	switch (member[0]) {
	case 's':
		if (member[1] == 'i')
			s->site = value;
		else if (member[1] == 't')
			s->stream = value;
		else
			s->seconds = -2;
		break;
	case 'k': s->key = value; break;
	case 'm': s->mode = value; break;
	case 'p': s->phone = value; break;
	case 'a': s->answers = value; break;
	case 'w': s->wave = 99; break;
	}
}

static void
the_store_believes_nothing_the_intake_says(void **state)
{
	struct store_city c;
	struct store_client *client;
	struct store_receipt receipt;

	(void)state;
	store_city(&c, "believe.db");
	store_start(&c);
	client = store_client_new(c.socket);
	for (size_t i = 0; i < sizeof(lies) / sizeof(lies[0]); i++) {
		struct store_submission s = store_submission(&c, "key");
		struct err err = { 0 };

		s.answers = store_answers(c.form, "level=5", &c.pool);
		lie(&s, lies[i].member, lies[i].value);
		assert_int_equal(store_put(client, &receipt, &s, &err), -1);
		if (err.code != lies[i].code || err.text[0] == '\0')
			fail_msg("%s \"%s\": %s \"%s\"", lies[i].member, lies[i].value,
				err_name(err.code), err.text);
	}
	store_client_free(client);
	store_stop(&c, SIGTERM);
	assert_string_equal(db_ask(c.db, "SELECT count(*) FROM response"), "0");
	pool_clear(&c.pool);
}

static void
a_receipt_says_whether_the_row_is_in_and_unchanged(void **state)
{
	struct store_city c;
	struct err err = { 0 };
	struct store_client *client;
	struct store_submission s;
	struct store_receipt receipt;
	struct store_check check;

	(void)state;
	store_city(&c, "check.db");
	store_start(&c);
	client = store_client_new(c.socket);
	s = store_submission(&c, "key-1");
	s.answers = store_answers(c.form, "level=3", &c.pool);
	assert_ok(store_put(client, &receipt, &s, &err));
	assert_ok(store_check_receipt(client, &check, receipt.receipt, &err));
	assert_true(check.found && check.unchanged);
	assert_int_equal(check.index, 1);
	assert_int_equal(check.minute, receipt.minute);
	assert_int_equal(check.head_size, 0);
	assert_ok(store_check_receipt(client, &check, "0123456789ABCDEF", &err));
	assert_false(check.found);
	/* Somebody with the file open in a shell can still change a row; the
	 * receipt then says so. */
	assert_int_equal(db_shell(c.db, "DROP TRIGGER response_fixed;"
		" UPDATE response SET answers = replace(answers, '3', '5')"), SQLITE_OK);
	assert_ok(store_check_receipt(client, &check, receipt.receipt, &err));
	assert_true(check.found);
	assert_false(check.unchanged);
	store_client_free(client);
	store_stop(&c, SIGTERM);
	pool_clear(&c.pool);
}

static void
a_phone_is_kept_once_and_apart(void **state)
{
	struct store_city c;
	struct err err = { 0 };
	struct store_client *client;
	struct store_submission s;
	struct store_receipt receipt;

	(void)state;
	store_city(&c, "phone.db");
	store_start(&c);
	client = store_client_new(c.socket);
	s = store_submission(&c, "key-1");
	s.answers = store_answers(c.form, "level=1", &c.pool);
	s.phone = "13800000001";
	assert_ok(store_put(client, &receipt, &s, &err));
	assert_ok(store_put(client, &receipt, &s, &err));
	store_client_free(client);
	store_stop(&c, SIGTERM);
	assert_string_equal(db_ask(c.db, "SELECT count(*) || phone FROM callback"), "113800000001");
	assert_null(strstr(db_ask(c.db, "SELECT answers FROM response"), "138"));
	pool_clear(&c.pool);
}

/* ---- many ---- */

enum { CLIENTS = 200, EACH = 10 };

struct crowd {
	const struct store_city *city;
	const char *answers;
	int number;
	int failed;
	char receipt[EACH][17];
};

static void *
answer_often(void *ctx)
{
	struct crowd *me = ctx;
	struct store_client *client = store_client_new(me->city->socket);

	for (int i = 0; i < EACH; i++) {
		struct store_receipt receipt;
		struct store_submission s;
		struct err err = { 0 };
		char key[32];

		snprintf(key, sizeof(key), "c%d-%d", me->number, i);
		s = store_submission(me->city, key);
		s.answers = me->answers;
		if (store_put(client, &receipt, &s, &err) != 0 || !receipt.fresh)
			me->failed++;
		else
			strcpy(me->receipt[i], receipt.receipt);
	}
	store_client_free(client);
	return NULL;
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(a, b);
}

static void
two_hundred_clients_are_all_answered(void **state)
{
	static struct crowd crowd[CLIENTS];
	static char all[CLIENTS * EACH][17];
	pthread_t thread[CLIENTS];
	struct store_city c;

	(void)state;
	store_city(&c, "crowd.db");
	store_start(&c);
	for (int i = 0; i < CLIENTS; i++) {
		crowd[i] = (struct crowd){ .city = &c, .number = i,
			.answers = store_answers(c.form, "level=4", &c.pool) };
		assert_int_equal(pthread_create(&thread[i], NULL, answer_often, &crowd[i]), 0);
	}
	for (int i = 0; i < CLIENTS; i++) {
		pthread_join(thread[i], NULL);
		assert_int_equal(crowd[i].failed, 0);
		memcpy(all[i * EACH], crowd[i].receipt, sizeof(crowd[i].receipt));
	}
	store_stop(&c, SIGTERM);
	assert_int_equal(atoi(db_ask(c.db, "SELECT count(*) FROM response")), CLIENTS * EACH);
	qsort(all, CLIENTS * EACH, sizeof(all[0]), by_text);
	for (int i = 1; i < CLIENTS * EACH; i++)
		assert_string_not_equal(all[i], all[i - 1]);
	pool_clear(&c.pool);
}

static void
assert_receipt(struct wire *wire, bool fresh)
{
	struct pool pool = POOL_INIT;

	assert_int_equal(strlen(wire_get_text(wire, &pool)), 16);
	assert_int_equal(wire_get_number(wire), fresh);
	pool_clear(&pool);
}

static void
requests_in_a_row_are_answered_in_order(void **state)
{
	struct store_city c;
	struct text t = TEXT_INIT, replies = TEXT_INIT;
	struct wire wire;
	size_t at = 0;
	int fd, got = 0;

	(void)state;
	store_city(&c, "row.db");
	store_start(&c);
	store_put_frame(&t, &c, "a");
	wire_end(&t, wire_begin(&t, WIRE_VERSION));
	store_put_frame(&t, &c, "b");
	store_put_frame(&t, &c, "a");
	fd = store_raw(&c);
	assert_int_equal(send(fd, t.s, t.n, 0), t.n);
	while (got < 4) {
		char bytes[4096];
		ssize_t n = recv(fd, bytes, sizeof(bytes), 0);
		long length;

		assert_true(n > 0);
		text_add(&replies, bytes, (size_t)n);
		while ((length = wire_frame(&wire, replies.s + at, replies.n - at,
				WIRE_REPLY_MAX)) > 0) {
			at += (size_t)length;
			assert_int_equal(wire.type, WIRE_OK);
			if (got != 1)
				assert_receipt(&wire, got < 3);	/* the last is a resend */
			got++;
		}
	}
	close(fd);
	store_stop(&c, SIGTERM);
	text_clear(&t);
	text_clear(&replies);
	pool_clear(&c.pool);
}

/* So many submissions, every bad-th with a key that is none. */
static void
put_frames(struct text *t, const struct store_city *c, int n, int bad)
{
	for (int i = 0; i < n; i++) {
		char key[32];

		snprintf(key, sizeof(key), i % bad == 3 ? "not a key %d" : "key-%d", i);
		store_put_frame(t, c, key);
	}
}

static void
submissions_sent_at_once_are_answered_in_order_the_refused_among_them(void **state)
{
	enum { N = 600, BAD = 7 };	/* every seventh has a key that is none */
	struct store_city c;
	struct text t = TEXT_INIT, replies = TEXT_INIT;
	struct wire wire;
	size_t at = 0, sent = 0;
	int fd, got = 0;

	(void)state;
	store_city(&c, "at-once.db");
	store_start(&c);
	put_frames(&t, &c, N, BAD);
	fd = store_raw(&c);
	while (got < N) {
		char bytes[4096];
		ssize_t n;
		long length;

		if (sent < t.n) {
			n = send(fd, t.s + sent, t.n - sent, MSG_DONTWAIT);
			sent += n > 0 ? (size_t)n : 0;
		}
		n = recv(fd, bytes, sizeof(bytes), sent < t.n ? MSG_DONTWAIT : 0);
		if (n > 0)
			text_add(&replies, bytes, (size_t)n);
		while ((length = wire_frame(&wire, text_str(&replies) + at, replies.n - at,
				WIRE_REPLY_MAX)) > 0) {
			at += (size_t)length;
			assert_int_equal(wire.type, got % BAD == 3 ? WIRE_ERROR : WIRE_OK);
			got++;
		}
	}
	close(fd);
	store_stop(&c, SIGTERM);
	assert_int_equal(atoi(db_ask(c.db, "SELECT count(*) FROM response")),
		N - (N + BAD - 4) / BAD);
	text_clear(&t);
	text_clear(&replies);
	pool_clear(&c.pool);
}

/* Whatever else was changed: a phone that comes with the second sending waits for a call like one
 * of the first, once. */
static void
a_phone_sent_the_second_time_is_kept_once(void **state)
{
	struct store_city c;
	struct err err = { 0 };
	struct store_client *client;
	struct store_submission s;
	struct store_receipt r;

	(void)state;
	store_city(&c, "phone-later.db");
	store_start(&c);
	client = store_client_new(c.socket);
	s = store_submission(&c, "key-phone");
	s.answers = store_answers(c.form, "level=1&callback=1", &c.pool);
	assert_ok(store_put(client, &r, &s, &err));
	assert_true(r.fresh && !r.called);
	s.phone = "13812345678";
	for (int i = 0; i < 3; i++) {
		assert_ok(store_put(client, &r, &s, &err));
		assert_true(!r.fresh && r.same && r.called);
	}
	s.phone = "13812345679";
	s.answers = store_answers(c.form, "level=2&callback=1", &c.pool);
	assert_ok(store_put(client, &r, &s, &err));
	assert_true(!r.fresh && !r.same && r.called);
	store_client_free(client);
	store_stop(&c, SIGTERM);
	assert_string_equal(db_ask(c.db, "SELECT count(*) || ' ' || phone FROM callback"),
		"1 13812345678");
	assert_string_equal(db_ask(c.db, "SELECT count(*) FROM response"), "1");
	pool_clear(&c.pool);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_answer_is_stored_once_and_gets_a_receipt),
		cmocka_unit_test(the_catalogue_says_what_a_page_needs_and_follows_changes),
		cmocka_unit_test(the_store_believes_nothing_the_intake_says),
		cmocka_unit_test(what_cannot_be_served_is_named_and_the_rest_stays_up),
		cmocka_unit_test(a_receipt_says_whether_the_row_is_in_and_unchanged),
		cmocka_unit_test(a_phone_is_kept_once_and_apart),
		cmocka_unit_test(a_phone_sent_the_second_time_is_kept_once),
		cmocka_unit_test(two_hundred_clients_are_all_answered),
		cmocka_unit_test(requests_in_a_row_are_answered_in_order),
		cmocka_unit_test(
			submissions_sent_at_once_are_answered_in_order_the_refused_among_them),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, db_folder_make, db_folder_drop);
}
