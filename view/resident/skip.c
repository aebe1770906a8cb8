/* Skip logic twice: as a style sheet with :has() and as tokens for the script. */
#include "view/resident/part.h"

#include <math.h>
#include <string.h>

#include "view/html.h"

/* ---- conditions ---- */

static const struct relevant_node *
node_make(enum relevant_op op, const struct relevant_node *a, const struct relevant_node *b,
	struct pool *pool)
{
	struct relevant_node *node = pool_take(pool, sizeof(*node));

	*node = (struct relevant_node){ .op = op, .a = a, .b = b, .item = -1, .number = NAN };
	return node;
}

/* Both or either; a missing one adds nothing. */
static const struct relevant_node *
node_join(enum relevant_op op, const struct relevant_node *a, const struct relevant_node *b,
	struct pool *pool)
{
	if (a == NULL || b == NULL)
		return a == NULL ? b : a;
	return node_make(op, a, b, pool);
}

static const struct relevant_node *
node_is(int item, const char *name, struct pool *pool)
{
	struct relevant_node *node = pool_take(pool, sizeof(*node));

	*node = (struct relevant_node){ .op = RELEVANT_EQ, .item = item, .name = name,
		.number = NAN };
	return node;
}

const struct relevant_node *
skip_not(const struct relevant_node *a, struct pool *pool)
{
	struct relevant_node *node;

	if (a->op == RELEVANT_NOT)
		return a->a;
	if (a->op != RELEVANT_EQ && a->op != RELEVANT_NE)
		return node_make(RELEVANT_NOT, a, NULL, pool);
	node = pool_take(pool, sizeof(*node));
	*node = *a;
	node->op = a->op == RELEVANT_EQ ? RELEVANT_NE : RELEVANT_EQ;
	return node;
}

const struct relevant_node *
skip_choice(const struct form *form, const struct item *item, const struct choice *choice,
	struct pool *pool)
{
	const struct choice_filter *filter = &item->filter;

	(void)form;
	if (choice->filter == NULL)
		return NULL;
	if (filter->item >= 0)
		return node_is(filter->item, choice->filter, pool);
	if (filter->when.root == NULL || filter->then == NULL || filter->otherwise == NULL)
		return NULL;
	if (strcmp(choice->filter, filter->then) == 0)
		return strcmp(filter->then, filter->otherwise) == 0 ? NULL : filter->when.root;
	if (strcmp(choice->filter, filter->otherwise) == 0)
		return skip_not(filter->when.root, pool);
	return NULL;
}

static bool
same_label(const struct variant *a, const struct variant *b)
{
	return strcmp(a->item, b->item) == 0 &&
		texts_same(&a->label, &b->label);
}

/* Is this the first variant with its wording? */
static bool
variant_leads(const struct form *form, size_t v)
{
	for (size_t i = 0; i < v; i++)
		if (same_label(&form->variant[i], &form->variant[v]))
			return false;
	return true;
}

const struct relevant_node *
skip_variant(const struct form *form, const struct item *item, size_t i,
	const struct variant **first, struct pool *pool)
{
	const struct relevant_node *node = NULL;
	int by = form->variant_by != NULL ? form_item(form, form->variant_by) : -1;

	*first = NULL;
	for (size_t v = 0; by >= 0 && v < form->variants; v++) {
		const struct variant *variant = &form->variant[v];

		if (strcmp(variant->item, item->name) != 0)
			continue;
		if (*first == NULL && variant_leads(form, v) && i-- == 0)
			*first = variant;
		if (*first != NULL && same_label(*first, variant))
			node = node_join(RELEVANT_OR, node, node_is(by, variant->when, pool), pool);
	}
	return node;
}

const struct relevant_node *
skip_general(const struct form *form, const struct item *item, struct pool *pool)
{
	const struct relevant_node *any = NULL, *one;
	const struct variant *first;

	for (size_t i = 0; (one = skip_variant(form, item, i, &first, pool)) != NULL; i++)
		any = node_join(RELEVANT_OR, any, one, pool);
	return any != NULL ? skip_not(any, pool) : NULL;
}

/* May screen t come after screen s, in the order of some key? */
static bool
may_follow(const struct form *form, size_t t, size_t s)
{
	int block = form->screen[s].block;

	return t > s || (t != s && block > 0 && form->screen[t].block == block);
}

/* Is the condition, by its tokens, among the first n? */
static bool
among(const struct form *form, const struct relevant_node *const seen[], size_t n,
	const struct relevant_node *node)
{
	struct text a = TEXT_INIT, b = TEXT_INIT;
	bool found = false;

	skip_tokens(&a, form, node);
	for (size_t i = 0; i < n && !found; i++) {
		text_reset(&b);
		skip_tokens(&b, form, seen[i]);
		found = strcmp(text_str(&a), text_str(&b)) == 0;
	}
	text_clear(&a);
	text_clear(&b);
	return found;
}

const struct relevant_node *
skip_end(const struct form *form, size_t s, struct pool *pool)
{
	const struct relevant_node *seen[FORM_ITEMS_MAX], *end = NULL;
	const struct relevant_node *own = form->screen[s].relevant.root;
	size_t n = 0;

	for (size_t t = 0; t < form->screens; t++) {
		const struct relevant_node *root = form->screen[t].relevant.root;

		if (!may_follow(form, t, s))
			continue;
		if (root == NULL || (own != NULL && among(form, &own, 1, root)))
			return NULL;
		if (among(form, seen, n, root))
			continue;
		seen[n++] = root;
		end = node_join(RELEVANT_AND, end, skip_not(root, pool), pool);
	}
	return end;
}

/* ---- what a page of this form carries ---- */

static void
each_of_item(const struct form *form, const struct item *item, struct pool *pool,
	void (*fn)(const struct relevant_node *node, bool asks, void *ctx), void *ctx)
{
	const struct variant *first;
	const struct relevant_node *node;

	fn(item->relevant.root, true, ctx);
	for (size_t i = 0; i < item->choices; i++)
		fn(skip_choice(form, item, &item->choice[i], pool), true, ctx);
	for (size_t i = 0; (node = skip_variant(form, item, i, &first, pool)) != NULL; i++)
		fn(node, false, ctx);
	fn(skip_general(form, item, pool), false, ctx);
}

void
skip_each(const struct form *form, struct pool *pool,
	void (*fn)(const struct relevant_node *node, bool asks, void *ctx), void *ctx)
{
	for (size_t i = 0; i < form->items; i++)
		each_of_item(form, &form->item[i], pool, fn, ctx);
	for (size_t s = 0; s < form->screens; s++) {
		const struct relevant_node *root = form->screen[s].relevant.root;
		const struct relevant_node *end = skip_end(form, s, pool);

		fn(root != NULL ? skip_not(root, pool) : NULL, false, ctx);
		fn(end, false, ctx);
		fn(end != NULL ? skip_not(end, pool) : NULL, false, ctx);
	}
}

/* ---- tokens ---- */

static const char *const sign[] = {
	[RELEVANT_OR] = "|", [RELEVANT_AND] = "&", [RELEVANT_NOT] = "!",
	[RELEVANT_EQ] = "=", [RELEVANT_NE] = "!=", [RELEVANT_LT] = "<", [RELEVANT_LE] = "<=",
	[RELEVANT_GT] = ">", [RELEVANT_GE] = ">=", [RELEVANT_SELECTED] = "~",
};

void
skip_tokens(struct text *out, const struct form *form, const struct relevant_node *node)
{
	if (node->op == RELEVANT_OR || node->op == RELEVANT_AND || node->op == RELEVANT_NOT) {
		skip_tokens(out, form, node->a);
		text_putc(out, ' ');
		if (node->op != RELEVANT_NOT) {
			skip_tokens(out, form, node->b);
			text_putc(out, ' ');
		}
		text_puts(out, sign[node->op]);
		return;
	}
	text_puts(out, form->item[node->item].name);
	text_puts(out, sign[node->op]);
	if (node->op >= RELEVANT_LT && node->op <= RELEVANT_GE)
		text_fmt(out, "%.15g", node->number);
	else
		html_url(out, node->name);
}

void
skip_attribute(struct text *out, const struct form *form, const struct relevant_node *node)
{
	struct text tokens = TEXT_INIT;

	if (node == NULL)
		return;
	skip_tokens(&tokens, form, node);
	html_lit(out, " data-if=\"");
	html_text(out, text_str(&tokens));
	html_lit(out, "\"");
	text_clear(&tokens);
}

/* ---- selectors ---- */

bool
skip_fits(const struct relevant_node *node, const struct choice *choice)
{
	double x = choice->code;

	if (choice->code < 0 || choice->code == FORM_DONT_KNOW || choice->code == FORM_SKIPPED)
		return false;
	switch (node->op) {
	case RELEVANT_LT: return x < node->number;
	case RELEVANT_LE: return x <= node->number;
	case RELEVANT_GT: return x > node->number;
	default: return x >= node->number;
	}
}

/* [name=x][value="v"]:checked, after a comma unless it is the first.  An item's name is an
 * identifier of CSS, too; a choice's may begin with a digit. */
static void
css_checked(struct text *out, bool *any, const struct item *item, const char *value)
{
	text_fmt(out, "%s[name=%s][value=\"%s\"]:checked", *any ? "," : "", item->name, value);
	*any = true;
}

static bool
css_compare(struct text *out, const struct form *form, const struct relevant_node *node, bool not)
{
	const struct item *item = &form->item[node->item];
	bool number = node->op >= RELEVANT_LT && node->op <= RELEVANT_GE, any = false;

	if (!number && (*node->name == '\0' || strcmp(node->name, "99") == 0)) {
		/* Not answered, or answered by "skip": no other button is down. */
		text_fmt(out, not ? ":has([name=%s]:checked:not([value=\"99\"]))"
			: ":not(:has([name=%s]:checked:not([value=\"99\"])))", item->name);
		return item->choices > 1;
	}
	text_puts(out, not ? ":not(:has(" : ":has(");
	for (size_t i = 0; i < item->choices; i++)
		if (number ? skip_fits(node, &item->choice[i])
				: strcmp(item->choice[i].name, node->name) == 0)
			css_checked(out, &any, item, item->choice[i].name);
	if (!any)
		html_lit(out, "[nowhere]");
	text_puts(out, not ? "))" : ")");
	/* A list of several, or typed words, is beyond a selector. */
	return item->choices > 1 && (item->kind != KIND_MULTI || node->op == RELEVANT_SELECTED);
}

static bool
css_put(struct text *out, const struct form *form, const struct relevant_node *node, bool not)
{
	bool told;

	switch (node->op) {
	case RELEVANT_NOT:
		return css_put(out, form, node->a, !not);
	case RELEVANT_NE:
		return css_compare(out, form, node, !not);
	case RELEVANT_OR:
	case RELEVANT_AND:
		/* Compound selectors are "and"; "or" needs :is().  Not turns one into the other. */
		if ((node->op == RELEVANT_AND) != not)
			return css_put(out, form, node->a, not) && css_put(out, form, node->b, not);
		html_lit(out, ":is(");
		told = css_put(out, form, node->a, not);
		html_lit(out, ",");
		told = css_put(out, form, node->b, not) && told;
		html_lit(out, ")");
		return told;
	default:
		return css_compare(out, form, node, not);
	}
}

bool
skip_css_not(struct text *out, const struct form *form, const struct relevant_node *node)
{
	size_t n = out->n;

	if (css_put(out, form, node, true))
		return true;
	out->n = n;
	if (out->s != NULL)
		out->s[n] = '\0';
	return false;
}
