/* The wire between intake and store, against a peer that lies, stops in the
 * middle or says too much. */
#include "tests/support/check.h"

#include "base/file.h"
#include "store/client.h"
#include "tests/forms/forms.h"

static struct pool pool;
static struct text said = TEXT_INIT;

static int
forget_all(void **state)
{
	(void)state;
	pool_clear(&pool);
	text_clear(&said);
	return 0;
}

/* A reply's fields, written as in "t:满意 n:3 t:": text or number, one blank between. */
static struct wire
reply(int type, const char *fields)
{
	text_reset(&said);
	for (const char *p = fields; *p != '\0'; p += *p == ' ') {
		size_t n = strcspn(p + 2, " ");

		assert_true((*p == 't' || *p == 'n') && p[1] == ':');
		wire_put_bytes(&said, p + 2, n);
		p += 2 + n;
	}
	return (struct wire){ .type = type, .p = (const unsigned char *)text_str(&said),
		.n = said.n };
}

static void
a_frame_is_as_long_as_it_says_and_no_longer_than_allowed(void **state)
{
	static const unsigned char empty[] = { 0, 0, 0, 0, 1 },
		two[] = { 0, 0, 0, 2, WIRE_OK, 'x', 0, 0 },
		huge[] = { 0xff, 0xff, 0xff, 0xff, 1 }, just_over[] = { 0, 4, 0, 1, 1 };
	struct wire wire;

	(void)state;
	assert_int_equal(wire_frame(&wire, empty, sizeof(empty), WIRE_REQUEST_MAX), -1);
	assert_int_equal(wire_frame(&wire, huge, sizeof(huge), WIRE_REPLY_MAX), -1);
	assert_int_equal(wire_frame(&wire, just_over, sizeof(just_over), WIRE_REQUEST_MAX), -1);
	assert_int_equal(wire_frame(&wire, just_over, sizeof(just_over), WIRE_REQUEST_MAX + 1), 0);
	assert_int_equal(wire_frame(&wire, two, sizeof(two), WIRE_REQUEST_MAX), 6);
	assert_int_equal(wire.type, WIRE_OK);
	assert_int_equal(wire.n, 1);	/* what follows is another frame's */
	assert_false(wire.bad);
}

static void
a_number_is_decimal_text_and_nothing_else(void **state)
{
	static const struct { const char *fields; int64_t number; bool good; } c[] = {
		{ "n:0", 0, true }, { "n:-1", -1, true }, { "n:007", 7, true },
		{ "n:9223372036854775807", INT64_MAX, true },
		{ "n:-9223372036854775808", INT64_MIN, true },
		{ "n:9223372036854775808", 0, false }, { "n:-9223372036854775809", 0, false },
		{ "n:", 0, false }, { "n:-", 0, false }, { "n:+1", 0, false },
		{ "n:1.0", 0, false }, { "n:/", 0, false }, { "n::", 0, false },
		{ "n:--1", 0, false }, { "n:1e3", 0, false }, { "n:00000000000000000001", 1, true },
		{ "n:000000000000000000001", 0, false },
		{ "", 0, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(c) / sizeof(c[0]); i++) {
		struct wire wire = reply(WIRE_OK, c[i].fields);

		if (wire_get_number(&wire) != c[i].number || wire_done(&wire) != c[i].good)
			fail_msg("\"%s\" is taken amiss", c[i].fields);
	}
}

/* ---- what a reply says ---- */

/* 0, or the code of the error; the words are in err. */
static enum err_code
taken(char kind, struct wire *wire, struct err *err)
{
	struct store_receipt receipt;
	struct store_ticket ticket;
	struct store_check check;
	int64_t version;
	int rc;

	*err = (struct err){ 0 };
	rc = kind == 'r' ? store_receipt_get(&receipt, wire, err) :
		kind == 't' ? store_ticket_get(&ticket, wire, err) : kind == 'c' ?
		store_check_get(&check, wire, err) : store_version_get(&version, wire, err);
	assert_true((rc == 0) == (err->code == ERR_NONE));
	assert_true((rc == 0) == (err->text[0] == '\0'));
	return err->code;
}

static const struct { char kind; const char *fields; bool good; } replies[] = {
	{ 'r', "t:0123456789abcdef n:1 n:5 n:0 n:1 n:0", true },
	{ 'r', "t: n:0 n:0 n:2 n:1 n:0", true },	/* a ticket refused: nothing stored */
	/* refused, and yet a receipt */
	{ 'r', "t:0123456789abcdef n:1 n:5 n:2 n:1 n:0", false },
	{ 'r', "t: n:1 n:5 n:0 n:1 n:0", false },			/* stored, and no receipt */
	{ 'r', "t:0123456789abcde n:1 n:5 n:0 n:1 n:0", false },
	{ 'r', "t:0123456789abcdefg n:1 n:5 n:0 n:1 n:0", false },
	{ 'r', "t:0123456789abcdef n:1 n:5 n:7 n:1 n:0", false },	/* no such state */
	{ 'r', "t:0123456789abcdef n:1 n:5 n:-1 n:1 n:0", false },
	{ 'r', "t:0123456789abcdef n:1 n:5 n:x n:1 n:0", false },
	{ 'r', "t:0123456789abcdef n:1 n:5 n:0 n:1 n:0 n:0", false },	/* more than was asked */
	{ 'r', "t:0123456789abcdef n:1 n:5", false },
	{ 'r', "t:0123456789abcdef n:1 n:5 n:0", false },	/* as many fields as it once had */
	{ 'r', "", false },
	{ 't', "n:0 n:3 t:7K3M9P", true },
	{ 't', "n:1 n:0 t:", true },
	{ 't', "n:0 n:3 t:7K3M9PQR", false },			/* longer than a site's code */
	{ 't', "n:7 n:3 t:7K3M9P", false },
	{ 't', "n:0 n:three t:7K3M9P", false },
	{ 't', "n:0 n:3 t:7K3M9P t:", false },
	{ 't', "n:0 n:3", false },
	{ 'c', "n:1 n:1 n:5 n:9 n:10", true },
	{ 'c', "n:1 n:1 n:5 n:9", false },
	{ 'c', "n:1 n:1 n:5 n:9 n:10 n:0", false },
	{ 'c', "n:yes n:1 n:5 n:9 n:10", false },
	{ 'v', "n:12", true },
	{ 'v', "n:", false },
	{ 'v', "n:12 n:12", false },
};

static void
a_reply_is_understood_whole_or_not_at_all(void **state)
{
	struct err err;

	(void)state;
	for (size_t i = 0; i < sizeof(replies) / sizeof(replies[0]); i++) {
		struct wire wire = reply(WIRE_OK, replies[i].fields);

		if (taken(replies[i].kind, &wire, &err) != (replies[i].good ? ERR_NONE : ERR_BUSY))
			fail_msg("%c \"%s\": %s", replies[i].kind, replies[i].fields,
				err_name(err.code));
	}
}

static void
an_error_is_passed_on_in_the_store_s_words_if_it_is_one(void **state)
{
	static const struct { int type; const char *fields; enum err_code code; } c[] = {
		{ WIRE_ERROR, "n:4 t:closed", ERR_CONFLICT },
		{ WIRE_ERROR, "n:12 t:broken", ERR_SYSTEM }, { WIRE_ERROR, "n:0 t:fine", ERR_BUSY },
		{ WIRE_ERROR, "n:-1 t:what", ERR_BUSY }, { WIRE_ERROR, "n:13 t:what", ERR_BUSY },
		{ WIRE_ERROR, "n:x t:what", ERR_BUSY }, { WIRE_ERROR, "", ERR_BUSY },
		{ WIRE_ERROR, "n:4", ERR_BUSY }, { WIRE_ERROR, "n:4 t:\xff", ERR_BUSY },
		{ WIRE_ERROR, "n:4 t:closed t:more", ERR_BUSY },
		{ WIRE_VERSION, "n:12", ERR_BUSY }, { 0, "n:12", ERR_BUSY },
		{ 255, "n:4 t:closed", ERR_BUSY },
	};
	struct err err;

	(void)state;
	for (size_t i = 0; i < sizeof(c) / sizeof(c[0]); i++)
		for (const char *kind = "rtcv"; *kind != '\0'; kind++) {
			struct wire wire = reply(c[i].type, c[i].fields);

			if (taken(*kind, &wire, &err) != c[i].code)
				fail_msg("%d \"%s\": %s \"%s\"", c[i].type, c[i].fields,
					err_name(err.code), err.text);
			if (err.code != ERR_BUSY)
				assert_string_equal(err.text, strstr(c[i].fields, "t:") + 2);
		}
}

/* ---- what the intake says ---- */

static const struct store_submission honest = {
	.wave = 3, .site = "7K3M9P", .stream = "open", .mode = "qr", .key = "0123456789abcdef",
	.seconds = 95, .answers = "[5]", .phone = "", .ticket = "",
	.paradata = { .screens = 5, .resends = 1, .rush = 2, .client = "phone" },
};

static void
a_submission_cut_anywhere_or_followed_by_more_is_malformed(void **state)
{
	struct text out = TEXT_INIT;
	struct store_submission s;
	struct wire wire;

	(void)state;
	store_submission_put(&out, &honest);
	wire = (struct wire){ .p = (const unsigned char *)out.s, .n = out.n };
	assert_int_equal(store_submission_get(&s, &wire, &pool), 0);
	assert_true(s.wave == 3 && s.seconds == 95 && s.paradata.screens == 5 &&
		s.paradata.rush == 2);
	assert_string_equal(s.site, "7K3M9P");
	assert_string_equal(s.paradata.client, "phone");
	assert_int_equal(s.paradata.dont_know, -1);	/* counted in the answers, never believed */
	for (size_t n = 0; n < out.n; n++) {
		wire = (struct wire){ .p = (const unsigned char *)out.s, .n = n };
		assert_int_equal(store_submission_get(&s, &wire, &pool), -1);
	}
	wire_put_text(&out, "");
	wire = (struct wire){ .p = (const unsigned char *)out.s, .n = out.n };
	assert_int_equal(store_submission_get(&s, &wire, &pool), -1);
	text_clear(&out);
}

static void
a_number_out_of_range_stays_out_of_range(void **state)
{
	static const struct { const char *screens; int got; bool valid; } c[] = {
		{ "-1", -1, true }, { "0", 0, true }, { "99", 99, true }, { "100", 100, false },
		{ "32767", 32767, false }, { "32768", 32767, false },
		{ "4294967296", 32767, false }, { "-2", 32767, false },
		{ "-9223372036854775808", 32767, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(c) / sizeof(c[0]); i++) {
		const char *fields = pool_fmt(&pool,
			"n:3 t:7K3M9P t:open t:qr t:k n:9 n:7 t:[] t: t: n:%s n:0 n:0 t:phone",
			c[i].screens);
		struct wire wire = reply(WIRE_PUT, fields);
		struct store_submission s;

		assert_int_equal(store_submission_get(&s, &wire, &pool), 0);
		assert_int_equal(s.paradata.screens, c[i].got);
		assert_int_equal(paradata_valid(&s.paradata), c[i].valid);
	}
}

/* ---- the catalogue ---- */

static struct catalogue
small_catalogue(const struct catalogue_wave *wave, size_t waves,
	const struct catalogue_site *site, size_t sites)
{
	return (struct catalogue){ .version = 9, .demo = true, .city = "瓦房店市",
		.base_url = "https://m.example", .processor = "某公司", .contact = "12345",
		.table_number = "", .agency = "", .approval = "", .valid_until = "", .wave = wave,
		.waves = waves, .site = site, .sites = sites };
}

static int
read_back(struct catalogue *c, struct err *err)
{
	struct wire wire = { .type = WIRE_OK, .p = (const unsigned char *)text_str(&said),
		.n = said.n };

	*err = (struct err){ 0 };
	return catalogue_get(c, &wire, &pool, err);
}

static void
waves_are_found_by_form_and_sites_by_code_in_any_order(void **state)
{
	const struct catalogue_wave wave[] = { { .id = 1, .name = "B-2024",
		.form = forms_load("B", &pool) },
		{ .id = 2, .name = "C-2024", .form = forms_load("C", &pool), .agency = "统计局" } };
	const struct catalogue_site site[] = { { .code = "ZZZZZZ", .name = "末", .active = true },
		{ .code = "AAAAAA", .name = "首" },
		{ .code = "MMMMMM", .name = "中", .form_id = "C", .active = true } };
	struct catalogue c = small_catalogue(wave, 2, site, 3);
	enum term_state open;
	struct err err;

	(void)state;
	catalogue_put(&said, &c);
	if (read_back(&c, &err) != 0)
		fail_msg("%s", err.text);
	assert_true(c.version == 9 && c.demo && c.waves == 2 && c.sites == 3);
	assert_string_equal(c.city, "瓦房店市");
	assert_string_equal(catalogue_wave(&c, "C", 100, &open)->agency, "统计局");
	assert_int_equal(catalogue_wave(&c, "B", 100, &open)->id, 1);
	assert_int_equal(open, TERM_OPEN);
	assert_null(catalogue_wave(&c, "A", 100, &open));
	assert_string_equal(catalogue_site(&c, "AAAAAA")->name, "首");
	assert_false(catalogue_site(&c, "AAAAAA")->active);
	assert_string_equal(catalogue_site(&c, "MMMMMM")->form_id, "C");
	assert_true(catalogue_site(&c, "ZZZZZZ")->active);
	assert_null(catalogue_site(&c, "NNNNNN"));
}

/* By the clock: of two rounds of a form the one that is open, whichever comes first; without one
 * the last that was. */
static void
the_wave_of_a_form_is_the_one_open_now(void **state)
{
	const struct form *b = forms_load("B", &pool);
	const struct catalogue_wave wave[] = {
		{ .id = 1, .name = "B-1", .form = b,
			.term = { .opens = 10, .ends = 100, .closed = true } },
		{ .id = 2, .name = "B-2", .form = b,
			.term = { .opens = 110, .ends = 200, .lapses = true },
			.lapsed_because = "续批中" } };
	static const struct { int64_t now, id; enum term_state state; } is[] = {
		{ 105, 1, TERM_CLOSED }, { 110, 2, TERM_OPEN }, { 199, 2, TERM_OPEN },
		{ 200, 2, TERM_LAPSED } };
	const struct catalogue_site site[] = { { .code = "AAAAAA", .withdrawn = 77 } };
	struct catalogue c = small_catalogue(wave, 2, site, 1);
	enum term_state got;
	struct err err;

	(void)state;
	catalogue_put(&said, &c);
	assert_int_equal(read_back(&c, &err), 0);
	for (size_t i = 0; i < sizeof(is) / sizeof(is[0]); i++) {
		const struct catalogue_wave *w = catalogue_wave(&c, "B", is[i].now, &got);

		assert_int_equal(got, is[i].state);
		if (is[i].state != TERM_CLOSED)
			assert_int_equal(w->id, is[i].id);
	}
	assert_true(catalogue_wave_id(&c, 1)->term.closed &&
		!catalogue_wave_id(&c, 2)->term.closed);
	assert_string_equal(catalogue_wave_id(&c, 2)->lapsed_because, "续批中");
	assert_null(catalogue_wave_id(&c, 3));
	assert_int_equal(catalogue_site(&c, "AAAAAA")->withdrawn, 77);
}

static void
an_empty_catalogue_knows_nothing(void **state)
{
	struct catalogue c = small_catalogue(NULL, 0, NULL, 0);
	enum term_state open;
	struct err err;

	(void)state;
	catalogue_put(&said, &c);
	assert_int_equal(read_back(&c, &err), 0);
	assert_null(catalogue_site(&c, "7K3M9P"));
	assert_null(catalogue_wave(&c, "C", 100, &open));
}

static void
counts_that_no_city_has_are_refused(void **state)
{
	static const char *const tail[] = { "n:-1", "n:65", "n:0 n:-1", "n:0 n:200001",
		"n:0 n:9223372036854775807", "n:0",
		"n:0 n:1", "n:1", "n:0 n:0 n:0", "n:0 n:0 t:", "n:many" };
	struct catalogue c;
	struct err err;

	(void)state;
	for (size_t i = 0; i < sizeof(tail) / sizeof(tail[0]); i++) {
		const char *fields =
			pool_fmt(&pool, "n:9 n:1 t:c t:u t:p t:k t: t: t: t: t: %s", tail[i]);

		(void)reply(WIRE_OK, fields);
		if (read_back(&c, &err) == 0 || err.code != ERR_SYSTEM)
			fail_msg("\"%s\" is taken", tail[i]);
	}
}

static void
a_form_that_does_not_load_is_named_by_its_wave(void **state)
{
	struct catalogue c;
	struct err err;

	(void)state;
	(void)reply(WIRE_OK,
		"n:9 n:1 t:c t:u t:p t:k t: t: t: t: t: n:1 n:7 t:C-2024 t:{}"
		" t: t: t: t: t: n:1 n:0 n:0 n:0 n:0");
	assert_int_equal(read_back(&c, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_non_null(strstr(err.text, "C-2024:1:1"));
}

static void
a_catalogue_cut_anywhere_is_refused(void **state)
{
	const struct catalogue_wave wave = { .id = 1, .name = "C-2024",
		.form = forms_load("C", &pool) };
	const struct catalogue_site site = { .code = "7K3M9P", .name = "厅", .window = "3号窗口",
		.sector = "S08", .form_id = "", .active = true };
	const struct catalogue whole = small_catalogue(&wave, 1, &site, 1);
	size_t n, body = wave.form->body_n;

	(void)state;
	catalogue_put(&said, &whole);
	n = said.n;
	/* Within the form's own bytes one cut is like the other. */
	for (size_t cut = 0; cut < n; cut += cut == 200 ? body - 200 : 1) {
		struct catalogue c;
		struct err err;

		said.n = cut;
		assert_int_equal(read_back(&c, &err), -1);
		assert_int_equal(err.code, ERR_SYSTEM);
	}
}

static void
frames_and_fields_come_back_as_they_went(void **state)
{
	struct text t = TEXT_INIT;
	struct wire wire;
	size_t begin;

	(void)state;
	text_puts(&t, "before");
	begin = wire_begin(&t, WIRE_PUT);
	wire_put_text(&t, "满意");
	wire_put_text(&t, NULL);
	wire_put_number(&t, INT64_MIN);
	wire_put_number(&t, INT64_MAX);
	wire_end(&t, begin);
	/* Every shorter piece asks for more. */
	for (size_t n = 0; n < t.n - begin; n++)
		assert_int_equal(wire_frame(&wire, t.s + begin, n, WIRE_REQUEST_MAX), 0);
	assert_int_equal(wire_frame(&wire, t.s + begin, t.n - begin, WIRE_REQUEST_MAX),
		t.n - begin);
	assert_int_equal(wire.type, WIRE_PUT);
	assert_string_equal(wire_get_text(&wire, &pool), "满意");
	assert_false(wire_done(&wire));
	assert_string_equal(wire_get_text(&wire, &pool), "");
	assert_true(wire_get_number(&wire) == INT64_MIN);
	assert_true(wire_get_number(&wire) == INT64_MAX);
	assert_true(wire_done(&wire));
	assert_string_equal(wire_get_text(&wire, &pool), "");
	assert_false(wire_done(&wire));	/* one more than there was */
	text_clear(&t);
}

static void
fields_that_lie_are_bad(void **state)
{
	static const struct { const char *bytes; size_t n; bool number; } bad[] = {
		{ "\0\0\0", 3, false }, { "\0\0\0\2x", 5, false },
		{ "\xff\xff\xff\xffx", 5, false }, { "\0\0\0\1\0", 5, false },
		{ "\0\0\0\1\xff", 5, false }, { "\0\0\0\0", 4, true }, { "\0\0\0\1x", 5, true },
		{ "\0\0\0\2 1", 6, true }, { "\0\0\0\2+1", 6, true }, { "\0\0\0\2"
			"1x", 6, true }, { "\0\0\0\1-", 5, true }, { "\0\0\0\x14"
			"99999999999999999999", 24, true }, { "\0\0\0\4"
			"0x10", 8, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct wire wire = { .p = (const unsigned char *)bad[i].bytes, .n = bad[i].n };

		if (bad[i].number)
			assert_int_equal(wire_get_number(&wire), 0);
		else
			assert_string_equal(wire_get_text(&wire, &pool), "");
		if (!wire.bad)
			fail_msg("case %zu is taken", i);
		assert_int_equal(wire_get_number(&wire), 0);	/* bad stays bad */
		assert_false(wire_done(&wire));
	}
}

/* The first frame of a seed of the fuzzer. */
static struct wire
seed(const char *name)
{
	struct err err = { 0 };
	const char *bytes;
	struct wire wire = { 0 };
	size_t n;

	assert_int_equal(file_read(&bytes, &n, pool_join(&pool, "fuzz/seeds/wire/", name), 0,
		&pool, &err), 0);
	assert_true(wire_frame(&wire, bytes, n, WIRE_REQUEST_MAX) > 0);
	return wire;
}

/* Else the fuzzer would begin at what is refused at the first field that is missing. */
static void
the_fuzzer_s_seeds_are_what_is_said_today(void **state)
{
	struct wire put = seed("put"), whole = seed("catalogue"), stored = seed("receipt");
	struct store_submission s;
	struct store_receipt receipt;
	struct catalogue catalogue;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(put.type, WIRE_PUT);
	assert_int_equal(store_submission_get(&s, &put, &pool), 0);
	assert_int_equal(catalogue_get(&catalogue, &whole, &pool, &err), 0);
	assert_int_equal(store_receipt_get(&receipt, &stored, &err), 0);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(frames_and_fields_come_back_as_they_went, forget_all),
		cmocka_unit_test_teardown(fields_that_lie_are_bad, forget_all),
		cmocka_unit_test_teardown(a_frame_is_as_long_as_it_says_and_no_longer_than_allowed,
			forget_all),
		cmocka_unit_test_teardown(a_number_is_decimal_text_and_nothing_else, forget_all),
		cmocka_unit_test_teardown(a_reply_is_understood_whole_or_not_at_all, forget_all),
		cmocka_unit_test_teardown(an_error_is_passed_on_in_the_store_s_words_if_it_is_one,
			forget_all),
		cmocka_unit_test_teardown(
			a_submission_cut_anywhere_or_followed_by_more_is_malformed, forget_all),
		cmocka_unit_test_teardown(a_number_out_of_range_stays_out_of_range, forget_all),
		cmocka_unit_test_teardown(waves_are_found_by_form_and_sites_by_code_in_any_order,
			forget_all),
		cmocka_unit_test_teardown(the_wave_of_a_form_is_the_one_open_now, forget_all),
		cmocka_unit_test_teardown(an_empty_catalogue_knows_nothing, forget_all),
		cmocka_unit_test_teardown(counts_that_no_city_has_are_refused, forget_all),
		cmocka_unit_test_teardown(a_form_that_does_not_load_is_named_by_its_wave,
			forget_all),
		cmocka_unit_test_teardown(a_catalogue_cut_anywhere_is_refused, forget_all),
		cmocka_unit_test_teardown(the_fuzzer_s_seeds_are_what_is_said_today, forget_all),
	};

	lang_set(LANG_EN);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
