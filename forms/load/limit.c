/* What limits an answer beyond its list: choice_filter and constraint. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "forms/load/load.h"

static const char blanks[] = " \t\r\n";

/* After the sign, if it is what comes next; else NULL. */
static const char *
skip_to(const char *p, const char *sign)
{
	size_t n = strlen(sign);

	p += strspn(p, blanks);
	return strncmp(p, sign, n) == 0 ? p + n : NULL;
}

/* The commas that part three arguments, outside quotes and brackets; false if not two. */
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
	while (from < to && strchr(blanks, *from) != NULL)
		from++;
	while (to > from && strchr(blanks, to[-1]) != NULL)
		to--;
	if (to - from < 3 || (*from != '\'' && *from != '"') || to[-1] != *from)
		return NULL;
	return pool_strndup(l->pool, from + 1, (size_t)(to - from) - 2);
}

/* if(CONDITION, 'then', 'otherwise'), p after the bracket. */
static bool
filter_if(struct loader *l, const char *source, const char *p, const char *where,
	const struct place *place, struct item *item)
{
	const char *end = strrchr(p, ')'), *comma[2], *inner;

	if (end == NULL || end[1 + strspn(end + 1, blanks)] != '\0')
		return false;
	inner = pool_strndup(l->pool, p, (size_t)(end - p));
	if (!two_commas(inner, comma))
		return false;
	item->filter.then = quoted(l, comma[0] + 1, comma[1]);
	item->filter.otherwise = quoted(l, comma[1] + 1, inner + strlen(inner));
	if (item->filter.then == NULL || item->filter.otherwise == NULL)
		return false;
	load_condition(l, pool_strndup(l->pool, inner, (size_t)(comma[0] - inner)), where,
		utf8_count(source, (size_t)(p - source)), place, &item->filter.when);
	return true;
}

/* ${item}, p after the brace. */
static bool
filter_item(struct loader *l, const char *p, const char *where, struct item *item)
{
	size_t n = strcspn(p, "}");

	if (p[n] != '}' || p[n + 1 + strspn(p + n + 1, blanks)] != '\0')
		return false;
	item->filter.item = load_earlier(l, pool_strndup(l->pool, p, n), where, 0);
	return true;
}

static bool
filter_known(struct loader *l, const struct item *item, const char *value)
{
	if (item->filter.then != NULL)
		return strcmp(value, item->filter.then) == 0 ||
			strcmp(value, item->filter.otherwise) == 0;
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
		fault_add(l->faults, where, FAULT_FILTER, source);
		return;
	}
	for (size_t i = 0; i < item->choices; i++) {
		const struct choice *c = &item->choice[i];

		if (c->filter != NULL && !filter_known(l, item, c->filter))
			fault_add(l->faults, where, FAULT_FILTER_NEVER, c->name, c->filter);
	}
}

/* Without blanks, so that people may space it as they like. */
static const char *
squeeze(struct loader *l, const char *s)
{
	char *out = pool_take(l->pool, strlen(s) + 1);
	size_t n = 0;

	for (; *s != '\0'; s++)
		if (strchr(blanks, *s) == NULL)
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

	if (p == NULL || p[*p == '='] < '0' || p[*p == '='] > '9')
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
	struct choice *own = (struct choice *)item->choice;	/* the item's own copy */

	if (p == NULL || (end = strchr(p, ')')) == NULL ||
			strcmp(end, ")andcount-selected(.)>1)") != 0)
		return false;
	name = quoted(l, p, end);
	for (size_t i = 0; name != NULL && i < item->choices; i++)
		if (strcmp(own[i].name, name) == 0) {
			own[i].alone = true;
			return true;
		}
	return false;
}

void
load_constraint(struct loader *l, const char *source, const char *where, struct item *item)
{
	const char *s = squeeze(l, source), *instead;

	if (kind_written(item->kind)) {
		if (constrain_text(s, item))
			return;
		instead = pool_fmt(l->pool, "string-length(.) <= N, N <= %d", FORM_TEXT_MAX);
	} else if (item->kind == KIND_MULTI) {
		if (constrain_multi(l, s, item))
			return;
		instead = "not(selected(., 'none') and count-selected(.) > 1)";
	} else {
		instead = LANG_PICK("删去它：选项表已限定回答",
			"take it out: the choice list already limits the answers");
	}
	fault_add(l->faults, where, FAULT_CONSTRAINT, source, NULL, NULL, instead);
}
