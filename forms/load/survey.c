/* The survey rows of a form file: groups, screens and their questions. */
#include <string.h>

#include "forms/load/load.h"

enum { GROUPS_MAX = 8, ROWS_MAX = 1000 };

/* A group that is open. */
struct group {
	const char *name, *where;
	struct texts label, hint;
	struct relevant relevant;	/* its own and its parents' */
	struct place place;		/* 0: not in a random block */
	bool shuffles;			/* randomize=true: its groups are the block's units */
	int screen;			/* index of its screen once it holds a question, else -1 */
	bool groups;			/* it holds groups */
};

struct survey {
	struct loader *l;
	struct group group[GROUPS_MAX + 1];	/* [0] is the form itself */
	size_t depth;
	size_t overflow;		/* groups open beyond GROUPS_MAX, passed over */
	int blocks, units;
};

static const char *const row_types[] = { "begin_group", "end_group", "select_one",
	"select_multiple", "text", NULL };

/* Columns a table of answers has beside the items: no item may be called so. */
static const char *const taken[] = { "site", "minute", "seconds", "stratum", "cluster",
	"weight", "key", "wave", "stream", "mode", "id", "flagged", "receipt", "leaf", NULL };

/* The row's name if it can stand; "" after a fault. */
static const char *
row_name(struct loader *l, const json_t *row, const char *where, size_t i)
{
	const char *name = "", *at = fault_key(l->faults, where, "name");
	enum fault_id fault = FAULT_MAX;

	if (!load_text(l, row, "name", where, NEED, &name))
		return "";
	if (!load_name_fits(name, true, false))
		fault = FAULT_ROW_NAME;
	else if (load_in(name, taken))
		fault = FAULT_ROW_TAKEN;
	for (size_t k = 0; k < i && fault == FAULT_MAX; k++)
		if (strcmp(l->names[k], name) == 0)
			fault = FAULT_ROW_TWICE;
	if (fault == FAULT_MAX)
		return name;
	fault_add(l->faults, at, fault, name, fault_number(l->faults, FORM_NAME_MAX));
	return "";
}

/* The row's condition, joined to those of the groups around it. */
static struct relevant
row_relevant(struct survey *s, const json_t *row, const char *where, const struct place *place,
	const char **source)
{
	struct relevant own = { NULL };

	if (load_text(s->l, row, "relevant", where, NEED_NOT, source) && *source != NULL)
		load_condition(s->l, *source, fault_key(s->l->faults, where, "relevant"), 0, place,
			&own);
	return relevant_and(s->group[s->depth].relevant, own, s->l->pool);
}

static bool
shuffles(struct loader *l, const json_t *row, const char *where, const struct group *parent)
{
	const char *parameters = NULL, *at = fault_key(l->faults, where, "parameters");

	load_text(l, row, "parameters", where, NEED_NOT, &parameters);
	if (parameters == NULL || strcmp(parameters, "randomize=false") == 0)
		return false;
	if (strcmp(parameters, "randomize=true") != 0)
		fault_add(l->faults, at, FAULT_PARAMETERS, parameters);
	else if (parent->place.block > 0)
		fault_add(l->faults, at, FAULT_RANDOM_NESTED, parent->name);
	else
		return true;
	return false;
}

static struct place
group_place(struct survey *s, const struct group *parent)
{
	if (parent->shuffles)
		return (struct place){ .block = s->blocks, .unit = ++s->units };
	return parent->place;
}

/* Is a group put among questions, or a question among groups? */
static void
check_mixed(struct survey *s, const struct group *g, const char *where, bool row_is_group)
{
	if (s->depth > 0 && (row_is_group ? g->screen >= 0 : g->groups))
		fault_add(s->l->faults, where, FAULT_GROUP_MIXED, g->name);
}

static void
group_words(struct loader *l, const json_t *row, const char *where, struct group *g)
{
	static const char *const keys[] = { "type", "name", "label", "hint", "relevant",
		"appearance", "parameters", NULL };
	const char *look = "field-list";

	fault_keys(l->faults, row, where, keys);
	load_texts(l, row, "label", where, NEED_NOT, &g->label);
	load_texts(l, row, "hint", where, NEED_NOT, &g->hint);
	load_text(l, row, "appearance", where, NEED_NOT, &look);
	if (strcmp(look, "field-list") != 0)
		fault_add(l->faults, fault_key(l->faults, where, "appearance"),
			FAULT_GROUP_LOOK, look);
}

static void
begin_group(struct survey *s, const json_t *row, const char *where, const char *name)
{
	struct group *parent = &s->group[s->depth];
	struct group g = { .name = name, .where = where, .screen = -1 };
	const char *source = NULL;
	struct loader *l = s->l;

	if (s->depth == GROUPS_MAX) {
		s->overflow++;
		fault_add(l->faults, where, FAULT_GROUP_DEEP, fault_number(l->faults, GROUPS_MAX));
		return;
	}
	check_mixed(s, parent, where, true);
	parent->groups = true;
	group_words(l, row, where, &g);
	g.place = group_place(s, parent);
	g.relevant = row_relevant(s, row, where, &g.place, &source);
	g.shuffles = shuffles(l, row, where, parent);
	if (g.shuffles)
		g.place = (struct place){ .block = ++s->blocks };
	s->group[++s->depth] = g;
}

static void
end_group(struct survey *s, const json_t *row, const char *where)
{
	static const char *const keys[] = { "type", "name", NULL };
	const struct group *g = &s->group[s->depth];
	const char *name = json_string_value(json_object_get(row, "name"));
	struct loader *l = s->l;

	if (s->overflow > 0) {
		s->overflow--;
		return;
	}
	fault_keys(l->faults, row, where, keys);
	if (s->depth == 0) {
		fault_add(l->faults, where, FAULT_GROUP_EXTRA);
		return;
	}
	if (name != NULL && g->name[0] != '\0' && strcmp(name, g->name) != 0)
		fault_add(l->faults, fault_key(l->faults, where, "name"),
			FAULT_GROUP_OTHER, g->name);
	if (g->screen < 0 && !g->groups)
		fault_add(l->faults, g->where, FAULT_GROUP_EMPTY, g->name);
	s->depth--;
}

/* The screen of the innermost group, made when its first question comes. */
static size_t
screen_of(struct survey *s)
{
	struct group *g = &s->group[s->depth];
	struct form *form = s->l->form;

	if (g->screen < 0) {
		g->screen = (int)form->screens;
		s->l->screen[form->screens++] = (struct screen){ .name = g->name, .label = g->label,
			.hint = g->hint, .relevant = g->relevant, .first = form->items,
			.block = g->place.block, .unit = g->place.unit };
	}
	return (size_t)g->screen;
}

/* May a question stand here? */
static bool
place_fits(struct survey *s, const char *where)
{
	const struct group *g = &s->group[s->depth];
	struct loader *l = s->l;

	if (s->overflow > 0)
		return false;
	if (l->form->items == FORM_ITEMS_MAX) {
		fault_add(l->faults, where, FAULT_ITEM_MANY,
			fault_number(l->faults, FORM_ITEMS_MAX));
		return false;
	}
	if (s->depth == 0) {
		fault_add(l->faults, where, FAULT_ITEM_OUTSIDE);
		return false;
	}
	check_mixed(s, g, where, false);
	if (g->shuffles)
		fault_add(l->faults, where, FAULT_RANDOM_ITEM, g->name);
	return true;
}

/* choice_filter and constraint, once the question's choices are known. */
static void
question_limits(struct survey *s, const json_t *row, const char *where, struct item *item)
{
	const char *filter = NULL, *constraint = NULL;
	struct loader *l = s->l;

	load_text(l, row, "constraint", where, NEED_NOT, &constraint);
	if (constraint != NULL)
		load_constraint(l, constraint, fault_key(l->faults, where, "constraint"), item);
	if (kind_written(item->kind))
		return;		/* a filter there is an unknown key already */
	load_text(l, row, "choice_filter", where, NEED_NOT, &filter);
	if (filter != NULL)
		load_filter(l, filter, fault_key(l->faults, where, "choice_filter"),
			&s->group[s->depth].place, item);
	for (size_t i = 0; filter == NULL && i < item->choices; i++)
		if (item->choice[i].filter != NULL) {
			fault_add(l->faults, where, FAULT_FILTER_NONE, item->list);
			return;
		}
}

static void
question(struct survey *s, const json_t *row, const char *where, const char *type,
	const char *list, const char *name)
{
	struct loader *l = s->l;
	struct item *item;

	if (!place_fits(s, where))
		return;
	item = &l->item[l->form->items];
	*item = (struct item){ .name = name };
	load_item(l, row, where, type, list, item);
	item->relevant = row_relevant(s, row, where, &s->group[s->depth].place,
		&item->relevant_source);
	question_limits(s, row, where, item);
	item->screen = screen_of(s);
	l->screen[item->screen].items++;
	l->form->items++;
}

/* "select_one LIST" in two; the list is "" where there is none. */
static const char *
split_type(struct loader *l, const char *whole, const char **list)
{
	size_t n = strcspn(whole, " ");

	*list = whole + n + strspn(whole + n, " ");
	return pool_strndup(l->pool, whole, n);
}

static void
unknown_type(struct loader *l, const char *where, const char *whole, const char *type)
{
	const char *instead;

	if (strcmp(whole, "begin group") == 0)
		instead = "begin_group";
	else if (strcmp(whole, "end group") == 0)
		instead = "end_group";
	else if (strcmp(type, "note") == 0)
		instead = LANG_PICK("说明文字写在组的 label 或 hint 里",
			"put the words into the group's label or hint");
	else
		instead = fault_suggest(l->faults, type, row_types);
	fault_add(l->faults, fault_key(l->faults, where, "type"), FAULT_ROW_TYPE, whole, NULL, NULL,
		instead);
}

static void
load_row(struct survey *s, const json_t *row, size_t i)
{
	struct loader *l = s->l;
	const char *where = fault_index(l->faults, "/survey", i);
	const char *whole = NULL, *list, *type, *name;
	bool select;

	if (!json_is_object(row)) {
		fault_add(l->faults, where, FAULT_ROW);
		return;
	}
	if (!load_text(l, row, "type", where, NEED, &whole))
		return;
	type = split_type(l, whole, &list);
	select = strncmp(type, "select_", 7) == 0;
	if (!load_in(type, row_types) || (!select && list[0] != '\0')) {
		unknown_type(l, where, whole, type);
		return;
	}
	if (strcmp(type, "end_group") == 0) {
		end_group(s, row, where);
		return;
	}
	name = row_name(l, row, where, i);
	if (select && list[0] == '\0')
		fault_add(l->faults, fault_key(l->faults, where, "type"), FAULT_ITEM_LIST, type);
	if (strcmp(type, "begin_group") == 0)
		begin_group(s, row, where, name);
	else
		question(s, row, where, type, list, name);
}

/* Every row's name in file order, "" for rows that have none. */
static void
collect_names(struct loader *l, const json_t *rows)
{
	size_t n = json_array_size(rows);
	const char **names = pool_array(l->pool, n + 1, sizeof(names[0]));

	for (size_t i = 0; i < n; i++) {
		const json_t *row = json_array_get(rows, i);
		const char *name = json_string_value(json_object_get(row, "name"));
		const char *type = json_string_value(json_object_get(row, "type"));

		if (name == NULL || type == NULL || strcmp(type, "end_group") == 0 ||
				strlen(name) > FORM_NAME_MAX)
			name = "";
		names[i] = pool_strdup(l->pool, name);
	}
	l->names = names;
}

void
load_survey(struct loader *l, const json_t *root)
{
	const json_t *rows = load_array(l, root, "survey", "", NEED);
	struct survey s = { .l = l, .group[0] = { .name = "", .where = "", .screen = -1 } };

	collect_names(l, rows);
	if (rows == NULL)
		return;
	if (json_array_size(rows) > ROWS_MAX) {
		fault_add(l->faults, "/survey", FAULT_ROWS_MANY, fault_number(l->faults, ROWS_MAX));
		return;
	}
	for (size_t i = 0; i < json_array_size(rows); i++)
		load_row(&s, json_array_get(rows, i), i);
	for (; s.depth > 0; s.depth--)
		fault_add(l->faults, s.group[s.depth].where, FAULT_GROUP_OPEN,
			s.group[s.depth].name);
	if (l->form->items == 0)
		fault_add(l->faults, "/survey", FAULT_ITEM_NONE);
}
