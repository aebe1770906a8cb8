/* db/track.c, record.c: the tracker's records, evidence, publications. */
#include "tests/db/tracker.h"

#include "db/track.h"

static void
assert_readings_in_order(struct db *db)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct reading_row *row;
	size_t n;

	assert_ok(db_list_readings(db, NULL, &row, &n, &pool, &err));
	assert_int_equal(n, 4);
	assert_string_equal(row[0].indicator, "10");
	assert_int_equal(row[1].year, 2023);
	assert_string_equal(row[2].value, "85.5%");
	assert_string_equal(row[3].value, "86.0%");
	assert_ok(db_list_readings(db, "11.1", &row, &n, &pool, &err));
	assert_int_equal(n, 3);
	assert_ok(db_list_readings(db, "2", &row, &n, &pool, &err));
	assert_int_equal(n, 0);
	pool_clear(&pool);
}

static void
readings_stay_and_the_newest_comes_last(void **state)
{
	struct err err = { 0 };
	struct db *db = tracker("reading.db");
	struct reading_row r = { .indicator = "11.1", .subtarget = 1, .year = 2024,
		.value = "85.5%", .source = "年报", .date = "2025-01-10", .who = "analyst",
		.minute = 28000000 };

	(void)state;
	assert_ok(db_put_reading(db, &r, &err));
	r.value = "86.0%";
	assert_ok(db_put_reading(db, &r, &err));
	assert_int_equal(r.id, 2);
	r.year = 2023;
	assert_ok(db_put_reading(db, &r, &err));
	r.indicator = "10";
	assert_ok(db_put_reading(db, &r, &err));
	r.indicator = "53";
	assert_fails(db_put_reading(db, &r, &err), ERR_MISSING);
	r.indicator = "10";
	r.source = "";
	assert_fails(db_put_reading(db, &r, &err), ERR_INPUT);
	r.source = "年报";
	r.date = NULL;
	assert_fails(db_put_reading(db, &r, &err), ERR_INPUT);
	r.date = "2025-01-10";
	r.subtarget = 0;
	assert_fails(db_put_reading(db, &r, &err), ERR_CONFLICT);
	assert_readings_in_order(db);
	db_close(db);
}

static void
a_threshold_needs_a_signature(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = tracker("threshold.db");
	struct threshold_row t = { .indicator = "2", .clause = 1, .value = "80",
		.signed_by = "张三", .date = "2024-03-01", .who = "admin", .minute = 28000000 },
		*row;
	size_t n;

	(void)state;
	assert_ok(db_put_threshold(db, &t, &err));
	t.value = "82";
	assert_ok(db_put_threshold(db, &t, &err));
	t.signed_by = "";
	assert_fails(db_put_threshold(db, &t, &err), ERR_INPUT);
	assert_ok(db_list_thresholds(db, "2", &row, &n, &pool, &err));
	assert_int_equal(n, 2);
	assert_string_equal(row[1].value, "82");
	assert_string_equal(row[1].signed_by, "张三");
	db_close(db);
	pool_clear(&pool);
}

static void
a_criterion_is_signed_and_the_last_counts(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = tracker("criterion.db");
	struct criterion_row c = { .indicator = "2", .name = "governs", .value = "literal",
		.signed_by = "张三", .date = "2024-03-01", .who = "admin", .minute = 28000000 },
		*row;
	size_t n;

	(void)state;
	assert_ok(db_put_criterion(db, &c, &err));
	c.value = "statistical";
	assert_ok(db_put_criterion(db, &c, &err));
	c.value = "whichever";
	assert_fails(db_put_criterion(db, &c, &err), ERR_CONFLICT);
	c = (struct criterion_row){ .indicator = "2", .name = "governs", .value = "literal",
		.signed_by = "", .date = "2024-03-01", .who = "admin" };
	assert_fails(db_put_criterion(db, &c, &err), ERR_INPUT);
	c.signed_by = "张三";
	c.indicator = "99";
	assert_fails(db_put_criterion(db, &c, &err), ERR_MISSING);
	assert_ok(db_list_criteria(db, NULL, &row, &n, &pool, &err));
	assert_int_equal(n, 2);
	assert_string_equal(row[1].value, "statistical");
	assert_string_equal(row[1].signed_by, "张三");
	db_close(db);
	pool_clear(&pool);
}

static void
a_cancelled_yardstick_needs_its_document(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = tracker("cancelled.db");
	struct threshold_row t = { .indicator = "2", .clause = 1, .value = "评价依据已取消",
		.signed_by = "张三", .date = "2024-03-01", .who = "admin", .minute = 28000000 },
		*row;
	size_t n;

	(void)state;
	assert_fails(db_put_threshold(db, &t, &err), ERR_CONFLICT);
	t.document = "质检总局公告2012年第 1 号";
	t.successor = "省名牌产品";
	assert_ok(db_put_threshold(db, &t, &err));
	assert_ok(db_list_thresholds(db, "2", &row, &n, &pool, &err));
	assert_int_equal(n, 1);
	assert_string_equal(row[0].document, "质检总局公告2012年第 1 号");
	assert_string_equal(row[0].successor, "省名牌产品");
	db_close(db);
	pool_clear(&pool);
}

static void
an_outside_rank_lies_within_its_field(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = tracker("external.db");
	struct external_row e = { .indicator = "2", .year = 2024, .rank = 7, .of = 120,
		.score = NAN, .se = NAN, .agency = "中国标准化研究院", .qualification = "CMA",
		.report = "a.pdf", .report_sha256 = "",
		.peers = "县级市", .who = "admin", .minute = 28000000 }, *row;
	size_t n;

	(void)state;
	assert_ok(db_put_external(db, &e, &err));
	e.score = 83.25;
	e.se = 0.5;
	assert_ok(db_put_external(db, &e, &err));
	e.rank = 121;
	assert_fails(db_put_external(db, &e, &err), ERR_INPUT);
	e.rank = 0;
	assert_fails(db_put_external(db, &e, &err), ERR_INPUT);
	assert_ok(db_list_external(db, NULL, &row, &n, &pool, &err));
	assert_int_equal(n, 2);
	assert_true(isnan(row[0].score) && isnan(row[0].se));
	assert_true(row[1].score == 83.25 && row[1].se == 0.5);
	assert_int_equal(row[0].of, 120);
	assert_string_equal(row[0].peers, "县级市");
	db_close(db);
	pool_clear(&pool);
}

static void
a_year_of_complaints_is_superseded_not_lost(void **state)
{
	static const struct complaint_row first[] = {
		{ 2023, 1200, 860000, 18.5, "12315", "2024-01-05", "", "12315", "12315" },
		{ 2022, 1300, NAN, NAN, "12315", "2023-01-05", "渠道合并", "", "" },
	};
	static const struct complaint_row second[] = {
		{ 2023, 1234, 860000, 18.5, "12315", "2024-02-01", "", "12315", "12315+12345" },
	};
	static const struct complaint_row bad[] = {
		{ 2021, 5, 860000, 18.5, "x", "x", "", "", "" },
		{ 2020, -1, 860000, 18.5, "x", "x", "", "", "" },
	};
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = tracker("complaint.db");
	struct complaint_row *row;
	size_t n;

	(void)state;
	assert_ok(db_put_complaints(db, first, 2, "admin", 1, &err));
	assert_ok(db_put_complaints(db, second, 1, "admin", 1, &err));
	assert_fails(db_put_complaints(db, bad, 2, "admin", 1, &err), ERR_CONFLICT);
	assert_ok(db_list_complaints(db, &row, &n, &pool, &err));
	assert_int_equal(n, 2);
	assert_int_equal(row[0].year, 2022);
	assert_true(isnan(row[0].residents) && isnan(row[0].national_per_10000));
	assert_string_equal(row[0].break_note, "渠道合并");
	assert_int_equal(row[1].registered, 1234);
	assert_string_equal(row[0].definition, "");
	assert_string_equal(row[1].definition, "12315");
	assert_string_equal(row[1].national_definition, "12315+12345");
	assert_string_equal(db_ask(db_path("complaint.db"), "SELECT count(*) FROM complaint"), "3");
	db_close(db);
	pool_clear(&pool);
}

static void
peers_come_by_city_the_newest_of_each(void **state)
{
	static const struct peer_row peers[] = {
		{ "2", 2024, "B市", 80, NAN, 500, "x", "" },
		{ "2", 2024, "A市", 82.5, 0.7, 600, "x", "" },
		{ "2", 2023, "A市", 81, 0.7, 600, "x", "" },
	};
	static const struct peer_row again[] = { { "2", 2024, "B市", 79, 0.9, 500, "y", "" } };
	static const struct peer_row bad[] = { { "99", 2024, "C市", 79, 0.9, 500, "y", "" } };
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = tracker("peer.db");
	struct peer_row *row;
	size_t n;

	(void)state;
	assert_ok(db_put_peers(db, peers, 3, &err));
	assert_ok(db_put_peers(db, again, 1, &err));
	assert_fails(db_put_peers(db, bad, 1, &err), ERR_MISSING);
	assert_ok(db_list_peers(db, "2", 2024, &row, &n, &pool, &err));
	assert_int_equal(n, 2);
	assert_string_equal(row[0].city, "A市");
	assert_true(row[1].score == 79);
	assert_string_equal(row[1].agency, "y");
	db_close(db);
	pool_clear(&pool);
}

static void
evidence_has_the_state_its_last_reviewer_gave(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = tracker("evidence.db");
	struct evidence_row e = { .indicator = "10", .subtarget = 0, .title = "实施意见",
		.document_no = "瓦政发〔2024〕1号", .date = "2024-03-01", .period = "2024",
		.sha256 = "", .pages = 12, .who = "official", .minute = 28000000 }, *row;
	size_t n;

	(void)state;
	assert_ok(db_put_evidence(db, &e, &err));
	assert_ok(db_list_evidence(db, "10", &row, &n, &pool, &err));
	assert_string_equal(row[0].state, "uploaded");
	assert_string_equal(row[0].reviewer, "");
	assert_ok(db_set_evidence_state(db, e.id, "returned", "李四", "缺公章", 28000001, &err));
	assert_ok(db_set_evidence_state(db, e.id, "accepted", "李四", NULL, 28000002, &err));
	assert_ok(db_list_evidence(db, NULL, &row, &n, &pool, &err));
	assert_int_equal(n, 1);
	assert_string_equal(row[0].state, "accepted");
	assert_string_equal(row[0].reviewer, "李四");
	assert_string_equal(row[0].document_no, "瓦政发〔2024〕1号");
	assert_int_equal(row[0].pages, 12);
	assert_fails(db_set_evidence_state(db, e.id, "perfect", "李四", "", 28000003, &err),
		ERR_CONFLICT);
	assert_fails(db_set_evidence_state(db, 99, "accepted", "李四", "", 28000003, &err),
		ERR_MISSING);
	e.indicator = "99";
	assert_fails(db_put_evidence(db, &e, &err), ERR_MISSING);
	assert_string_equal(db_ask(db_path("evidence.db"), "SELECT count(*) FROM decision"), "2");
	db_close(db);
	pool_clear(&pool);
}

static void
a_published_figure_is_frozen_and_the_next_is_a_version(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = tracker("published.db");
	struct published_row p = { .indicator = "2", .year = 2024, .body = "{}",
		.provenance = "{\"program\":\"1\"}", .signed_by = "王五", .minute = 28000000 },
		*row;
	size_t n;

	(void)state;
	assert_ok(db_put_published(db, &p, &err));
	assert_int_equal(p.version, 1);
	assert_ok(db_put_published(db, &p, &err));
	assert_int_equal(p.version, 2);
	p.year = 2023;
	assert_ok(db_put_published(db, &p, &err));
	assert_int_equal(p.version, 1);
	p.body = "{";
	assert_fails(db_put_published(db, &p, &err), ERR_CONFLICT);
	assert_ok(db_list_published(db, "2", &row, &n, &pool, &err));
	assert_int_equal(n, 3);
	assert_int_equal(row[0].year, 2023);
	assert_int_equal(row[2].version, 2);
	assert_string_equal(row[2].provenance, "{\"program\":\"1\"}");
	db_close(db);
	pool_clear(&pool);
}

static void
a_second_root_of_the_same_size_is_an_alarm(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("head.db");
	struct head_row h = { .size = 10, .minute = 28000000 }, *row;
	size_t n;

	(void)state;
	memset(h.root, 1, sizeof(h.root));
	memset(h.signature, 2, sizeof(h.signature));
	assert_ok(db_put_head(db, &h, &err));
	h.minute++;
	assert_ok(db_put_head(db, &h, &err));	/* the same root: nothing new */
	h.root[31] ^= 1;
	assert_fails(db_put_head(db, &h, &err), ERR_CONFLICT);
	h.size = 0;
	assert_ok(db_put_head(db, &h, &err));
	assert_ok(db_list_heads(db, &row, &n, &pool, &err));
	assert_int_equal(n, 2);
	assert_int_equal(row[0].size, 0);
	assert_int_equal(row[1].minute, 28000000);
	assert_int_equal(row[1].root[31], 1);
	assert_int_equal(row[1].signature[63], 2);
	db_close(db);
	pool_clear(&pool);
}

static void
records_are_append_only_past_this_program_too(void **state)
{
	static const char *const name[] = { "reading", "threshold", "external", "complaint", "peer",
		"evidence", "decision", "published", "head", "audit", "criterion" };
	static const char *const fill[] = {
		"INSERT INTO reading VALUES (1,'2',1,2024,'1','s','d','w',0)",
		"INSERT INTO threshold VALUES (1,'2',1,'1','s','d','w',0,'','')",
		"INSERT INTO external VALUES (1,'2',2024,1,1,NULL,NULL,'a','','','','','w',0)",
		"INSERT INTO complaint VALUES (1,2024,1,NULL,NULL,'','','','w',0,'','')",
		"INSERT INTO peer VALUES (1,'2',2024,'c',1,NULL,1,'','')",
		"INSERT INTO evidence VALUES (1,'2',0,'t','','','','',0,'w',0)",
		"INSERT INTO decision VALUES (1,1,'accepted','r','',0)",
		"INSERT INTO published VALUES (1,'2',2024,1,'{}','{}','s',0)",
		"INSERT INTO head VALUES (1,zeroblob(32),zeroblob(64),0)",
		"INSERT INTO audit VALUES (1,0,'w','cli','a','','')",
		"INSERT INTO criterion VALUES (1,'2','governs','literal','s','d','w',0)",
	};
	char sql[128];

	(void)state;
	db_close(tracker("append.db"));
	for (size_t i = 0; i < sizeof(name) / sizeof(name[0]); i++) {
		assert_int_equal(db_shell(db_path("append.db"), fill[i]), SQLITE_OK);
		snprintf(sql, sizeof(sql), "DELETE FROM %s", name[i]);
		assert_int_equal(db_shell(db_path("append.db"), sql), SQLITE_CONSTRAINT);
		snprintf(sql, sizeof(sql), "UPDATE %s SET %s = 5", name[i], i == 8 ? "size" : "id");
		assert_int_equal(db_shell(db_path("append.db"), sql), SQLITE_CONSTRAINT);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(readings_stay_and_the_newest_comes_last),
		cmocka_unit_test(a_threshold_needs_a_signature),
		cmocka_unit_test(a_criterion_is_signed_and_the_last_counts),
		cmocka_unit_test(a_cancelled_yardstick_needs_its_document),
		cmocka_unit_test(an_outside_rank_lies_within_its_field),
		cmocka_unit_test(a_year_of_complaints_is_superseded_not_lost),
		cmocka_unit_test(peers_come_by_city_the_newest_of_each),
		cmocka_unit_test(evidence_has_the_state_its_last_reviewer_gave),
		cmocka_unit_test(a_published_figure_is_frozen_and_the_next_is_a_version),
		cmocka_unit_test(a_second_root_of_the_same_size_is_an_alarm),
		cmocka_unit_test(records_are_append_only_past_this_program_too),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, db_folder_make, db_folder_drop);
}
