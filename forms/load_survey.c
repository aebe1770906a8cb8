/* The survey rows of a form file: groups, screens and their questions. */
#include <string.h>

#include "forms/load.h"

enum { GROUPS_MAX = 8, ROWS_MAX = 1000 };

/* A group that is open. */
struct group {
	const char *name, *where;
	struct words label, hint;
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
static const char *const taken[] = { "site", "minute", "seconds", "stratum", "cluster", "weight",
    "key", "wave", "stream", "mode", "id", "flagged", "receipt", "leaf", NULL };

static bool
in_list(const char *word, const char *const list[])
{
	for (size_t i = 0; list[i] != NULL; i++)
		if (strcmp(word, list[i]) == 0)
			return true;
	return false;
}

/* The row's name if it can stand; "" after a fault. */
static const char *
row_name(struct loader *l, const json_t *row, const char *where, size_t i)
{
	const char *name = "", *at = fault_key(l->faults, where, "name");

	if (!load_text(l, row, "name", where, NEED, &name) || name[0] == '\0')
		return "";
	if (!load_name_fits(name, true, false)) {
		fault_add(l->faults, at, SAY(l, "题目名 %.40s 写法不对", "%.40s cannot name a row", name),
		    SAY(l, "以字母开头，只用字母、数字和 _，最多 %d 个字符",
		    "begin with a letter; letters, digits and _ only, at most %d characters", FORM_NAME_MAX));
		return "";
	}
	if (in_list(name, taken)) {
		fault_add(l->faults, at, SAY(l, "名字 %s 已用作数据列", "the name %s is a column of the data already",
		    name), SAY(l, "换一个名字，例如 %s_1", "take another, for example %s_1", name));
		return "";
	}
	for (size_t k = 0; k < i; k++)
		if (strcmp(l->names[k], name) == 0) {
			fault_add(l->faults, at, SAY(l, "名字 %s 重复", "the name %s is used twice", name),
			    SAY(l, "换一个名字，例如 %s_2", "take another, for example %s_2", name));
			return "";
		}
	return name;
}

/* The row's condition, joined to those of the groups around it. */
static struct relevant
row_relevant(struct survey *s, const json_t *row, const char *where, const struct place *place,
    const char **source)
{
	struct relevant own = { NULL };

	if (load_text(s->l, row, "relevant", where, NEED_NOT, source) && *source != NULL)
		load_condition(s->l, *source, fault_key(s->l->faults, where, "relevant"), 0, place, &own);
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
		fault_add(l->faults, at, SAY(l, "不支持的 parameters：%.40s", "parameters not supported: %.40s",
		    parameters), "randomize=true");
	else if (parent->place.block > 0)
		fault_add(l->faults, at, SAY(l, "随机块 %s 里不能再有随机块", "random block %s holds another", parent->name),
		    LANG_PICK("去掉里面的 randomize", "take the inner randomize out"));
	return strcmp(parameters, "randomize=true") == 0 && parent->place.block == 0;
}

static struct place
group_place(struct survey *s, const struct group *parent)
{
	struct place place = parent->place;

	if (parent->shuffles)
		place = (struct place){ .block = s->blocks, .unit = ++s->units };
	return place;
}

static void
check_mixed(struct survey *s, const struct group *g, const char *where, bool row_is_group)
{
	if (s->depth == 0 || (row_is_group ? g->screen < 0 : !g->groups))
		return;
	fault_add(s->l->faults, where, SAY(s->l, "组 %s 里既有题目又有组", "group %s holds both questions and groups",
	    g->name), LANG_PICK("一屏一组：把这些题目也放进自己的组",
	    "a screen is one group: give these questions a group of their own"));
}

static void
begin_group(struct survey *s, const json_t *row, const char *where, const char *name)
{
	static const char *const keys[] = { "type", "name", "label", "hint", "relevant", "appearance",
	    "parameters", NULL };
	struct group *parent = &s->group[s->depth], g = { .name = name, .where = where, .screen = -1 };
	const char *look = NULL, *source = NULL;
	struct loader *l = s->l;

	if (s->depth == GROUPS_MAX) {
		s->overflow++;
		fault_add(l->faults, where, LANG_PICK("组套得太深", "groups are nested too deeply"),
		    SAY(l, "最多 %d 层", "at most %d deep", GROUPS_MAX));
		return;
	}
	fault_keys(l->faults, row, where, keys);
	check_mixed(s, parent, where, true);
	parent->groups = true;
	load_words(l, row, "label", where, NEED_NOT, &g.label);
	load_words(l, row, "hint", where, NEED_NOT, &g.hint);
	if (load_text(l, row, "appearance", where, NEED_NOT, &look) && look != NULL &&
	    strcmp(look, "field-list") != 0)
		fault_add(l->faults, fault_key(l->faults, where, "appearance"),
		    SAY(l, "组不支持 appearance：%.40s", "appearance not supported on a group: %.40s", look),
		    "field-list");
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
		fault_add(l->faults, where, LANG_PICK("多出一个 end_group", "one end_group too many"),
		    LANG_PICK("删去它，或在前面补上 begin_group", "take it out, or add its begin_group before"));
		return;
	}
	if (name != NULL && g->name[0] != '\0' && strcmp(name, g->name) != 0)
		fault_add(l->faults, fault_key(l->faults, where, "name"),
		    SAY(l, "这里结束的是组 %s", "the group that ends here is %s", g->name),
		    SAY(l, "写 %s，或检查前面的组有没有结束", "write %s, or see whether an earlier group was closed",
		    g->name));
	if (g->screen < 0 && !g->groups)
		fault_add(l->faults, g->where, SAY(l, "组 %s 是空的", "group %s is empty", g->name),
		    LANG_PICK("放进题目，或删去这个组", "put a question in, or take the group out"));
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
		fault_add(l->faults, where, LANG_PICK("题目太多", "too many questions"),
		    SAY(l, "一份问卷最多 %d 题", "a form holds at most %d", FORM_ITEMS_MAX));
		return false;
	}
	if (s->depth == 0) {
		fault_add(l->faults, where, LANG_PICK("题目不在任何组里", "a question outside any group"),
		    LANG_PICK("前面加 begin_group，后面加 end_group：一组就是一屏",
		    "put begin_group before it and end_group after it: a group is a screen"));
		return false;
	}
	check_mixed(s, g, where, false);
	if (g->shuffles)
		fault_add(l->faults, where, SAY(l, "随机块 %s 里直接放了题目", "random block %s holds a question directly",
		    g->name), LANG_PICK("randomize 打乱的是组：给题目加一个组", "randomize shuffles groups: give it a group"));
	return true;
}

static void
question(struct survey *s, const json_t *row, const char *where, const char *type,
    const char *list, const char *name)
{
	const struct place *place = &s->group[s->depth].place;
	const char *filter = NULL, *constraint = NULL;
	struct loader *l = s->l;
	struct item *item;

	if (!place_fits(s, where))
		return;
	item = &l->item[l->form->items];
	*item = (struct item){ .name = name };
	load_item(l, row, where, type, list, item);
	item->relevant = row_relevant(s, row, where, place, &item->relevant_source);
	if (json_object_get(row, "choice_filter") != NULL && strcmp(type, "text") != 0 &&
	    load_text(l, row, "choice_filter", where, NEED, &filter))
		load_filter(l, filter, fault_key(l->faults, where, "choice_filter"), place, item);
	else
		for (size_t i = 0; filter == NULL && i < item->choices; i++)
			if (item->choice[i].filter != NULL) {
				fault_add(l->faults, where, SAY(l, "选项表 %s 有 filter，题目却没有 choice_filter",
				    "list %s has filters, the question no choice_filter", item->list),
				    "choice_filter: filter = if(${level} <= 2, 'bad', 'good')");
				break;
			}
	if (json_object_get(row, "constraint") != NULL &&
	    load_text(l, row, "constraint", where, NEED, &constraint))
		load_constraint(l, constraint, fault_key(l->faults, where, "constraint"), item);
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

	if (strcmp(whole, "begin group") == 0 || strcmp(whole, "end group") == 0)
		instead = SAY(l, "写 %s_group", "write %s_group", type);
	else if (strcmp(type, "note") == 0)
		instead = LANG_PICK("说明文字写在组的 label 或 hint 里", "put the words into the group's label or hint");
	else
		instead = fault_suggest(l->faults, type, row_types);
	fault_add(l->faults, fault_key(l->faults, where, "type"),
	    SAY(l, "不支持的题型：%.40s", "type not supported: %.40s", whole), instead);
}

static void
load_row(struct survey *s, const json_t *row, size_t i)
{
	struct loader *l = s->l;
	const char *where = fault_index(l->faults, "/survey", i), *whole = NULL, *list, *type, *name;
	bool select;

	if (!json_is_object(row)) {
		fault_add(l->faults, where, LANG_PICK("每一行应是一个对象", "a row is an object"),
		    "{\"type\": \"select_one yes_no\", \"name\": \"…\", \"label\": {…}}");
		return;
	}
	if (!load_text(l, row, "type", where, NEED, &whole))
		return;
	type = split_type(l, whole, &list);
	select = strncmp(type, "select_", 7) == 0;
	if (!in_list(type, row_types) || (!select && list[0] != '\0')) {
		unknown_type(l, where, whole, type);
		return;
	}
	if (strcmp(type, "end_group") == 0) {
		end_group(s, row, where);
		return;
	}
	name = row_name(l, row, where, i);
	if (select && list[0] == '\0')
		fault_add(l->faults, fault_key(l->faults, where, "type"),
		    SAY(l, "%s 后面缺选项表名", "%s lacks the name of its list", type),
		    SAY(l, "例如 \"%s yes_no\"", "for example \"%s yes_no\"", type));
	if (strcmp(type, "begin_group") == 0)
		begin_group(s, row, where, name);
	else
		question(s, row, where, type, list, name);
}

/* Every question's name in file order, "" for rows that have none. */
static void
collect_names(struct loader *l, const json_t *rows)
{
	size_t n = json_array_size(rows);

	l->names = pool_array(l->pool, n + 1, sizeof(l->names[0]));
	for (size_t i = 0; i < n; i++) {
		const json_t *row = json_array_get(rows, i);
		const char *name = json_string_value(json_object_get(row, "name"));
		const char *type = json_string_value(json_object_get(row, "type"));

		if (name == NULL || type == NULL || strcmp(type, "end_group") == 0 || strlen(name) > 64)
			name = "";
		l->names[i] = pool_strdup(l->pool, name);
	}
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
		fault_add(l->faults, "/survey", LANG_PICK("survey 行数太多", "survey has too many rows"),
		    SAY(l, "最多 %d 行", "at most %d", ROWS_MAX));
		return;
	}
	for (size_t i = 0; i < json_array_size(rows); i++)
		load_row(&s, json_array_get(rows, i), i);
	for (; s.depth > 0; s.depth--)
		fault_add(l->faults, s.group[s.depth].where, SAY(l, "组 %s 没有结束", "group %s is not closed",
		    s.group[s.depth].name), LANG_PICK("补上 {\"type\": \"end_group\"}", "add {\"type\": \"end_group\"}"));
	if (l->form->items == 0)
		fault_add(l->faults, "/survey", LANG_PICK("问卷里没有题目", "the form asks nothing"),
		    SAY(l, "可以写：%s", "known here: %s", "select_one select_multiple text"));
}
