/* Indices and variants: what is computed from the items, and items worded by another answer. */
#include <stdlib.h>
#include <string.h>

#include "forms/load/load.h"

enum { INDICES_MAX = 32, VARIANTS_MAX = 1000, WEIGHT_MAX = 1000,
	INDEX_ITEMS_MAX = sizeof(((struct index_def *)0)->item) / sizeof(char *) };

/* The item named by the string value at where, or NULL after a fault. */
static const struct item *
named_item(struct loader *l, const json_t *value, const char *where)
{
	const char *name = json_string_value(value);
	const char **names;
	int i = name != NULL ? form_item(l->form, name) : -1;

	if (i >= 0)
		return &l->item[i];
	name = pool_strdup(l->pool, name != NULL ? name : "?");
	names = pool_array(l->pool, l->form->items + 1, sizeof(names[0]));
	for (size_t k = 0; k < l->form->items; k++)
		names[k] = l->item[k].name;
	fault_add(l->faults, where, FAULT_NO_ITEM, name, NULL, NULL,
		fault_suggest(l->faults, name, names));
	return NULL;
}

/* A mapping named "...-1-N" is for scales of 1 to N; other names say nothing about length. */
static bool
mapping_fits(const char *mapping, int high)
{
	const char *end = mapping + strlen(mapping), *p = end;

	while (p > mapping && p[-1] >= '0' && p[-1] <= '9')
		p--;
	if (p == end || p - mapping < 3 || strncmp(p - 3, "-1-", 3) != 0)
		return true;
	return atoi(p) == high;
}

/* One part of an index: a scale, of the same length as the parts before. */
static void
load_part(struct loader *l, const json_t *value, const char *where, struct index_def *def,
	int *high)
{
	const struct item *item = named_item(l, value, where);

	if (item == NULL)
		return;
	if (item->kind != KIND_SCALE)
		fault_add(l->faults, where, FAULT_INDEX_SCALE, item->name);
	else if (*high != 0 && *high != item->high)
		fault_add(l->faults, where, FAULT_INDEX_LEVELS, item->name);
	else if (item->high != 0 && !mapping_fits(l->form->mapping, item->high))
		fault_add(l->faults, where, FAULT_INDEX_MAPPING, item->name, l->form->mapping);
	for (size_t i = 0; i < def->items; i++)
		if (strcmp(def->item[i], item->name) == 0)
			fault_add(l->faults, where, FAULT_INDEX_ITEM_TWICE, item->name);
	*high = item->high;
	def->item[def->items++] = item->name;
}

static void
load_weights(struct loader *l, const json_t *value, const char *where, size_t n,
	struct index_def *def)
{
	const json_t *weights = load_array(l, value, "weights", where, NEED);

	where = fault_key(l->faults, where, "weights");
	if (weights == NULL)
		return;
	if (json_array_size(weights) != n) {
		fault_add(l->faults, where, FAULT_WEIGHTS, fault_number(l->faults, n));
		return;
	}
	for (size_t i = 0; i < n; i++) {
		const json_t *weight = json_array_get(weights, i);
		json_int_t w = json_integer_value(weight);

		if (!json_is_integer(weight) || w < 1 || w > WEIGHT_MAX)
			fault_add(l->faults, fault_index(l->faults, where, i), FAULT_WEIGHT,
				fault_number(l->faults, WEIGHT_MAX));
		else
			def->weight[i] = (int)w;
	}
}

static void
load_parts(struct loader *l, const json_t *value, const char *where, struct index_def *def)
{
	const json_t *items = load_array(l, value, "items", where, NEED);
	const char *at = fault_key(l->faults, where, "items");
	size_t n = json_array_size(items);
	int high = 0, min = 0;

	if (items == NULL)
		return;
	if (n < 1 || n > INDEX_ITEMS_MAX) {
		fault_add(l->faults, at, FAULT_INDEX_SIZE,
			fault_number(l->faults, INDEX_ITEMS_MAX));
		return;
	}
	for (size_t i = 0; i < n; i++)
		load_part(l, json_array_get(items, i), fault_index(l->faults, at, i), def, &high);
	load_weights(l, value, where, n, def);
	if (load_int(l, value, "min_items", where, NEED, 1, (unsigned)n, &min))
		def->min_items = (size_t)min;
}

static void
load_one_index(struct loader *l, const json_t *value, size_t i, struct index_def *def)
{
	static const char *const keys[] = { "name", "label", "items", "weights", "min_items",
		"person", NULL };
	const char *where = fault_index(l->faults, "/indices", i);
	const char *at = fault_key(l->faults, where, "name");

	def->name = "";
	if (!json_is_object(value)) {
		fault_add(l->faults, where, FAULT_INDEX);
		return;
	}
	fault_keys(l->faults, value, where, keys);
	if (load_text(l, value, "name", where, NEED, &def->name)) {
		if (!load_name_fits(def->name, true, false))
			fault_add(l->faults, at, FAULT_INDEX_NAME, def->name);
		else if (form_index(l->form, def->name) != NULL)
			fault_add(l->faults, at, FAULT_INDEX_TWICE, def->name);
	}
	load_texts(l, value, "label", where, NEED, &def->label);
	load_bool(l, value, "person", where, NEED, &def->person);
	load_parts(l, value, where, def);
}

void
load_indices(struct loader *l, const json_t *root)
{
	const json_t *list = load_array(l, root, "indices", "", NEED_NOT);
	size_t n = json_array_size(list);
	struct index_def *def;

	if (n > INDICES_MAX) {
		fault_add(l->faults, "/indices", FAULT_MANY, "indices",
			fault_number(l->faults, INDICES_MAX));
		return;
	}
	def = pool_array(l->pool, n + 1, sizeof(*def));
	l->form->index = def;
	for (size_t i = 0; i < n; i++) {
		load_one_index(l, json_array_get(list, i), i, &def[i]);
		l->form->indices++;
	}
}

/* The item whose answer chooses among variants, or NULL. */
static const struct item *
variant_by(struct loader *l, const json_t *root)
{
	const json_t *settings = json_object_get(root, "settings");
	const struct item *item;

	if (l->form->variant_by == NULL)
		return NULL;
	item = named_item(l, json_object_get(settings, "variant_by"), "/settings/variant_by");
	if (item == NULL || item->kind == KIND_SCALE || item->kind == KIND_SINGLE ||
			item->kind == KIND_TOWNSHIP)
		return item;
	fault_add(l->faults, "/settings/variant_by", FAULT_VARIANT_BY, item->name);
	return NULL;
}

/* Is this wording given already? */
static bool
stands_twice(const struct form *form, const struct variant *v)
{
	for (size_t i = 0; i < form->variants; i++)
		if (strcmp(form->variant[i].item, v->item) == 0 &&
				strcmp(form->variant[i].when, v->when) == 0)
			return true;
	return false;
}

static void
check_variant(struct loader *l, const struct variant *v, const char *where,
	const struct item *item, const struct item *by)
{
	if (item <= by)
		fault_add(l->faults, fault_key(l->faults, where, "item"), FAULT_VARIANT_EARLY,
			item->name, by->name);
	if (by->choices > 0 && form_choice(by, v->when) == NULL)
		fault_add(l->faults, fault_key(l->faults, where, "when"), FAULT_NO_CHOICE, by->name,
			v->when, NULL, fault_suggest(l->faults, v->when, load_choice_names(l, by)));
	if (stands_twice(l->form, v))
		fault_add(l->faults, where, FAULT_VARIANT_TWICE, v->item, v->when);
}

static void
load_variant(struct loader *l, const json_t *value, size_t i, struct variant *v,
	const struct item *by)
{
	static const char *const keys[] = { "item", "when", "label", NULL };
	const char *where = fault_index(l->faults, "/variants", i);
	const struct item *item;

	if (!json_is_object(value)) {
		fault_add(l->faults, where, FAULT_VARIANT);
		return;
	}
	fault_keys(l->faults, value, where, keys);
	load_texts(l, value, "label", where, NEED, &v->label);
	if (!load_text(l, value, "item", where, NEED, &v->item) ||
			!load_text(l, value, "when", where, NEED, &v->when))
		return;
	item = named_item(l, json_object_get(value, "item"), fault_key(l->faults, where, "item"));
	if (item == NULL)
		return;
	l->item[item - l->item].sector_label = item->name;
	if (by != NULL)
		check_variant(l, v, where, item, by);
	l->form->variants++;
}

void
load_variants(struct loader *l, const json_t *root)
{
	const json_t *list = load_array(l, root, "variants", "", NEED_NOT);
	const struct item *by = variant_by(l, root);
	size_t n = json_array_size(list);
	struct variant *v;

	if (n > VARIANTS_MAX) {
		fault_add(l->faults, "/variants", FAULT_MANY, "variants",
			fault_number(l->faults, VARIANTS_MAX));
		return;
	}
	if (n > 0 && l->form->variant_by == NULL)
		fault_add(l->faults, "/variants", FAULT_VARIANT_ALONE);
	v = pool_array(l->pool, n + 1, sizeof(*v));
	l->form->variant = v;
	for (size_t i = 0; i < n; i++)
		load_variant(l, json_array_get(list, i), i, &v[l->form->variants], by);
}
