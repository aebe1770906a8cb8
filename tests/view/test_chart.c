/* Charts: where things lie, what is said, what is never drawn. */
#include "tests/support/check.h"

#include "base/file.h"
#include "tests/support/markup.h"
#include "view/chart.h"
#include "view/chart_axis.h"

#define BOTH(s) { { s, s } }

static const struct chart_point four[] = {
	{ 2021, 77.0, 75.6, 78.4, false }, { 2022, 77.3, 75.9, 78.7, false },
	{ 2023, 77.8, 76.4, 79.2, false }, { 2024, 78.4, 77.0, 79.8, false },
};

static struct chart
chart_of(const struct chart_line *line, size_t lines)
{
	return (struct chart){ .line = line, .lines = lines, .title = BOTH("指数"),
		.description = BOTH("2021 年到 2024 年"), .unit = { { "分", "points" } },
		.reference = NAN,
		.reference_label = BOTH("目标"), .floor = 0, .ceiling = 100, .decimals = 1 };
}

/* The chart of these points, to be freed; checked to be well made and small. */
static char *
draw(const struct chart_point point[], size_t points, double reference, enum lang lang)
{
	struct chart_line line = { point, points, BOTH("指数"), true };
	struct chart chart = chart_of(&line, 1);
	struct text out = TEXT_INIT;

	chart.reference = reference;
	chart_years(&out, &chart, lang);
	assert_null(markup_fault(text_str(&out)));
	assert_true(out.n < 12 * 1024);
	return out.s;
}

static void
years_lie_at_equal_distance(void **state)
{
	char *svg = draw(four, 4, NAN, LANG_ZH);

	(void)state;
	assert_non_null(strstr(svg, "<circle cx=\"12.50%\""));
	assert_non_null(strstr(svg, "<circle cx=\"37.50%\""));
	assert_non_null(strstr(svg, "<circle cx=\"62.50%\""));
	assert_non_null(strstr(svg, "<circle cx=\"87.50%\""));
	free(svg);
}

static void
a_year_without_survey_keeps_its_place_and_no_line_crosses_it(void **state)
{
	const struct chart_point gap[] = {
		{ 2020, 76, 75, 77, false }, { 2021, 77, 76, 78, false }, { 2023, 78, 77, 79,
			false },
	};
	char *svg = draw(gap, 3, NAN, LANG_ZH);

	(void)state;
	assert_non_null(strstr(svg, ">2022</text>"));
	assert_non_null(strstr(svg, "<circle cx=\"87.50%\""));
	assert_int_equal(markup_count(svg, "fill=\"none\" stroke="), 1);
	free(svg);
}

static void
only_the_two_ends_carry_their_value(void **state)
{
	char *svg = draw(four, 4, NAN, LANG_ZH);

	(void)state;
	assert_int_equal(markup_count(svg, ">77.0</text>"), 1);
	assert_int_equal(markup_count(svg, ">78.4</text>"), 1);
	assert_null(strstr(svg, ">77.3</text>"));
	assert_null(strstr(svg, ">77.8</text>"));
	free(svg);
}

static void
a_cut_axis_says_where_it_starts(void **state)
{
	const struct chart_point low[] = { { 2023, 3, 1, 8, false }, { 2024, 9, 5, 14, false } };
	char *svg = draw(four, 4, NAN, LANG_ZH);

	(void)state;
	assert_non_null(strstr(svg, "纵轴从 75 起"));
	free(svg);
	svg = draw(four, 4, NAN, LANG_EN);
	assert_non_null(strstr(svg, "y axis from 75"));
	free(svg);
	svg = draw(low, 2, NAN, LANG_ZH);
	assert_null(strstr(svg, "纵轴从"));
	free(svg);
}

static void
a_break_is_a_gap_with_its_mark(void **state)
{
	struct chart_point broken[4];
	char *svg;

	(void)state;
	memcpy(broken, four, sizeof(four));
	broken[2].broken = true;
	svg = draw(broken, 4, NAN, LANG_ZH);
	assert_int_equal(markup_count(svg, "fill=\"none\" stroke="), 2);
	assert_int_equal(markup_count(svg, "fill-opacity="), 2);
	assert_int_equal(markup_count(svg, "口径变化"), 1);
	assert_non_null(strstr(svg, "x1=\"50.00%\" x2=\"50.00%\""));
	free(svg);
}

static void
what_is_not_published_is_named_and_not_drawn(void **state)
{
	struct chart_point hidden[4];
	char *svg;

	(void)state;
	memcpy(hidden, four, sizeof(four));
	hidden[3].value = NAN;
	hidden[3].low = 11;	/* must not leak into the axis either */
	svg = draw(hidden, 4, NAN, LANG_ZH);
	assert_int_equal(markup_count(svg, "<circle"), 3);
	assert_int_equal(markup_count(svg, "不公布"), 1);
	assert_int_equal(markup_count(svg, ">77.8</text>"), 1);
	assert_null(strstr(svg, ">11"));
	assert_null(strstr(svg, "nan"));
	free(svg);
}

static void
without_an_interval_there_is_no_whisker(void **state)
{
	const struct chart_point bare[] = { { 2023, 76, NAN, NAN, false }, { 2024, 78, NAN, NAN,
		false } };
	char *svg = draw(bare, 2, NAN, LANG_ZH);

	(void)state;
	assert_null(strstr(svg, "nan"));
	assert_int_equal(markup_count(svg, "<circle"), 2);
	free(svg);
}

static void
the_reference_is_a_labelled_dashed_line_inside_the_axis(void **state)
{
	char *svg = draw(four, 4, 82.5, LANG_ZH);

	(void)state;
	assert_non_null(strstr(svg, "stroke-dasharray=\"7 5\""));
	assert_non_null(strstr(svg, ">目标</text>"));
	assert_non_null(strstr(svg, ">84</text>"));
	free(svg);
}

static void
several_lines_have_a_legend_and_one_accent(void **state)
{
	struct chart_line line[2] = { { four, 4, BOTH("甲 & 乙"), true }, { four, 3, BOTH("全国"),
		false } };
	struct chart chart = chart_of(line, 2);
	struct text out = TEXT_INIT;

	(void)state;
	chart_years(&out, &chart, LANG_ZH);
	assert_null(markup_fault(out.s));
	assert_int_equal(markup_count(out.s, ">甲 &amp; 乙</text>"), 1);
	assert_int_equal(markup_count(out.s, ">全国</text>"), 1);
	assert_int_equal(markup_count(out.s, "fill-opacity="), 1);
	text_clear(&out);
}

static void
hostile_words_stay_words(void **state)
{
	struct chart_line line = { four, 4, BOTH("x"), true };
	struct chart chart = chart_of(&line, 1);
	struct text out = TEXT_INIT;

	(void)state;
	chart.title = (struct words)BOTH("</title><script>alert(1)</script>");
	chart.unit = (struct words)BOTH("\"'><b>");
	chart_years(&out, &chart, LANG_ZH);
	assert_null(markup_fault(out.s));
	assert_null(strstr(out.s, "<script"));
	assert_null(strstr(out.s, "<b>"));
	text_clear(&out);
}

static void
nothing_makes_no_drawing(void **state)
{
	struct chart chart = chart_of(NULL, 0);
	struct chart_rows rows = { .rail = NAN };
	struct text out = TEXT_INIT;

	(void)state;
	chart_years(&out, &chart, LANG_ZH);
	chart_rows(&out, &rows, LANG_ZH);
	assert_int_equal(out.n, 0);
	text_clear(&out);
}

static const struct chart_bar bars[] = {
	{ BOTH("昆山市"), 1, 1, 6, false }, { BOTH("瓦房店市"), 8, 4, 13, true },
	{ BOTH("庄河市"), 19, 16, 21, false },
};

static void
ranks_start_at_one_with_the_tenth_as_a_rail(void **state)
{
	struct chart_rows rows = { .bar = bars, .bars = 3, .title = BOTH("名次"),
		.description = BOTH("见表"), .unit = BOTH("名次"), .rail = 10,
		.rail_label = BOTH("第 10 位"), .reversed = true };
	struct text out = TEXT_INIT;

	(void)state;
	chart_rows(&out, &rows, LANG_ZH);
	assert_null(markup_fault(out.s));
	/* The axis runs from 0.5 to 21.5: rank r is at (r - 0.5) / 21. */
	assert_non_null(strstr(out.s, "<circle cx=\"2.38%\""));
	assert_non_null(strstr(out.s, "<circle cx=\"35.71%\""));
	assert_non_null(strstr(out.s, "x1=\"45.24%\" x2=\"45.24%\""));
	assert_non_null(strstr(out.s, ">第 10 位</text>"));
	assert_null(strstr(out.s, "横轴从"));
	assert_int_equal(markup_count(out.s, "font-weight=\"bold\""), 1);
	text_clear(&out);
}

static void
rows_below_the_limit_are_named_and_not_drawn(void **state)
{
	const struct chart_bar two[] = { { BOTH("餐饮"), 78.8, 76, 81.6, false },
		{ BOTH("养老服务"), NAN, 60, 99, false } };
	struct chart_rows rows = { .bar = two, .bars = 2, .title = BOTH("分行业"),
		.description = BOTH("见表"),
		.unit = BOTH("分"), .rail = NAN, .decimals = 1 };
	struct text out = TEXT_INIT;

	(void)state;
	chart_rows(&out, &rows, LANG_ZH);
	assert_null(markup_fault(out.s));
	assert_int_equal(markup_count(out.s, "<circle"), 1);
	assert_non_null(strstr(out.s, ">养老服务</text>"));
	assert_int_equal(markup_count(out.s, "不公布"), 1);
	assert_null(strstr(out.s, "nan"));
	assert_null(strstr(out.s, ">60</text>"));
	text_clear(&out);
}

static void
long_names_are_cut_at_brackets_or_with_an_ellipsis(void **state)
{
	const struct chart_bar two[] = { { BOTH("零售（超市、商场、农贸市场）"), 79, 77, 81,
		false },
		{ BOTH("一二三四五六七八九十十一"), 78, 76, 80, false } };
	struct chart_rows rows = { .bar = two, .bars = 2, .title = BOTH("分行业"),
		.description = BOTH("见表"),
		.unit = BOTH("分"), .rail = NAN };
	struct text out = TEXT_INIT;

	(void)state;
	chart_rows(&out, &rows, LANG_ZH);
	assert_non_null(strstr(out.s, ">零售</text>"));
	assert_non_null(strstr(out.s, ">一二三四五六七八九十…</text>"));
	text_clear(&out);
}

static void
twenty_one_cities_fit_in_twelve_kilobytes(void **state)
{
	struct chart_bar many[21];
	struct chart_rows rows = { .bar = many, .bars = 21, .title = BOTH("名次"),
		.description = BOTH("见表"), .unit = BOTH("名次"), .rail = 10,
		.rail_label = BOTH("第 10 位"), .reversed = true };
	struct text out = TEXT_INIT;

	(void)state;
	for (int i = 0; i < 21; i++)
		many[i] = (struct chart_bar){ BOTH("呼伦贝尔市扎兰屯市"), i + 1, i > 3 ? i - 3 : 1,
			i + 5, i == 7 };
	chart_rows(&out, &rows, LANG_ZH);
	assert_true(out.n < 12 * 1024);
	text_clear(&out);
}

/* Drawings that were looked at and found right: any change leaves NAME.got to be looked at. */
static void
is_as_it_was_approved(const struct text *out, const char *name)
{
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	const char *want, *got = pool_fmt(&pool, "%s.got", strrchr(name, '/') + 1);
	size_t n;

	if (file_read(&want, &n, check_path(name), 0, &pool, &err) != 0)
		fail_msg("%s", err.text);
	if (out->n != n || memcmp(out->s, want, n) != 0) {
		assert_int_equal(file_write(got, out->s, out->n, 0644, &err), 0);
		fail_msg("%s differs: look at %s", name, got);
	}
	pool_clear(&pool);
}

static void
drawings_are_as_they_were_approved(void **state)
{
	struct chart_point broken[4];
	struct chart_line line = { broken, 4, BOTH("服务业顾客满意度指数"), true };
	struct chart chart = chart_of(&line, 1);
	struct chart_rows rows = { .bar = bars, .bars = 3, .title = BOTH("名次"),
		.description = BOTH("见表"), .unit = BOTH("名次"), .rail = 10,
		.rail_label = BOTH("第 10 位"), .reversed = true };
	struct text out = TEXT_INIT;

	(void)state;
	memcpy(broken, four, sizeof(four));
	broken[1].broken = true;
	chart.reference = 79;
	chart_years(&out, &chart, LANG_ZH);
	is_as_it_was_approved(&out, "tests/golden/chart_years.svg");
	text_reset(&out);
	chart_rows(&out, &rows, LANG_ZH);
	is_as_it_was_approved(&out, "tests/golden/chart_rows.svg");
	text_clear(&out);
}

/* A number that has no room between its band and the other line stands below the band. */
static void
numbers_of_two_lines_are_not_written_over_each_other(void **state)
{
	static const struct chart_point ours[] = { { 2021, 26.67, 25.57, 27.80, false },
		{ 2024, 24.84, 23.78, 25.94, false } },
		nation[] = { { 2021, 28.90, NAN, NAN, false }, { 2024, 31.50, NAN, NAN, false } };
	const struct chart_line line[] = { { ours, 2, BOTH("本市"), true },
		{ nation, 2, BOTH("全国"), false } };
	struct chart chart = chart_of(line, 2);
	struct text out = TEXT_INIT;
	double a, b;
	char *at;

	(void)state;
	chart.decimals = 2;
	chart_years(&out, &chart, LANG_ZH);
	at = strstr(text_str(&out), ">26.67</text>");
	assert_non_null(at);
	while (strncmp(at, " y=\"", 4) != 0)
		at--;
	a = strtod(at + 4, NULL);
	at = strstr(text_str(&out), ">28.90</text>");
	while (strncmp(at, " y=\"", 4) != 0)
		at--;
	b = strtod(at + 4, NULL);
	assert_true(a - b > 20);
	text_clear(&out);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(numbers_of_two_lines_are_not_written_over_each_other),
	cmocka_unit_test(years_lie_at_equal_distance),
	cmocka_unit_test(a_year_without_survey_keeps_its_place_and_no_line_crosses_it),
	cmocka_unit_test(only_the_two_ends_carry_their_value),
	cmocka_unit_test(a_cut_axis_says_where_it_starts),
	cmocka_unit_test(a_break_is_a_gap_with_its_mark),
	cmocka_unit_test(what_is_not_published_is_named_and_not_drawn),
	cmocka_unit_test(without_an_interval_there_is_no_whisker),
	cmocka_unit_test(the_reference_is_a_labelled_dashed_line_inside_the_axis),
	cmocka_unit_test(several_lines_have_a_legend_and_one_accent),
	cmocka_unit_test(hostile_words_stay_words),
	cmocka_unit_test(nothing_makes_no_drawing),
	cmocka_unit_test(ranks_start_at_one_with_the_tenth_as_a_rail),
	cmocka_unit_test(rows_below_the_limit_are_named_and_not_drawn),
	cmocka_unit_test(long_names_are_cut_at_brackets_or_with_an_ellipsis),
	cmocka_unit_test(twenty_one_cities_fit_in_twelve_kilobytes),
	cmocka_unit_test(drawings_are_as_they_were_approved),
};

CHECK_MAIN(tests)
