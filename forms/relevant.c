/* Conditions on earlier answers: a recursive descent parser and its evaluation. */
#include "forms/relevant.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "forms/response.h"

enum { DEPTH_MAX = 32, SOURCE_MAX = 2000 };

/* Where the parser stands; the first fault stops it. */
struct parser {
	const char *source, *p;
	int (*find)(const char *name, const void *ctx);
	const void *ctx;
	struct pool *pool;
	struct err *err;
	const char *wrong;	/* where the first fault is, or NULL */
	int depth;
};

static const struct relevant_node *parse_or(struct parser *in);

/* Whoever calls a part of the parser looks at in->wrong before going on, so
 * there is but one fault. */
#define wrong_at(in, at, zh, en, ...) do {					\
	(in)->wrong = (at);							\
	err_set((in)->err, ERR_INPUT, zh, en, __VA_ARGS__);			\
} while (0)

static void
space(struct parser *in)
{
	in->p += strspn(in->p, " \t\r\n");
}

/* The next token if it is this sign. */
static bool
sign(struct parser *in, const char *s)
{
	size_t n = strlen(s);

	space(in);
	if (strncmp(in->p, s, n) != 0)
		return false;
	in->p += n;
	return true;
}

static bool
name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		c == '_' || c == '-';
}

/* The next token if it is this word, whole. */
static bool
word(struct parser *in, const char *s)
{
	size_t n = strlen(s);

	space(in);
	if (strncmp(in->p, s, n) != 0 || name_char(in->p[n]))
		return false;
	in->p += n;
	return true;
}

static void
need(struct parser *in, const char *s)
{
	if (!sign(in, s))
		wrong_at(in, in->p, "这里应写“%s”", "expected \"%s\" here", s);
}

static struct relevant_node *
node_make(struct parser *in, enum relevant_op op, const struct relevant_node *a,
	const struct relevant_node *b)
{
	struct relevant_node *node = pool_take(in->pool, sizeof(*node));

	node->op = op;
	node->a = a;
	node->b = b;
	node->item = -1;
	node->number = NAN;
	return node;
}

/* ${item} */
static int
parse_item(struct parser *in)
{
	const char *start, *name;
	int item;

	space(in);
	start = in->p;
	if (!sign(in, "${")) {
		wrong_at(in, start, "这里应写题目，如 ${%s}",
			"expected a question here, like ${%s}", "sector");
		return -1;
	}
	name = in->p;
	while (name_char(*in->p))
		in->p++;
	name = pool_strndup(in->pool, name, (size_t)(in->p - name));
	need(in, "}");
	if (in->wrong != NULL)
		return -1;
	item = in->find(name, in->ctx);
	if (item < 0)
		wrong_at(in, start, "前面没有名叫 %s 的题目",
			"no earlier question is named %s", name);
	return item;
}

/* 'text' or "text" */
static const char *
parse_quoted(struct parser *in)
{
	char quote = *in->p;
	const char *start = in->p + 1, *end = strchr(start, quote);

	if (end == NULL) {
		wrong_at(in, in->p, "引号没有配对：缺 %c",
			"the quote is not closed: %c is missing", quote);
		return "";
	}
	in->p = end + 1;
	return pool_strndup(in->pool, start, (size_t)(end - start));
}

/* A plain decimal number: what strtod takes beyond that (0x10, inf, nan) is not one. */
static bool
number_read(const char *s, size_t n, double *number)
{
	char copy[32], *end;

	if (n == 0 || n >= sizeof(copy) || strspn(s, "-.0123456789") < n)
		return false;
	memcpy(copy, s, n);
	copy[n] = '\0';
	*number = strtod(copy, &end);
	return *end == '\0';
}

static void
parse_literal(struct parser *in, struct relevant_node *node)
{
	size_t n;

	space(in);
	if (*in->p == '\'' || *in->p == '"') {
		node->name = parse_quoted(in);
		number_read(node->name, strlen(node->name), &node->number);
		return;
	}
	n = strspn(in->p, "-.0123456789");
	if (!number_read(in->p, n, &node->number)) {
		wrong_at(in, in->p, "这里应写选项代码，如 %s 或 3",
			"expected a choice here, like %s or 3", "'3'");
		return;
	}
	node->name = pool_fmt(in->pool, "%.15g", node->number);
	in->p += n;
}

static const struct relevant_node *
parse_comparison(struct parser *in)
{
	static const struct { const char *sign; enum relevant_op op; } ops[] = {
		{ "!=", RELEVANT_NE }, { "<=", RELEVANT_LE }, { ">=", RELEVANT_GE },
		{ "=", RELEVANT_EQ }, { "<", RELEVANT_LT }, { ">", RELEVANT_GT },
	};
	int item = parse_item(in);
	struct relevant_node *node = NULL;

	if (in->wrong != NULL)
		return NULL;
	for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]) && node == NULL; i++)
		if (sign(in, ops[i].sign))
			node = node_make(in, ops[i].op, NULL, NULL);
	if (node == NULL) {
		wrong_at(in, in->p, "这里应写比较符号 %s", "expected a comparison here: %s",
			"= != < <= > >=");
		return NULL;
	}
	node->item = item;
	space(in);
	parse_literal(in, node);
	if (in->wrong == NULL && node->op >= RELEVANT_LT && isnan(node->number))
		wrong_at(in, in->p, "< <= > >= 只能和数比较，不能和 '%s' 比较",
			"< <= > >= compare with a number, not with '%s'", node->name);
	return node;
}

static const struct relevant_node *
parse_selected(struct parser *in)
{
	struct relevant_node *node = node_make(in, RELEVANT_SELECTED, NULL, NULL);

	need(in, "(");
	if (in->wrong == NULL)
		node->item = parse_item(in);
	if (in->wrong == NULL)
		need(in, ",");
	if (in->wrong == NULL)
		parse_literal(in, node);
	if (in->wrong == NULL)
		need(in, ")");
	return node;
}

static const struct relevant_node *
parse_unary(struct parser *in)
{
	const struct relevant_node *node;
	bool negated = word(in, "not");

	if (!negated && word(in, "selected"))
		return parse_selected(in);
	if (!negated && !sign(in, "("))
		return parse_comparison(in);
	if (negated)
		need(in, "(");
	if (in->wrong == NULL && ++in->depth > DEPTH_MAX)
		wrong_at(in, in->p, "括号套得太深，最多 %d 层",
			"nested too deeply, at most %d", DEPTH_MAX);
	node = in->wrong == NULL ? parse_or(in) : NULL;
	if (in->wrong == NULL)
		need(in, ")");
	in->depth--;
	return negated ? node_make(in, RELEVANT_NOT, node, NULL) : node;
}

static const struct relevant_node *
parse_and(struct parser *in)
{
	const struct relevant_node *node = parse_unary(in);

	while (in->wrong == NULL && word(in, "and"))
		node = node_make(in, RELEVANT_AND, node, parse_unary(in));
	return node;
}

static const struct relevant_node *
parse_or(struct parser *in)
{
	const struct relevant_node *node = parse_and(in);

	while (in->wrong == NULL && word(in, "or"))
		node = node_make(in, RELEVANT_OR, node, parse_and(in));
	return node;
}

int
relevant_parse(struct relevant *r, const char *source,
	int (*find)(const char *name, const void *ctx), const void *ctx,
	struct pool *pool, size_t *at, struct err *err)
{
	struct parser in = { .source = source, .p = source, .find = find, .ctx = ctx,
		.pool = pool, .err = err };
	const struct relevant_node *root = NULL;

	r->root = NULL;
	if (strlen(source) > SOURCE_MAX)
		wrong_at(&in, source, "条件太长，最多 %d 个字节",
			"the condition is too long, at most %d bytes", SOURCE_MAX);
	if (in.wrong == NULL)
		root = parse_or(&in);
	space(&in);
	if (in.wrong == NULL && *in.p != '\0')
		wrong_at(&in, in.p, "这里应写 %s 或结束", "expected %s or the end here", "and, or");
	if (in.wrong != NULL) {
		if (at != NULL)
			*at = (size_t)(in.wrong - source);
		return -1;
	}
	r->root = root;
	return 0;
}

struct relevant
relevant_and(struct relevant a, struct relevant b, struct pool *pool)
{
	struct relevant_node *node;

	if (a.root == NULL)
		return b;
	if (b.root == NULL)
		return a;
	node = pool_take(pool, sizeof(*node));
	*node = (struct relevant_node){ .op = RELEVANT_AND, .a = a.root, .b = b.root,
		.item = -1, .number = NAN };
	return (struct relevant){ node };
}

/* Is the answer, as ODK would hold it, this text?  Several choices are joined by spaces. */
static bool
many_equal(const struct value *v, const char *name)
{
	for (size_t i = 0; i < v->count; i++) {
		size_t n = strlen(v->many[i]->name);

		if (i > 0 && *name++ != ' ')
			return false;
		if (strncmp(name, v->many[i]->name, n) != 0)
			return false;
		name += n;
	}
	return *name == '\0';
}

static bool
value_equal(const struct value *v, const char *name)
{
	switch (v->state) {
	case VALUE_NOT_ASKED:
		return *name == '\0';
	case VALUE_SKIPPED:
		return *name == '\0' || strcmp(name, "99") == 0;
	case VALUE_DONT_KNOW:
		return strcmp(name, "98") == 0;
	default:
		break;
	}
	if (v->many != NULL)
		return many_equal(v, name);
	return strcmp(v->choice != NULL ? v->choice->name : v->text, name) == 0;
}

static bool
value_selected(const struct value *v, const char *name)
{
	if (v->state != VALUE_GIVEN || v->many == NULL)
		return *name != '\0' && value_equal(v, name);
	for (size_t i = 0; i < v->count; i++)
		if (strcmp(v->many[i]->name, name) == 0)
			return true;
	return false;
}

/* The number answered; NAN, which no comparison is true of, for everything else. */
static double
value_number(const struct value *v)
{
	if (v->state != VALUE_GIVEN || v->choice == NULL || v->choice->code < 0)
		return NAN;
	return v->choice->code;
}

static bool
node_true(const struct relevant_node *node, const struct value value[])
{
	const struct value *v = node->item >= 0 ? &value[node->item] : NULL;

	switch (node->op) {
	case RELEVANT_OR:
		return node_true(node->a, value) || node_true(node->b, value);
	case RELEVANT_AND:
		return node_true(node->a, value) && node_true(node->b, value);
	case RELEVANT_NOT:
		return !node_true(node->a, value);
	case RELEVANT_EQ:
		return value_equal(v, node->name);
	case RELEVANT_NE:
		return !value_equal(v, node->name);
	case RELEVANT_LT:
		return value_number(v) < node->number;
	case RELEVANT_LE:
		return value_number(v) <= node->number;
	case RELEVANT_GT:
		return value_number(v) > node->number;
	case RELEVANT_GE:
		return value_number(v) >= node->number;
	case RELEVANT_SELECTED:
		return value_selected(v, node->name);
	}
	return false;
}

bool
relevant_true(const struct relevant *r, const struct form *form, const struct response *response)
{
	(void)form;
	return r->root == NULL || node_true(r->root, response->value);
}

bool
relevant_offered(const struct form *form, const struct item *item, const struct choice *choice,
	const struct response *so_far)
{
	const struct choice_filter *filter = &item->filter;
	const struct value *v;

	if (choice->filter == NULL)
		return true;
	if (filter->then != NULL)
		return strcmp(choice->filter, relevant_true(&filter->when, form, so_far) ?
			filter->then : filter->otherwise) == 0;
	assert(filter->item >= 0);	/* the loader wants a filter where choices have one */
	v = &so_far->value[filter->item];
	return v->choice != NULL && strcmp(choice->filter, v->choice->name) == 0;
}
