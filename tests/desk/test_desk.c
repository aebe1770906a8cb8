/* Who may see what, what a forged request gets, and what the pages say. */
#include "tests/desk/city.h"

#include "base/json.h"
#include "forms/response.h"

/* ---- the table of routes ---- */

/* An address that fits a pattern. */
static const char *
address_of(const struct route *r)
{
	static char uri[128];
	const char *hole = strstr(r->pattern, "{}");
	const char *what = strstr(r->pattern, "indicator") != NULL ||
		strstr(r->pattern, "published") != NULL ? "43" : city.code[1];

	if (hole == NULL)
		snprintf(uri, sizeof(uri), "%s", r->pattern);
	else
		snprintf(uri, sizeof(uri), "%.*s%s%s", (int)(hole - r->pattern), r->pattern,
			what, hole + 2);
	return uri;
}

static bool
is_turned_away(void)
{
	return web_status(&web) == 403 || web_status(&web) == 401 ||
		(web_status(&web) == 303 && strncmp(location(), "/desk/login", 11) == 0);
}

static void
a_stranger_gets_what_is_everybody_s_and_nothing_else(void **state)
{
	(void)state;
	for (size_t i = 0; i < desk_routes_n; i++) {
		const struct route *r = &desk_routes[i];

		forget();
		if (r->method == METHOD_POST && (r->who & ROUTE_EVERYONE))
			continue;	/* the login itself */
		ask(address_of(r), r->method == METHOD_POST ? "_csrf=x" : NULL);
		if (is_turned_away() != !(r->who & ROUTE_EVERYONE))
			fail_msg("%s: %d", r->pattern, web_status(&web));
		if (web_status(&web) >= 500)
			fail_msg("%s: %d", r->pattern, web_status(&web));
	}
}

static void
each_role_gets_its_rows_and_no_other(void **state)
{
	(void)state;
	for (int role = 0; role < ROLE_MAX; role++) {
		enter(role_name((enum role)role));
		for (size_t i = 0; i < desk_routes_n; i++) {
			const struct route *r = &desk_routes[i];

			if (r->method == METHOD_POST || r->serve == serve_login_page)
				continue;
			ask(address_of(r), NULL);
			if (is_turned_away() == route_open_to(r, 1u << role))
				fail_msg("%s as %s: %d", r->pattern, role_name((enum role)role),
					web_status(&web));
			if (web_status(&web) >= 500)
				fail_msg("%s: %d", r->pattern, web_status(&web));
		}
	}
}

static void
every_post_needs_the_token_of_its_session_and_is_audited(void **state)
{
	static const char *const forged[] = { "", "_csrf=", "_csrf=x",
		"_csrf=0000000000000000000000000000000000000000000" };
	char body[200];

	(void)state;
	for (size_t i = 0; i < desk_routes_n; i++) {
		const struct route *r = &desk_routes[i];

		if (r->method == METHOD_GET) {
			assert_null(r->audit);
			assert_int_equal(r->csrf, CSRF_NONE);
			continue;
		}
		assert_non_null(r->audit);
		assert_int_equal(r->csrf, r->who & ROUTE_EVERYONE ? CSRF_ORIGIN : CSRF_TOKEN);
		if (r->csrf != CSRF_TOKEN)
			continue;
		enter("admin");
		for (size_t k = 0; k < sizeof(forged) / sizeof(forged[0]); k++) {
			ask(r->pattern, forged[k]);
			assert_int_equal(web_status(&web), 403);
		}
		snprintf(body, sizeof(body), "_csrf=%s&_csrf=%s", browser.csrf, browser.csrf);
		ask(r->pattern, body);
		assert_int_equal(web_status(&web), 403);
		snprintf(body, sizeof(body), "_csrf=%s", browser.csrf);
		web_prepare(&web, r->pattern, body);
		web.req.cookie = pool_fmt(&web.pool, "manyi_desk=%s", browser.token);
		web.req.origin = "https://evil.example";
		desk_serve(desk, &web.req, &web.reply, 0);
		assert_int_equal(web_status(&web), 403);
	}
}

/* The stored answers of somebody who said this to form B. */
static void
answers_of(struct text *json, const char *body)
{
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	struct issue issue[ISSUES_MAX];
	struct answers a;
	struct response r;
	const struct form *form = form_load(check_path("forms/questionnaires/B.json"), &pool, &err);

	web_must(form != NULL ? 0 : -1, &err);
	web_must(answers_parse(&a, body, strlen(body), &pool, &err), &err);
	assert_int_equal(form_accept(form, &r, issue, &a, NULL, &pool), 0);
	response_put_json(json, &r);
	pool_clear(&pool);
}

/* Answers row by row are nobody's: no address gives them, whatever the role. */
static void
no_page_shows_a_row(void **state)
{
	static const char secret[] = "这一句只在一份答卷里";
	struct err err = { 0 };
	struct db *db = open_city();
	struct text answers = TEXT_INIT;
	struct response_row row = { .wave = 2, .site = 2, .stream = "open", .mode = "qr",
		.seconds = 9, .minute = 29000000, .key = "desk-test-key-00001", .stratum = "",
		.cluster = "", .weight = 1000000, .receipt = "0000000000000000" };
	bool fresh;

	(void)state;
	answers_of(&answers, "level=5&text=这一句只在一份答卷里");
	row.answers = text_str(&answers);
	assert_non_null(strstr(row.answers, secret));
	web_must(db_put_responses(db, &row, &fresh, 1, &err), &err);
	db_close(db);
	text_clear(&answers);
	enter("admin");
	for (size_t i = 0; i < desk_routes_n; i++)
		if (desk_routes[i].method == METHOD_GET) {
			ask(address_of(&desk_routes[i]), NULL);
			assert_false(web_says(&web, secret));
			assert_false(web_says(&web, "desk-test-key-00001"));
		}
	ask("/desk/fieldwork", NULL);
	assert_int_equal(web_status(&web), 200);
}

/* ---- pages ---- */

static void
the_board_names_all_52_rows(void **state)
{
	(void)state;
	enter("official");
	ask("/desk/", NULL);
	assert_int_equal(web_status(&web), 200);
	assert_true(web_says(&web, "顾客满意指数"));
	ask("/desk/board?department=%E5%B8%82%E5%95%86%E5%8A"
		"%A1%E5%B1%80&state=unproven&lang=en", NULL);
	assert_int_equal(web_status(&web), 200);
	assert_non_null(strstr(text_str(&web.reply.headers), "lang=en; Path=/desk"));
	/* The line above counts the whole duty; what is filtered says of what it is a part. */
	ask("/desk/board?department=%E5%B8%82%E5%95%86%E5%8A%A1"
		"%E5%B1%80&state=unfilled&lang=zh-CN", NULL);
	assert_true(web_says(&web, "<h3><span>牵头 10 项，其中未填报 9 项</span></h3>"));
	assert_true(web_says(&web, "<span>牵头 10 项</span>"));
	/* What is not there is not an answer about everything else. */
	ask("/desk/board?department=%E6%B2%A1%E6%9C%89%E8%BF%99%E5%B1%80", NULL);
	assert_int_equal(web_status(&web), 404);
	ask("/desk/board?state=foo", NULL);
	assert_int_equal(web_status(&web), 404);
	ask("/desk/board?state=&department=", NULL);
	assert_int_equal(web_status(&web), 200);
	ask("/desk/indicator/99", NULL);
	assert_int_equal(web_status(&web), 404);
	ask("/api/v1/indicator/99", NULL);
	assert_int_equal(web_status(&web), 404);
	assert_string_equal(web.reply.type, "application/json");
}

/* What a volunteer said to form A or C; null: not asked. */
static const char *
volunteer(const struct form *form, int i, struct pool *pool)
{
	json_t *list = json_array();
	char *json, *kept;

	for (size_t k = 0; k < form->items; k++) {
		const struct item *item = &form->item[k];

		if (strcmp(item->name, "sector") == 0)
			json_array_append_new(list, json_string(item->choice[i % 3].name));
		else if (strcmp(item->name, "aided") == 0)
			json_array_append_new(list,
				json_pack("[s]", i % 2 == 0 ? "12345" : "title"));
		else if (strcmp(item->name, "outcome") == 0)
			json_array_append_new(list, json_string(item->choice[i % 5].name));
		else if (strncmp(item->name, "sat", 3) == 0 ||
				strchr("PESNGT", item->name[0]) != NULL)
			json_array_append_new(list, json_integer(1 + (i * 7 + (int)k) % 10));
		else
			json_array_append_new(list, json_null());
	}
	json = json_dumps(list, 0);
	kept = pool_strdup(pool, json);
	free(json);
	json_decref(list);
	return kept;
}

/* 300 of them in a wave. */
static void
put_volunteers(struct db *db, const char *id, int64_t wave)
{
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	const struct form *form = db_get_form(db, id, NULL, &pool, &err);
	bool fresh;

	web_must(form != NULL ? 0 : -1, &err);
	for (int i = 0; i < 300; i++) {
		struct response_row row = { .wave = wave, .stream = "open", .mode = "qr",
			.seconds = 200, .minute = 29000000 + i,
			.key = pool_fmt(&pool, "volunteer-%s-%d", id, i), .stratum = "",
			.cluster = "", .weight = 1000000, .answers = volunteer(form, i, &pool) };

		snprintf((char *)row.leaf, sizeof(row.leaf), "%s %d", id, i);
		snprintf(row.receipt, sizeof(row.receipt), "%s%015d", id, i + 1);
		web_must(db_put_responses(db, &row, &fresh, 1, &err), &err);
	}
	pool_clear(&pool);
}

static void
volunteers_are_shown_by_year_and_never_by_part(void **state)
{
	struct db *db = open_city();

	(void)state;
	put_volunteers(db, "A", 1);
	db_close(db);
	enter("official");
	ask("/desk/indicator/43", NULL);
	assert_int_equal(web_status(&web), 200);
	assert_true(web_says(&web, "数值（模型推断区间）"));
	assert_false(web_says(&web, "数值（置信区间）"));
	assert_false(web_says(&web, "分行业"));
}

/* What is published of a row and what its page shows come from one list. */
static void
a_page_shows_every_figure_that_feeds_its_row(void **state)
{
	static const char *const fed[] = { "27", "40", "43", "44", "47" };
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	struct db *db = open_city();
	const struct figure *m;
	size_t n, shown = 0;

	(void)state;
	put_volunteers(db, "C", 3);
	enter("official");
	for (size_t i = 0; i < sizeof(fed) / sizeof(fed[0]); i++) {
		struct figure_ask which = { .stream = "open" };

		ask(pool_fmt(&pool, "/desk/indicator/%s", fed[i]), NULL);
		web_must(track_ask(&which, programme_in_force(db, &pool, &err), fed[i],
			&pool, &err), &err);
		web_must(figure_index(db, &which, &m, &n, &pool, &err), &err);
		for (size_t k = 0; k < n; k++, shown++)
			if (!web_says(&web, m[k].index_label.in[LANG_ZH]))
				fail_msg("%s does not show %s", fed[i], m[k].index);
	}
	assert_true(shown >= 20);
	db_close(db);
	pool_clear(&pool);
}

static void
the_tracker_as_json_has_52_rows(void **state)
{
	json_t *list;

	(void)state;
	enter("official");
	ask("/api/v1/tracker", NULL);
	assert_int_equal(web_status(&web), 200);
	list = json_loads(text_str(&web.reply.body), 0, NULL);
	assert_int_equal(json_array_size(list), 52);
	json_decref(list);
	forget();
	ask("/api/v1/published", NULL);
	assert_int_equal(web_status(&web), 200);
	assert_string_equal(text_str(&web.reply.body), "[]\n");
}

static void
put_two_years(void)
{
	struct reading_row r = { .indicator = "3", .subtarget = 2, .source = "决算",
		.date = "2024-06-01", .who = "x" };
	struct err err = { 0 };
	struct db *db = open_city();

	for (r.year = 2023; r.year <= 2025; r.year += 2) {
		r.value = r.year == 2023 ? "0.84‰" : "1.2";
		web_must(db_put_reading(db, &r, &err), &err);
	}
	db_close(db);
}

/* A year with data is shown; one without, one to come and one that is none say what they are. */
static void
assert_years_of(const char *page)
{
	char uri[64];

	snprintf(uri, sizeof(uri), "%s?year=2023", page);
	ask(uri, NULL);
	assert_int_equal(web_status(&web), 200);
	snprintf(uri, sizeof(uri), "%s?year=2019", page);
	ask(uri, NULL);
	assert_int_equal(web_status(&web), 422);
	assert_true(web_says(&web, "2019 年没有任何数据，不能判定；有数据的年度："));
	snprintf(uri, sizeof(uri), "%s?year=2999&lang=en", page);
	ask(uri, NULL);
	assert_int_equal(web_status(&web), 422);
	assert_true(web_says(&web,
		"2999 is still to come and cannot be judged; years with data: "));
	snprintf(uri, sizeof(uri), "%s?year=x&lang=zh-CN", page);
	ask(uri, NULL);
	assert_int_equal(web_status(&web), 400);
}

/* Pages of the desk and the interface speak of the year they are asked for, and
 * their links keep it. */
static void
a_page_is_of_the_year_it_is_asked_for(void **state)
{
	static const char *const pages[] = { "/desk/board", "/desk/departments",
		"/desk/indicator/3", "/api/v1/tracker", "/api/v1/indicator/3" };

	(void)state;
	put_two_years();
	enter("official");
	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++)
		assert_years_of(pages[i]);
	ask("/desk/indicator/3?year=2023", NULL);
	assert_true(web_says(&web, "0.84‰"));
	assert_true(web_says(&web, "href=\"/desk/?year=2023\""));
	assert_true(web_says(&web, "<small>2023 年</small> <span class=\"mark "));
	/* what was entered without its unit */
	assert_true(web_says(&web, "<td data-label=\"完成值\">1.2‰</td>"));
	ask("/desk/?year=2023&department=%E5%B8%82%E8%B4%A2%E6%94%BF%E5%B1%80", NULL);
	assert_true(web_says(&web, "<h1>市财政局 <small>2023 年</small></h1>"));
	ask("/desk/board?year=2023", NULL);
	assert_true(web_says(&web, "/desk/indicator/3?year=2023\""));
	assert_true(web_says(&web, "&amp;year=2023\""));
	assert_true(web_says(&web, "/desk/departments?year=2023\""));
	assert_true(web_says(&web, "<option value=\"2023\" selected>"));
	ask("/desk/departments?year=2023", NULL);
	assert_true(web_says(&web, "<small>2023 年</small></h1>"));
	assert_true(web_says(&web, "&amp;year=2023\""));
	ask("/desk/board", NULL);
	assert_false(web_says(&web, "year=20"));
	forget();
	ask("/?year=2019", NULL);		/* what is published is of its own years */
	assert_int_equal(web_status(&web), 200);
}

static void
posters_and_codes_come_as_files(void **state)
{
	char uri[64];

	(void)state;
	enter("analyst");
	snprintf(uri, sizeof(uri), "/desk/poster/%s.pdf", city.code[0]);
	ask(uri, NULL);
	assert_int_equal(web_status(&web), 200);
	assert_string_equal(web.reply.type, "application/pdf");
	assert_memory_equal(web.reply.body.s, "%PDF-", 5);
	ask("/desk/poster/all.pdf", NULL);
	assert_memory_equal(web.reply.body.s, "%PDF-", 5);
	snprintf(uri, sizeof(uri), "/desk/qr/%s.svg", city.code[0]);
	ask(uri, NULL);
	assert_int_equal(web_status(&web), 200);
	assert_string_equal(web.reply.type, "image/svg+xml");
	ask("/desk/poster/AAAAAA.pdf", NULL);
	assert_int_equal(web_status(&web), 404);
	ask("/desk/qr/%2e%2e%2fx.svg", NULL);
	assert_int_equal(web_status(&web), 404);
}

/* Sixty scans of form B at two places. */
static void
add_open_answers(void)
{
	struct pool pool = POOL_INIT;
	struct db *db = open_city();
	struct err err = { 0 };
	const struct form *form;
	struct wave *wave;
	size_t n;

	web_must(db_list_waves(db, "B", &wave, &n, &pool, &err), &err);
	assert_int_equal(n, 1);
	form = db_get_form(db, "B", wave->form_version, &pool, &err);
	for (int k = 0; k < 60; k++) {
		struct response_row row = { .wave = wave->id, .site = 2 + 2 * (k % 2),
			.stream = "open", .mode = "qr", .key = pool_fmt(&pool, "open%d", k),
			.minute = 28400000 + k, .seconds = 30, .stratum = "", .cluster = "",
			.weight = 1000000 };
		struct text answers = TEXT_INIT;
		bool fresh;

		for (size_t j = 0; j < form->items; j++)
			text_fmt(&answers, "%c%s", j == 0 ? '[' : ',',
				strcmp(form->item[j].name, "level") != 0 ? "null" :
				k % 3 ? "4" : "5");
		text_putc(&answers, ']');
		row.answers = text_str(&answers);
		snprintf(row.receipt, sizeof(row.receipt), "%016d", k);
		memcpy(row.leaf, &k, sizeof(k));
		web_must(db_put_responses(db, &row, &fresh, 1, &err), &err);
		text_clear(&answers);
	}
	db_close(db);
	pool_clear(&pool);
}

/* A table that leaves the desk says of volunteers' figures what the pages say. */
static void
exported_figures_say_what_they_are_not(void **state)
{
	static const struct { const char *lang, *says; } in[] = {
		{ "zh", "自愿参与，不代表全体；区间按模型推断" },
		{ "en", "voluntary participants, not representative; model-based interval" },
	};
	char uri[64], *row;

	(void)state;
	add_open_answers();
	enter("analyst");
	for (size_t i = 0; i < sizeof(in) / sizeof(in[0]); i++) {
		snprintf(uri, sizeof(uri), "/desk/export/figures.csv?lang=%s", in[i].lang);
		ask(uri, NULL);
		assert_int_equal(web_status(&web), 200);
		row = strstr(text_str(&web.reply.body), ",B,satisfied,");
		assert_non_null(row);
		*strstr(row, "\r\n") = '\0';
		assert_non_null(strstr(row, ",open,1,"));
		if (strstr(row, in[i].says) == NULL)
			fail_msg("%s: %s", in[i].lang, row);
	}
}

static void
the_style_sheet_may_be_kept_for_ever(void **state)
{
	struct text path = TEXT_INIT;

	(void)state;
	forget();
	board_css_path(&path);
	ask(text_str(&path), NULL);
	assert_int_equal(web_status(&web), 200);
	assert_non_null(strstr(web.reply.cache, "immutable"));
	text_clear(&path);
	ask("/s/0.css", NULL);
	assert_int_equal(web_status(&web), 404);
}

static void
a_database_that_is_gone_says_later_and_heals(void **state)
{
	char away[80];

	(void)state;
	enter("admin");
	snprintf(away, sizeof(away), "%s.away", city.db);
	desk_close(desk);
	desk = desk_open(city.db, 4, &(struct err){ 0 });
	assert_int_equal(rename(city.db, away), 0);
	ask("/desk/sites", NULL);
	assert_true(web_status(&web) == 503 || web_status(&web) == 404);
	assert_int_equal(rename(away, city.db), 0);
	ask("/desk/sites", NULL);
	assert_int_equal(web_status(&web), 200);
}

static void
other_addresses_and_methods_are_answered_kindly(void **state)
{
	(void)state;
	enter("admin");
	ask("/desk/nowhere", NULL);
	assert_int_equal(web_status(&web), 404);
	ask("/desk/../etc/passwd", NULL);
	assert_int_equal(web_status(&web), 404);
	ask("/desk/%zz", NULL);
	assert_int_equal(web_status(&web), 400);
	ask("/desk/sites", "a=1");
	assert_int_equal(web_status(&web), 405);
	assert_string_equal(web_header(&web, "Allow"), "GET, HEAD");
	web_prepare(&web, "/desk/login", "");
	web.req.body_too_large = true;
	desk_serve(desk, &web.req, &web.reply, 0);
	assert_int_equal(web_status(&web), 413);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_stranger_gets_what_is_everybody_s_and_nothing_else),
		cmocka_unit_test(each_role_gets_its_rows_and_no_other),
		cmocka_unit_test(every_post_needs_the_token_of_its_session_and_is_audited),
		cmocka_unit_test(no_page_shows_a_row),
		cmocka_unit_test(the_board_names_all_52_rows),
		cmocka_unit_test(volunteers_are_shown_by_year_and_never_by_part),
		cmocka_unit_test(a_page_shows_every_figure_that_feeds_its_row),
		cmocka_unit_test(the_tracker_as_json_has_52_rows),
		cmocka_unit_test(a_page_is_of_the_year_it_is_asked_for),
		cmocka_unit_test(posters_and_codes_come_as_files),
		cmocka_unit_test(exported_figures_say_what_they_are_not),
		cmocka_unit_test(the_style_sheet_may_be_kept_for_ever),
		cmocka_unit_test(a_database_that_is_gone_says_later_and_heals),
		cmocka_unit_test(other_addresses_and_methods_are_answered_kindly),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, make_city, drop_city);
}
