/* Sub-targets of the table into rules: split, find the comparison, read its value. */
#include "track/rule/rule.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* A piece of the text being read; never NUL-terminated. */
struct span {
	const char *s;
	size_t n;
};

static struct span
span_of(const char *s)
{
	return (struct span){ s, strlen(s) };
}

static bool
span_starts(struct span a, const char *with)
{
	size_t n = strlen(with);

	return a.n >= n && memcmp(a.s, with, n) == 0;
}

static bool
span_ends(struct span a, const char *with)
{
	size_t n = strlen(with);

	return a.n >= n && memcmp(a.s + a.n - n, with, n) == 0;
}

static bool
span_is(struct span a, const char *word)
{
	return a.n == strlen(word) && memcmp(a.s, word, a.n) == 0;
}

/* Drop n bytes from the front. */
static struct span
span_after(struct span a, size_t n)
{
	return (struct span){ a.s + n, a.n - n };
}

static char *
span_dup(struct span a, struct pool *pool)
{
	return pool_strndup(pool, a.s, a.n);
}

/* Bytes before the first of these characters outside parentheses, or n; -1 if a
 * parenthesis never closes. */
static long
span_until(struct span a, const char *stop)
{
	int depth = 0;
	long found = -1;

	for (size_t i = 0; i < a.n; i++) {
		if (a.s[i] == '(')
			depth++;
		else if (a.s[i] == ')' && --depth < 0)
			return -1;
		else if (depth == 0 && found < 0 && strchr(stop, a.s[i]) != NULL)
			found = (long)i;
	}
	if (depth != 0)
		return -1;
	return found < 0 ? (long)a.n : found;
}

static int
rule_unclear(const char *text, struct err *err)
{
	return err_set(err, ERR_INPUT,
		"要求“%s”看不懂：应写成“名称=是”“名称=高(阈值未定义)”“名称>=94%%”“名称>=2次/年”"
		"“名称<全国平均水平”“名称 位次<=10(对比组)”“名称 位次:全国同级城市前列”或"
		"“名称 趋势:连续3年提高”",
		"requirement “%s” is not understood: write “name=是”, “name=高(阈值未定义)”,"
		" “name>=94%%”, “name>=2次/年”, “name<全国平均水平”, “name 位次<=10(peers)”,"
		" “name 位次:全国同级城市前列” or “name 趋势:连续3年提高”", text);
}

/* "连续3年" at the start: the 3; *rest what follows.  0 if it is not there. */
static int
read_years(struct span a, struct span *rest)
{
	const char *head = "连续", *tail = "年";
	size_t at = strlen(head);

	if (!span_starts(a, head) || a.n <= at || a.s[at] < '1' || a.s[at] > '9')
		return 0;
	*rest = span_after(a, at + 1);
	if (!span_starts(*rest, tail))
		return 0;
	*rest = span_after(*rest, strlen(tail));
	return a.s[at] - '0';
}

/* A plain decimal number at the front: digits with at most one point. */
static size_t
number_length(struct span a)
{
	size_t i = 0, digits = 0;

	for (; i < a.n && a.s[i] >= '0' && a.s[i] <= '9'; i++)
		digits++;
	if (digits > 0 && i + 1 < a.n && a.s[i] == '.' && a.s[i + 1] >= '0' && a.s[i + 1] <= '9')
		for (i++; i < a.n && a.s[i] >= '0' && a.s[i] <= '9'; i++)
			;
	return digits > 0 && i < 16 ? i : 0;
}

static int
read_number(struct span a, double *number, struct span *rest)
{
	char digits[17];
	size_t n = number_length(a);

	if (n == 0)
		return -1;
	memcpy(digits, a.s, n);
	digits[n] = '\0';
	*number = strtod(digits, NULL);
	*rest = span_after(a, n);
	return 0;
}

/* "(…)" at the very end: its inside to *inside, what is before to the result. */
static struct span
cut_note(struct span a, struct span *inside)
{
	size_t i;

	*inside = (struct span){ "", 0 };
	if (a.n == 0 || a.s[a.n - 1] != ')')
		return a;
	for (i = 0; i < a.n && a.s[i] != '('; i++)
		;
	*inside = (struct span){ a.s + i + 1, a.n - i - 2 };
	a.n = i;
	return a;
}

/* "/年" or "/每年" at the end is a promise for every year. */
static struct span
cut_yearly(struct rule *rule, struct span a)
{
	static const char *const tail[] = { "/每年", "/年" };

	for (size_t i = 0; i < 2; i++)
		if (span_ends(a, tail[i])) {
			rule->yearly = true;
			a.n -= strlen(tail[i]);
			return a;
		}
	return a;
}

/* "10(全国城市,连续3年)" */
static int
read_rank(struct rule *rule, struct span a, struct pool *pool)
{
	struct span inside, rest, more;
	size_t i;

	a = cut_note(a, &inside);
	if (read_number(a, &rule->threshold, &rest) != 0 || rest.n != 0 ||
			rule->threshold < 1 || rule->threshold != floor(rule->threshold))
		return -1;
	for (i = 0; i < inside.n && inside.s[i] != ','; i++)
		;
	rule->op = RULE_RANK;
	rule->peers = span_dup((struct span){ inside.s, i }, pool);
	if (i >= inside.n)
		return 0;
	more = span_after(inside, i + 1);
	rule->years = read_years(more, &rest);
	if (rule->years == 0)
		rule->note = span_dup(more, pool);
	return rule->years > 0 && rest.n != 0 ? -1 : 0;
}

/* "全国同级城市前列" */
static int
read_front(struct rule *rule, struct span a, struct pool *pool)
{
	const char *tail = "前列";

	if (!span_ends(a, tail) || a.n == strlen(tail))
		return -1;
	rule->op = RULE_FRONT;
	rule->peers = pool_strndup(pool, a.s, a.n - strlen(tail));
	return 0;
}

/* "连续3年提高" */
static int
read_trend(struct rule *rule, struct span a, struct pool *pool)
{
	struct span rest;

	(void)pool;
	rule->years = read_years(a, &rest);
	if (rule->years == 0)
		return -1;
	if (span_is(rest, "提高"))
		rule->op = RULE_RISING;
	else if (span_is(rest, "递减"))
		rule->op = RULE_FALLING;
	else
		return -1;
	return 0;
}

/* "94%", "1次/年(定期)", "全国平均水平" after a comparison. */
static int
read_bound(struct rule *rule, struct span a, struct pool *pool)
{
	struct span inside, rest;

	if (rule->op == RULE_BELOW && span_is(a, "全国平均水平")) {
		rule->op = RULE_BELOW_NATIONAL;
		return 0;
	}
	a = cut_yearly(rule, cut_note(a, &inside));
	if (read_number(a, &rule->threshold, &rest) != 0)
		return -1;
	rule->unit = span_dup(rest, pool);
	rule->note = span_dup(inside, pool);
	return 0;
}

/* After '=': a number, or a word with a meaning of its own. */
static int
read_equal(struct rule *rule, struct span a, struct pool *pool)
{
	struct span inside, word;

	if (number_length(a) > 0) {
		rule->op = RULE_EQUAL;
		return read_bound(rule, a, pool);
	}
	word = cut_yearly(rule, cut_note(a, &inside));
	if (word.n == 0)
		return -1;
	rule->op = RULE_IS;
	if (span_is(word, "高") && span_is(inside, "阈值未定义"))
		rule->op = RULE_HIGH;
	else if (span_ends(span_of(rule->name), "满意") && span_is(word, "是"))
		rule->op = RULE_SATISFIED;
	else if (span_is(span_of(rule->name), "验收专家酌情打分"))
		rule->op = RULE_JUDGED;
	if (rule->op == RULE_HIGH)
		rule->unit = "%";
	if (rule->op == RULE_IS || rule->op == RULE_JUDGED)
		rule->word = span_dup(word, pool);
	rule->note = span_dup(inside, pool);
	return 0;
}

/* Comparisons in the order they must be tried: the longer before the shorter. */
static const struct {
	const char *mark;
	enum rule_op op;
	int (*read)(struct rule *, struct span, struct pool *);
} comparison[] = {
	{ " 位次<=", RULE_RANK, read_rank },
	{ " 位次:", RULE_FRONT, read_front },
	{ " 趋势:", RULE_RISING, read_trend },
	{ ">=", RULE_AT_LEAST, read_bound },
	{ "<=", RULE_AT_MOST, read_bound },
	{ ">", RULE_ABOVE, read_bound },
	{ "<", RULE_BELOW, read_bound },
	{ "=", RULE_IS, read_equal },
};
enum { COMPARISONS = sizeof(comparison) / sizeof(comparison[0]) };

/* Which comparison starts here? or COMPARISONS. */
static size_t
comparison_at(struct span a)
{
	size_t c;

	for (c = 0; c < COMPARISONS; c++)
		if (span_starts(a, comparison[c].mark))
			break;
	return c;
}

/* Signs that people write for a comparison and that are none here: full-width ones, "=>", "==". */
static int
check_signs(const struct rule *rule, struct span value, struct err *err)
{
	static const char *const other[] = { "≥", "≤", "＝", "＞", "＜", "≠" };
	const char *note = strchr(rule->text, '(');
	bool bad = value.n > 0 && strchr("=<>", value.s[0]) != NULL;

	for (size_t i = 0; !bad && i < sizeof(other) / sizeof(other[0]); i++) {
		const char *at = strstr(rule->text, other[i]);

		bad = at != NULL && (note == NULL || at < note);
	}
	if (!bad)
		return 0;
	return err_set(err, ERR_INPUT, "要求“%s”的比较号应是 >=、<=、>、< 或 =（半角）",
		"the comparison of requirement “%s” is one of >=, <=, >, < and =", rule->text);
}

/* "次/月", "是/没年": the only span of time a rule knows is the year; a share has an end. */
static int
check_reach(const struct rule *rule, struct err *err)
{
	if (strchr(rule->unit, '/') != NULL || strchr(rule->word, '/') != NULL)
		return err_set(err, ERR_INPUT,
			"要求“%s”：“/”后面只能是“年”或“每年”",
			"requirement “%s”: behind “/” only 年 or 每年 may stand", rule->text);
	if (strcmp(rule->unit, "%") == 0 && rule->threshold > 100)
		return err_set(err, ERR_INPUT, "要求“%s”：百分数最多 100%%",
			"requirement “%s”: a percentage is at most 100 %%", rule->text);
	return 0;
}

static int
rule_read_one(struct rule *rule, struct span a, struct pool *pool, struct err *err)
{
	size_t at, c = COMPARISONS;
	int depth = 0;

	rule->text = span_dup(a, pool);
	rule->word = rule->unit = rule->peers = rule->note = "";
	rule->threshold = NAN;
	for (at = 0; at < a.n; at++) {
		depth += (a.s[at] == '(') - (a.s[at] == ')');
		if (depth == 0 && (c = comparison_at(span_after(a, at))) < COMPARISONS)
			break;
	}
	if (check_signs(rule, (struct span){ "", 0 }, err) != 0)
		return -1;
	if (c == COMPARISONS || at == 0)
		return rule_unclear(rule->text, err);
	rule->name = pool_strndup(pool, a.s, at);
	rule->op = comparison[c].op;
	a = span_after(a, at + strlen(comparison[c].mark));
	if (check_signs(rule, a, err) != 0)
		return -1;
	if (comparison[c].read(rule, a, pool) != 0)
		return rule_unclear(rule->text, err);
	return check_reach(rule, err);
}

/* At most so many rules: as many as there are separators, and one. */
static size_t
parts(const char *sub_targets)
{
	size_t n = 1;

	for (; *sub_targets != '\0'; sub_targets++)
		n += *sub_targets == ';' || *sub_targets == '|';
	return n;
}

struct rule
rule_unwritten(const char *name)
{
	return (struct rule){ .number = 1, .group = 1, .text = "", .name = name,
		.op = RULE_UNWRITTEN, .word = "达标", .threshold = NAN, .unit = "",
		.peers = "", .note = "" };
}

int
rule_parse(const struct rule **rule, size_t *rules, const char *sub_targets,
	struct pool *pool, struct err *err)
{
	size_t room = parts(sub_targets);
	struct rule *all = pool_array(pool, room, sizeof(*all));
	struct span rest = span_of(sub_targets);
	size_t n = 0;
	int group = 1;
	long at;

	for (;;) {
		at = span_until(rest, ";|");
		if (at < 0 || n == room)
			return rule_unclear(sub_targets, err);
		all[n].number = (int)n + 1;
		all[n].group = group;
		if (rule_read_one(&all[n], (struct span){ rest.s, (size_t)at }, pool, err) != 0)
			return -1;
		n++;
		if ((size_t)at == rest.n)
			break;
		group += rest.s[at] == ';';
		rest = span_after(rest, (size_t)at + 1);
	}
	*rule = all;
	*rules = n;
	return 0;
}

bool
rule_annual(const struct rule *rule)
{
	static const char *const begins[] = { "每年", "当年" };

	for (size_t i = 0; i < sizeof(begins) / sizeof(begins[0]); i++)
		if (strncmp(rule->name, begins[i], strlen(begins[i])) == 0)
			return true;
	return rule->yearly || rule->years > 0 || rule->op == RULE_RANK || rule->op == RULE_FRONT ||
		rule->op == RULE_BELOW_NATIONAL;
}

bool
rule_open(const struct rule *rule)
{
	return rule->op == RULE_FRONT || rule->op == RULE_HIGH ||
		rule->op == RULE_SATISFIED || rule->op == RULE_JUDGED;
}

enum truth
truth_and(enum truth a, enum truth b)
{
	if (a == TRUTH_FALSE || b == TRUTH_FALSE)
		return TRUTH_FALSE;
	return a == TRUTH_TRUE && b == TRUTH_TRUE ? TRUTH_TRUE : TRUTH_UNKNOWN;
}

enum truth
truth_or(enum truth a, enum truth b)
{
	if (a == TRUTH_TRUE || b == TRUTH_TRUE)
		return TRUTH_TRUE;
	return a == TRUTH_FALSE && b == TRUTH_FALSE ? TRUTH_FALSE : TRUTH_UNKNOWN;
}
