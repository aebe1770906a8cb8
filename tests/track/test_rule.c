/* The rule language: every form the table holds, values as people type them, three-valued logic. */
#include "tests/support/check.h"

#include "track/rule/rule.h"

static struct pool pool;

static const struct rule *
parse(const char *text, size_t *rules)
{
	const struct rule *rule;
	struct err err = { 0 };

	if (rule_parse(&rule, rules, text, &pool, &err) != 0)
		fail_msg("%s: %s", text, err.text);
	return rule;
}

static const struct rule *
one(const char *text)
{
	size_t rules;
	const struct rule *rule = parse(text, &rules);

	assert_int_equal(rules, 1);
	return rule;
}

static void
semicolons_and_bars_make_groups_of_alternatives(void **state)
{
	const struct rule *r;
	size_t n;

	(void)state;
	r = parse("城市服务业满意度 趋势:连续3年提高|消费者投诉率 趋势:连续3年递减;"
		"服务业顾客满意度 位次:全国同级城市前列|消费者投诉率<全国平均水平", &n);
	assert_int_equal(n, 4);
	assert_int_equal(r[0].group, 1);
	assert_int_equal(r[1].group, 1);
	assert_int_equal(r[2].group, 2);
	assert_int_equal(r[3].group, 2);
	assert_int_equal(r[3].number, 4);
	assert_int_equal(r[0].op, RULE_RISING);
	assert_int_equal(r[0].years, 3);
	assert_string_equal(r[0].name, "城市服务业满意度");
	assert_int_equal(r[1].op, RULE_FALLING);
	assert_int_equal(r[2].op, RULE_FRONT);
	assert_string_equal(r[2].peers, "全国同级城市");
	assert_true(isnan(r[2].threshold));
	assert_int_equal(r[3].op, RULE_BELOW_NATIONAL);
	assert_string_equal(r[3].text, "消费者投诉率<全国平均水平");
}

static void
nothing_splits_inside_parentheses(void **state)
{
	const struct rule *r;
	size_t n;

	(void)state;
	r = parse("城市质量精神口号=有;宣传途径(展板、显示屏;横幅|路牌、网络)=有", &n);
	assert_int_equal(n, 2);
	assert_string_equal(r[1].name, "宣传途径(展板、显示屏;横幅|路牌、网络)");
	assert_int_equal(r[1].op, RULE_IS);
	assert_string_equal(r[1].word, "有");
	r = one("与支柱产业相适应的国家级、省级公共技术服务平台(检测中心、"
		"重点实验室、计量、标准、认证)=有");
	assert_int_equal(r->op, RULE_IS);
}

static void
strict_and_inclusive_bounds_differ(void **state)
{
	const struct rule *r = one("建档率>80%");

	(void)state;
	assert_int_equal(r->op, RULE_ABOVE);
	assert_close(r->threshold, 80, 0);
	assert_string_equal(r->unit, "%");
	assert_int_equal(rule_holds(r, "80%", NAN, NAN), TRUTH_FALSE);
	assert_int_equal(rule_holds(r, "80.1%", NAN, NAN), TRUTH_TRUE);
	r = one("合格率>=94%");
	assert_int_equal(rule_holds(r, "94", NAN, NAN), TRUTH_TRUE);
	assert_int_equal(rule_holds(r, "93.99%", NAN, NAN), TRUTH_FALSE);
	r = one("死亡数<3起");
	assert_int_equal(rule_holds(r, "3", NAN, NAN), TRUTH_FALSE);
	r = one("死亡数<=3起");
	assert_int_equal(rule_holds(r, "3起", NAN, NAN), TRUTH_TRUE);
}

static void
per_mille_is_not_percent(void **state)
{
	const struct rule *r = one("专项经费占年财政一般预算收入比例>=1‰");
	struct err err = { 0 };
	double x;

	(void)state;
	assert_string_equal(r->unit, "‰");
	assert_int_equal(rule_read(&x, r, "1.2‰", NULL), 0);
	assert_close(x, 1.2, 0);
	assert_int_equal(rule_read(&x, r, "0.12%", &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_int_equal(rule_holds(r, "0.12%", NAN, NAN), TRUTH_UNKNOWN);
	assert_int_equal(rule_holds(r, "1‰", NAN, NAN), TRUTH_TRUE);
}

static void
targets_of_zero_and_of_all_are_exact(void **state)
{
	const struct rule *r = one("当年出口商品遭境外通报或退运=0起");

	(void)state;
	assert_int_equal(r->op, RULE_EQUAL);
	assert_int_equal(rule_holds(r, "0", NAN, NAN), TRUTH_TRUE);
	assert_int_equal(rule_holds(r, "1起", NAN, NAN), TRUTH_FALSE);
	r = one("大中型工程一次验收合格率=100%");
	assert_int_equal(rule_holds(r, "100%", NAN, NAN), TRUTH_TRUE);
	assert_int_equal(rule_holds(r, "99.9%", NAN, NAN), TRUTH_FALSE);
}

static void
yearly_promises_are_marked(void **state)
{
	const struct rule *r;

	(void)state;
	r = one("质量专项经费列支=是/每年");
	assert_true(r->yearly);
	assert_string_equal(r->word, "是");
	r = one("专项执法整治>=1次/年(定期)");
	assert_true(r->yearly);
	assert_close(r->threshold, 1, 0);
	assert_string_equal(r->unit, "次");
	assert_string_equal(r->note, "定期");
	r = one("强制性产品认证获证产品监督抽查批次合格率>=95%/年");
	assert_true(r->yearly);
	assert_string_equal(r->unit, "%");
	assert_false(one("举办国内、国际大型博览会、展会>=1次")->yearly);
}

static void
ranks_carry_their_peers_and_years(void **state)
{
	const struct rule *r;

	(void)state;
	r = one("进口商品法检检出率 位次<=10(全国城市,连续3年)");
	assert_int_equal(r->op, RULE_RANK);
	assert_close(r->threshold, 10, 0);
	assert_string_equal(r->peers, "全国城市");
	assert_int_equal(r->years, 3);
	r = one("服务业满意度得分 位次<=10(全国同等城市,国家认可第三方权威机构测评)");
	assert_string_equal(r->peers, "全国同等城市");
	assert_string_equal(r->note, "国家认可第三方权威机构测评");
	assert_int_equal(r->years, 0);
	assert_int_equal(rule_holds(r, "10", NAN, NAN), TRUTH_TRUE);
	assert_int_equal(rule_holds(r, "第11位", NAN, NAN), TRUTH_FALSE);
	assert_int_equal(rule_holds(r, "7/20", NAN, NAN), TRUTH_TRUE);
	assert_close(rule_beside(r, "7/20"), 20, 0);
	r = one("中国驰名商标数/亿元GDP 位次:全国同级城市前列");
	assert_int_equal(r->op, RULE_FRONT);
	assert_string_equal(r->name, "中国驰名商标数/亿元GDP");
}

static void
words_without_a_number_stay_open_until_signed(void **state)
{
	static const char *const open[] = {
		"公众对质量投诉信息平台认知度=高(阈值未定义)", "产品质量满意=是",
		"认证总数 位次:全国同级城市前列",
		"验收专家酌情打分=现场审核+城市居民质量满意度调查",
	};
	static const enum rule_op op[] = { RULE_HIGH, RULE_SATISFIED, RULE_FRONT, RULE_JUDGED };
	static const char *const value[] = { "71.5%", "82.3", "4", "8" };

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		const struct rule *r = one(open[i]);

		assert_int_equal(r->op, op[i]);
		assert_true(rule_open(r));
		assert_true(isnan(r->threshold));
		assert_int_equal(rule_holds(r, value[i], NAN, NAN), TRUTH_UNKNOWN);
	}
	assert_int_equal(rule_holds(one(open[1]), "是", NAN, NAN), TRUTH_UNKNOWN);
	assert_int_equal(rule_holds(one(open[1]), "82.3", 80, NAN), TRUTH_TRUE);
	assert_int_equal(rule_holds(one(open[1]), "是", 80, NAN), TRUTH_TRUE);
	assert_int_equal(rule_holds(one(open[1]), "79.9", 80, NAN), TRUTH_FALSE);
	assert_int_equal(rule_holds(one(open[0]), "71.5%", 60, NAN), TRUTH_TRUE);
	assert_int_equal(rule_holds(one(open[2]), "4", 3, NAN), TRUTH_FALSE);
	assert_false(rule_open(one("合格率>=94%")));
}

static void
a_table_number_cannot_be_signed_away(void **state)
{
	const struct rule *r = one("合格率>=94%");
	struct err err = { 0 };
	double x;

	(void)state;
	assert_int_equal(rule_read_threshold(&x, r, "90%", &err), -1);
	assert_int_equal(err.code, ERR_CONFLICT);
	assert_int_equal(rule_holds(r, "93%", 90, NAN), TRUTH_FALSE);
	r = one("认证总数 位次:全国同级城市前列");
	assert_int_equal(rule_read_threshold(&x, r, "10", NULL), 0);
	assert_close(x, 10, 0);
	assert_int_equal(rule_read_threshold(&x, r, "0", NULL), -1);
	assert_int_equal(rule_read_threshold(&x, r, "2.5", NULL), -1);
	assert_int_equal(rule_read_threshold(&x, r, "前列", NULL), -1);
	assert_int_equal(rule_read_threshold(&x, one("产品质量满意=是"), "是", NULL), -1);
	assert_int_equal(rule_read_threshold(&x, one("认知度=高(阈值未定义)"), "60%", NULL), 0);
}

static void
the_national_average_stands_beside_the_reading(void **state)
{
	const struct rule *r = one("特种设备万台设备事故死亡率<全国平均水平");
	double x;

	(void)state;
	assert_int_equal(rule_holds(r, "0.31/0.45", NAN, NAN), TRUTH_TRUE);
	assert_int_equal(rule_holds(r, "0.45/0.45", NAN, NAN), TRUTH_FALSE);
	assert_int_equal(rule_holds(r, "0.31", NAN, NAN), TRUTH_UNKNOWN);
	assert_int_equal(rule_holds(r, "0.31", NAN, 0.3), TRUTH_FALSE);
	/* no death: nothing is divided by it */
	assert_int_equal(rule_holds(r, "0/0.45", NAN, NAN), TRUTH_TRUE);
	assert_int_equal(rule_read(&x, r, "0.3%/0.45‰", NULL), -1);
	assert_close(rule_beside(r, "0.31 / 0.45"), 0.45, 0);
}

static void
values_as_people_type_them_are_taken(void **state)
{
	static const struct { const char *rule, *value; double number; } good[] = {
		{ "率>=94%", "85.5%", 85.5 }, { "率>=94%", " ９４．５％ ", 94.5 },
		{ "率>=94%", "0", 0 }, { "数>=1个", "12", 12 }, { "数>=1个", "12个", 12 },
		{ "天数>=36天", "40 天", 40 }, { "x 位次:全国前列", "第 7 位", 7 },
		{ "x 位次:全国前列", "3/20", 3 }, { "比重 趋势:连续3年提高", "31.5%", 31.5 },
		{ "比重 趋势:连续3年提高", "31.5", 31.5 },
		{ "证书>=2张", "2.4张", 2.4 },
	};
	double x;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		const struct rule *r = one(good[i].rule);
		struct err err = { 0 };

		if (rule_read(&x, r, good[i].value, &err) != 0)
			fail_msg("%s %s: %s", good[i].rule, good[i].value, err.text);
		assert_close(x, good[i].number, 0);
	}
}

static void
values_that_make_no_sense_are_refused(void **state)
{
	static const struct { const char *rule, *value; } bad[] = {
		{ "率>=94%", "100.1%" }, { "率>=94%", "-1" }, { "率>=94%", "高" },
		{ "率>=94%", "" }, { "率>=94%", "94‰" }, { "率>=94%", "94%以上" },
		{ "率>=94%", "9 4 x" }, { "率>=94%", "1e2" }, { "率>=94%", "94/95" },
		{ "率>=94%", "nan" }, { "率>=94%", "\xff" }, { "率>=94%", "9\n4" },
		{ "率>=1‰", "1001‰" }, { "数>=1个", "1.5" }, { "数>=1个", "3次" },
		{ "天数>=36天", "400" }, { "x 位次<=10(全国)", "0" }, { "x 位次<=10(全国)", "1.5" },
		{ "x 位次<=10(全国)", "21/20" }, { "x 位次<=10(全国)", "前列" },
		{ "x 位次<=10(全国)", "7%" },
		{ "规划=是", "好" }, { "规划=是", "85%" }, { "机制=有", "基本有" },
		{ "无标生产=基本消灭", "无" }, { "无标生产=基本消灭", "有" },
		{ "产品质量满意=是", "101" }, { "产品质量满意=是", "满意" },
		{ "比重 趋势:连续3年提高", "提高" }, { "比重 趋势:连续3年提高", "101%" },
	};
	double x;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct err err = { 0 };

		if (rule_read(&x, one(bad[i].rule), bad[i].value, &err) == 0)
			fail_msg("%s took “%s”", bad[i].rule, bad[i].value);
		assert_int_equal(err.code, ERR_INPUT);
		assert_true(isnan(x));
		assert_int_equal(rule_holds(one(bad[i].rule), bad[i].value, NAN, NAN),
			TRUTH_UNKNOWN);
	}
}

static void
a_digit_string_too_long_is_refused(void **state)
{
	char long_one[200];
	double x;

	(void)state;
	memset(long_one, '9', sizeof(long_one));
	long_one[sizeof(long_one) - 1] = '\0';
	assert_int_equal(rule_read(&x, one("数>=1个"), long_one, NULL), -1);
	long_one[40] = '\0';
	assert_int_equal(rule_read(&x, one("数>=1个"), long_one, NULL), -1);
}

static void
words_mean_what_they_say(void **state)
{
	const struct rule *r = one("规划出台=是");

	(void)state;
	assert_int_equal(rule_holds(r, "是", NAN, NAN), TRUTH_TRUE);
	assert_int_equal(rule_holds(r, "否", NAN, NAN), TRUTH_FALSE);
	r = one("机制=有");
	assert_int_equal(rule_holds(r, "有", NAN, NAN), TRUTH_TRUE);
	assert_int_equal(rule_holds(r, "无", NAN, NAN), TRUTH_FALSE);
	r = one("无标生产=基本消灭");
	assert_int_equal(rule_holds(r, "基本消灭", NAN, NAN), TRUTH_TRUE);
	assert_int_equal(rule_holds(r, "是", NAN, NAN), TRUTH_TRUE);
	assert_int_equal(rule_holds(r, "否", NAN, NAN), TRUTH_FALSE);
	r = one("质量强市工作领导小组组长=市政府主要负责人");
	assert_int_equal(rule_holds(r, "市政府主要负责人", NAN, NAN), TRUTH_TRUE);
}

static void
three_rises_need_four_values(void **state)
{
	const struct rule *up = one("比重 趋势:连续3年提高"), *down = one("率 趋势:连续3年递减");
	static const double rising[] = { 1, 2, 3, 4 }, flat[] = { 1, 2, 2, 3 },
		falling[] = { 9, 4, 3, 2 };
	static const double late[] = { 9, 2, 3, 4, 5 }, gap[] = { 1, 2, NAN, 4 },
		gap_down[] = { 1, NAN, 4, 3 };

	(void)state;
	assert_int_equal(rule_trend(up, rising, 4), TRUTH_TRUE);
	assert_int_equal(rule_trend(up, rising, 3), TRUTH_UNKNOWN);
	assert_int_equal(rule_trend(up, rising, 1), TRUTH_UNKNOWN);
	assert_int_equal(rule_trend(up, rising, 0), TRUTH_UNKNOWN);
	assert_int_equal(rule_trend(up, flat, 4), TRUTH_FALSE);
	/* known false with three values already */
	assert_int_equal(rule_trend(up, flat, 3), TRUTH_FALSE);
	assert_int_equal(rule_trend(up, late, 5), TRUTH_TRUE);	/* an old fall is out of sight */
	assert_int_equal(rule_trend(up, gap, 4), TRUTH_UNKNOWN);
	assert_int_equal(rule_trend(up, gap_down, 4), TRUTH_FALSE);
	assert_int_equal(rule_trend(down, falling, 4), TRUTH_TRUE);
	assert_int_equal(rule_trend(down, rising, 4), TRUTH_FALSE);
	assert_int_equal(rule_holds(up, "31%", NAN, NAN), TRUTH_UNKNOWN);
}

static void
logic_is_kleenes(void **state)
{
	/* in Kleene's order */
	static const enum truth v[] = { TRUTH_FALSE, TRUTH_UNKNOWN, TRUTH_TRUE };

	(void)state;
	for (int a = 0; a < 3; a++)
		for (int b = 0; b < 3; b++) {
			assert_int_equal(truth_and(v[a], v[b]), v[a < b ? a : b]);
			assert_int_equal(truth_or(v[a], v[b]), v[a > b ? a : b]);
		}
}

static void
nonsense_is_named(void **state)
{
	static const char *const bad[] = {
		"", ";", "a=是;", "a=是||b=是", "没有比较", "=是", "a>=", "a>=%", "a=",
		"a 位次<=十(x)", "a 位次<=0(x)", "a 位次<=1.5(x)", "a 位次:前面",
		"a 趋势:连续3年上升", "a 趋势:连续年提高", "a 趋势:3年提高", "a(b=是", "a)b=是",
		"a=是;b", "a<全国", "a 位次<=10(x,连续3年以上)",
	};
	size_t n;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct err err = { 0 };
		const struct rule *r;

		if (rule_parse(&r, &n, bad[i], &pool, &err) == 0)
			fail_msg("“%s” was understood", bad[i]);
		assert_int_equal(err.code, ERR_INPUT);
	}
}

static void
a_slip_of_the_pen_is_no_other_rule(void **state)
{
	static const struct { const char *rule, *say; } bad[] = {
		{ "增长率=>8%", "比较号" }, { "x==是", "比较号" }, { "x=<3个", "比较号" },
		{ "增长率≥8%", "比较号" }, { "x＝是", "比较号" }, { "x>==8%", "比较号" },
		{ "x=是/每月", "“年”或“每年”" }, { "增长率>=8%/没年", "“年”或“每年”" },
		{ "x>=1次/季(定期)", "“年”或“每年”" }, { "增长率>=108%", "最多 100%" },
		{ "x<全省平均水平", "全国平均水平" },
	};
	const struct rule *r;
	size_t n;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct err err = { 0 };

		if (rule_parse(&r, &n, bad[i].rule, &pool, &err) == 0)
			fail_msg("“%s” was understood", bad[i].rule);
		if (strstr(err.text, bad[i].say) == NULL)
			fail_msg("“%s” does not say “%s”", err.text, bad[i].say);
	}
	/* words in brackets are free */
	assert_int_equal(one("x(A≥B)>=1次/每年(A≥B)")->yearly, true);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_slip_of_the_pen_is_no_other_rule),
	cmocka_unit_test(semicolons_and_bars_make_groups_of_alternatives),
	cmocka_unit_test(nothing_splits_inside_parentheses),
	cmocka_unit_test(strict_and_inclusive_bounds_differ),
	cmocka_unit_test(per_mille_is_not_percent),
	cmocka_unit_test(targets_of_zero_and_of_all_are_exact),
	cmocka_unit_test(yearly_promises_are_marked),
	cmocka_unit_test(ranks_carry_their_peers_and_years),
	cmocka_unit_test(words_without_a_number_stay_open_until_signed),
	cmocka_unit_test(a_table_number_cannot_be_signed_away),
	cmocka_unit_test(the_national_average_stands_beside_the_reading),
	cmocka_unit_test(values_as_people_type_them_are_taken),
	cmocka_unit_test(values_that_make_no_sense_are_refused),
	cmocka_unit_test(a_digit_string_too_long_is_refused),
	cmocka_unit_test(words_mean_what_they_say),
	cmocka_unit_test(three_rises_need_four_values),
	cmocka_unit_test(logic_is_kleenes),
	cmocka_unit_test(nonsense_is_named),
};

CHECK_MAIN(tests)
