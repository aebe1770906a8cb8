/* The form and what is handed in on it, against a real store in a process of its own. */
#include "tests/intake/city.h"

static void
a_code_gives_its_form_and_stores_nothing(void **state)
{
	int64_t before = rows(NULL);

	(void)state;
	for (int i = 0; i < 3; i++) {
		get(uri_of(i));
		assert_int_equal(web_status(&web), 200);
		assert_true(web_says(&web, "市政务服务中心"));
		assert_true(web_says(&web, "name=\"_key\""));
		assert_true(web_says(&web, "瓦房店市"));
		assert_true(web.reply.body.n < 50 * 1024);
	}
	assert_int_equal(rows(NULL), before);
}

/* The first 32 bits of a key as a number. */
static int64_t
begins(const char *key)
{
	static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	int64_t bits = 0;

	for (int i = 0; i < 7; i++)
		bits = bits << 5 | (strchr(letters, key[i]) - letters);
	return bits >> 3;
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
	/* What it tells of the time is the minute and no more: the rest of two keys of one
	 * minute differs at once. */
	assert_true(begins(one) - date_now_minute() <= 1 && date_now_minute() - begins(one) <= 1);
	assert_int_not_equal(strncmp(one + 7, other + 7, 6), 0);
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
	assert_false(
		key_valid("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0"));
	assert_false(key_valid("满意满意满意满意"));
}

static void
a_withdrawn_poster_says_so(void **state)
{
	(void)state;
	get(uri_of(3));
	assert_int_equal(web_status(&web), 410);
	post(3, "level=1&_consent=yes&_key=withdrawn-key-0001");
	assert_int_equal(web_status(&web), 410);
	assert_true(web_says(&web, "没有保存"));
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
	snprintf(where, sizeof(where), "第 %lld 份", (long long)row.id);
	assert_true(web_says(&web, where));
	assert_int_equal(web_status(&web), 200);
	assert_int_equal(rows(NULL), before + 1);
}

static void
a_resend_gets_the_same_receipt_and_counts_once(void **state)
{
	char *body = strdup(whole("level=5")), where[512];
	int64_t before = rows(NULL);

	(void)state;
	post(1, body);
	assert_int_equal(web_status(&web), 303);
	snprintf(where, sizeof(where), "%s", web_header(&web, "Location"));
	for (int i = 0; i < 5; i++) {
		post(1, body);
		assert_int_equal(web_status(&web), 303);
		assert_string_equal(web_header(&web, "Location"), where);
	}
	assert_int_equal(rows(NULL), before + 1);
	free(body);
}

/* Bodies that must store nothing; what they answer with. */
static const struct {
	const char *what, *body;
	int status;
} attacks[] = {
	{ "nothing at all", "", 422 },
	{ "no key", "level=1&_consent=yes", 422 },
	{ "an empty key", "level=1&_consent=yes&_key=", 422 },
	{ "a doubled key",
		"level=1&_consent=yes&_key=aaaaaaaaaaaaaaaaaa&_key=bbbbbbbbbbbbbbbbbb", 422 },
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
	{ "a NUL", "level=1&text=a%00b&_key=KKKKKKKKKKKKKKKKKK&_consent=yes", 422 },
	{ "bytes that are no UTF-8",
		"level=1&text=%FF%FE&_key=KKKKKKKKKKKKKKKKKK&_consent=yes", 422 },
	{ "an overlong slash", "level=1&text=%C0%AF&_key=KKKKKKKKKKKKKKKKKK&_consent=yes", 422 },
	{ "a broken escape", "level=1&text=%G1&_key=KKKKKKKKKKKKKKKKKK&_consent=yes", 400 },
};

static void
what_a_script_tries_stores_nothing(void **state)
{
	int64_t before = rows(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(attacks) / sizeof(attacks[0]); i++) {
		post(1, attacks[i].body);
		if (web_status(&web) != attacks[i].status)
			fail_msg("%s: %d", attacks[i].what, web_status(&web));
		assert_false(web_says(&web, "<script>alert"));
	}
	assert_int_equal(rows(NULL), before);
}

static void
switching_the_language_keeps_what_was_typed(void **state)
{
	int64_t before = rows(NULL);

	(void)state;
	post(1,
		"level=1&text=等了两小时"
		"&_consent=yes&_switch=en&_lang=zh-CN&_key=switch-key-0000001");
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

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_code_gives_its_form_and_stores_nothing),
		cmocka_unit_test(every_page_has_a_key_of_its_own),
		cmocka_unit_test(a_key_is_checked),
		cmocka_unit_test(a_withdrawn_poster_says_so),
		cmocka_unit_test(declining_stores_nothing),
		cmocka_unit_test(an_answer_is_stored_thanked_and_found_again),
		cmocka_unit_test(a_resend_gets_the_same_receipt_and_counts_once),
		cmocka_unit_test(what_a_script_tries_stores_nothing),
		cmocka_unit_test(switching_the_language_keeps_what_was_typed),
		cmocka_unit_test(language_and_edition_follow_to_the_thanks),
		cmocka_unit_test(who_used_no_such_service_is_thanked_as_screened_out),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, make_city, drop_city);
}
