/* The public pages and what is handed in on them, against a real store in a process of its own. */
#include "tests/intake_city.h"

#include "base/code.h"

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
a_wrong_code_gives_a_kind_page(void **state)
{
	static const char *const wrong[] = { "/Q/AAAAAA", "/Q/7", "/Q/%E6%BB%A1", "/Q/0000000000000000000000" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
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
a_code_typed_carelessly_leads_to_the_printed_one(void **state)
{
	char uri[64], want[64];
	size_t i;

	(void)state;
	snprintf(want, sizeof(want), "/Q/%s", city.code[1]);
	snprintf(uri, sizeof(uri), "/Q/%.3s%%20-%s", city.code[1], city.code[1] + 3);
	for (i = 3; i < strlen(uri); i++)
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
	"/%s/", "/%s.", "/%s%%E3%%80%%82", "/%s%%EF%%BC%%8C%%E5%%8F%%AA%%E8%%83%%BD%%E7%%94%%A8%%E4%%B8%%80%%E6%%AC%%A1",
	"/%s&from=groupmessage", "/%s&from=timeline&isappinstalled=0", "/%s)", "/(%s)", "/%%EF%%BC%%88%s%%EF%%BC%%89", "/%s%%20",
	"/%s%%E2%%80%%8B", "/%s%%EF%%BB%%BF", "/%s%%0A", "/%s/index.html", "/%s/%%EF%%BC%%8C", "/%s%%22", "/%s,%%20please", "/%s%%3B",
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
			if (web_status(&web) != 303 || strcmp(web_header(&web, "Location"), want) != 0)
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
	static const char *const twice[] = { "/Q//%s", "/Q/%s//", "//Q/%s", "/q//%s///", "/Q//%s//index.html" };
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

/* ---- receipts ---- */

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

/* ---- the table ---- */

static void
every_row_of_the_table_is_public_and_posts_come_from_our_pages(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < intake_routes_n; i++) {
		const struct route *r = &intake_routes[i];

		assert_true(route_open_to(r, 0));
		assert_true(r->method == METHOD_GET || r->method == METHOD_POST);
		assert_int_equal(r->csrf, r->method == METHOD_POST ? CSRF_ORIGIN : CSRF_NONE);
		assert_int_equal(r->rate == RATE_ANSWER, r->method == METHOD_POST);
		assert_false(strncmp(r->pattern, "/desk", 5) == 0 || strncmp(r->pattern, "/api", 4) == 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_code_gives_its_form_and_stores_nothing),
		cmocka_unit_test(every_page_has_a_key_of_its_own),
		cmocka_unit_test(a_key_is_checked),
		cmocka_unit_test(a_wrong_code_gives_a_kind_page),
		cmocka_unit_test(a_made_up_code_with_a_right_check_character_is_no_site),
		cmocka_unit_test(a_withdrawn_poster_says_so),
		cmocka_unit_test(a_code_typed_carelessly_leads_to_the_printed_one),
		cmocka_unit_test(a_mangled_address_still_finds_its_place),
		cmocka_unit_test(a_code_of_the_other_kind_and_slashes_too_many_lead_on),
		cmocka_unit_test(declining_stores_nothing),
		cmocka_unit_test(other_addresses_and_methods_are_answered_kindly),
		cmocka_unit_test(the_style_sheet_may_be_kept_and_another_name_is_none),
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
		cmocka_unit_test(an_unknown_receipt_is_said_to_be_none),
		cmocka_unit_test(every_row_of_the_table_is_public_and_posts_come_from_our_pages),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, make_city, drop_city);
}
