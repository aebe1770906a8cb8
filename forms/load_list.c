/* The choice lists of a form file. */
#include <stdlib.h>
#include <string.h>

#include "forms/load.h"

/* The number a name is, where it is written as numbers are stored (no sign, no leading zero). */
static int
name_code(const char *name, size_t index)
{
	size_t n = strlen(name);

	if (n > 9 || strspn(name, "0123456789") < n || (name[0] == '0' && n > 1))
		return -(int)(index + 1);
	return atoi(name);
}

static bool
name_free(struct loader *l, const struct choice_list *list, const char *name, const char *where)
{
	for (size_t i = 0; i < list->choices; i++)
		if (strcmp(list->choice[i].name, name) == 0) {
			fault_add(l->faults, where,
			    SAY(l, "选项 %s 在选项表 %s 里重复", "choice %s stands twice in list %s", name,
			    list->name),
			    LANG_PICK("换一个代码，或删去其中一个", "give it another name, or take one out"));
			return false;
		}
	if (strcmp(name, "99") != 0)
		return true;
	fault_add(l->faults, where, SAY(l, "选项代码 %d 留作“跳过”", "choice %d is kept for \"skipped\"",
	    FORM_SKIPPED),
	    SAY(l, "删去它：跳过的题自动记为 %d", "take it out: a skipped question is stored as %d by itself",
	    FORM_SKIPPED));
	return false;
}

static void
load_choice(struct loader *l, struct choice_list *list, const json_t *value, size_t i)
{
	static const char *const keys[] = { "name", "label", "filter", "decoy", "image", NULL };
	const char *where = fault_index(l->faults, list->where, i);
	struct choice *c = &list->choice[list->choices];

	if (!json_is_object(value)) {
		fault_add(l->faults, where, LANG_PICK("选项应是一个对象", "a choice is an object"),
		    "{\"name\": \"1\", \"label\": {\"zh\": \"…\", \"en\": \"...\"}}");
		return;
	}
	fault_keys(l->faults, value, where, keys);
	load_words(l, value, "label", where, NEED, &c->label);
	load_text(l, value, "filter", where, NEED_NOT, &c->filter);
	load_text(l, value, "image", where, NEED_NOT, &c->image);
	load_bool(l, value, "decoy", where, NEED_NOT, &c->decoy);
	if (!load_text(l, value, "name", where, NEED, &c->name))
		return;
	where = fault_key(l->faults, where, "name");
	if (!load_name_fits(c->name, false, true)) {
		fault_add(l->faults, where, SAY(l, "选项代码 %.40s 写法不对", "%.40s cannot name a choice", c->name),
		    SAY(l, "只用字母、数字、_ 和 -，最多 %d 个字符",
		    "use letters, digits, _ and - only, at most %d characters", FORM_NAME_MAX));
		return;
	}
	if (!name_free(l, list, c->name, where))
		return;
	c->code = name_code(c->name, list->choices);
	list->choices++;
}

/* Does the list run 1..n or n..1, with nothing else but 98? */
static void
find_run(struct choice_list *list)
{
	size_t n = list->choices;
	bool up;

	if (n > 0 && list->choice[n - 1].code == FORM_DONT_KNOW)
		n--;
	up = n > 0 && list->choice[0].code == 1;
	for (size_t i = 0; i < n; i++)
		if (list->choice[i].code != (up ? (int)i + 1 : (int)(n - i))) {
			list->broken = i;
			return;
		}
	list->broken = n;
	list->run = n == 5 || n == 10 ? n : 0;
}

/* "98" is a way out, not an answer among the others: it stands last. */
static void
check_last(struct loader *l, const struct choice_list *list)
{
	for (size_t i = 0; i + 1 < list->choices; i++)
		if (list->choice[i].code == FORM_DONT_KNOW)
			fault_add(l->faults, fault_index(l->faults, list->where, i),
			    SAY(l, "%d（不清楚）不在选项表 %s 的最后", "%d (don't know) is not last in list %s",
			    FORM_DONT_KNOW, list->name),
			    LANG_PICK("把它移到最后", "move it to the end"));
}

static void
load_list(struct loader *l, const char *name, const json_t *value)
{
	struct choice_list *list = &l->list[l->lists];
	const char *where = fault_key(l->faults, "/choices", name);

	if (!load_name_fits(name, true, true)) {
		fault_add(l->faults, where, SAY(l, "选项表名 %.40s 写法不对", "%.40s cannot name a list", name),
		    SAY(l, "以字母开头，只用字母、数字、_ 和 -，最多 %d 个字符",
		    "begin with a letter; letters, digits, _ and - only, at most %d characters",
		    FORM_NAME_MAX));
		return;
	}
	list->name = pool_strdup(l->pool, name);
	list->where = where;
	l->lists++;
	if (!json_is_array(value) || json_array_size(value) == 0) {
		fault_add(l->faults, where, SAY(l, "选项表 %s 里没有选项", "list %s holds no choices", name),
		    "[{\"name\": \"1\", \"label\": {\"zh\": \"…\", \"en\": \"...\"}}]");
		return;
	}
	if (json_array_size(value) > FORM_CHOICES_MAX) {
		fault_add(l->faults, where, SAY(l, "选项表 %s 的选项太多", "list %s holds too many choices", name),
		    SAY(l, "最多 %d 个", "at most %d", FORM_CHOICES_MAX));
		return;
	}
	list->choice = pool_array(l->pool, json_array_size(value), sizeof(list->choice[0]));
	for (size_t i = 0; i < json_array_size(value); i++)
		load_choice(l, list, json_array_get(value, i), i);
	list->faulty = list->choices < json_array_size(value);
	check_last(l, list);
	find_run(list);
}

void
load_lists(struct loader *l, const json_t *root)
{
	const json_t *choices = json_object_get(root, "choices");
	const char *name;
	json_t *value;

	l->list = pool_array(l->pool, json_object_size(choices) + 1, sizeof(l->list[0]));
	if (choices == NULL)
		return;
	if (!json_is_object(choices)) {
		fault_add(l->faults, "/choices", LANG_PICK("choices 应是一个对象", "choices is an object"),
		    "{\"yes_no\": [{\"name\": \"1\", …}]}");
		return;
	}
	json_object_foreach((json_t *)choices, name, value)
		load_list(l, name, value);
}
