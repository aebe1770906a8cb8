/* The reader of FastCGI records, byte by byte and against what no web server sends. */
#include "tests/support/check.h"

#include "cgi/record.h"
#include "tests/cgi/fcgi.h"

static struct pool pool;
static struct text sent;

static int
forget_all(void **state)
{
	(void)state;
	pool_clear(&pool);
	text_clear(&sent);
	return 0;
}

/* Everything that happened to a fresh reader, as words: "request abort
 * refuse(2,1) unknown(9) broken". */
static const char *
story(const void *bytes, size_t n, size_t piece, struct record_reader *r)
{
	static char said[512];
	struct record_reader mine = { .body_max = 100 };
	enum record_event event;
	size_t at = 0, k = 0, offered, used;

	if (r == NULL)
		r = &mine;
	said[0] = '\0';
	while (at < n && r->stage != RECORD_ENDED && k < sizeof(said) - 32) {
		offered = n - at < piece ? n - at : piece;
		used = record_read(r, &event, (const char *)bytes + at, offered);
		assert_true(used <= offered && (used > 0 || event == RECORD_BROKEN));
		assert_true(event != RECORD_MORE || used == offered);
		at += used;
		switch (event) {
		case RECORD_MORE: break;
		case RECORD_REQUEST: k += (size_t)sprintf(said + k, "request "); break;
		case RECORD_ABORT: k += (size_t)sprintf(said + k, "abort "); break;
		case RECORD_REFUSE:
			k += (size_t)sprintf(said + k, "refuse(%u,%d) ", r->refused_id, r->refusal);
			break;
		case RECORD_UNKNOWN: k += (size_t)sprintf(said + k, "unknown(%d) ", r->unknown);
			break;
		case RECORD_BROKEN: k += (size_t)sprintf(said + k, "broken "); break;
		}
	}
	if (r == &mine)
		record_clear(&mine);
	return said;
}

#define assert_story(want) assert_string_equal(story(sent.s, sent.n, sent.n, NULL), want)

static void
a_request_is_the_same_however_it_is_cut(void **state)
{
	(void)state;
	fcgi_request(&sent, 258, true, "/Q/7K3M9P", "level=5&_key=0123456789abcdef", 29);
	for (size_t piece = 1; piece <= sent.n; piece++) {
		struct record_reader r = { .body_max = 100 };
		char **param;

		assert_string_equal(story(sent.s, sent.n, piece, &r), "request ");
		assert_int_equal(r.id, 258);
		assert_true(r.keep);
		assert_string_equal(text_str(&r.body), "level=5&_key=0123456789abcdef");
		param = record_params(r.params.s, r.params.n, &pool);
		assert_string_equal(param[0], "REQUEST_METHOD=POST");
		assert_string_equal(param[1], "REQUEST_URI=/Q/7K3M9P");
		assert_string_equal(param[3], "CONTENT_LENGTH=29");
		assert_null(param[4]);
		record_clear(&r);
	}
}

static void
a_request_is_the_same_split_anywhere_in_two(void **state)
{
	(void)state;
	fcgi_request(&sent, 1, false, "/", NULL, 0);
	for (size_t cut = 0; cut <= sent.n; cut++) {
		struct record_reader r = { .body_max = 100 };
		enum record_event event;

		assert_int_equal(record_read(&r, &event, sent.s, cut), cut);
		assert_int_equal(event, cut == sent.n ? RECORD_REQUEST : RECORD_MORE);
		if (cut < sent.n) {
			assert_int_equal(record_read(&r, &event, sent.s + cut, sent.n - cut),
				sent.n - cut);
			assert_int_equal(event, RECORD_REQUEST);
		}
		assert_false(r.keep);
		record_clear(&r);
	}
}

static void
streams_may_come_in_many_records_with_any_padding(void **state)
{
	struct record_reader r = { .body_max = 100 };
	struct text params = TEXT_INIT;

	(void)state;
	fcgi_pair(&params, "REQUEST_URI", "/a");
	fcgi_begin(&sent, 7, FCGI_RESPONDER, true);
	for (size_t i = 0; i < params.n; i++)
		fcgi_record(&sent, FCGI_PARAMS, 7, params.s + i, 1, (unsigned)(i * 37 % 256));
	fcgi_record(&sent, FCGI_PARAMS, 7, "", 0, 255);
	for (int i = 0; i < 26; i++)
		fcgi_record(&sent, FCGI_STDIN, 7, &"abcdefghijklmnopqrstuvwxyz"[i], 1, (unsigned)i);
	fcgi_record(&sent, FCGI_STDIN, 7, "", 0, 8);
	assert_string_equal(story(sent.s, sent.n, 1, &r), "request ");
	assert_string_equal(text_str(&r.body), "abcdefghijklmnopqrstuvwxyz");
	assert_memory_equal(r.params.s, params.s, params.n);
	record_clear(&r);
	text_clear(&params);
}

static void
a_kept_connection_takes_one_request_after_another(void **state)
{
	struct record_reader r = { .body_max = 100 };

	(void)state;
	for (unsigned i = 1; i <= 3; i++) {
		text_reset(&sent);
		fcgi_request(&sent, i, true, "/", i == 2 ? "x" : NULL, i == 2);
		assert_string_equal(story(sent.s, sent.n, 5, &r), "request ");
		assert_int_equal(r.stage, RECORD_ANSWERING);
		assert_int_equal(r.body.n, i == 2);
		record_next(&r);
		assert_false(record_is_midway(&r));
	}
	record_clear(&r);
}

static void
a_body_may_be_as_long_as_allowed_and_is_thrown_away_beyond(void **state)
{
	static char body[200000];

	(void)state;
	memset(body, 'a', sizeof(body));
	for (size_t n = 99; n <= 102; n++) {
		struct record_reader r = { .body_max = 100 };

		text_reset(&sent);
		fcgi_request(&sent, 1, true, "/", body, n);
		assert_string_equal(story(sent.s, sent.n, 64, &r), "request ");
		assert_int_equal(r.too_large, n > 100);
		assert_int_equal(r.body.n, n > 100 ? 0 : n);
		record_clear(&r);
	}
	text_reset(&sent);
	fcgi_request(&sent, 1, true, "/", body, sizeof(body));
	assert_story("request ");
	text_reset(&sent);
	fcgi_begin(&sent, 1, FCGI_RESPONDER, true);
	fcgi_record(&sent, FCGI_PARAMS, 1, "", 0, 0);
	for (size_t n = 0; n <= RECORD_STDIN_MAX; n += 65535)
		fcgi_record(&sent, FCGI_STDIN, 1, body, 65535, 0);
	assert_story("broken ");
}

static void
an_abort_is_heard_at_any_point(void **state)
{
	struct text whole = TEXT_INIT;
	size_t at = 0;

	(void)state;
	fcgi_request(&whole, 9, true, "/Q/7K3M9P", "level=5", 7);
	while (at < whole.n) {
		const unsigned char *h = (const unsigned char *)whole.s + at;

		at += 8 + ((size_t)h[4] << 8 | h[5]) + h[6];	/* after one more record */
		text_reset(&sent);
		text_add(&sent, whole.s, at);
		fcgi_record(&sent, FCGI_ABORT_REQUEST, 9, "", 0, 0);
		assert_story(at < whole.n ? "abort " : "request abort ");
	}
	/* of a request that is none of ours: passed over */
	text_reset(&sent);
	fcgi_record(&sent, FCGI_ABORT_REQUEST, 9, "", 0, 0);
	text_add(&sent, whole.s, whole.n);
	fcgi_record(&sent, FCGI_ABORT_REQUEST, 8, "", 0, 0);
	assert_story("request ");
	text_clear(&whole);
}

static void
a_second_request_at_a_time_is_refused_and_the_first_goes_on(void **state)
{
	struct record_reader r = { .body_max = 100 };

	(void)state;
	fcgi_begin(&sent, 1, FCGI_RESPONDER, true);
	fcgi_request(&sent, 2, true, "/second", "body of the second", 18);
	fcgi_record(&sent, FCGI_PARAMS, 1, "", 0, 0);
	fcgi_record(&sent, FCGI_STDIN, 1, "first", 5, 0);
	fcgi_begin(&sent, 3, FCGI_RESPONDER, true);
	fcgi_record(&sent, FCGI_STDIN, 1, "", 0, 0);
	fcgi_begin(&sent, 4, FCGI_RESPONDER, true);
	assert_string_equal(story(sent.s, sent.n, 3, &r),
		"refuse(2,1) refuse(3,1) request refuse(4,1) ");
	assert_string_equal(text_str(&r.body), "first");
	assert_int_equal(r.params.n, 0);
	assert_int_equal(r.id, 1);
	record_clear(&r);
}

static void
another_role_is_refused(void **state)
{
	(void)state;
	fcgi_begin(&sent, 1, FCGI_AUTHORIZER, true);
	fcgi_begin(&sent, 2, FCGI_FILTER, true);
	fcgi_begin(&sent, 3, 0, true);
	fcgi_request(&sent, 1, true, "/", NULL, 0);
	assert_story("refuse(1,3) refuse(2,3) refuse(3,3) request ");
}

static void
management_records_are_answered_unknown(void **state)
{
	struct text values = TEXT_INIT;

	(void)state;
	for (int i = 0; i < 100; i++)
		fcgi_pair(&values, FCGI_MAX_CONNS, "");	/* what overflowed a library's buffer */
	fcgi_record(&sent, FCGI_GET_VALUES, 0, values.s, values.n, 7);
	fcgi_record(&sent, 200, 0, "anything", 8, 0);
	fcgi_record(&sent, FCGI_BEGIN_REQUEST, 0, "longer than eight", 17, 0);
	fcgi_request(&sent, 1, true, "/", NULL, 0);
	fcgi_record(&sent, FCGI_GET_VALUES, 0, "", 0, 0);
	assert_story("unknown(9) unknown(200) unknown(1) request unknown(9) ");
	text_clear(&values);
}

/* Streams that break off where the specification says no; each is sent to a fresh reader. */
static void
begin_then(int type, unsigned id, const char *content, size_t n)
{
	text_reset(&sent);
	fcgi_begin(&sent, 1, FCGI_RESPONDER, true);
	fcgi_record(&sent, type, id, content, n, 0);
}

/* Only four types are read; any other breaks the connection. */
static void
no_other_type_may_come(void)
{
	for (int type = 0; type < 256; type++) {
		if (type == FCGI_BEGIN_REQUEST || type == FCGI_ABORT_REQUEST ||
				type == FCGI_PARAMS || type == FCGI_STDIN)
			continue;
		begin_then(type, 5, "", 0);
		assert_story("broken ");
	}
}

static void
what_is_no_fastcgi_breaks_the_connection(void **state)
{
	struct record_reader r = { .body_max = 100 };
	enum record_event event;

	(void)state;
	text_puts(&sent, "GET / HTTP/1.0\r\n\r\n");
	assert_story("broken ");
	text_reset(&sent);
	fcgi_head(&sent, 2, FCGI_BEGIN_REQUEST, 1, 8, 0);
	assert_story("broken ");
	text_reset(&sent);
	fcgi_record(&sent, FCGI_BEGIN_REQUEST, 1, "\0\1\0\0\0\0\0", 7, 0);
	assert_story("broken ");
	text_reset(&sent);
	fcgi_record(&sent, FCGI_BEGIN_REQUEST, 1, "\0\1\0\0\0\0\0\0", 9, 0);
	assert_story("broken ");
	begin_then(FCGI_STDIN, 1, "before the end of params", 24);
	assert_story("broken ");
	begin_then(FCGI_STDIN, 1, "", 0);
	assert_story("broken ");
	begin_then(FCGI_BEGIN_REQUEST, 1, "\0\1\1\0\0\0\0\0", 8);
	assert_story("broken ");
	begin_then(FCGI_ABORT_REQUEST, 1, "x", 1);
	assert_story("broken ");
	begin_then(FCGI_DATA, 1, "x", 1);
	assert_story("broken ");
	no_other_type_may_come();
	text_reset(&sent);
	fcgi_request(&sent, 1, true, "/", NULL, 0);
	fcgi_record(&sent, FCGI_STDIN, 1, "more", 4, 0);
	assert_string_equal(story(sent.s, sent.n, 1, &r), "request broken ");
	record_next(&r);	/* a broken one stays so */
	assert_int_equal(record_read(&r, &event, sent.s, sent.n), 0);
	assert_int_equal(event, RECORD_BROKEN);
	record_clear(&r);
}

static void
noise_and_parameters_without_end_are_cut_off(void **state)
{
	static char junk[65535];

	(void)state;
	for (int i = 0; i <= RECORD_NOISE_MAX; i++)
		fcgi_record(&sent, FCGI_STDIN, 77, "of nobody", 9, 0);
	assert_story("broken ");
	text_reset(&sent);
	fcgi_begin(&sent, 1, FCGI_RESPONDER, true);
	fcgi_record(&sent, FCGI_PARAMS, 1, junk, sizeof(junk), 0);
	fcgi_record(&sent, FCGI_PARAMS, 1, junk, 1, 0);
	assert_story("");
	fcgi_record(&sent, FCGI_PARAMS, 1, junk, 1, 0);
	assert_story("broken ");
}

/* Who begins again and again what is refused is answered so often and no more. */
static void
refusals_are_counted_as_noise(void **state)
{
	struct record_reader r = { .body_max = 100 };

	(void)state;
	fcgi_begin(&sent, 1, FCGI_RESPONDER, true);
	for (int i = 0; i <= RECORD_NOISE_MAX; i++)
		fcgi_begin(&sent, 2 + (unsigned)i % 9, FCGI_RESPONDER, true);
	for (size_t at = 0, used; at < sent.n; at += used) {
		enum record_event event;

		used = record_read(&r, &event, sent.s + at, sent.n - at);
		assert_int_equal(event, at + used < sent.n ? RECORD_REFUSE : RECORD_BROKEN);
		if (event == RECORD_BROKEN)
			break;
	}
	assert_int_equal(r.noise, RECORD_NOISE_MAX + 1);
	assert_int_equal(r.stage, RECORD_ENDED);
	record_clear(&r);
}

/* Only between requests may a connection be closed without a word. */
static void
a_reader_knows_whether_it_stands_in_the_middle(void **state)
{
	struct record_reader r = { .body_max = 100 };
	enum record_event event;
	size_t last;

	(void)state;
	assert_false(record_is_midway(&r));
	fcgi_request(&sent, 1, true, "/", "a", 1);
	last = sent.n;
	for (size_t at = 0; at < last; at++) {
		assert_int_equal(record_read(&r, &event, sent.s + at, 1), 1);
		assert_int_equal(record_is_midway(&r), at + 1 < last);
	}
	assert_int_equal(event, RECORD_REQUEST);
	record_next(&r);
	/* one byte of the next header */
	assert_int_equal(record_read(&r, &event, sent.s, 1), 1);
	assert_true(record_is_midway(&r));
	record_clear(&r);
}

/* ---- names and values ---- */

static void
short_and_long_lengths_say_the_same(void **state)
{
	static char value[300];
	char **param;

	(void)state;
	memset(value, 'v', sizeof(value) - 1);
	fcgi_pair(&sent, "A", "1");
	fcgi_length(&sent, 1, true);
	fcgi_length(&sent, 0, true);
	text_puts(&sent, "B");
	fcgi_pair(&sent, "C", value);
	param = record_params(sent.s, sent.n, &pool);
	assert_non_null(param);
	assert_string_equal(param[0], "A=1");
	assert_string_equal(param[1], "B=");
	assert_int_equal(strlen(param[2]), 301);
	assert_null(param[3]);
	assert_null(record_params("", 0, &pool)[0]);
}

static void
lengths_that_lead_outside_are_refused(void **state)
{
	static const struct { const char *bytes; size_t n; } bad[] = {
		{ "\1", 1 }, { "\200", 1 }, { "\200\0\0", 3 }, { "\1\1A", 3 }, { "\2\0A", 3 },
		{ "\0\1x", 3 }, { "\0\0", 2 }, { "\377\377\377\377\1A", 6 },
		{ "\1\377\377\377\377A", 6 },
		{ "\200\0\0\2\200\0\0\1AB", 10 },	/* together one more than there is */
		{ "\377\377\377\377\377\377\377\377AB", 10 }, { "\177\177AB", 4 },
		{ "\1\1AB\1", 5 }, { "\1\1AB\0", 5 }, { "\1\1A\0", 4 }, { "\1\1\0B", 4 },
		{ "\2\1A=B", 5 }, { "\1\1=B", 4 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (record_params(bad[i].bytes, bad[i].n, &pool) != NULL)
			fail_msg("case %zu is taken", i);
}

static void
a_pair_cut_off_anywhere_is_refused(void **state)
{
	static char value[200];

	(void)state;
	memset(value, 'v', sizeof(value) - 1);
	fcgi_pair(&sent, "REQUEST_URI", value);
	assert_non_null(record_params(sent.s, sent.n, &pool));
	for (size_t n = 1; n < sent.n; n++)
		assert_null(record_params(sent.s, n, &pool));
}

static void
repeated_and_too_many_names_are_refused(void **state)
{
	char name[16];

	(void)state;
	fcgi_pair(&sent, "A", "1");
	fcgi_pair(&sent, "AB", "1");
	assert_non_null(record_params(sent.s, sent.n, &pool));
	fcgi_pair(&sent, "A", "2");
	assert_null(record_params(sent.s, sent.n, &pool));
	text_reset(&sent);
	for (int i = 0; i < 10000; i++)
		fcgi_pair(&sent, FCGI_MAX_CONNS, "x");
	assert_null(record_params(sent.s, sent.n, &pool));
	text_reset(&sent);
	for (int i = 0; i < RECORD_NAMES_MAX; i++) {
		snprintf(name, sizeof(name), "N%d", i);
		fcgi_pair(&sent, name, "");
	}
	assert_non_null(record_params(sent.s, sent.n, &pool));
	fcgi_pair(&sent, "ONE_MORE", "");
	assert_null(record_params(sent.s, sent.n, &pool));
}

/* ---- writing ---- */

static void
output_written_in_place_is_the_same(void **state)
{
	static const size_t sizes[] = { 0, 1, 8, 9, 65527, 65528, 65529, 200000 };
	static char bytes[200000];
	struct text place = TEXT_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (char)(i * 31);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		size_t begin;

		text_reset(&sent);
		text_reset(&place);
		text_puts(&sent, "before");
		text_puts(&place, "before");
		record_put_stdout(&sent, 300, bytes, sizes[i]);
		begin = record_open_stdout(&place);
		text_add(&place, bytes, sizes[i] / 3);
		text_add(&place, bytes + sizes[i] / 3, sizes[i] - sizes[i] / 3);
		record_close_stdout(&place, 300, begin);
		assert_int_equal(place.n, sent.n);
		assert_memory_equal(place.s, sent.s, sent.n);
	}
	text_clear(&place);
}

static void
output_comes_in_records_that_hold_it_all(void **state)
{
	static const size_t sizes[] = { 0, 1, 7, 8, 65527, 65528, 65529, 65535, 65536, 200000 };
	static char bytes[200000];

	(void)state;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (char)(i * 31);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		size_t at = 0, got = 0;

		text_reset(&sent);
		record_put_stdout(&sent, 513, bytes, sizes[i]);
		while (at < sent.n) {
			const unsigned char *h = (const unsigned char *)sent.s + at;
			size_t n = (size_t)h[4] << 8 | h[5];

			assert_memory_equal(h, "\1\6\2\1", 4);
			assert_true(n > 0);
			assert_memory_equal(h + 8, bytes + got, n);
			got += n;
			at += 8 + n + h[6];
			assert_int_equal(at % 8, 0);
		}
		assert_int_equal(at, sent.n);
		assert_int_equal(got, sizes[i]);
	}
}

static void
ends_are_as_the_specification_has_them(void **state)
{
	(void)state;
	record_put_end(&sent, 258, FCGI_CANT_MPX_CONN);
	record_put_unknown(&sent, FCGI_GET_VALUES);
	assert_int_equal(sent.n, 32);
	assert_memory_equal(sent.s,
		"\1\3\1\2\0\10\0\0"
		"\0\0\0\0\1\0\0\0"
		"\1\13\0\0\0\10\0\0"
		"\11\0\0\0\0\0\0\0", 32);
}

/* Bytes turned at random in a true stream: never out of bounds (sanitizers
 * watch), never without end. */
static void
turned_bytes_do_no_harm(void **state)
{
	uint64_t random = 88172645463325252ull;
	struct text whole = TEXT_INIT;

	(void)state;
	fcgi_request(&whole, 1, true, "/Q/7K3M9P", "level=5&text=%E5%A5%BD", 22);
	fcgi_record(&whole, FCGI_GET_VALUES, 0, "\1\0A", 3, 1);
	for (int i = 0; i < 20000; i++) {
		struct record_reader r = { .body_max = 100 };

		text_reset(&sent);
		text_add(&sent, whole.s, whole.n);
		for (int k = 0; k < 3; k++) {
			random ^= random << 13, random ^= random >> 7, random ^= random << 17;
			sent.s[random % sent.n] = (char)(random >> 40);
		}
		story(sent.s, sent.n, 1 + random % 64, &r);
		record_params(text_str(&r.params), r.params.n, &pool);
		record_clear(&r);
		pool_clear(&pool);
	}
	text_clear(&whole);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_teardown(a_request_is_the_same_however_it_is_cut, forget_all),
	cmocka_unit_test_teardown(a_request_is_the_same_split_anywhere_in_two, forget_all),
	cmocka_unit_test_teardown(streams_may_come_in_many_records_with_any_padding, forget_all),
	cmocka_unit_test_teardown(a_kept_connection_takes_one_request_after_another, forget_all),
	cmocka_unit_test_teardown(a_body_may_be_as_long_as_allowed_and_is_thrown_away_beyond,
		forget_all),
	cmocka_unit_test_teardown(an_abort_is_heard_at_any_point, forget_all),
	cmocka_unit_test_teardown(a_second_request_at_a_time_is_refused_and_the_first_goes_on,
		forget_all),
	cmocka_unit_test_teardown(another_role_is_refused, forget_all),
	cmocka_unit_test_teardown(management_records_are_answered_unknown, forget_all),
	cmocka_unit_test_teardown(what_is_no_fastcgi_breaks_the_connection, forget_all),
	cmocka_unit_test_teardown(noise_and_parameters_without_end_are_cut_off, forget_all),
	cmocka_unit_test_teardown(refusals_are_counted_as_noise, forget_all),
	cmocka_unit_test_teardown(a_reader_knows_whether_it_stands_in_the_middle, forget_all),
	cmocka_unit_test_teardown(short_and_long_lengths_say_the_same, forget_all),
	cmocka_unit_test_teardown(lengths_that_lead_outside_are_refused, forget_all),
	cmocka_unit_test_teardown(a_pair_cut_off_anywhere_is_refused, forget_all),
	cmocka_unit_test_teardown(repeated_and_too_many_names_are_refused, forget_all),
	cmocka_unit_test_teardown(output_written_in_place_is_the_same, forget_all),
	cmocka_unit_test_teardown(output_comes_in_records_that_hold_it_all, forget_all),
	cmocka_unit_test_teardown(ends_are_as_the_specification_has_them, forget_all),
	cmocka_unit_test_teardown(turned_bytes_do_no_harm, forget_all),
};
CHECK_MAIN(tests)
