/* Values as people read them. */
#include "track/rule/value.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "track/english.h"

static bool
is_place(const struct rule *rule)
{
	return rule->op == RULE_RANK || rule->op == RULE_FRONT;
}

const char *
value_shown(const struct rule *rule, const char *value, struct pool *pool)
{
	size_t n = strlen(value);
	double beside = rule_beside(rule, value), number;

	if (is_place(rule) && rule_read(&number, rule, value, NULL) == 0)
		return isnan(beside) ? pool_fmt(pool, "第 %g 名", number) :
			pool_fmt(pool, "第 %g 名，共 %g 个城市", number, beside);
	if (rule->unit[0] != '\0' && n > 0 && value[n - 1] >= '0' && value[n - 1] <= '9')
		return pool_fmt(pool, "%s%s", value, rule->unit);
	return value;
}

/* Pieces of a value and their English, the longer first. */
static const struct {
	const char *zh, *en;
} piece[] = {
	{ "（件/万人）", " (per 10,000)" }, { "，全国 ", ", nationally " },
	{ " 个城市", " cities" }, { "，共 ", " of " }, { " 名", "" }, { "第 ", "place " },
	{ " 年 ", ": " }, { "（", " (" }, { "）", ")" }, { "，", ", " },
	{ "个百分点", " percentage points" }, { "天", " days" }, { "个", "" }, { "次", "" },
	{ "项", "" }, { "张", "" }, { "起", "" },
	{ "分", "" },
};
enum { PIECES = sizeof(piece) / sizeof(piece[0]) };

static void
put_pieces(struct text *t, const char *s, size_t n)
{
	const char *end = s + n;

	while (s < end) {
		size_t i = 0;

		while (i < PIECES && strncmp(s, piece[i].zh, strlen(piece[i].zh)) != 0)
			i++;
		if (i < PIECES) {
			text_puts(t, piece[i].en);
			s += strlen(piece[i].zh);
		} else {
			text_putc(t, *s++);
		}
	}
}

/* One year's: the table's own word, else a number and what stands around it. */
static void
put_one(struct text *t, const char *s, size_t n, const struct english *english, struct pool *pool)
{
	const char *year = strstr(s, " 年 "), *en;
	size_t head = year == NULL || year >= s + n ? 0 : (size_t)(year - s) + strlen(" 年 ");

	put_pieces(t, s, head);
	en = english_of(english, pool_strndup(pool, s + head, n - head));
	if (en != NULL)
		text_puts(t, en);
	else if (s[head + strcspn(s + head, "0123456789")] != '\0')
		put_pieces(t, s + head, n - head);
	else
		text_add(t, s + head, n - head);
}

struct words
value_words(const char *value, const struct english *english, struct pool *pool)
{
	static const char arrow[] = " → ";
	const char *s = value, *next, *en;
	struct text t = TEXT_INIT;

	for (; (next = strstr(s, arrow)) != NULL; s = next + strlen(arrow)) {
		put_one(&t, s, (size_t)(next - s), english, pool);
		text_puts(&t, arrow);
	}
	put_one(&t, s, strlen(s), english, pool);
	en = pool_strdup(pool, text_str(&t));
	text_clear(&t);
	return (struct words){ { value, en } };
}

struct words
value_threshold(const struct rule *rule, double x, struct pool *pool)
{
	if (is_place(rule))
		return (struct words){ { pool_fmt(pool, "前 %g 名", x),
			pool_fmt(pool, "among the first %g", x) } };
	if (rule->op == RULE_SATISFIED || rule->op == RULE_JUDGED)
		return (struct words){ { pool_fmt(pool, "%g 分", x),
			pool_fmt(pool, "%g points", x) } };
	return (struct words){ { pool_fmt(pool, "%g%s", x, rule->unit), value_words(pool_fmt(pool,
		"%g%s", x, rule->unit), rule->english, pool).in[LANG_EN] } };
}
