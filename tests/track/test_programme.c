/* A programme's file: the shipped one is the seed, word for word; a faulty one is
 * refused at its place. */
#include "tests/track/programme.h"

#include "base/file.h"
#include "base/text.h"

static struct pool pool;

/* Counted by hand in the table. */
static void
every_rule_of_the_table_is_understood(void **state)
{
	size_t all = 0, count[RULE_OP_MAX] = { 0 };
	const struct programme *p = shipped(&pool);

	(void)state;
	assert_int_equal(p->rows, 52);
	for (size_t i = 0; i < p->rows; i++)
		for (size_t k = 0; k < p->row[i].rules; k++, all++) {
			const struct rule *r = &p->row[i].rule[k];

			count[r->op]++;
			assert_int_equal(r->number, k + 1);
			assert_int_equal(r->group,
				k == 0 ? 1 : r->group == r[-1].group ? r->group : r[-1].group + 1);
		}
	assert_int_equal(all, 147);
	assert_int_equal(count[RULE_FRONT], 9);		/* 11.2, four of 23, 24, 25, 43, 47 */
	assert_int_equal(count[RULE_RANK], 3);		/* two of 30, 40 */
	assert_int_equal(count[RULE_RISING], 3);	/* two of 34, 43 */
	assert_int_equal(count[RULE_FALLING], 1);	/* 43 */
	assert_int_equal(count[RULE_BELOW_NATIONAL], 3);	/* 30, 31, 43 */
	assert_int_equal(count[RULE_EQUAL], 6);		/* 28, 30, 32, 34, two of 35 */
	assert_int_equal(count[RULE_ABOVE], 2);		/* 7 */
	assert_int_equal(count[RULE_HIGH], 1);		/* 44 */
	assert_int_equal(count[RULE_SATISFIED], 5);	/* 47 */
	assert_int_equal(count[RULE_JUDGED], 1);	/* 27 */
	assert_int_equal(count[RULE_AT_MOST] + count[RULE_BELOW], 0);
}

/* The seed's text without any white space. */
static char *
seed_stripped(void)
{
	struct err err = { 0 };
	const char *seed;
	char *out;
	size_t n, k = 0;

	assert_int_equal(file_read(&seed, &n, check_path("data/seed.txt"), 0, &pool, &err), 0);
	out = pool_take(&pool, n + 1);
	for (size_t i = 0; i < n; i++)
		if (strchr(" \t\r\n", seed[i]) == NULL)
			out[k++] = seed[i];
	return out;
}

/* Does *at continue with word, white space and the table's ';' apart?  Then step over it. */
static bool
eat(const char **at, const char *word)
{
	const char *p = *at;

	for (; *word != '\0'; word++) {
		if (strchr(" \t;", *word) != NULL)
			continue;
		if (*p++ != *word)
			return false;
	}
	*at = p;
	return true;
}

/* Chapter headings stand once or twice before a row, as "五、" or "5、". */
static void
eat_headings(const char **at, const struct indicator *row)
{
	static const char *const number[] = { "", "一", "二", "三", "四", "5", "六", "七",
		"八", "九", "十" };
	char heading[200];

	snprintf(heading, sizeof(heading), "%s、%s", number[row->chapter], row->chapter_title);
	while (eat(at, heading))
		;
}

/* The whole seed is read once, from its title to its footnote: nothing is
 * missing, added or moved. */
static void
the_table_is_the_seed_verbatim(void **state)
{
	const struct programme *p = shipped(&pool);
	const struct indicator *row = p->row;
	const char *at = seed_stripped();

	(void)state;
	assert_true(eat(&at, "附件瓦房店市创建“全国质量强市示范城市”考核指标任务分解表"));
	assert_true(eat(&at, "指标项指标内容目标任务牵头部门配合部门"));
	for (size_t i = 0; i < p->rows; i++) {
		const struct indicator *r = &row[i];
		bool part = strchr(r->id, '.') != NULL;

		eat_headings(&at, r);
		if (part && strcmp(r->id, "11.1") != 0) {
			if (!eat(&at, r->id))
				fail_msg("row %s: number, at %.60s", r->id, at);
		} else {
			if (!eat(&at, part ? "11" : r->id))
				fail_msg("row %s: number, at %.60s", r->id, at);
			eat(&at, ".");
			if (!eat(&at, r->title))
				fail_msg("row %s: title, at %.60s", r->id, at);
			if (part && !eat(&at, r->id))
				fail_msg("row %s: part number, at %.60s", r->id, at);
		}
		if (!eat(&at, r->content))
			fail_msg("row %s: content, at %.60s", r->id, at);
		if (!eat(&at, r->lead) || !eat(&at, r->cooperate))
			fail_msg("row %s: departments, at %.60s", r->id, at);
	}
	assert_true(eat(&at, "注：以上工作要求在2017年4月前全部完成。"));
	assert_true(eat(&at, "—4—"));
	assert_string_equal(at, "");
}

static void
rows_per_chapter_are_those_of_the_programme(void **state)
{
	static const int want[] = { 3, 6, 7, 8, 5, 4, 6, 6, 4, 3 };
	const struct programme *p = shipped(&pool);
	const struct indicator *row = p->row;
	int count[11] = { 0 };

	(void)state;
	for (size_t i = 0; i < p->rows; i++)
		count[row[i].chapter]++;
	for (size_t i = 0; i < 10; i++)
		assert_int_equal(count[i + 1], want[i]);
	assert_string_equal(row[10].id, "11.1");
	assert_string_equal(row[51].id, "50");
	assert_int_equal(row[51].row, 52);
}


/* What feeds a row is said by the file alone. */
static void
what_feeds_a_row_is_in_the_file(void **state)
{
	const struct programme *p = shipped(&pool);
	const struct indicator *row = programme_row(p, "43", NULL);

	(void)state;
	assert_int_equal(feed_of(&row->rule[0]), FEED_SERIES);
	assert_int_equal(feed_of(&row->rule[1]), FEED_COMPLAINTS);
	assert_int_equal(feed_of(&row->rule[2]), FEED_EXTERNAL);
	assert_string_equal(row->rule[0].feed->figure.form, "A");
	assert_string_equal(row->figures.index[0], "csi");
	assert_int_equal(row->headline, HEADLINE_TREND);
	row = programme_row(p, "47", NULL);
	assert_int_equal(feed_of(&row->rule[3]), FEED_CONFIRMED);
	assert_int_equal(row->figures.n, 7);
	assert_true(row->qualified);
	assert_string_equal(programme_qualified(p, &pool), ";40;47;");
	assert_int_equal(programme_row(p, "40", NULL)->top, 10);
	assert_int_equal(feed_of(&programme_row(p, "3", NULL)->rule[0]), FEED_READING);
	assert_true(isnan(row->points));
	assert_int_equal(p->departments, 21);
	assert_string_equal(p->everyone, "各成员单位");
}

/* The shipped file with one thing changed, and what has to be said of it. */
static void
refuse(const char *from, const char *to, const char *place, const char *say)
{
	struct err err = { 0 };
	struct text t = TEXT_INIT;
	const char *file, *at;
	size_t n;

	assert_int_equal(file_read(&file, &n, check_path("data/programme.json"), 0, &pool, &err),
		0);
	at = strstr(file, from);
	assert_non_null(at);
	text_add(&t, file, (size_t)(at - file));
	text_puts(&t, to);
	text_puts(&t, at + strlen(from));
	if (programme_parse(t.s, t.n, "x.json", &pool, &err) != NULL)
		fail_msg("accepted: %s", to);
	assert_int_equal(err.code, ERR_INPUT);
	if (strstr(err.text, say) == NULL || strstr(err.text, place) == NULL)
		fail_msg("“%s” does not say “%s” at “%s”", err.text, say, place);
	text_clear(&t);
}

static void
a_faulty_file_is_refused_at_its_place(void **state)
{
	(void)state;
	refuse("\"rows\": [", "\"rows\": [[", "x.json:", "JSON");
	refuse("\"edition\": \"2017-04\"",
		"\"edition\": \"2017-04\", \"year\": 1", "x.json:4:", "不认识“year”");
	refuse("\"id\": \"2\"", "\"id\": \"1\"", "x.json:", "编号“1”重复");
	refuse("\"id\": \"2\"", "\"id\": \"2 \"", "x.json:", "应是 1—16 个字母");
	refuse("\"chapter\": 2", "\"chapter\": 11", "x.json:", "1 到 10");
	refuse("\"chapter\": 2", "\"chapter\": 3", "x.json:", "按章排列");
	refuse("\"deadline\": \"2017-04\"", "\"deadline\": \"2017-13\"", "x.json:", "2017-04");
	refuse("\"kind\": [\"document\"]", "\"kind\": [\"paper\"]", "x.json:", "survey");
	refuse("\"lead\": [\"市市场监管局\"]", "\"lead\": []", "x.json:", "至少要有一个");
	refuse("\"lead\": [\"市市场监管局\"]", "\"lead\": [\"市监局\"]", "x.json:", "没有“市监局”");
	refuse("\"rule\": \"质量发展战略规划出台=是\"",
		"\"rule\": \"质量发展战略规划出台\"", "x.json:", "质量发展战略规划出台");
	refuse("\"kind\": \"external\"",
		"\"kind\": \"complaints\"", "x.json:", "不能由“complaints”支撑");
	refuse("\"kind\": \"trend\"", "\"kind\": \"rising\"", "x.json:", "trend");
	refuse("\"en\": {\"name\": \"A strategy for quality has been issued\"}",
		"\"proposed\": \"10\"", "x.json:", "没有留待审定的数字");
	refuse("\"sure\": \"high\"", "\"document\": \"1号\"", "x.json:", "两样都写才算确认");
	refuse("\"name\": {\"zh\": \"市财政局\"", "\"name\": {\"zh\": \"市市场监管局\"", "x.json:",
		"“市市场监管局”列了两次");
	refuse("\"points\": null", "\"points\": -1", "x.json:", "分值");
	refuse("制定并出台城市质量发展规划", "\xff", "x.json:", "JSON");
	refuse("\"en\": \"all member units\"", "\"en\": \"\"", "x.json:", "不能空");
}

static bool
noted(const struct programme *p, const char *id, const char *say)
{
	struct words *note;
	size_t n;

	programme_notes(&note, &n, p, programme_row(p, id, NULL), &pool);
	for (size_t i = 0; i < n; i++)
		if (strstr(note[i].in[LANG_ZH], say) != NULL && note[i].in[LANG_EN][0] != '\0')
			return true;
	return false;
}

static void
suggestions_say_that_they_are(void **state)
{
	const struct programme *p = shipped(&pool);

	(void)state;
	assert_true(noted(p, "1", "完成时限：2017 年 4 月"));
	assert_false(noted(p, "1", "分值"));
	assert_true(noted(p, "44",
		"第 2 条“12365等质量投诉热线”的评价依据可能已取消，现为“12315”，尚未以文件确认"));
	assert_true(noted(p, "12",
		"市经信局可能已更名为市工业和信息化局，尚未以文件确认，仍按原名"));
	assert_false(noted(p, "3", "市财政局"));	/* is what it was */
	assert_non_null(programme_department(p, "市经信局"));
	assert_null(programme_department(p, "市工业和信息化局"));
}

static void
every_fault_is_listed_where_it_stands(void **state)
{
	static const char file[] =
		"{\"programme\": {\"id\": \"x\", \"title\": \"x\"},\n\"chapters\": [],\n"
		"\"departments\": [\"x\"],\n\"rows\": [{\"id\": \"1\"}]}\n";
	const struct fault *fault;
	struct err err = { 0 };
	struct pool mine = POOL_INIT;
	const char *path = check_path("tests/data/programme_faulty.json");
	size_t faults;

	(void)state;
	assert_null(programme_check(path, &fault, &faults, &mine, &err));
	assert_true(faults >= 8);
	for (size_t i = 0; i < faults; i++) {
		assert_true(fault[i].line >= 1 && fault[i].column >= 1);
		assert_true(i == 0 || fault[i].line >= fault[i - 1].line);
	}
	assert_null(programme_parse(file, strlen(file), "y", &mine, &err));
	assert_non_null(strstr(err.text, "另有"));
	pool_clear(&mine);
}

static void
a_row_without_a_rule_is_judged_by_a_person(void **state)
{
	static const char file[] =
		"{\"programme\": {\"id\": \"x\", \"edition\": \"1\", \"title\": \"甲\"},"
		"\"chapters\": [{\"number\": 1, \"title\": \"一\"}], \"departments\": [{\"name\":"
		" \"市甲局\"}],\"rows\": [{\"id\": \"1\", \"chapter\": 1, \"title\": \"办事\","
		" \"content\": \"办好事\", \"lead\": [\"市甲局\"],\"kind\": [\"document\"],"
		" \"clauses\": []}]}";
	struct err err = { 0 };
	const struct programme *p = programme_parse(file, strlen(file), "x", &pool, &err);
	double x;

	(void)state;
	if (p == NULL)
		fail_msg("%s", err.text);
	assert_int_equal(p->row[0].rules, 1);
	assert_int_equal(p->row[0].rule[0].op, RULE_UNWRITTEN);
	assert_int_equal(rule_read(&x, &p->row[0].rule[0], "未达标", &err), 0);
	assert_int_equal(rule_holds(&p->row[0].rule[0], "未达标", NAN, NAN), TRUTH_FALSE);
	assert_int_equal(rule_holds(&p->row[0].rule[0], "达标", NAN, NAN), TRUTH_TRUE);
	assert_int_equal(rule_read(&x, &p->row[0].rule[0], "85", &err), -1);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(every_rule_of_the_table_is_understood),
	cmocka_unit_test(the_table_is_the_seed_verbatim),
	cmocka_unit_test(rows_per_chapter_are_those_of_the_programme),
	cmocka_unit_test(what_feeds_a_row_is_in_the_file),
	cmocka_unit_test(a_faulty_file_is_refused_at_its_place),
	cmocka_unit_test(suggestions_say_that_they_are),
	cmocka_unit_test(every_fault_is_listed_where_it_stands),
	cmocka_unit_test(a_row_without_a_rule_is_judged_by_a_person),
};

CHECK_MAIN(tests)
