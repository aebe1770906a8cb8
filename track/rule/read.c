/* What people enter for a sub-target: read, checked, and held against the rule. */
#include "track/rule/rule.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/utf8.h"

enum { VALUE_MAX = 120 };

/* A value taken apart: "7/20" is number 7 beside 20. */
struct value_parts {
	char text[VALUE_MAX];	/* narrowed to ASCII signs, without blanks */
	double number, beside;	/* NAN: none */
	char unit[16], beside_unit[16];
};

/* What a unit allows.  A unit not listed allows every number >= 0. */
static const struct unit {
	const char *name;
	double high;
	bool whole;
} unit_table[] = {
	{ "%", 100, false },
	{ "‰", 1000, false },
	{ "个", INFINITY, true },
	{ "天", 366, true },	/* of a year */
	{ "次", INFINITY, true },
	{ "项", INFINITY, true },
	{ "起", INFINITY, true },
	{ "", INFINITY, false },
};

/* Full-width ASCII to its twin, blanks out.  -1: too long, not UTF-8 or a control character. */
static int
value_narrow(char out[VALUE_MAX], const char *value)
{
	size_t n = strlen(value), i = 0, k = 0, len;
	uint32_t c;

	if (utf8_valid(value, n) != n)
		return -1;
	for (; i < n; i += len) {
		c = utf8_next(value + i, n - i, &len);
		if (c == ' ' || c == 0x3000)
			continue;
		if (c < ' ' || c == 0x7f || k + len + 1 >= VALUE_MAX)
			return -1;
		if (c >= 0xFF01 && c <= 0xFF5E) {
			out[k++] = (char)(c - 0xFF01 + '!');
		} else {
			memcpy(out + k, value + i, len);
			k += len;
		}
	}
	out[k] = '\0';
	return k > 0 ? 0 : -1;
}

/* "12.5%" from s: number, unit up to stop or the end. */
static const char *
value_number(const char *s, char stop, double *number, char unit[16])
{
	size_t digits = strspn(s, "0123456789"), n = digits;

	if (digits == 0 || digits > 15)
		return NULL;
	if (s[n] == '.') {
		digits = strspn(s + n + 1, "0123456789");
		if (digits == 0 || digits > 15)
			return NULL;
		n += 1 + digits;
	}
	*number = strtod(s, NULL);
	for (s += n, n = 0; s[n] != '\0' && s[n] != stop; n++)
		;
	if (n >= 16 || strcspn(s, "0123456789") < n)
		return NULL;
	memcpy(unit, s, n);
	unit[n] = '\0';
	return s + n;
}

/* 0 if it is "number[unit][/number[unit]]", -1 if it is a word. */
static int
value_split(struct value_parts *v, bool place)
{
	const char *s = v->text;

	v->number = v->beside = NAN;
	v->unit[0] = v->beside_unit[0] = '\0';
	if (place && strncmp(s, "第", strlen("第")) == 0)
		s += strlen("第");
	s = value_number(s, '/', &v->number, v->unit);
	if (s == NULL) {
		v->number = NAN;
		return -1;
	}
	if (*s == '/' && (s = value_number(s + 1, '\0', &v->beside, v->beside_unit)) == NULL) {
		v->number = v->beside = NAN;
		return -1;
	}
	return 0;
}

static const struct unit *
unit_find(const char *name)
{
	for (size_t i = 0; i < sizeof(unit_table) / sizeof(unit_table[0]); i++)
		if (strcmp(unit_table[i].name, name) == 0)
			return &unit_table[i];
	return NULL;
}

static int
check_number(double number, const char *unit, struct err *err)
{
	const struct unit *u = unit_find(unit);

	if (u == NULL)
		return 0;
	if (number > u->high)
		return err_set(err, ERR_INPUT, "%g%s 超出范围：最大 %g%s",
			"%g%s is out of range: at most %g%s", number, unit, u->high, unit);
	if (u->whole && number != floor(number))
		return err_set(err, ERR_INPUT, "%g%s 不是整数：“%s”只能按整数填",
			"%g%s is not whole: “%s” is counted in whole numbers", number, unit, unit);
	return 0;
}

static int
wrong_unit(const struct rule *rule, const char *got, struct err *err)
{
	return err_set(err, ERR_INPUT, "“%s”按“%s”填，填来的单位是“%s”：请换算后再填",
		"“%s” is entered in “%s”, not in “%s”: convert it first", rule->name,
		rule->unit, got);
}

static int
want_number(const struct rule *rule, const char *got, struct err *err)
{
	return err_set(err, ERR_INPUT, "“%s”要填数字%s%s，填来的是“%s”",
		"“%s” needs a number%s%s, got “%s”", rule->name,
		rule->unit[0] == '\0' ? "" : LANG_PICK("，单位", " in "), rule->unit, got);
}

/* A number in the rule's unit; the unit may be left out. */
static int
read_in_unit(const struct rule *rule, const struct value_parts *v, struct err *err)
{
	if (isnan(v->number) || !isnan(v->beside))
		return want_number(rule, v->text, err);
	if (v->unit[0] != '\0' && strcmp(v->unit, rule->unit) != 0)
		return wrong_unit(rule, v->unit, err);
	return check_number(v->number, rule->unit, err);
}

/* A yearly value of a series: its unit is whatever the table's name implies. */
static int
read_any_unit(const struct rule *rule, const struct value_parts *v, struct err *err)
{
	if (isnan(v->number) || !isnan(v->beside))
		return want_number(rule, v->text, err);
	return check_number(v->number, v->unit, err);
}

static int
read_beside_national(const struct rule *rule, const struct value_parts *v, struct err *err)
{
	if (isnan(v->number))
		return want_number(rule, v->text, err);
	if (!isnan(v->beside) && strcmp(v->unit, v->beside_unit) != 0)
		return err_set(err, ERR_INPUT,
			"本市“%s”与全国“%s”单位不同，不能相比：请换成同一单位",
			"ours is in “%s”, the national one in “%s”: use one unit", v->unit,
			v->beside_unit);
	if (check_number(v->number, v->unit, err) != 0)
		return -1;
	return isnan(v->beside) ? 0 : check_number(v->beside, v->unit, err);
}

static int
read_place(const struct rule *rule, const struct value_parts *v, struct err *err)
{
	static const char *const tail[] = { "", "位", "名" };
	bool known = false, beside_known = v->beside_unit[0] == '\0';

	for (size_t i = 0; i < 3; i++)
		known |= strcmp(v->unit, tail[i]) == 0;
	if (isnan(v->number) || !known || !beside_known)
		return err_set(err, ERR_INPUT,
			"“%s”要填位次，如“7”或“7/20”（20 个城市中的第 7 位），填来的是“%s”",
			"“%s” needs a place, like “7” or “7/20” (7th of 20), got “%s”",
			rule->name, v->text);
	if (v->number < 1 || v->number != floor(v->number) || v->number > 100000)
		return err_set(err, ERR_INPUT, "位次必须是不小于 1 的整数，填来的是 %g",
			"a place is a whole number from 1, got %g", v->number);
	if (!isnan(v->beside) && (v->beside < v->number || v->beside != floor(v->beside)))
		return err_set(err, ERR_INPUT, "%g 个城市里没有第 %g 位",
			"among %g cities there is no place %g", v->beside, v->number);
	return 0;
}

/* 有 and 无 answer "=有" and "=是" only. */
static bool
word_known(const struct rule *rule, const char *word)
{
	bool plain = strcmp(rule->word, "有") == 0 || strcmp(rule->word, "是") == 0;

	if (strcmp(word, "是") == 0 || strcmp(word, "否") == 0 || strcmp(word, rule->word) == 0)
		return true;
	return plain && (strcmp(word, "有") == 0 || strcmp(word, "无") == 0);
}

static int
read_word(const struct rule *rule, const struct value_parts *v, struct err *err)
{
	bool plain = strcmp(rule->word, "有") == 0 || strcmp(rule->word, "是") == 0;

	if (word_known(rule, v->text))
		return 0;
	return err_set(err, ERR_INPUT, "“%s”只能填“是”“否”%s%s%s，填来的是“%s”",
		"“%s” takes “是”, “否”%s%s%s only, got “%s”", rule->name,
		plain ? "“有”“无”" : "“", plain ? "" : rule->word, plain ? "" : "”", v->text);
}

static int
read_met(const struct rule *rule, const struct value_parts *v, struct err *err)
{
	static const char *const word[] = { "达标", "未达标", "是", "否" };

	for (size_t i = 0; i < sizeof(word) / sizeof(word[0]); i++)
		if (strcmp(v->text, word[i]) == 0)
			return 0;
	return err_set(err, ERR_INPUT,
		"“%s”还没有写成规则，由人判定：填“达标”或“未达标”，填来的是“%s”",
		"no rule has been written for “%s”: enter 达标 (met) or 未达标 (not met), got “%s”",
		rule->name, v->text);
}

static int
read_satisfied(const struct rule *rule, const struct value_parts *v, struct err *err)
{
	if (strcmp(v->text, "是") == 0 || strcmp(v->text, "否") == 0)
		return 0;
	if (isnan(v->number) || !isnan(v->beside) || v->number > 100 ||
			(v->unit[0] != '\0' && strcmp(v->unit, "分") != 0))
		return err_set(err, ERR_INPUT, "“%s”填“是”“否”或 0—100 分，填来的是“%s”",
			"“%s” takes “是”, “否” or a score of 0 to 100, got “%s”",
			rule->name, v->text);
	return 0;
}

static int
read_mark(const struct rule *rule, const struct value_parts *v, struct err *err)
{
	if (isnan(v->number) || !isnan(v->beside) || v->number > 1000 ||
			(v->unit[0] != '\0' && strcmp(v->unit, "分") != 0))
		return err_set(err, ERR_INPUT, "“%s”填专家评定的分数，填来的是“%s”",
			"“%s” takes the experts' score, got “%s”", rule->name, v->text);
	return 0;
}

static int (*const reader[RULE_OP_MAX])(const struct rule *, const struct value_parts *,
	struct err *) = {
		[RULE_IS] = read_word,
		[RULE_EQUAL] = read_in_unit,
		[RULE_AT_LEAST] = read_in_unit,
		[RULE_ABOVE] = read_in_unit,
		[RULE_AT_MOST] = read_in_unit,
		[RULE_BELOW] = read_in_unit,
		[RULE_BELOW_NATIONAL] = read_beside_national,
		[RULE_RANK] = read_place,
		[RULE_FRONT] = read_place,
		[RULE_RISING] = read_any_unit,
		[RULE_FALLING] = read_any_unit,
		[RULE_HIGH] = read_in_unit,
		[RULE_SATISFIED] = read_satisfied,
		[RULE_JUDGED] = read_mark,
		[RULE_UNWRITTEN] = read_met,
	};

static int
value_read(struct value_parts *v, const struct rule *rule, const char *value, struct err *err)
{
	if (value_narrow(v->text, value) != 0)
		return err_set(err, ERR_INPUT, "“%s”的值是空的、太长，或含有不可见字符",
			"the value of “%s” is empty, too long or has control characters",
			rule->name);
	value_split(v, rule->op == RULE_RANK || rule->op == RULE_FRONT);
	return reader[rule->op](rule, v, err);
}

int
rule_read(double *number, const struct rule *rule, const char *value, struct err *err)
{
	struct value_parts v;

	*number = NAN;
	if (value_read(&v, rule, value, err) == -1)
		return -1;
	*number = v.number;
	return 0;
}

double
rule_beside(const struct rule *rule, const char *value)
{
	struct value_parts v;

	return value_read(&v, rule, value, NULL) == 0 ? v.beside : NAN;
}

int
rule_read_threshold(double *number, const struct rule *rule, const char *value, struct err *err)
{
	bool place = rule->op == RULE_RANK || rule->op == RULE_FRONT;
	struct value_parts v;

	*number = NAN;
	if (!rule_open(rule))
		return err_set(err, ERR_CONFLICT, "“%s”的标准任务表里已经写明，不能另行审定",
			"the table itself states the bound of “%s”: none may be signed",
			rule->name);
	/* As it is said: 前 10 名. */
	if (place && strncmp(value, "前", strlen("前")) == 0)
		value += strlen("前");
	if (value_read(&v, rule, value, place ? NULL : err) == -1) {
		if (!place)
			return -1;
		v.number = NAN;
	}
	if (!isnan(v.number) && isnan(v.beside)) {
		*number = v.number;
		return 0;
	}
	return !place ? want_number(rule, v.text, err) : err_set(err, ERR_INPUT,
		"“%s”要审定前多少名，填一个不小于 1 的整数，如 10；填来的是“%s”",
		"“%s” needs the last place that counts, a whole number from 1, like 10, got “%s”",
		rule->name, value);
}

static enum truth
truth_of(bool is)
{
	return is ? TRUTH_TRUE : TRUTH_FALSE;
}

static enum truth
word_holds(const struct rule *rule, const char *word)
{
	if (strcmp(word, "否") == 0 || strcmp(word, "无") == 0 || strcmp(word, "未达标") == 0)
		return truth_of(strcmp(word, rule->word) == 0);
	/* 是, 有 or the rule's own word: value_read() let no other through */
	return TRUTH_TRUE;
}

static enum truth
bound_holds(enum rule_op op, double x, double bound)
{
	if (isnan(x) || isnan(bound))
		return TRUTH_UNKNOWN;
	switch (op) {
	case RULE_EQUAL:
		return truth_of(x == bound);
	case RULE_ABOVE:
		return truth_of(x > bound);
	case RULE_AT_MOST: case RULE_RANK: case RULE_FRONT:
		return truth_of(x <= bound);
	case RULE_BELOW: case RULE_BELOW_NATIONAL:
		return truth_of(x < bound);
	case RULE_AT_LEAST: case RULE_HIGH: case RULE_SATISFIED: case RULE_JUDGED:
		return truth_of(x >= bound);
	default:
		return TRUTH_UNKNOWN;
	}
}

enum truth
rule_holds(const struct rule *rule, const char *value, double threshold, double national)
{
	double bound = isnan(rule->threshold) ? threshold : rule->threshold;
	struct value_parts v;

	if (value_read(&v, rule, value, NULL) == -1)
		return TRUTH_UNKNOWN;
	if (rule->op == RULE_IS || rule->op == RULE_UNWRITTEN)
		return word_holds(rule, v.text);
	if (rule->op == RULE_SATISFIED && isnan(v.number))
		return isnan(bound) ? TRUTH_UNKNOWN : truth_of(strcmp(v.text, "是") == 0);
	if (rule->op == RULE_BELOW_NATIONAL)
		bound = isnan(v.beside) ? national : v.beside;
	return bound_holds(rule->op, v.number, bound);
}

enum truth
rule_trend(const struct rule *rule, const double value[], size_t n)
{
	double sign = rule->op == RULE_FALLING ? -1 : 1;
	size_t wanted = (size_t)rule->years, steps = n == 0 ? 0 : n - 1, known = 0;

	for (size_t i = 0; i < steps && i < wanted; i++) {
		double step = sign * (value[n - 1 - i] - value[n - 2 - i]);

		if (step <= 0)
			return TRUTH_FALSE;
		known += step > 0;
	}
	return known == wanted ? TRUTH_TRUE : TRUTH_UNKNOWN;
}
