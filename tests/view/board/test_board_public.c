/* Public pages: published figures and nothing else. */
#include "tests/view/board_pages.h"

static void
public_pages_lead_nowhere_inside(void **state)
{
	char *html = public_page(LANG_ZH, city.published, FIXTURE_PUBLISHED);

	(void)state;
	assert_null(strstr(html, "/desk/"));
	assert_null(strstr(html, "login"));
	assert_null(strstr(html, "_csrf"));
	assert_non_null(strstr(html, "href=\"/ledger\""));
	assert_non_null(strstr(html, "href=\"/privacy\""));
	free(html);
}

static void
published_figures_keep_their_streams_apart(void **state)
{
	char *html = public_page(LANG_ZH, city.published, FIXTURE_PUBLISHED);
	char *sampled = strstr(html, "78.4</b>（77.0–79.7）"), *open = strstr(html,
		"84.6</b>（84.1–85.1）"),
		*caution = strstr(html, "自愿参与，不代表全体");

	(void)state;
	assert_true(sampled != NULL && open != NULL && caution != NULL);
	assert_true(sampled < caution && caution < open);
	assert_non_null(strstr(html, "— 有效样本量 32，不足 50，不公布"));
	assert_non_null(strstr(html, "王建国"));
	/* The newest in full, the two before it folded. */
	assert_int_equal(markup_count(html, "<section class=\"series\">"), 1);
	assert_int_equal(markup_count(html, "<h2><span class=\"no\">43</span>"), 1);
	assert_non_null(strstr(html,
		"<details><summary>此前公布的 2 次结果（其他年度和旧版本）</summary>"));
	assert_int_equal(markup_count(html, "<h3><span class=\"no\">43</span>"), 2);
	assert_non_null(strstr(html, "第 2 版"));
	free(html);
}

/* Two years by one mapping make a line of two points; a third year by another does not join. */
static void
published_years_make_a_line_of_their_newest_versions(void **state)
{
#define YEAR(y, v, map) \
	"{\"estimates\":[{\"form\":\"A\",\"index\":\"csi\",\"domain\":\"all\"," \
	"\"stream\":\"sampled\",\"year\":" #y ",\"value\":" #v "," \
	"\"low\":70,\"high\":80,\"level\":0.95,\"n\":900,\"n_eff\":800," \
	"\"deff\":1.1,\"mapping\":\"" map "\"}]}"
	const struct published_row row[] = {
		{ .indicator = "43", .year = 2021, .version = 1, .body = YEAR(2021, 71.25, "old"),
			.signed_by = "x" },
		{ .indicator = "43", .year = 2023, .version = 1, .body = YEAR(2023, 73.25, "m"),
			.signed_by = "x" },
		{ .indicator = "43", .year = 2023, .version = 2, .body = YEAR(2023, 74.75, "m"),
			.signed_by = "x" },
		{ .indicator = "43", .year = 2024, .version = 1, .body = YEAR(2024, 75.5, "m"),
			.signed_by = "x" },
	};
	char *html = public_page(LANG_ZH, row, 4),
		*chart = strstr(html, "<svg class=\"chart\""), *end;

	(void)state;
	assert_null(markup_fault(html));
	assert_non_null(chart);
	end = strstr(chart, "</figure>");
	*strstr(end, "<details>") = '\0';
	/* every year once; older versions are folded away */
	assert_int_equal(markup_count(end, "<b>74.8</b>"), 1);
	assert_int_equal(markup_count(end, "<b>75.5</b>"), 1);
	assert_int_equal(markup_count(end, "<thead>"), 1);		/* all years in one table */
	*end = '\0';
	assert_int_equal(markup_count(chart, "<circle"), 2);
	assert_non_null(strstr(chart, ">74.8</text>"));
	assert_non_null(strstr(chart, ">75.5</text>"));
	free(html);
	html = public_page(LANG_ZH, row, 1);
	assert_null(strstr(html, "<svg class=\"chart\""));
	free(html);
}

/* A share is no number of points; the main figure's years stand together, before the
 * others of the newest year. */
static void
published_shares_are_percents_and_years_stand_together(void **state)
{
#define ONE(index, y, v) \
	"{\"form\":\"C\",\"index\":\"" index "\",\"domain\":\"all\"," \
	"\"stream\":\"sampled\",\"year\":" #y ",\"value\":" #v "," \
	"\"low\":0.25,\"high\":0.75,\"level\":0.95,\"n\":900,\"n_eff\":800,\"deff\":1.1," \
	"\"mapping\":\"share\"}"
	const struct published_row row[] = {
		{ .indicator = "47", .year = 2023, .version = 1,
			.body = "{\"estimates\":[" ONE("cqi", 2023, 0.5) "]}", .signed_by = "x" },
		{ .indicator = "47", .year = 2024, .version = 1,
			.body = "{\"estimates\":[" ONE("aided", 2024, 0.375) ","
			ONE("cqi", 2024, 0.625) "]}", .signed_by = "x" },
	};
	char *html = public_page(LANG_ZH, row, 2),
		*old = strstr(html, "<b>50.0%</b>（25.0%–75.0%）");
	char *same = strstr(html, "<b>62.5%</b>（25.0%–75.0%）"),
		*other = strstr(html, "<b>37.5%</b>（25.0%–75.0%）");

	(void)state;
	assert_true(old != NULL && same != NULL && other != NULL);
	assert_true(old < same && same < other);
	free(html);
}

static void
published_json_that_is_broken_or_bare_shows_no_number(void **state)
{
	const struct published_row bad[] = {
		{ .indicator = "40", .year = 2024, .version = 1, .body = "{", .provenance = "",
			.signed_by = "" },
		{ .indicator = "43", .year = 2024, .version = 1, .provenance = "[]",
			.signed_by = NULL, .body =
			"{\"standing\":7,\"headline\":[],\"clauses\":{},\"estimates\":"
			"[{\"value\":66.6,\"n\":900,\"n_eff\":800},{\"value\":66.6,\"low\":60,"
			"\"high\":70,\"n\":\"900\",\"n_eff\":800},{\"value\":66.6,\"low\":60,"
			"\"high\":70,\"n\":900,\"n_eff\":49.9},3,null]}" },
		{ .indicator = "99", .year = 2024, .version = 1, .body = NULL, .provenance = NULL,
			.signed_by = "x" },
	};
	char *html = public_page(LANG_ZH, bad, 3);

	(void)state;
	assert_null(markup_fault(html));
	assert_null(strstr(html, "66.6"));
	assert_null(strstr(html, "nan"));
	free(html);
}

/* Minutes of 2025-03-01 in China. */
enum { SPRING_2025 = 29012640 };

static void
published_values_say_their_year_and_a_wrong_year_is_named(void **state)
{
	static const char body[] =
		"{\"standing\":\"met\",\"clauses\":[{\"text\":\"x>=1个\",\"literal\":true,"
		"\"value\":\"2\",\"unit\":\"个\",\"year\":2023,\"source\":\""
		"统计年报\",\"date\":\"2024-02-01\"}]}";
	const struct { int year; bool wrong; } version[] = { { 2024, false }, { 2023, false },
		{ 2019, true }, { 2035, true } };

	(void)state;
	for (size_t i = 0; i < sizeof(version) / sizeof(version[0]); i++) {
		const struct published_row row = { .indicator = "5", .year = version[i].year,
			.version = 1, .body = body, .provenance = "{}", .signed_by = "x",
			.minute = SPRING_2025 };
		char *html = public_page(LANG_ZH, &row, 1), note[64];

		assert_null(markup_fault(html));
		assert_non_null(strstr(html,
			"2个<span class=\"note\">2023 年 统计年报 2024-02-01</span>"));
		snprintf(note, sizeof(note),
			"这一版称 %d 年，用的却不是 %d 年的数", version[i].year, version[i].year);
		assert_true((strstr(html, note) != NULL) == version[i].wrong);
		free(html);
		html = public_page(LANG_EN, &row, 1);
		assert_null(markup_fault(html));
		assert_true((strstr(html, "does not rest on figures of") != NULL) ==
			version[i].wrong);
		free(html);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(public_pages_lead_nowhere_inside),
		cmocka_unit_test(published_figures_keep_their_streams_apart),
		cmocka_unit_test(published_years_make_a_line_of_their_newest_versions),
		cmocka_unit_test(published_shares_are_percents_and_years_stand_together),
		cmocka_unit_test(published_values_say_their_year_and_a_wrong_year_is_named),
		cmocka_unit_test(published_json_that_is_broken_or_bare_shows_no_number),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
