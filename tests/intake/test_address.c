/* Where the public addresses lead: printed, typed, mangled on the way, or made up. */
#include "tests/intake/city.h"

#include "base/code.h"

static void
a_wrong_code_gives_a_kind_page(void **state)
{
	static const char *const wrong[] = { "/Q/AAAAAA", "/Q/7", "/Q/%E6%BB%A1",
		"/Q/0000000000000000000000" };

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		get(wrong[i]);
		assert_int_equal(web_status(&web), 404);
		assert_false(web_says(&web, "_key"));
	}
}

static void
a_made_up_code_with_a_right_check_character_is_no_site(void **state)
{
	char code[SITE_CODE_N + 1], uri[32];
	int i = 0;

	(void)state;
	do
		code_make(code, SITE_CODE_N, (uint64_t)++i);
	while (strcmp(code, city.code[0]) == 0 || strcmp(code, city.code[1]) == 0);
	snprintf(uri, sizeof(uri), "/Q/%s", code);
	get(uri);
	assert_int_equal(web_status(&web), 404);
}

static void
a_code_typed_carelessly_leads_to_the_printed_one(void **state)
{
	char uri[64], want[64];

	(void)state;
	snprintf(want, sizeof(want), "/Q/%s", city.code[1]);
	snprintf(uri, sizeof(uri), "/Q/%.3s%%20-%s", city.code[1], city.code[1] + 3);
	for (size_t i = 3; i < strlen(uri); i++)
		if (uri[i] >= 'A' && uri[i] <= 'Z')
			uri[i] |= 0x20;
	get(uri);
	assert_int_equal(web_status(&web), 303);
	assert_string_equal(web_header(&web, "Location"), want);
	uri[1] = 'q';
	get(uri);
	assert_string_equal(web_header(&web, "Location"), want);
	snprintf(uri, sizeof(uri), "/Q/?code=%s&lang=en&elder=1", city.code[1]);
	strcat(want, "?lang=en&elder=1");
	get(uri);
	assert_string_equal(web_header(&web, "Location"), want);
	get("/q");
	assert_string_equal(web_header(&web, "Location"), "/Q/");
	get("/Q/?code=nonsense");
	assert_int_equal(web_status(&web), 422);
}

/* What apps, keyboards and messages make of an address; %s is the code in it. */
static const char *const mangled[] = {
	"/%s/", "/%s.", "/%s%%E3%%80%%82",
	"/%s%%EF%%BC%%8C%%E5%%8F%%AA%%E8%%83%%BD%%E7%%94%%A8%%E4%%B8%%80%%E6%%AC%%A1",
	"/%s&from=groupmessage", "/%s&from=timeline&isappinstalled=0", "/%s)", "/(%s)",
	"/%%EF%%BC%%88%s%%EF%%BC%%89", "/%s%%20", "/%s%%E2%%80%%8B", "/%s%%EF%%BB%%BF", "/%s%%0A",
	"/%s/index.html", "/%s/%%EF%%BC%%8C", "/%s%%22", "/%s,%%20please", "/%s%%3B",
};

static void
meets_place(char capital, const char *code)
{
	char uri[200], want[64], rest[160];
	const char room[] = { capital, (char)(capital ^ 0x20) };

	snprintf(want, sizeof(want), "/%c/%s", capital, code);
	for (size_t i = 0; i < sizeof(mangled) / sizeof(mangled[0]); i++)
		for (size_t k = 0; k < 2; k++) {
			snprintf(rest, sizeof(rest), mangled[i], code);
			snprintf(uri, sizeof(uri), "/%c%s", room[k], rest);
			get(uri);
			if (web_status(&web) != 303 ||
					strcmp(web_header(&web, "Location"), want) != 0)
				fail_msg("%s: %d", uri, web_status(&web));
		}
}

static void
a_mangled_address_still_finds_its_place(void **state)
{
	char ticket[13], receipt[17], uri[200], rest[160], room[3] = "Tt";
	static const unsigned char random[16] = { 9, 8, 7, 6, 5, 4, 3, 2, 1 };

	(void)state;
	meets_place('Q', city.code[1]);
	code_from_bytes(ticket, 12, random, 16);
	meets_place('V', ticket);
	post(1, whole("level=4"));
	snprintf(receipt, sizeof(receipt), "%.16s", web_header(&web, "Location") + 3);
	for (size_t i = 0; i < sizeof(mangled) / sizeof(mangled[0]); i++)
		for (size_t k = 0; k < 2; k++) {
			snprintf(rest, sizeof(rest), mangled[i], receipt);
			snprintf(uri, sizeof(uri), "/%c%s", "rR"[k], rest);
			get(uri);
			if (web_status(&web) == 303) {
				snprintf(uri, sizeof(uri), "%.100s", web_header(&web, "Location"));
				get(uri);
			}
			assert_int_equal(web_status(&web), 200);
			snprintf(uri, sizeof(uri), "/%c%s", room[k], rest);
			get(uri);
			if (web_status(&web) != 200)
				fail_msg("%s", uri);
		}
	snprintf(uri, sizeof(uri), "/Q/?code=https://example.cn/Q/%s%%EF%%BC%%8C", city.code[1]);
	get(uri);
	assert_int_equal(web_status(&web), 303);
}

static void
a_code_of_the_other_kind_and_slashes_too_many_lead_on(void **state)
{
	static const char *const twice[] = { "/Q//%s", "/Q/%s//", "//Q/%s", "/q//%s///",
		"/Q//%s//index.html" };
	static const unsigned char random[16] = { 9, 8, 7, 6, 5, 4, 3, 2, 1 };
	char ticket[13], uri[100], want[64];

	(void)state;
	for (size_t i = 0; i < sizeof(twice) / sizeof(twice[0]); i++) {
		snprintf(uri, sizeof(uri), twice[i], city.code[1]);
		get(uri);
		if (web_status(&web) == 303) {
			snprintf(want, sizeof(want), "%.60s", web_header(&web, "Location"));
			get(want);
		}
		if (web_status(&web) != 200)
			fail_msg("%s: %d", uri, web_status(&web));
		assert_true(web_says(&web, uri_of(1)));
	}
	code_from_bytes(ticket, 12, random, 16);
	snprintf(want, sizeof(want), "/V/%s", ticket);
	for (size_t i = 0; i < 2; i++) {
		snprintf(uri, sizeof(uri), i == 0 ? "/Q/%s" : "/Q/?code=%s", ticket);
		get(uri);
		assert_int_equal(web_status(&web), 303);
		assert_string_equal(web_header(&web, "Location"), want);
		snprintf(uri, sizeof(uri), i == 0 ? "/V/%s" : "/V/?code=%s", city.code[1]);
		get(uri);
		assert_int_equal(web_status(&web), 303);
		assert_string_equal(web_header(&web, "Location"), uri_of(1));
	}
}

static void
other_addresses_and_methods_are_answered_kindly(void **state)
{
	(void)state;
	get("/nowhere");
	assert_int_equal(web_status(&web), 404);
	get("/desk/");
	assert_int_equal(web_status(&web), 404);
	get("/%zz");
	assert_int_equal(web_status(&web), 400);
	get("/t/ANYTHING");
	assert_int_equal(web_status(&web), 404);
	web_prepare(&web, "/privacy", "a=1");
	serve();
	assert_int_equal(web_status(&web), 405);
	assert_string_equal(web_header(&web, "Allow"), "GET, HEAD");
	web_prepare(&web, uri_of(1), NULL);
	web.req.method = METHOD_OTHER;
	serve();
	assert_int_equal(web_status(&web), 405);
	assert_string_equal(web_header(&web, "Allow"), "GET, HEAD, POST");
	get("/privacy");
	assert_int_equal(web_status(&web), 200);
	get("/healthz");
	assert_int_equal(web_status(&web), 200);
	assert_string_equal(text_str(&web.reply.body), "ok\n");
}

static void
the_style_sheet_may_be_kept_and_another_name_is_none(void **state)
{
	char path[128];
	const char *s;

	(void)state;
	get(uri_of(1));
	s = strstr(text_str(&web.reply.body), "/s/");
	assert_non_null(s);
	snprintf(path, sizeof(path), "%.*s", (int)strcspn(s, "\"' >"), s);
	get(path);
	assert_int_equal(web_status(&web), 200);
	assert_non_null(strstr(web.reply.cache, "immutable"));
	get("/s/0000.css");
	assert_int_equal(web_status(&web), 404);
	assert_null(web.reply.cache);
}

static void
an_unknown_receipt_is_said_to_be_none(void **state)
{
	static const unsigned char random[16] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 };
	char receipt[17], uri[32];

	(void)state;
	code_from_bytes(receipt, 16, random, 16);
	snprintf(uri, sizeof(uri), "/r/%s", receipt);
	get(uri);
	assert_int_equal(web_status(&web), 404);
	uri[1] = 'T';
	get(uri);
	assert_int_equal(web_status(&web), 404);
	get("/r/nonsense");
	assert_int_equal(web_status(&web), 404);
	get("/r/");
	assert_int_equal(web_status(&web), 200);
	snprintf(uri, sizeof(uri), "/r/?receipt=%s", receipt);
	get(uri);
	assert_int_equal(web_status(&web), 303);
}

static void
every_row_of_the_table_is_public_and_posts_come_from_our_pages(void **state)
{
	(void)state;
	for (size_t i = 0; i < intake_routes_n; i++) {
		const struct route *r = &intake_routes[i];

		assert_true(route_open_to(r, 0));
		assert_true(r->method == METHOD_GET || r->method == METHOD_POST);
		assert_int_equal(r->csrf, r->method == METHOD_POST ? CSRF_ORIGIN : CSRF_NONE);
		assert_int_equal(r->rate == RATE_ANSWER, r->method == METHOD_POST);
		assert_false(strncmp(r->pattern, "/desk", 5) == 0 ||
			strncmp(r->pattern, "/api", 4) == 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_wrong_code_gives_a_kind_page),
		cmocka_unit_test(a_made_up_code_with_a_right_check_character_is_no_site),
		cmocka_unit_test(a_code_typed_carelessly_leads_to_the_printed_one),
		cmocka_unit_test(a_mangled_address_still_finds_its_place),
		cmocka_unit_test(a_code_of_the_other_kind_and_slashes_too_many_lead_on),
		cmocka_unit_test(other_addresses_and_methods_are_answered_kindly),
		cmocka_unit_test(the_style_sheet_may_be_kept_and_another_name_is_none),
		cmocka_unit_test(an_unknown_receipt_is_said_to_be_none),
		cmocka_unit_test(every_row_of_the_table_is_public_and_posts_come_from_our_pages),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, make_city, drop_city);
}
