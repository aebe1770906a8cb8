/* Issues in words. */
#include "forms/response.h"

static const struct {
	const char *name;
	struct words words;
} issues[] = {
	[ISSUE_MISSING] = { "missing", { { "请回答这一题", "Please answer this question" } } },
	[ISSUE_DOUBLED] = { "doubled", { { "这一题交了不止一个回答，请只留一个",
		"More than one answer was sent; please keep one" } } },
	[ISSUE_UNKNOWN] = { "unknown", { { "提交的内容里有这份问卷没有的题目，请刷新页面后再填",
		"The submission holds something this form does not ask;"
		" please reload the page" } } },
	[ISSUE_CHOICE] = { "choice", { { "请从列出的选项里选", "Please choose from the list" } } },
	[ISSUE_RANGE] = { "range", { { "分数不在范围内，请从列出的分数里选",
		"The number is outside the scale; please choose one that is shown" } } },
	[ISSUE_TOO_LONG] = { "too-long", { { "写得太长了，请缩短一些",
		"This is too long; please shorten it" } } },
	[ISSUE_ENCODING] = { "encoding", { { "里面有无法识别的字符，请删去后再交",
		"There are characters we cannot read; please remove them" } } },
	[ISSUE_NOT_ASKED] = { "not-asked", { {
		"按前面的回答，这一题不用填；请清空这一题，或者改前面的回答",
		"Your earlier answers skip this question; please clear it,"
			" or change those answers" } } },
	[ISSUE_TOGETHER] = { "together", { { "选了“都没有”或“不清楚”，就不能再选别的；请改一下",
		"\"None\" or \"don't know\" cannot stand beside other choices;"
		" please change it" } } },
	[ISSUE_PHONE] = { "phone", { { "请填写 11 位手机号，或者带区号的固定电话",
		"Please write a mobile number of 11 digits, or a landline with its area code" } } },
};

const char *
issue_words(enum issue_code code, enum lang lang)
{
	return issues[code].words.in[lang];
}

const char *
issue_name(enum issue_code code)
{
	return issues[code].name;
}
