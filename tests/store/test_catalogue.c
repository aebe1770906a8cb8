/* store/catalogue.c: there and back over the wire, and which wave a form's reader meets. */
#include "tests/support/check.h"

#include "forms/builtin.h"
#include "store/catalogue.h"

static struct pool pool;

static const struct form *
form_b(void)
{
	struct err err = { 0 };
	const struct form *form = form_builtin_load("B", &pool, &err);

	assert_non_null(form);
	return form;
}

static struct catalogue_wave
wave_of(int64_t id, const struct form *form, int64_t opens, int64_t ends)
{
	return (struct catalogue_wave){ .id = id, .name = "B-2024", .form = form,
		.term = { .opens = opens, .ends = ends }, .table_number = "瓦统01表",
		.agency = "市统计局", .approval = "1号", .valid_until = "2026-12-31",
		.lapsed_because = "" };
}

/* The reply of a store, read as an intake does. */
static int
read_back(struct catalogue *got, const struct catalogue *c, size_t less, struct err *err)
{
	struct text out = TEXT_INIT;
	size_t begin = wire_begin(&out, WIRE_OK);
	struct wire wire;
	int rc;

	catalogue_put(&out, c);
	wire_end(&out, begin);
	assert_true(wire_frame(&wire, text_str(&out), out.n, WIRE_REPLY_MAX) > 0);
	wire.n -= less;
	rc = catalogue_get(got, &wire, &pool, err);
	text_clear(&out);
	return rc;
}

static void
what_the_store_says_the_intake_reads(void **state)
{
	struct catalogue_wave wave = wave_of(7, form_b(), 100, 200);
	struct catalogue_site site[2] = {
		{ .code = "ZZZZZ1", .name = "乙", .window = "", .sector = "S02", .form_id = "B",
			.withdrawn = 5 },
		{ .code = "AAAAA1", .name = "甲", .window = "3号窗口", .sector = "S01",
			.form_id = "B", .active = true },
	};
	struct catalogue c = { .version = 12, .demo = true, .city = "瓦房店市",
		.base_url = "http://x", .processor = "p", .contact = "c", .table_number = "t",
		.agency = "a", .approval = "n", .valid_until = "v", .wave = &wave, .waves = 1,
		.site = site, .sites = 2, .left_out = "site 3" }, got = { 0 };
	struct err err = { 0 };

	(void)state;
	wave.term.lapses = true;
	assert_int_equal(read_back(&got, &c, 0, &err), 0);
	assert_int_equal(got.version, 12);
	assert_true(got.demo);
	assert_string_equal(got.city, "瓦房店市");
	assert_string_equal(got.contact, "c");
	assert_string_equal(got.left_out, "site 3");
	assert_int_equal(got.waves, 1);
	assert_int_equal(got.wave[0].id, 7);
	assert_string_equal(got.wave[0].form->sha256, wave.form->sha256);
	assert_string_equal(got.wave[0].valid_until, "2026-12-31");
	assert_true(got.wave[0].term.opens == 100 && got.wave[0].term.ends == 200 &&
		got.wave[0].term.lapses);
	/* By code, whatever the order they came in. */
	assert_string_equal(got.site[0].code, "AAAAA1");
	assert_string_equal(catalogue_site(&got, "ZZZZZ1")->name, "乙");
	assert_int_equal(catalogue_site(&got, "ZZZZZ1")->withdrawn, 5);
	assert_true(catalogue_site(&got, "AAAAA1")->active);
	assert_null(catalogue_site(&got, "AAAAA2"));
	assert_int_equal(catalogue_wave_id(&got, 7)->id, 7);
	assert_null(catalogue_wave_id(&got, 8));
	pool_clear(&pool);
}

static void
a_reply_that_is_cut_is_refused(void **state)
{
	struct catalogue_wave wave = wave_of(7, form_b(), 100, 200);
	struct catalogue c = { .city = "瓦房店市", .base_url = "", .processor = "", .contact = "",
		.table_number = "",
		.agency = "", .approval = "", .valid_until = "", .wave = &wave, .waves = 1 }, got;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(read_back(&got, &c, 0, &err), 0);
	for (size_t less = 1; less < 60; less++) {
		err = (struct err){ 0 };
		assert_int_equal(read_back(&got, &c, less, &err), -1);
		assert_int_equal(err.code, ERR_SYSTEM);
	}
	pool_clear(&pool);
}

static void
an_open_wave_comes_before_one_that_is_over_or_to_come(void **state)
{
	const struct form *form = form_b();
	struct catalogue_wave wave[3] = { wave_of(1, form, 100, 200), wave_of(2, form, 300, 400),
		wave_of(3, form, 210, 250) };
	struct catalogue c = { .wave = wave, .waves = 3 };
	enum term_state state_;

	(void)state;
	assert_int_equal(catalogue_wave(&c, "B", 150, &state_)->id, 1);
	assert_int_equal(state_, TERM_OPEN);
	assert_int_equal(catalogue_wave(&c, "B", 310, &state_)->id, 2);
	assert_int_equal(state_, TERM_OPEN);
	assert_int_equal(catalogue_wave(&c, "B", 260, &state_)->id, 3);	/* over: of the later end */
	assert_int_equal(state_, TERM_CLOSED);
	assert_int_equal(catalogue_wave(&c, "B", 50, &state_)->id, 2);
	assert_int_equal(state_, TERM_WAITING);
	assert_null(catalogue_wave(&c, "A", 150, &state_));
	pool_clear(&pool);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(what_the_store_says_the_intake_reads),
	cmocka_unit_test(a_reply_that_is_cut_is_refused),
	cmocka_unit_test(an_open_wave_comes_before_one_that_is_over_or_to_come),
};

CHECK_MAIN(tests)
