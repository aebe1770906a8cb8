/* Rules as people read them: no sign of the rule language, nothing of the rule
 * lost, both languages. */
#include "tests/track/programme.h"

#include "base/text.h"
#include "track/english.h"
#include "track/rule/sentence.h"

static struct pool pool;

static struct words
said(const char *text)
{
	const struct rule *parsed;
	struct rule rule;
	struct err err = { 0 };
	size_t rules;

	if (rule_parse(&parsed, &rules, text, &pool, &err) != 0)
		fail_msg("%s: %s", text, err.text);
	assert_int_equal(rules, 1);
	rule = parsed[0];
	rule.english = shipped(&pool)->english;
	return rule_sentence(&rule, &pool);
}

static const struct { const char *rule, *zh, *en; } spoken[] = {
	{ "专项经费占年财政一般预算收入比例>=1‰", "专项经费占年财政一般预算收入比例不低于 1‰",
		"The fund’s share of the year’s general budget revenue is at least 1‰" },
	{ "质量专项经费列支=是/每年", "每年列支质量专项经费",
		"A dedicated fund for quality is in the budget every year" },
	{ "质量工作联席会议次数>=1次/年", "质量工作联席会议次数每年不少于 1 次",
		"The number of joint meetings on quality is at least 1 every year" },
	{ "专项执法整治>=1次/年(定期)", "专项执法整治每年不少于 1 次（定期）",
		"The number of special enforcement campaigns is at least"
		" 1 every year (at regular intervals)" },
	{ "部门联动机制=有", "有部门联动机制", "Departments act jointly" },
	{ "质量发展战略规划出台=是", "出台质量发展战略规划",
		"A strategy for quality has been issued" },
	{ "机构负责人=市长", "机构负责人由市长担任", "The leading body is headed by the mayor" },
	{ "动员部署大会=已召开", "动员部署大会已召开", "The launch meeting has been held" },
	{ "企业质量信用档案建档率>80%", "企业质量信用档案建档率高于 80%",
		"The share of enterprises with a quality credit file is above 80%" },
	{ "生产许可证、CCC认证证书覆盖率=100%", "生产许可证、CCC认证证书覆盖率达到 100%",
		"The coverage of production licences and CCC certificates is 100%" },
	{ "当年出口商品遭境外通报或退运=0起", "当年出口商品遭境外通报或退运为 0 起",
		"The number of exports notified or sent back by other countries this year is 0" },
	{ "全国同级城市死亡率<=2.5%", "全国同级城市死亡率不高于 2.5%",
		"“全国同级城市死亡率” is at most 2.5%" },
	{ "事故<3起", "事故少于 3 起", "“事故” is below 3" },
	{ "特种设备万台设备事故死亡率<全国平均水平", "特种设备万台设备事故死亡率低于全国平均水平",
		"The death rate per 10,000 pieces of special equipment"
		" is below the national average" },
	{ "进口商品法检检出率 位次<=10(全国城市,连续3年)",
		"进口商品法检检出率连续 3 年位居全国城市前 10 名",
		"The detection rate of statutory inspection of imports ranks among the first 10 of"
		" cities nationwide, 3 years in a row" },
	{ "服务业满意度得分 位次<=10(全国同等城市,国家认可第三方权威机构测评)",
		"服务业满意度得分位居全国同等城市前 10 名（国家认可第三方权威机构测评）",
		"The satisfaction score of services ranks among the first 10 of comparable cities"
		" nationwide (as measured by a nationally recognised third party)" },
	{ "中国名牌产品数/亿元GDP 位次:全国同级城市前列",
		"每亿元GDP拥有的中国名牌产品数位居全国同级城市前列",
		"The number of China Top Brand products per 100 million yuan of GDP ranks among the"
		" foremost of cities of the same level nationwide" },
	{ "城市服务业满意度 趋势:连续3年提高", "城市服务业满意度连续 3 年提高",
		"Satisfaction with the city’s services rises 3 years in a row" },
	{ "消费者投诉率 趋势:连续3年递减", "消费者投诉率连续 3 年递减",
		"The rate of consumer complaints falls 3 years in a row" },
	{ "公众对质量投诉信息平台认知度=高(阈值未定义)", "公众对质量投诉信息平台认知度高",
		"Public awareness of the complaint platform is high" },
	{ "公共管理质量满意=是", "居民对公共管理质量满意",
		"Residents are satisfied with public administration" },
	{ "验收专家酌情打分=现场审核+城市居民质量满意度调查",
		"由验收专家根据现场审核和城市居民质量满意度调查酌情打分",
		"The acceptance experts give a score, from their visit and the"
		" survey of residents’ satisfaction" },
	{ "没有英文的机制=有", "有没有英文的机制", "“没有英文的机制” holds" },
};

static void
every_kind_of_rule_is_a_sentence(void **state)
{
	struct words w;

	(void)state;
	for (size_t i = 0; i < sizeof(spoken) / sizeof(spoken[0]); i++) {
		w = said(spoken[i].rule);
		assert_string_equal(w.in[LANG_ZH], spoken[i].zh);
		assert_string_equal(w.in[LANG_EN], spoken[i].en);
	}
}

static void
no_syntax(const char *s)
{
	static const char *const sign[] = { "=", "<", ">", ":", "|", ";", "/每年", "/年", "(", "+",
		"位次", "趋势", "阈值" };

	for (size_t i = 0; i < sizeof(sign) / sizeof(sign[0]); i++)
		if (strstr(s, sign[i]) != NULL)
			fail_msg("“%s” in: %s", sign[i], s);
}

/* Every digit of the rule is in the sentence, in its order. */
static void
same_digits(const char *rule, const char *said)
{
	char a[64] = "", b[64] = "";
	size_t n = 0, m = 0;

	for (; *rule != '\0'; rule++)
		if (*rule >= '0' && *rule <= '9')
			a[n++] = *rule;
	for (; *said != '\0'; said++)
		if (*said >= '0' && *said <= '9')
			b[m++] = *said;
	assert_int_equal(n, m);
	/* a threshold may move before "连续 3 年": same digits, any order */
	for (size_t i = 0; i < n; i++)
		if (strchr(b, a[i]) == NULL)
			fail_msg("%s: %s", a, b);
}

static bool
has_han(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s >= 0xe3 && (unsigned char)*s <= 0xe9)
			return true;
	return false;
}

static void
the_whole_table_is_read_without_its_syntax(void **state)
{
	const struct programme *p = shipped(&pool);
	const struct indicator *row = p->row;
	struct words w;
	size_t all = 0;

	(void)state;
	for (size_t i = 0; i < p->rows; i++) {
		const struct rule *rule = row[i].rule;

		for (size_t k = 0; k < row[i].rules; k++, all++) {
			w = rule_sentence(&rule[k], &pool);
			no_syntax(w.in[LANG_ZH]);
			same_digits(rule[k].text, w.in[LANG_ZH]);
			no_syntax(rule_label(&rule[k], &pool).in[LANG_ZH]);
			no_syntax(rule_wanted(&rule[k], &pool).in[LANG_ZH]);
			if (has_han(w.in[LANG_EN]) ||
					has_han(rule_label(&rule[k], &pool).in[LANG_EN]))
				fail_msg("%s %s: %s", row[i].id, rule[k].text, w.in[LANG_EN]);
			if (strpbrk(w.in[LANG_EN], "=<>|;") != NULL)
				fail_msg("%s", w.in[LANG_EN]);
		}
	}
	assert_int_equal(all, 147);
}

/* Titles, chapters, departments: an English page has English for each. */
static void
the_whole_table_has_english(void **state)
{
	const struct programme *p = shipped(&pool);
	const struct indicator *row = p->row;

	(void)state;
	for (size_t i = 0; i < p->rows; i++) {
		const char *list[] = { row[i].lead, row[i].cooperate };

		if (english_of(p->english, row[i].title) == NULL ||
				english_of(p->english, row[i].chapter_title) == NULL)
			fail_msg("%s", row[i].title);
		for (size_t k = 0; k < 2; k++)
			for (const char *s = list[k]; *s != '\0';
					s += strcspn(s, ";"), s += *s == ';') {
				const char *name = pool_strndup(&pool, s, strcspn(s, ";"));

				if (english_of(p->english, name) == NULL)
					fail_msg("%s", name);
			}
	}
}

/* Half a name is no name, and a line's English is no Chinese to be found. */
static void
english_is_found_by_the_whole_text_only(void **state)
{
	const struct english *e = shipped(&pool)->english;

	(void)state;
	assert_string_equal(english_of(e, "申报"), "Applications are made");
	assert_null(english_of(e, "申"));
	assert_null(english_of(e, ""));
	assert_null(english_of(e, "Applications are made"));
	assert_string_equal(english_words(e, "没有的").in[LANG_EN], "没有的");
}

static void
text_that_is_no_rule_stands_as_it_is(void **state)
{
	(void)state;
	assert_string_equal(rule_sentence_of("出口食品检验合格率>=99%", NULL, &pool).in[LANG_ZH],
		"出口食品检验合格率不低于 99%");
	assert_string_equal(rule_sentence_of("以前写的一句话", NULL, &pool).in[LANG_ZH],
		"以前写的一句话");
}

const struct CMUnitTest tests[] = {
	cmocka_unit_test(every_kind_of_rule_is_a_sentence),
	cmocka_unit_test(the_whole_table_is_read_without_its_syntax),
	cmocka_unit_test(the_whole_table_has_english),
	cmocka_unit_test(english_is_found_by_the_whole_text_only),
	cmocka_unit_test(text_that_is_no_rule_stands_as_it_is),
};

CHECK_MAIN(tests)
