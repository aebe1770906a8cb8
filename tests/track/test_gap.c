/* What was reported against what is asked: the gap is named, with its unit. */
#include "tests/track/programme.h"

#include "track/rule/gap.h"
#include "track/rule/value.h"

static struct pool pool;

static struct words
said(const char *text, double signed_number, const char *value, const char *shown)
{
	const struct rule *parsed;
	struct rule *rule = pool_take(&pool, sizeof(*rule));
	struct err err = { 0 };
	struct gap gap;
	size_t rules;

	if (rule_parse(&parsed, &rules, text, &pool, &err) != 0)
		fail_msg("%s: %s", text, err.text);
	*rule = parsed[0];
	rule->english = shipped(&pool)->english;
	gap = (struct gap){ .rule = rule, .threshold = isnan(rule->threshold) ? signed_number :
		rule->threshold, .year = 2024, .value = value, .shown = shown };
	return gap_words(&gap, rule_holds(rule, value, signed_number, NAN), &pool);
}

static const struct { const char *rule; double bound;
	const char *value, *shown, *zh, *en; } asked[] = {
		{ "专项经费占年财政一般预算收入比例>=1‰", NAN, "0.84‰", "0.84‰",
			"2024 年完成值 0.84‰，低于 1‰ 的要求，差 0.16 个千分点。",
			"2024: 0.84‰; asked is: at least 1‰, 0.16 per mille points short." },
		{ "合格率>=95%", NAN, "96.2%", "96.2%",
			"2024 年完成值 96.2%，符合不低于 95% 的要求。",
			"2024: 96.2%, as asked (at least 95%)." },
		{ "合格率>=95%/年", NAN, "93.1", "93.1%",
			"2024 年完成值 93.1%，没有达到每年不低于 95% 的要求，差 1.9 个百分点。",
			"2024: 93.1%; asked is: at least 95% every year,"
			" 1.9 percentage points short." },
		{ "开放天数>=36天", NAN, "24天", "24天",
			"2024 年完成值 24 天，少于 36 天的要求，差 12 天。",
			"2024: 24; asked is: at least 36, 12 short." },
		{ "建档率>80%", NAN, "80%", "80%", "2024 年完成值 80%，没有达到高于 80% 的要求。",
			"2024: 80%; asked is: above 80%." },
		{ "验收合格率=100%", NAN, "98%", "98%",
			"2024 年完成值 98%，没有达到 100% 的要求，差 2 个百分点。",
			"2024: 98%; asked is: 100%, 2 percentage points short." },
		{ "验收合格率=100%", NAN, "100%", "100%", "2024 年完成值 100%，达到 100% 的要求。",
			"2024: 100%, as asked (100%)." },
		{ "通报或退运=0起", NAN, "2起", "2起",
			"2024 年完成值 2 起，不符合为 0 起的要求，高出 2 起。",
			"2024: 2; asked is: 0, 2 too much." },
		{ "死亡率<全国平均水平", NAN, "0.31/0.28", "0.31/0.28",
			"2024 年完成值 0.31（全国 0.28），不低于全国平均水平，高出 0.03。",
			"2024: 0.31 (nationwide 0.28); asked is: below the national average,"
			" 0.03 too much." },
		{ "认证总数 位次:全国同级城市前列", 10, "12/80", "第 12 名，共 80 个城市",
			"2024 年位居第 12 名，共 80 个城市，没有达到前 10 名的要求，差 2 名。",
			"2024: place 12 of 80; asked is: among the first 10, 2 too far down." },
		{ "认证总数 位次:全国同级城市前列", 10, "9/80", "第 9 名，共 80 个城市",
			"2024 年位居第 9 名，共 80 个城市，符合前 10 名的要求。",
			"2024: place 9 of 80, as asked (among the first 10)." },
		{ "产品质量满意=是", 80, "76.5分", "76.5分",
			"2024 年得分 76.5 分，没有达到不低于 80 分的要求，差 3.5 分。",
			"2024: 76.5; asked is: at least 80, 3.5 short." },
		{ "部门联动机制=有", NAN, "无", "无", "2024 年完成情况为“无”，不符合要求。",
			"For 2024 “no” was reported: not as asked." },
		{ "市长出席=是", NAN, "是", "是", "2024 年完成情况为“是”，符合要求。",
			"For 2024 “yes” was reported: as asked." },
	};

static void
the_gap_is_named_with_its_unit(void **state)
{
	struct words w;

	(void)state;
	for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++) {
		w = said(asked[i].rule, asked[i].bound, asked[i].value, asked[i].shown);
		assert_string_equal(w.in[LANG_ZH], asked[i].zh);
		assert_string_equal(w.in[LANG_EN], asked[i].en);
	}
}

static void
a_value_is_read_with_its_unit_in_both_languages(void **state)
{
	static const struct { const char *rule, *entered, *shown, *en; } row[] = {
		{ "专项经费占年财政一般预算收入比例>=1‰", "1.2", "1.2‰", "1.2‰" },
		{ "中国名牌产品数 位次:全国同级城市前列", "9/86", "第 9 名，共 86 个城市",
			"place 9 of 86 cities" },
		{ "中国名牌产品数 位次:全国同级城市前列", "第9位", "第 9 名", "place 9" },
		{ "质量月活动>=1次/年", "2", "2次", "2" },
		{ "质量月活动>=1次/年", "2次", "2次", "2" },
		{ "开放天数>=36天", "40", "40天", "40 days" }, { "市长出席=是", "是", "是", "yes" },
	};
	static const char *const words[][2] = {
		{ "2023 年 是 → 2024 年 否", "2023: yes → 2024: no" },
		{ "2023 年 77.5 → 2024 年 —", "2023: 77.5 → 2024: —" },
		{ "91.4%（90.6%–92.1%）", "91.4% (90.6%–92.1%)" },
		{ "23.1，全国 33.0（件/万人）", "23.1, nationally 33.0 (per 10,000)" },
		{ "无人知道的话", "无人知道的话" }, { "", "" },
	};
	const struct english *words_of = shipped(&pool)->english;
	const struct rule *rule;
	size_t rules;

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		const char *shown;

		assert_int_equal(rule_parse(&rule, &rules, row[i].rule, &pool, NULL), 0);
		shown = value_shown(rule, row[i].entered, &pool);
		assert_string_equal(shown, row[i].shown);
		assert_string_equal(value_words(shown, words_of, &pool).in[LANG_EN], row[i].en);
	}
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		assert_string_equal(value_words(words[i][0], words_of, &pool).in[LANG_ZH],
			words[i][0]);
		assert_string_equal(value_words(words[i][0], words_of, &pool).in[LANG_EN],
			words[i][1]);
	}
}

static void
a_signed_number_has_its_unit(void **state)
{
	static const struct { const char *rule; double x; const char *zh, *en; } row[] = {
		{ "认知度=高(阈值未定义)", 91, "91%", "91%" },
		{ "产品质量满意=是", 75, "75 分", "75 points" },
		{ "授牌数 位次:全国同级城市前列", 10, "前 10 名", "among the first 10" },
	};
	const struct rule *rule;
	size_t rules;

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		assert_int_equal(rule_parse(&rule, &rules, row[i].rule, &pool, NULL), 0);
		assert_string_equal(value_threshold(rule, row[i].x, &pool).in[LANG_ZH], row[i].zh);
		assert_string_equal(value_threshold(rule, row[i].x, &pool).in[LANG_EN], row[i].en);
	}
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_value_is_read_with_its_unit_in_both_languages),
	cmocka_unit_test(a_signed_number_has_its_unit),
	cmocka_unit_test(the_gap_is_named_with_its_unit),
};

CHECK_MAIN(tests)
