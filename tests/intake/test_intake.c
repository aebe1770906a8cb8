/* The form and what is handed in on it, against a real store in a process of its own. */
#include "tests/intake/city.h"

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
	/* What it tells of the time is the minute and no more: the rest of two keys of one minute differs at once. */
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
	assert_false(key_valid("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0"));
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
	int i;

	(void)state;
	post(1, body);
	assert_int_equal(web_status(&web), 303);
	snprintf(where, sizeof(where), "%s", web_header(&web, "Location"));
	for (i = 0; i < 5; i++) {
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
of_another_site_s_form_nothing_is_taken_over(void **state)
{
	static const char *const body[] = {
		"text=EVIL&_key=EVIL-key-00000001&_switch=en", "text=EVIL&_key=EVIL-key-00000001&_resume=yes",
		"level=9&text=EVIL&_key=EVIL-key-00000001&_consent=yes",
	};
	int64_t before = rows(NULL);

	(void)state;
	web_prepare(&web, uri_of(1), "level=1&text=窗口态度好&callback=2&phone=13812345678&_key=EVIL-key-00000001&_consent=yes"
	    "&_t=1700000000&_w=1");
	web.req.sec_fetch_site = "cross-site";
	serve();
	assert_int_equal(web_status(&web), 403);
	assert_false(web_says(&web, "窗口态度好"));
	assert_false(web_says(&web, "13812345678"));
	assert_false(web_says(&web, "EVIL"));	/* who chose the key could ask after what is sent with it */
	assert_false(web_says(&web, "1700000000"));
	assert_false(web_says(&web, " checked"));
	assert_true(web_says(&web, "name=\"_key\""));
	assert_true(web_says(&web, "从另存的网页或别的网站"));
	for (size_t i = 0; i < sizeof(body) / sizeof(body[0]); i++) {
		web_prepare(&web, uri_of(1), body[i]);
		web.req.sec_fetch_site = "cross-site";
		serve();
		assert_int_equal(web_status(&web), 403);
		assert_false(web_says(&web, "EVIL"));
	}
	assert_int_equal(rows(NULL), before);
	web_prepare(&web, uri_of(1), whole("level=1&_lang=en"));
	web.req.origin = "null";	/* a saved copy, or a view that hides where it comes from */
	serve();
	assert_int_equal(web_status(&web), 403);
	assert_true(web_says(&web, "from a saved copy"));
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
	assert_true(web_says(&web, "编号在路上丢了"));
	post(1, "level=1&text=x&_consent=yes&_lang=en");
	assert_true(web_says(&web, "was lost on the way"));
	post(1, "level=1&text=x&_key=consent-key-00001");
	assert_true(web_says(&web, "还没有提交"));
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

static void
who_left_a_phone_is_told_that_it_is_noted(void **state)
{
	char where[512];

	(void)state;
	post(1, whole("level=1&callback=2&phone=13700001111"));
	assert_int_equal(web_status(&web), 303);
	snprintf(where, sizeof(where), "%s", web_header(&web, "Location"));
	get(where);
	assert_true(web_says(&web, "回访电话已经记下"));
	assert_true(web_says(&web, "15 个工作日内删除"));
	snprintf(where + strlen(where), sizeof(where) - strlen(where), "&lang=en");
	get(where);
	assert_true(web_says(&web, "for a callback has been noted"));
	post(1, whole("level=1&callback=1"));
	snprintf(where, sizeof(where), "%s", web_header(&web, "Location"));
	get(where);
	assert_false(web_says(&web, "回访电话"));
}

static void
who_wrote_a_number_is_told_that_it_was_masked(void **state)
{
	static const char *const text[] = { "2026-11-30+10:25", "13812345678" };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		char where[512];

		post(1, whole(i == 0 ? "level=5&text=2026-11-30+10:25" : "level=5&text=13812345678"));
		assert_int_equal(web_status(&web), 303);
		snprintf(where, sizeof(where), "%s", web_header(&web, "Location"));
		assert_int_equal(strstr(where, "masked=1") != NULL, i == 1);
		get(where);
		assert_int_equal(web_status(&web), 200);
		if (web_says(&web, "保存前已经遮住") != (i == 1))
			fail_msg("%s", text[i]);
		assert_true(web_says(&web, i == 1 ? "?masked=1&amp;lang=en\"" : "?lang=en\""));
		snprintf(where + strlen(where), sizeof(where) - strlen(where), i == 1 ? "&lang=en" : "?lang=en");
		get(where);
		assert_int_equal(web_says(&web, "it was masked"), i == 1);
	}
}

/* Without a script nothing unticks what a changed mind made irrelevant. */
static void
a_changed_mind_is_taken_and_what_it_left_behind_dropped(void **state)
{
	struct response_row row;
	int64_t before = rows(NULL);

	(void)state;
	post(1, whole("level=5&reason=21&reason=11&callback=2&phone=1&text="));
	assert_int_equal(web_status(&web), 303);
	assert_int_equal(rows(&row), before + 1);
	assert_string_equal(row.answers, "[5,[11],99,99,99,null,null,99,99,99]");
	post(1, whole("level=2&reason=11&callback=2&phone=1"));
	assert_int_equal(web_status(&web), 422);	/* what is asked must be right */
	assert_int_equal(rows(NULL), before + 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_code_gives_its_form_and_stores_nothing),
		cmocka_unit_test(every_page_has_a_key_of_its_own),
		cmocka_unit_test(a_key_is_checked),
		cmocka_unit_test(a_withdrawn_poster_says_so),
		cmocka_unit_test(declining_stores_nothing),
		cmocka_unit_test(an_answer_is_stored_thanked_and_found_again),
		cmocka_unit_test(a_resend_gets_the_same_receipt_and_counts_once),
		cmocka_unit_test(what_a_script_tries_stores_nothing),
		cmocka_unit_test(an_overlong_answer_is_an_issue_and_a_huge_body_is_refused),
		cmocka_unit_test(too_many_pairs_are_refused),
		cmocka_unit_test(only_a_form_is_taken),
		cmocka_unit_test(of_another_site_s_form_nothing_is_taken_over),
		cmocka_unit_test(a_mistake_keeps_everything_typed_and_its_key),
		cmocka_unit_test(a_missing_key_costs_only_another_tap),
		cmocka_unit_test(switching_the_language_keeps_what_was_typed),
		cmocka_unit_test(language_and_edition_follow_to_the_thanks),
		cmocka_unit_test(a_clock_that_is_wrong_is_unknown_and_a_long_pause_an_hour),
		cmocka_unit_test(who_used_no_such_service_is_thanked_as_screened_out),
		cmocka_unit_test(who_left_a_phone_is_told_that_it_is_noted),
		cmocka_unit_test(who_wrote_a_number_is_told_that_it_was_masked),
		cmocka_unit_test(a_changed_mind_is_taken_and_what_it_left_behind_dropped),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, make_city, drop_city);
}
