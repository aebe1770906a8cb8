/* A programme put over what is on record: what would change its meaning is refused,
 * what would not is not. */
#include "tests/support/check.h"

#include "tests/track/board.h"

#include "base/file.h"
#include "base/text.h"
#include "db/programme.h"

/* A board with the forms that feed it. */
static struct db *
filled_open(void)
{
	struct db *db = board_open();

	(void)city_form(db, "A");
	(void)city_form(db, "C");
	return db;
}

/* The shipped file with each pair of texts exchanged. */
static const struct programme *
changed(const char *const pair[][2], size_t n)
{
	struct err err = { 0 };
	const struct programme *p;
	const char *file, *at;
	size_t size;

	assert_int_equal(file_read(&file, &size, check_path("data/programme.json"), 0,
		&city_pool, &err), 0);
	for (size_t i = 0; i < n; i++) {
		at = strstr(file, pair[i][0]);
		assert_non_null(at);
		file = pool_fmt(&city_pool, "%.*s%s%s", (int)(at - file), file, pair[i][1],
			at + strlen(pair[i][0]));
	}
	p = programme_parse(file, strlen(file), "x.json", &city_pool, &err);
	if (p == NULL)
		fail_msg("%s", err.text);
	return p;
}

static const struct programme *
with(const char *from, const char *to)
{
	return changed((const char *const[][2]){ { from, to } }, 1);
}

static void
refuse(struct db *db, const struct programme *p, enum err_code code, const char *say)
{
	struct err err = { 0 };
	struct programme_row *row;
	bool different;
	size_t n;

	assert_int_equal(programme_put(db, p, NULL, "x", &different, &err), -1);
	assert_int_equal(err.code, code);
	if (strstr(err.text, say) == NULL)
		fail_msg("“%s” does not say “%s”", err.text, say);
	must(db_list_programmes(db, &row, &n, &city_pool, oops));
	assert_int_equal(n, 1);
}

static void
a_rule_with_records_keeps_its_words(void **state)
{
	struct db *db = filled_open();
	const struct programme *p =
		with("企业质量信用档案建档率>80%", "企业质量信用档案建档率>70%");
	bool different;

	(void)state;
	reading(db, "7", 4, 2024, "85%");
	refuse(db, p, ERR_CONFLICT, "第 7 项第 4 条原为“企业质量信用档案建档率>80%”");
	reading(db, "7", 5, 2024, "85%");
	p = with("预包装产品质量信用信息平台建档率>80%", "预包装产品质量信用信息平台建档率>75%");
	refuse(db, p, ERR_CONFLICT, "第 7 项第 5 条");
	p = with("部门联动机制=有", "部门联动机制=是");	/* of which nothing is on record */
	must(programme_put(db, p, NULL, "x", &different, oops));
	assert_true(different);
	city_close(db);
}

static void
a_row_with_records_stays(void **state)
{
	struct db *db = filled_open();
	struct evidence_row e = { .indicator = "50", .title = "t", .document_no = "",
		.date = "2024-05-12", .period = "",
		.sha256 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
		.state = "uploaded", .reviewer = "", .note = "", .who = "x", .minute = 28600000 };

	(void)state;
	must(db_put_evidence(db, &e, oops));
	refuse(db, with("\"id\": \"50\"", "\"id\": \"51\""), ERR_CONFLICT,
		"第 50 项不在这份任务表里");
	city_close(db);
}

static void
an_outside_result_keeps_the_clause_it_decides(void **state)
{
	struct db *db = filled_open();

	(void)state;
	external(db, "40", 2024, 8, "资质证 001");
	refuse(db, with("服务业满意度得分 位次<=10(", "服务业满意度得分 位次<=20("), ERR_CONFLICT,
		"第 40 项第 1 条");
	city_close(db);
}

static void
a_figure_is_one_of_its_form(void **state)
{
	struct db *db = filled_open();

	(void)state;
	refuse(db, with("\"index\": [\"product\"]", "\"index\": [\"produce\"]"), ERR_MISSING,
		"没有指数“produce”");
	refuse(db, with("\"domains\": \"sector\"", "\"domains\": \"colour\""), ERR_MISSING,
		"不能按“colour”分组");
	city_close(db);
}

static void
wording_may_change_and_what_was_is_kept(void **state)
{
	const char *
		const pair[][2] = { { "\"deadline\": \"2017-04\"", "\"deadline\": \"2027-12\"" },
		{ "制定并出台城市质量发展规划", "制定并出台质量发展规划" } };
	struct db *db = filled_open();
	struct programme_row *row;
	bool different;
	size_t n;

	(void)state;
	reading(db, "1", 1, 2024, "是");
	refuse(db, changed(pair, 2), ERR_CONFLICT, "--reworded 1");
	must(programme_put(db, changed(pair, 2), "1", "张三", &different, oops));
	assert_true(different);
	must(programme_put(db, changed(pair, 2), "1", "李四", &different, oops));
	assert_false(different);		/* that very file is in force */
	must(db_list_programmes(db, &row, &n, &city_pool, oops));
	assert_int_equal(n, 2);
	assert_string_equal(row[1].who, "张三");
	assert_string_equal(row_of(db, "1")->indicator->title, "制定并出台质量发展规划");
	assert_string_equal(row_of(db, "1")->indicator->deadline, "2027-12");
	city_close(db);
}

static void
a_yardstick_ends_by_its_document_until_a_number_is_signed(void **state)
{
	struct db *db = filled_open();
	bool different;

	(void)state;
	must(programme_put(db, with("{\"note\": \"China Top Brand was discontinued\"}",
		"{\"document\": \"测试〔2024〕1号\", \"date\": \"2024-03-01\"}"), NULL, "x",
		&different, oops));
	assert_int_equal(row_of(db, "23")->clause[1].standing, STANDING_CANCELLED);
	assert_int_equal(row_of(db, "23")->clause[1].literal, TRUTH_UNKNOWN);
	assert_true(isnan(row_of(db, "23")->clause[1].threshold));
	assert_says(&row_of(db, "23")->clause[1].reason,
		"测试〔2024〕1号（2024-03-01）：评价依据已取消。");
	threshold(db, "23", 2, "10", "2024-01-01");
	assert_int_equal(row_of(db, "23")->clause[1].cancelled, false);
	city_close(db);
}

static void
what_is_signed_keeps_its_figures_its_programme_and_its_years(void **state)
{
	struct db *db = filled_open();

	(void)state;
	threshold(db, "47", 4, "75", "2024-01-01");
	refuse(db, with("\"index\": [\"product\"]", "\"index\": [\"service\"]"), ERR_CONFLICT,
		"数据来源变了");
	refuse(db, with("\"id\": \"zlqs\"", "\"id\": \"other\""), ERR_CONFLICT, "manyi init");
	reading(db, "1", 1, 2019, "是");
	refuse(db, with("\"first_year\": 2009", "\"first_year\": 2020"), ERR_CONFLICT, "2019");
	city_close(db);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(what_is_signed_keeps_its_figures_its_programme_and_its_years),
	cmocka_unit_test(a_rule_with_records_keeps_its_words),
	cmocka_unit_test(a_row_with_records_stays),
	cmocka_unit_test(an_outside_result_keeps_the_clause_it_decides),
	cmocka_unit_test(a_figure_is_one_of_its_form),
	cmocka_unit_test(wording_may_change_and_what_was_is_kept),
	cmocka_unit_test(a_yardstick_ends_by_its_document_until_a_number_is_signed),
};

CHECK_MAIN(tests)
