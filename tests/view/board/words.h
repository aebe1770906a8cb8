/* What no page may say to the people it is for: docs/glossary.md has what is said instead. */
#ifndef TESTS_VIEW_WORDS_H
#define TESTS_VIEW_WORDS_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Developers' and statisticians' words that officials misunderstand, and signs
 * of the rule language. */
static const char *const forbidden_words[] = {
	"各条都要成立", "账本", "存证叶", "检查点", "树根", "树头", "叶数", "读数", "资料状态",
	"达标状态", "证据材料", "阈值", "达成", "证据不足", "签定", "字面", "统计上未证实",
	"统计上已证实", "被标记", "剔除", "数据流", "自愿填答", "查阅人员", "部门联络员",
	"把握范围", "置信集", "想看清", "调查批次", "回答率", "加权边际", "manyi site",
	"趋势:", "位次:", "位次<=", "位次&lt;=", "<=", ">=", "=是", "=有", "=高", "/每年", "次/年",
	"%/年", "子目标",
};

/* The first of them that the text has; NULL if none. */
static inline const char *
forbidden_in(const char *text)
{
	for (size_t i = 0; i < sizeof(forbidden_words) / sizeof(forbidden_words[0]); i++)
		if (strstr(text, forbidden_words[i]) != NULL)
			return forbidden_words[i];
	return NULL;
}

/* Fails the running test with the words around the first one found. */
static inline void
assert_readable(const char *page, const char *text)
{
	const char *word = forbidden_in(text), *at;

	if (word == NULL)
		return;
	at = strstr(text, word);
	at = at - text > 60 ? at - 60 : text;
	while (((unsigned char)*at & 0xc0) == 0x80)
		at++;
	fail_msg("%s: “%s” in: …%.180s…", page, word, at);
}

#endif
