/* db/row.c: a response becomes a row, and its leaf covers all of it. */
#include "tests/db/tiny.h"

#include "db/row.h"

/* What somebody said to the form of two items. */
static struct response
said(const struct form *form, const char *body, struct pool *pool)
{
	struct err err = { 0 };
	struct issue issue[ISSUES_MAX];
	struct response r;
	struct answers a;

	assert_ok(answers_parse(&a, body, strlen(body), pool, &err));
	assert_int_equal(form_accept(form, &r, issue, &a, NULL, pool), 0);
	return r;
}

static struct row_envelope
envelope(void)
{
	return (struct row_envelope){ .wave = 3, .wave_name = "T-2024", .site = 5,
		.site_code = "ABC123", .stream = "sampled", .mode = "phone", .key = "k1",
		.minute = 28000000, .seconds = 60, .stratum = "h1", .cluster = "c1",
		.weight = 1500000, .batch = 2, .agency_key = "a-7" };
}

static void
a_row_is_the_response_and_its_envelope(void **state)
{
	struct pool pool = POOL_INIT;
	const struct form *form = tiny("T", "1", "一", &pool);
	struct response r = said(form, "q_one=2&select=%E5%A5%BD", &pool);
	struct row_envelope e = envelope();
	struct response_row row;

	(void)state;
	row_make(&row, &r, &e, &pool);
	assert_string_equal(row.answers, "[2,\"好\"]");
	assert_int_equal(row.wave, 3);
	assert_int_equal(row.site, 5);
	assert_string_equal(row.stream, "sampled");
	assert_string_equal(row.mode, "phone");
	assert_int_equal(row.weight, 1500000);
	assert_int_equal(row.batch, 2);
	assert_string_equal(row.agency_key, "a-7");
	assert_int_equal(row.paradata.screens, -1);	/* not told: not known */
	assert_int_equal(strlen(row.receipt), RECEIPT_N);
	e.agency_key = NULL;
	row_make(&row, &r, &e, &pool);
	assert_string_equal(row.agency_key, "");
	pool_clear(&pool);
}

static void
the_leaf_can_be_made_again_and_covers_every_member(void **state)
{
	struct pool pool = POOL_INIT;
	const struct form *form = tiny("T", "1", "一", &pool);
	struct response r = said(form, "q_one=2", &pool), other = said(form, "q_one=1", &pool);
	struct row_envelope changed[12];
	struct paradata known = { .screens = 3, .dont_know = 0, .resends = 0, .client = "phone" };
	struct response_row row, next;
	unsigned char leaf[LEAF_N];

	(void)state;
	for (size_t i = 0; i < 12; i++)
		changed[i] = envelope();
	row_make(&row, &r, &changed[0], &pool);
	row_leaf(leaf, &row, "T-2024", form->sha256, "ABC123");
	assert_memory_equal(leaf, row.leaf, LEAF_N);
	changed[0].wave_name = "T-2025";
	changed[1].site_code = "ABC124";
	changed[2].stream = "open";
	changed[3].mode = "household";
	changed[4].key = "k2";
	changed[5].minute++;
	changed[6].seconds = 65;
	changed[7].stratum = "h2";
	changed[8].cluster = "c2";
	changed[9].weight++;
	changed[10].batch = 3;
	changed[11].paradata = &known;
	for (size_t i = 0; i < 12; i++) {
		row_make(&next, &r, &changed[i], &pool);
		if (memcmp(next.leaf, row.leaf, LEAF_N) == 0)
			fail_msg("change %zu is not in the leaf", i);
		assert_string_not_equal(next.receipt, row.receipt);
	}
	changed[0] = envelope();
	row_make(&next, &other, &changed[0], &pool);
	assert_memory_not_equal(next.leaf, row.leaf, LEAF_N);
	row_leaf(leaf, &row, "T-2024", "another form", "ABC123");
	assert_memory_not_equal(leaf, row.leaf, LEAF_N);
	pool_clear(&pool);
}

static void
a_wave_is_called_by_form_and_label(void **state)
{
	struct pool pool = POOL_INIT;
	struct wave wave = { .form_id = "A", .label = "2024-2", .year = 2024 };

	(void)state;
	assert_string_equal(row_wave_name(&wave, &pool), "A-2024-2");
	pool_clear(&pool);
}

static void
a_site_no_page_can_hold_is_named_by_its_part(void **state)
{
	struct site good = { .code = "ABC123", .name = "中心", .window = "", .sector = "S01",
		.township = "", .stratum = "", .form_id = "B" }, bad = good;

	(void)state;
	assert_null(row_site_fault(&good));
	bad.window = "3\xba\xc5";
	assert_string_equal(row_site_fault(&bad), "window");
	bad.name = "\xff";
	assert_string_equal(row_site_fault(&bad), "name");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_row_is_the_response_and_its_envelope),
		cmocka_unit_test(the_leaf_can_be_made_again_and_covers_every_member),
		cmocka_unit_test(a_wave_is_called_by_form_and_label),
		cmocka_unit_test(a_site_no_page_can_hold_is_named_by_its_part),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
