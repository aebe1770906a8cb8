/* The two streams: their names, and what must be said beside the open one. */
#include "tests/support/check.h"

#include "forms/stream.h"

static void
streams_are_found_by_their_names(void **state)
{
	static const char *const bad[] = { "", "Open", "open ", "all", "pooled" };
	enum stream stream = STREAM_SAMPLED;
	struct err err = { 0 };

	(void)state;
	assert_string_equal(stream_name(STREAM_SAMPLED), "sampled");
	assert_string_equal(stream_name(STREAM_OPEN), "open");
	assert_int_equal(stream_parse(&stream, "open", &err), 0);
	assert_int_equal(stream, STREAM_OPEN);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		err = (struct err){ 0 };
		assert_int_equal(stream_parse(&stream, bad[i], &err), -1);
		assert_int_equal(err.code, ERR_USAGE);
		assert_non_null(strstr(err.text, "sampled"));
		assert_non_null(strstr(err_in(&err, LANG_EN), bad[i]));
	}
	assert_int_equal(stream, STREAM_OPEN);
}

static void
only_the_open_stream_has_a_caution(void **state)
{
	(void)state;
	for (int lang = 0; lang < LANG_MAX; lang++) {
		assert_string_equal(stream_note(STREAM_SAMPLED).in[lang], "");
		assert_string_not_equal(stream_words(STREAM_SAMPLED).in[lang],
			stream_words(STREAM_OPEN).in[lang]);
	}
	assert_string_equal(stream_words(STREAM_OPEN).in[LANG_ZH], "群众扫码");
	assert_int_equal(strncmp(stream_note(STREAM_OPEN).in[LANG_ZH], STREAM_CAUTION_ZH,
		strlen(STREAM_CAUTION_ZH)), 0);
	assert_int_equal(strncmp(stream_note(STREAM_OPEN).in[LANG_EN], STREAM_CAUTION_EN,
		strlen(STREAM_CAUTION_EN)), 0);
	assert_non_null(strstr(stream_note(STREAM_OPEN).in[LANG_EN], "model-based"));
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(streams_are_found_by_their_names),
	cmocka_unit_test(only_the_open_stream_has_a_caution),
};

CHECK_MAIN(tests)
