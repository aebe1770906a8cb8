/* Conditions, choice filters and constraints: parsed, then checked against the items they name. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/load.h"

enum { MISSED_MAX = 64 };

/* What find_item() is asked on behalf of, and the name it did not find. */
struct search {
	struct loader *l;
	char *missed;		/* room MISSED_MAX */
};

static int
find_item(const char *name, const void *ctx)
{
	const struct search *s = ctx;

	for (size_t i = 0; i < s->l->form->items; i++)
		if (strcmp(s->l->item[i].name, name) == 0)
			return (int)i;
	snprintf(s->missed, MISSED_MAX, "%s", name);
	return -1;
}

/* An unknown item, or one that is asked later? */
static const char *
missed_instead(struct loader *l, const char *name)
{
	for (size_t i = 0; l->names[i] != NULL; i++)
		if (strcmp(l->names[i], name) == 0)
			return SAY(l, "%s 在后面才问：条件只能引用前面的题目，请调换次序",
			    "%s is asked later: refer to earlier questions only, or change the order", name);
	return fault_suggest(l->faults, name, l->names);
}

/* Where a node is wrong, its what and instead. */
struct complaint {
	const char *what, *instead;
};

static bool
check_choice(struct loader *l, const struct relevant_node *node, const struct item *item,
    struct complaint *c)
{
	const char **names;

	/* no choices: their list has a fault of its own */
	if (node->name[0] == '\0' || strcmp(node->name, "99") == 0 || item->kind == KIND_TEXT ||
	    item->choices == 0 || form_choice(item, node->name) != NULL)
		return true;
	names = pool_array(l->pool, item->choices + 1, sizeof(names[0]));
	for (size_t i = 0; i < item->choices; i++)
		names[i] = item->choice[i].name;
	c->what = SAY(l, "题目 %s 没有选项 '%.40s'", "question %s has no choice '%.40s'", item->name,
	    node->name);
	c->instead = fault_suggest(l->faults, node->name, names);
	return false;
}

static bool
check_number(struct loader *l, const struct item *item, struct complaint *c)
{
	if (item->kind != KIND_MULTI && item->kind != KIND_TEXT)
		return true;
	c->what = SAY(l, "题目 %s 的回答不是数，不能用 < <= > >=",
	    "answers to %s are not numbers: < <= > >= cannot compare them", item->name);
	c->instead = SAY(l, "用 selected(${%s}, '…') 或 =", "use selected(${%s}, '...') or =", item->name);
	return false;
}

/* Screens of one random block come in any order: what is asked in one may not hang on another. */
static bool
check_order(struct loader *l, const struct item *item, const struct place *place,
    struct complaint *c)
{
	const struct screen *s = &l->screen[item->screen];

	if (place == NULL || place->block == 0 || s->block != place->block || s->unit == place->unit)
		return true;
	c->what = SAY(l, "题目 %s 在同一个随机次序块的另一屏里，可能后问",
	    "question %s is on another screen of the same random block and may come later", item->name);
	c->instead = LANG_PICK("把它移到随机块之前，或去掉 randomize", "move it before the block, or take randomize out");
	return false;
}

static bool
check_node(struct loader *l, const struct relevant_node *node, const struct place *place,
    struct complaint *c)
{
	const struct item *item;

	if (node->op <= RELEVANT_NOT)
		return check_node(l, node->a, place, c) &&
		    (node->b == NULL || check_node(l, node->b, place, c));
	item = &l->item[node->item];
	if (item->kind == KIND_PHONE) {
		c->what = SAY(l, "条件不能引用电话题 %s：电话不进入回答", "a condition cannot use the phone question %s:"
		    " the number is no part of the answers", item->name);
		c->instead = LANG_PICK("引用问“要不要回访”的题目", "refer to the question that offers the call");
		return false;
	}
	if (!check_order(l, item, place, c))
		return false;
	if (node->op >= RELEVANT_LT && node->op <= RELEVANT_GE)
		return check_number(l, item, c);
	return check_choice(l, node, item, c);
}

bool
load_condition(struct loader *l, const char *source, const char *where, size_t at,
    const struct place *place, struct relevant *out)
{
	char missed[MISSED_MAX] = "";
	struct search s = { .l = l, .missed = missed };
	struct complaint c = { NULL, NULL };
	struct err err = { 0 };
	size_t wrong = 0;

	if (relevant_parse(out, source, find_item, &s, l->pool, &wrong, &err) < 0) {
		fault_add_at(l->faults, where, at + wrong, SAY(l, "条件写法不对：%s", "bad condition: %s", err.text),
		    missed[0] != '\0' ? missed_instead(l, missed) :
		    LANG_PICK("例如 ${sector} != '98' and ${level} <= 2",
		    "for example ${sector} != '98' and ${level} <= 2"));
		out->root = NULL;
		return false;
	}
	if (check_node(l, out->root, place, &c))
		return true;
	fault_add(l->faults, where, c.what, c.instead);
	out->root = NULL;
	return false;
}

/* ---- choice_filter ---- */

/* The commas that part the three arguments of if(...), outside quotes and brackets; false if not two. */
static bool
two_commas(const char *s, const char *comma[2])
{
	size_t depth = 0, n = 0;
	char quote = '\0';

	for (; *s != '\0'; s++) {
		if (quote != '\0') {
			if (*s == quote)
				quote = '\0';
		} else if (*s == '\'' || *s == '"') {
			quote = *s;
		} else if (*s == '(') {
			depth++;
		} else if (*s == ')' && depth > 0) {
			depth--;
		} else if (*s == ',' && depth == 0) {
			if (n == 2)
				return false;
			comma[n++] = s;
		}
	}
	return n == 2;
}

/* ' name ' between two places, without its quotes; NULL if it is no quoted name. */
static const char *
quoted(struct loader *l, const char *from, const char *to)
{
	while (from < to && strchr(" \t\n", *from) != NULL)
		from++;
	while (to > from && strchr(" \t\n", to[-1]) != NULL)
		to--;
	if (to - from < 3 || (*from != '\'' && *from != '"') || to[-1] != *from)
		return NULL;
	return pool_strndup(l->pool, from + 1, (size_t)(to - from) - 2);
}

static const char *
skip_to(const char *p, const char *sign)
{
	size_t n = strlen(sign);

	p += strspn(p, " \t\n");
	return strncmp(p, sign, n) == 0 ? p + n : NULL;
}

/* if(CONDITION, 'then', 'otherwise'), p after the bracket. */
static bool
filter_if(struct loader *l, const char *source, const char *p, const char *where,
    const struct place *place, struct item *item)
{
	const char *end = strrchr(p, ')'), *comma[2], *inner;

	if (end == NULL || end[1 + strspn(end + 1, " \t\n")] != '\0')
		return false;
	inner = pool_strndup(l->pool, p, (size_t)(end - p));
	if (!two_commas(inner, comma))
		return false;
	item->filter.then = quoted(l, comma[0] + 1, comma[1]);
	item->filter.otherwise = quoted(l, comma[1] + 1, inner + strlen(inner));
	if (item->filter.then == NULL || item->filter.otherwise == NULL)
		return false;
	load_condition(l, pool_strndup(l->pool, inner, (size_t)(comma[0] - inner)), where,
	    (size_t)(p - source), place, &item->filter.when);
	return true;
}

/* ${item}, p after the brace. */
static bool
filter_item(struct loader *l, const char *p, const char *where, struct item *item)
{
	size_t n = strcspn(p, "}");
	char missed[MISSED_MAX] = "";
	struct search s = { .l = l, .missed = missed };
	const char *name = pool_strndup(l->pool, p, n);

	if (p[n] != '}' || p[n + 1 + strspn(p + n + 1, " \t\n")] != '\0')
		return false;
	item->filter.item = find_item(name, &s);
	if (item->filter.item < 0)
		fault_add(l->faults, where, SAY(l, "前面没有名叫 %.40s 的题目", "no earlier question is named %.40s",
		    name), missed_instead(l, name));
	return true;
}

static bool
filter_known(struct loader *l, const struct item *item, const char *value)
{
	if (item->filter.then != NULL)
		return strcmp(value, item->filter.then) == 0 || strcmp(value, item->filter.otherwise) == 0;
	return item->filter.item < 0 || form_choice(&l->item[item->filter.item], value) != NULL;
}

void
load_filter(struct loader *l, const char *source, const char *where, const struct place *place,
    struct item *item)
{
	const char *p = skip_to(source, "filter"), *q = NULL;
	bool good = false;

	p = p != NULL ? skip_to(p, "=") : NULL;
	if (p != NULL && (q = skip_to(p, "if(")) != NULL)
		good = filter_if(l, source, q, where, place, item);
	else if (p != NULL && (q = skip_to(p, "${")) != NULL)
		good = filter_item(l, q, where, item);
	if (!good) {
		item->filter = (struct choice_filter){ .item = -1 };
		fault_add(l->faults, where, SAY(l, "不支持的 choice_filter：%.60s", "choice_filter not supported: %.60s",
		    source), "filter = if(${level} <= 2, 'bad', 'good')");
		return;
	}
	for (size_t i = 0; i < item->choices; i++)
		if (item->choice[i].filter != NULL && !filter_known(l, item, item->choice[i].filter))
			fault_add(l->faults, where,
			    SAY(l, "选项 %s 的 filter 值 %.40s 永远选不中", "choice %s has the filter %.40s, which never holds",
			    item->choice[i].name, item->choice[i].filter),
			    LANG_PICK("把 filter 改成 choice_filter 里有的值", "use a value that choice_filter has"));
}

/* ---- constraint ---- */

/* Without blanks, so that people may space it as they like. */
static const char *
squeeze(struct loader *l, const char *s)
{
	char *out = pool_take(l->pool, strlen(s) + 1);
	size_t n = 0;

	for (; *s != '\0'; s++)
		if (strchr(" \t\r\n", *s) == NULL)
			out[n++] = *s;
	return out;
}

/* "string-length(.)<=200" */
static bool
constrain_text(const char *s, struct item *item)
{
	const char *p = skip_to(s, "string-length(.)<");
	char *end;
	long n;

	if (p == NULL)
		return false;
	n = strtol(p + (*p == '='), &end, 10);
	if (*end != '\0' || n > FORM_TEXT_MAX + 1)
		return false;
	n -= *p == '=' ? 0 : 1;
	if (n < 1 || n > FORM_TEXT_MAX)
		return false;
	item->max_chars = (size_t)n;
	return true;
}

/* "not(selected(.,'none')andcount-selected(.)>1)" */
static bool
constrain_multi(struct loader *l, const char *s, struct item *item)
{
	const char *p = skip_to(s, "not(selected(.,"), *end, *name;
	struct choice *take = (struct choice *)item->choice;	/* the item's own copy */

	if (p == NULL || (end = strchr(p, ')')) == NULL ||
	    strcmp(end, ")andcount-selected(.)>1)") != 0)
		return false;
	name = quoted(l, p, end);
	for (size_t i = 0; name != NULL && i < item->choices; i++)
		if (strcmp(item->choice[i].name, name) == 0) {
			take[i].alone = true;
			return true;
		}
	return false;
}

void
load_constraint(struct loader *l, const char *source, const char *where, struct item *item)
{
	const char *s = squeeze(l, source);
	bool text = item->kind == KIND_TEXT || item->kind == KIND_PHONE;

	if (text && constrain_text(s, item))
		return;
	if (item->kind == KIND_MULTI && constrain_multi(l, s, item))
		return;
	fault_add(l->faults, where, SAY(l, "不支持的 constraint：%.60s", "constraint not supported: %.60s", source),
	    text ? SAY(l, "string-length(.) <= N，N 最大 %d", "string-length(.) <= N, N at most %d", FORM_TEXT_MAX) :
	    item->kind == KIND_MULTI ? "not(selected(., 'none') and count-selected(.) > 1)" :
	    LANG_PICK("删去它：选项表已限定回答", "take it out: the choice list already limits the answers"));
}
