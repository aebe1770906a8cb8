/* The choice lists of a form file. */
#include <stdlib.h>
#include <string.h>

#include "forms/load/load.h"

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
name_stands(struct loader *l, const struct choice_list *list, const char *name,
	const char *where)
{
	if (!load_name_fits(name, false, true)) {
		fault_add(l->faults, where, FAULT_CHOICE_NAME, name,
			fault_number(l->faults, FORM_NAME_MAX));
		return false;
	}
	for (size_t i = 0; i < list->choices; i++)
		if (strcmp(list->choice[i].name, name) == 0) {
			fault_add(l->faults, where, FAULT_CHOICE_TWICE, name, list->name);
			return false;
		}
	if (name_code(name, 0) != FORM_SKIPPED)
		return true;
	fault_add(l->faults, where, FAULT_CHOICE_99);
	return false;
}

static void
load_choice(struct loader *l, struct choice_list *list, const json_t *value, size_t i)
{
	static const char *const keys[] = { "name", "label", "filter", "decoy", "image", NULL };
	const char *where = fault_index(l->faults, list->where, i);
	struct choice *c = &list->choice[list->choices];

	if (!json_is_object(value)) {
		fault_add(l->faults, where, FAULT_CHOICE);
		return;
	}
	fault_keys(l->faults, value, where, keys);
	*c = (struct choice){ 0 };
	load_texts(l, value, "label", where, NEED, &c->label);
	load_text(l, value, "filter", where, NEED_NOT, &c->filter);
	load_text(l, value, "image", where, NEED_NOT, &c->image);
	load_bool(l, value, "decoy", where, NEED_NOT, &c->decoy);
	if (!load_text(l, value, "name", where, NEED, &c->name) ||
			!name_stands(l, list, c->name, fault_key(l->faults, where, "name")))
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
				FAULT_CHOICE_98, list->name);
}

static void
load_list(struct loader *l, const char *name, const json_t *value)
{
	struct choice_list *list = &l->list[l->lists];
	size_t n = json_array_size(value);

	list->where = fault_key(l->faults, "/choices", name);
	list->name = pool_strdup(l->pool, name);
	if (!load_name_fits(name, true, true)) {
		fault_add(l->faults, list->where, FAULT_LIST_NAME, list->name,
			fault_number(l->faults, FORM_NAME_MAX));
		return;
	}
	l->lists++;
	if (!json_is_array(value) || n == 0) {
		fault_add(l->faults, list->where, FAULT_LIST_EMPTY, list->name);
		return;
	}
	if (n > FORM_CHOICES_MAX) {
		fault_add(l->faults, list->where, FAULT_LIST_MANY, list->name,
			fault_number(l->faults, FORM_CHOICES_MAX));
		return;
	}
	list->choice = pool_array(l->pool, n, sizeof(list->choice[0]));
	for (size_t i = 0; i < n; i++)
		load_choice(l, list, json_array_get(value, i), i);
	list->faulty = list->choices < n;
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
		fault_add(l->faults, "/choices", FAULT_LISTS);
		return;
	}
	json_object_foreach((json_t *)choices, name, value)
		load_list(l, name, value);
}
