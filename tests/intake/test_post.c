/* intake/form_pages.c: a form that was handed in, whole or with a mistake. */
#include "tests/intake/city.h"

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

	(void)state;
	for (int i = 0; i < 600; i++)
		snprintf(body + strlen(body), 12, "a%d=1&", i % 100);
	post(1, body);
	assert_int_equal(web_status(&web), 400);
}

static void
only_a_form_is_taken(void **state)
{
	static const char *const type[] = { "", "application/json",
		"multipart/form-data; boundary=x", "text/plain" };
	int64_t before = rows(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(type) / sizeof(type[0]); i++) {
		web_prepare(&web, uri_of(1), whole("level=1"));
		web.req.content_type = type[i];
		serve();
		assert_int_equal(web_status(&web), 400);
	}
	assert_int_equal(rows(NULL), before);
}

static void
post_from_elsewhere(const char *body)
{
	web_prepare(&web, uri_of(1), body);
	web.req.sec_fetch_site = "cross-site";
	serve();
	assert_int_equal(web_status(&web), 403);
}

static void
of_another_site_s_form_nothing_is_taken_over(void **state)
{
	static const char *const body[] = {
		"text=EVIL&_key=EVIL-key-00000001&_switch=en",
		"text=EVIL&_key=EVIL-key-00000001&_resume=yes",
		"level=9&text=EVIL&_key=EVIL-key-00000001&_consent=yes",
	};
	int64_t before = rows(NULL);

	(void)state;
	post_from_elsewhere("level=1&text=窗口态度好&callback=2&phone=13812345678"
		"&_key=EVIL-key-00000001&_consent=yes&_t=1700000000&_w=1");
	assert_false(web_says(&web, "窗口态度好"));
	assert_false(web_says(&web, "13812345678"));
	/* who chose the key could ask after what is sent with it */
	assert_false(web_says(&web, "EVIL"));
	assert_false(web_says(&web, "1700000000"));
	assert_false(web_says(&web, " checked"));
	assert_true(web_says(&web, "name=\"_key\""));
	assert_true(web_says(&web, "从另存的网页或别的网站"));
	for (size_t i = 0; i < sizeof(body) / sizeof(body[0]); i++) {
		post_from_elsewhere(body[i]);
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
a_clock_that_is_wrong_is_unknown_and_a_long_pause_an_hour(void **state)
{
	static const struct { const char *t; int64_t want; } is[] = {
		{ "", -1 }, { "x", -1 }, { "-5", -1 }, { "99999999999", -1 }, { "1e9", -1 },
		{ "1000000000", 3600 }, { "9999999999999999999999", -1 },
	};
	struct response_row row;
	char body[200];

	(void)state;
	for (size_t i = 0; i < sizeof(is) / sizeof(is[0]); i++) {
		snprintf(body, sizeof(body),
			"level=1&_consent=yes&_key=%s&_t=%s", fresh_key(), is[i].t);
		post(1, body);
		assert_int_equal(web_status(&web), 303);
		rows(&row);
		assert_int_equal(row.seconds, is[i].want);
	}
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

		post(1, whole(i == 0 ? "level=5&text=2026-11-30+10:25" :
			"level=5&text=13812345678"));
		assert_int_equal(web_status(&web), 303);
		snprintf(where, sizeof(where), "%s", web_header(&web, "Location"));
		assert_int_equal(strstr(where, "masked=1") != NULL, i == 1);
		get(where);
		assert_int_equal(web_status(&web), 200);
		if (web_says(&web, "保存前已经遮住") != (i == 1))
			fail_msg("%s", text[i]);
		assert_true(web_says(&web, i == 1 ? "?masked=1&amp;lang=en\"" : "?lang=en\""));
		snprintf(where + strlen(where), sizeof(where) - strlen(where),
			i == 1 ? "&lang=en" : "?lang=en");
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
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_overlong_answer_is_an_issue_and_a_huge_body_is_refused),
		cmocka_unit_test(too_many_pairs_are_refused),
		cmocka_unit_test(only_a_form_is_taken),
		cmocka_unit_test(of_another_site_s_form_nothing_is_taken_over),
		cmocka_unit_test(a_mistake_keeps_everything_typed_and_its_key),
		cmocka_unit_test(a_missing_key_costs_only_another_tap),
		cmocka_unit_test(a_clock_that_is_wrong_is_unknown_and_a_long_pause_an_hour),
		cmocka_unit_test(who_left_a_phone_is_told_that_it_is_noted),
		cmocka_unit_test(who_wrote_a_number_is_told_that_it_was_masked),
		cmocka_unit_test(a_changed_mind_is_taken_and_what_it_left_behind_dropped),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, make_city, drop_city);
}
