/* A table as offices send it becomes a programme's file: numbers, merged
 * cells, names run together. */
#include "tests/support/check.h"

#include "base/text.h"
#include "track/programme/programme.h"
#include "track/programme/import.h"

static struct pool pool;
static json_t *notes;

static json_t *
import(const char *table, struct err *err)
{
	static const struct programme_import of = { .id = "t", .edition = "1", .title = "测试",
		.file = "t.csv" };
	struct csv csv;

	json_decref(notes);
	notes = json_array();
	if (csv_parse(&csv, table, strlen(table), "t.csv", NULL, &pool, err) != 0)
		fail_msg("%s", err->text);
	return programme_import(&csv, &of, notes, &pool, err);
}

/* What was made can be loaded, and is what is compared. */
static const struct programme *
imported(const char *table)
{
	struct err err = { 0 };
	struct text t = TEXT_INIT;
	json_t *made = import(table, &err);
	const struct programme *p;

	if (made == NULL)
		fail_msg("%s", err.text);
	json_put(&t, made, 0);
	json_decref(made);
	p = programme_parse(text_str(&t), t.n, "t", &pool, &err);
	if (p == NULL)
		fail_msg("%s", err.text);
	text_clear(&t);
	return p;
}

static void
merged_cells_are_of_the_one_above(void **state)
{
	const struct programme *p = imported("指标项,指标内容,目标任务,牵头部门,配合部门\n"
		"一、甲章,1.甲事,做甲。,市甲局,\n,,,,\n,2乙事,2.1做乙；,"
		"市甲局,\n,,2.2做丙；,市乙局,市甲局\n"
		"5、 乙章,,,,\n,丁事,做丁。,市乙局,\n");

	(void)state;
	assert_int_equal(p->rows, 4);
	assert_string_equal(p->row[0].id, "1");
	assert_string_equal(p->row[1].id, "2.1");
	assert_string_equal(p->row[1].content, "做乙；");
	assert_string_equal(p->row[2].id, "2.2");
	assert_string_equal(p->row[2].title, "乙事");
	assert_string_equal(p->row[3].id, "4");		/* it has no number of its own */
	assert_string_equal(p->row[3].chapter_title, "乙章");
	assert_int_equal(p->row[3].chapter, 2);
	assert_int_equal(p->row[3].rule[0].op, RULE_UNWRITTEN);
}

static void
headings_may_stand_in_any_order(void **state)
{
	const struct programme *p = imported("配合部门,牵头部门,目标任务,指标内容,指标项\n"
		"市乙局,市甲局,做甲。,1.甲事,一、甲章\n");

	(void)state;
	assert_string_equal(p->row[0].lead, "市甲局");
	assert_string_equal(p->row[0].cooperate, "市乙局");
}

static void
names_are_taken_apart_as_they_stand_elsewhere(void **state)
{
	const struct programme *p = imported("指标项,指标内容,目标任务,牵头部门,配合部门\n"
		"一、甲章,1.甲事,做甲。,市甲局市乙局,\"市丙局\n\n"
		"市丁局、市甲局\"\n,2.乙事,做乙。,市甲局,各成员单位\n,3."
		"丙事,做丙。,市乙局,市丙局市戊局\n");

	(void)state;
	assert_string_equal(p->row[0].lead, "市甲局;市乙局");
	assert_string_equal(p->row[0].cooperate, "市丙局;市丁局;市甲局");
	assert_string_equal(p->everyone, "各成员单位");
	/* nobody else is called 市戊局 */
	assert_string_equal(p->row[2].cooperate, "市丙局市戊局");
	assert_int_equal(p->departments, 5);
	assert_int_equal(json_array_size(notes), 2);	/* run together; everyone */
}

static void
names_are_as_people_fill_them_out(void **state)
{
	const struct programme *p = imported("序号,指标项,指标内容,目标任务,牵头部门,配合部门\n"
		"1,一、甲章,1.甲事,做甲。,甲  局,各区县政府\n"
		"2,,2.乙事,做乙。,市乙局（牵头）,市丙局/市丁局 市戊局\n,总计 2 项,,,,\n"
		",注：本表由市质安办解释,,,,\n");

	(void)state;
	assert_int_equal(p->rows, 2);
	assert_int_equal(p->chapters, 1);
	assert_string_equal(p->row[0].lead, "甲局");
	assert_string_equal(p->row[0].cooperate, "各区县政府");
	assert_string_equal(p->everyone, "");
	assert_string_equal(p->row[1].lead, "市乙局");
	assert_string_equal(p->row[1].cooperate, "市丙局;市丁局;市戊局");
	assert_int_equal(json_array_size(notes), 3);	/* a column and two lines passed over */
}

static void
refuse(const char *table, const char *say)
{
	struct err err = { 0 };

	assert_null(import(table, &err));
	assert_int_equal(err.code, ERR_INPUT);
	if (strstr(err.text, say) == NULL)
		fail_msg("“%s” does not say “%s”", err.text, say);
}

static void
what_is_no_such_table_is_refused(void **state)
{
	(void)state;
	refuse("指标项,指标内容,目标任务,牵头部门\n一、甲,1.甲,做甲,市甲局\n",
		"t.csv：缺“配合部门”列");
	refuse("指标项,指标内容,目标任务,牵头部门,配合部门,分值\n一、甲,1.甲,做甲,市甲局,,x\n",
		"不认识“分值”列");
	refuse("指标项,指标内容,目标任务,牵头单位,配合部门\n一、甲,1.甲,做甲,市甲局,\n",
		"这里是 指标项、指标内容、目标任务、牵头单位");
	refuse("指标项,指标内容,目标任务,牵头部门,配合部门\n一、甲,1.甲,做甲,,\n",
		"t.csv 第 2 行：“牵头部门”是空的");
	refuse("指标项,指标内容,目标任务,牵头部门,配合部门\n一、甲,1.甲,做甲,市甲局,\n"
		"一、甲,1.甲,做甲,市甲局,\n", "第 3 行：与上面的一行完全相同");
	refuse("指标项,指标内容,目标任务,牵头部门,配合部门\n,1.甲,做甲,市甲局,\n",
		"第 2 行：“指标项”是空的");
	refuse("指标项,指标内容,目标任务,牵头部门,配合部门\n一、甲,,做甲,市甲局,\n",
		"“指标内容”是空的");
	refuse("指标项,指标内容,目标任务,牵头部门,配合部门\n一、甲,1.甲,,市甲局,\n",
		"“目标任务”是空的");
	refuse("指标项,指标内容,目标任务,牵头部门,配合部门\n一、甲,,,,\n", "没有一项任务");
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(merged_cells_are_of_the_one_above),
	cmocka_unit_test(headings_may_stand_in_any_order),
	cmocka_unit_test(names_are_taken_apart_as_they_stand_elsewhere),
	cmocka_unit_test(names_are_as_people_fill_them_out),
	cmocka_unit_test(what_is_no_such_table_is_refused),
};

CHECK_MAIN(tests)
