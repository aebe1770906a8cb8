/* Conditions: parsed, then checked against the items they name. */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "forms/load/load.h"

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
	int i = form_item(s->l->form, name);

	if (i < 0)
		snprintf(s->missed, MISSED_MAX, "%s", name);
	return i;
}

/* An unknown item, or one that is asked later? */
static const char *
missed_instead(struct loader *l, const char *name)
{
	if (!load_in(name, l->names))
		return fault_suggest(l->faults, name, l->names);
	return pool_fmt(l->pool, LANG_PICK("%s 在后面才问：条件只能引用前面的题目，请调换次序",
		"%s is asked later: refer to earlier questions only, or change the order"), name);
}

int
load_earlier(struct loader *l, const char *name, const char *where, size_t at)
{
	int i = form_item(l->form, name);

	if (i < 0)
		fault_put(l->faults, where, at, FAULT_NO_ITEM,
			(const char *const[4]){ name, NULL, NULL, missed_instead(l, name) });
	return i;
}

const char *const *
load_choice_names(struct loader *l, const struct item *item)
{
	const char **names = pool_array(l->pool, item->choices + 1, sizeof(names[0]));

	for (size_t i = 0; i < item->choices; i++)
		names[i] = item->choice[i].name;
	return names;
}

static void
check_choice(struct loader *l, const struct relevant_node *node, const struct item *item,
	const char *where)
{
	/* no choices: their list has a fault of its own */
	if (node->name[0] == '\0' || strcmp(node->name, "99") == 0 || kind_written(item->kind) ||
			item->choices == 0 || form_choice(item, node->name) != NULL)
		return;
	fault_add(l->faults, where, FAULT_NO_CHOICE, item->name, node->name, NULL,
		fault_suggest(l->faults, node->name, load_choice_names(l, item)));
}

/* Screens of one random block come in any order: none may hang on another. */
static bool
may_come_later(struct loader *l, const struct item *item, const struct place *place)
{
	const struct screen *s = &l->screen[item->screen];

	return place != NULL && place->block > 0 && s->block == place->block &&
		s->unit != place->unit;
}

static void
check_node(struct loader *l, const struct relevant_node *node, const struct place *place,
	const char *where)
{
	const struct item *item;

	if (node->op <= RELEVANT_NOT) {
		check_node(l, node->a, place, where);
		if (node->b != NULL)
			check_node(l, node->b, place, where);
		return;
	}
	item = &l->item[node->item];
	if (item->kind == KIND_PHONE)
		fault_add(l->faults, where, FAULT_PHONE, item->name);
	else if (may_come_later(l, item, place))
		fault_add(l->faults, where, FAULT_RANDOM_ORDER, item->name);
	else if (node->op < RELEVANT_LT || node->op == RELEVANT_SELECTED)
		check_choice(l, node, item, where);
	else if (item->kind == KIND_MULTI || kind_written(item->kind))
		fault_add(l->faults, where, FAULT_NO_NUMBER, item->name);
}

void
load_condition(struct loader *l, const char *source, const char *where, size_t at,
	const struct place *place, struct relevant *out)
{
	char missed[MISSED_MAX] = "";
	struct search s = { .l = l, .missed = missed };
	struct err err = { 0 };
	size_t wrong = 0;

	if (relevant_parse(out, source, find_item, &s, l->pool, &wrong, &err) == 0) {
		check_node(l, out->root, place, where);
		return;
	}
	at += utf8_count(source, wrong);
	if (missed[0] != '\0')
		load_earlier(l, pool_strdup(l->pool, missed), where, at);
	else
		fault_put(l->faults, where, at, FAULT_CONDITION,
			(const char *const[4]){ err.text });
}
