/* Indices and variants: what is computed from the items, and items worded by another answer. */
#include <stdlib.h>
#include <string.h>

#include "forms/load.h"

enum { INDICES_MAX = 32, VARIANTS_MAX = 1000, WEIGHT_MAX = 1000,
	INDEX_ITEMS_MAX = sizeof(((struct index_def *)0)->item) / sizeof(char *) };

static const char **
item_names(struct loader *l)
{
	const char **names = pool_array(l->pool, l->form->items + 1, sizeof(names[0]));

	for (size_t i = 0; i < l->form->items; i++)
		names[i] = l->item[i].name;
	return names;
}

/* The item named by the string value at where, or NULL after a fault. */
static const struct item *
named_item(struct loader *l, const json_t *value, const char *where)
{
	const char *name = json_string_value(value);
	int i = name != NULL ? form_item(l->form, name) : -1;

	if (i >= 0)
		return &l->item[i];
	fault_add(l->faults, where, SAY(l, "没有名叫 %.40s 的题目", "no question is named %.40s",
	    name != NULL ? name : "?"),
	    fault_suggest(l->faults, name != NULL ? name : "", item_names(l)));
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
		fault_add(l->faults, where, SAY(l, "题目 %s 不是量表题，不能进指数",
		    "question %s is no scale and cannot be in an index", item->name),
		    LANG_PICK("只用 appearance 为 scale 的题目", "use questions with appearance scale only"));
	else if (*high != 0 && *high != item->high)
		fault_add(l->faults, where, SAY(l, "题目 %s 的级数和前面的不同", "question %s has another number of levels",
		    item->name), LANG_PICK("五级题和十分题不能放进同一个指数", "never mix 5 levels and 10 points in one index"));
	else if (item->high != 0 && !mapping_fits(l->form->mapping, item->high))
		fault_add(l->faults, where, SAY(l, "题目 %s 的级数和口径 %s 不符", "question %s has not the levels of mapping %s",
		    item->name, l->form->mapping),
		    LANG_PICK("改 settings.mapping，或换题目", "change settings.mapping, or the question"));
	for (size_t i = 0; i < def->items; i++)
		if (strcmp(def->item[i], item->name) == 0)
			fault_add(l->faults, where, SAY(l, "题目 %s 在指数里重复", "question %s stands twice in the index",
			    item->name), LANG_PICK("只留一个，用权重表示轻重", "keep one and say its part by the weight"));
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
		fault_add(l->faults, where, LANG_PICK("权重个数和题目个数不同", "as many weights as items are needed"),
		    SAY(l, "写 %zu 个", "write %zu", n));
		return;
	}
	for (size_t i = 0; i < n; i++) {
		const json_t *w = json_array_get(weights, i);

		if (!json_is_integer(w) || json_integer_value(w) < 1 || json_integer_value(w) > WEIGHT_MAX)
			fault_add(l->faults, fault_index(l->faults, where, i),
			    LANG_PICK("权重要是正整数", "a weight is a whole number from 1"),
			    SAY(l, "写 1 到 %d；权重会印在结果旁边", "write 1 to %d; weights are printed beside the result",
			    WEIGHT_MAX));
		else
			def->weight[i] = (int)json_integer_value(w);
	}
}

static void
load_parts(struct loader *l, const json_t *value, const char *where, struct index_def *def)
{
	const json_t *items = load_array(l, value, "items", where, NEED);
	size_t n = json_array_size(items);
	int high = 0, min = 0;

	if (items == NULL)
		return;
	if (n < 1 || n > INDEX_ITEMS_MAX) {
		fault_add(l->faults, fault_key(l->faults, where, "items"),
		    LANG_PICK("指数的题目个数不对", "an index with a wrong number of items"),
		    SAY(l, "写 1 到 %d 个", "write 1 to %d", (int)INDEX_ITEMS_MAX));
		return;
	}
	for (size_t i = 0; i < n; i++)
		load_part(l, json_array_get(items, i),
		    fault_index(l->faults, fault_key(l->faults, where, "items"), i), def, &high);
	load_weights(l, value, where, n, def);
	if (load_int(l, value, "min_items", where, NEED, 1, (int)n, &min))
		def->min_items = (size_t)min;
}

static void
load_one_index(struct loader *l, const json_t *value, size_t i, struct index_def *def)
{
	static const char *const keys[] = { "name", "label", "items", "weights", "min_items", "person",
	    NULL };
	const char *where = fault_index(l->faults, "/indices", i);

	if (!json_is_object(value)) {
		fault_add(l->faults, where, LANG_PICK("指数应是一个对象", "an index is an object"),
		    "{\"name\": \"csi\", \"label\": {…}, \"items\": […], \"weights\": […]}");
		return;
	}
	fault_keys(l->faults, value, where, keys);
	def->name = "";
	if (load_text(l, value, "name", where, NEED, &def->name) && !load_name_fits(def->name, true, false))
		fault_add(l->faults, fault_key(l->faults, where, "name"),
		    SAY(l, "指数名 %.40s 写法不对", "%.40s cannot name an index", def->name),
		    LANG_PICK("以字母开头，只用字母、数字和 _", "begin with a letter; letters, digits and _ only"));
	else if (form_index(l->form, def->name) != NULL)
		fault_add(l->faults, fault_key(l->faults, where, "name"),
		    SAY(l, "指数名 %s 重复", "the index %s stands twice", def->name),
		    LANG_PICK("换一个名字", "take another name"));
	load_words(l, value, "label", where, NEED, &def->label);
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
		fault_add(l->faults, "/indices", LANG_PICK("指数太多", "too many indices"),
		    SAY(l, "最多 %d 个", "at most %d", INDICES_MAX));
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
variant_by(struct loader *l)
{
	const char *name = l->form->variant_by;
	int i = name != NULL ? form_item(l->form, name) : -1;

	if (name == NULL)
		return NULL;
	if (i < 0)
		fault_add(l->faults, "/settings/variant_by", SAY(l, "没有名叫 %.40s 的题目", "no question is named %.40s",
		    name), fault_suggest(l->faults, name, item_names(l)));
	else if (l->item[i].kind == KIND_MULTI || l->item[i].kind == KIND_TEXT ||
	    l->item[i].kind == KIND_PHONE)
		fault_add(l->faults, "/settings/variant_by", SAY(l, "题目 %s 不是单选题", "question %s is no select_one",
		    name), LANG_PICK("用单选题", "use a select_one"));
	else
		return &l->item[i];
	return NULL;
}

/* Is this wording given already? */
static bool
stands_twice(const struct form *form, const struct variant *v)
{
	for (size_t i = 0; i < form->variants; i++)
		if (strcmp(form->variant[i].item, v->item) == 0 && strcmp(form->variant[i].when, v->when) == 0)
			return true;
	return false;
}

static const char **
choice_names(struct loader *l, const struct item *item)
{
	const char **names = pool_array(l->pool, item->choices + 1, sizeof(names[0]));

	for (size_t i = 0; i < item->choices; i++)
		names[i] = item->choice[i].name;
	return names;
}

static void
check_variant(struct loader *l, const struct variant *v, const char *where, const struct item *item,
    const struct item *by)
{
	if (item <= by)
		fault_add(l->faults, fault_key(l->faults, where, "item"),
		    SAY(l, "题目 %s 在 %s 之前就问了", "question %s is asked before %s", item->name, by->name),
		    LANG_PICK("措辞只能随前面的回答变化", "wording can follow earlier answers only"));
	if (by->choices > 0 && form_choice(by, v->when) == NULL)
		fault_add(l->faults, fault_key(l->faults, where, "when"),
		    SAY(l, "题目 %s 没有选项 '%.40s'", "question %s has no choice '%.40s'", by->name, v->when),
		    fault_suggest(l->faults, v->when, choice_names(l, by)));
	if (stands_twice(l->form, v))
		fault_add(l->faults, where, SAY(l, "%s 在 %s 时的措辞写了两次", "the wording of %s for %s stands twice",
		    v->item, v->when), LANG_PICK("删去其中一个", "take one out"));
}

static void
load_variant(struct loader *l, const json_t *value, size_t i, struct variant *v,
    const struct item *by)
{
	static const char *const keys[] = { "item", "when", "label", NULL };
	const char *where = fault_index(l->faults, "/variants", i);
	const struct item *item;

	if (!json_is_object(value)) {
		fault_add(l->faults, where, LANG_PICK("措辞应是一个对象", "a variant is an object"),
		    "{\"item\": \"q_s1\", \"when\": \"S01\", \"label\": {…}}");
		return;
	}
	fault_keys(l->faults, value, where, keys);
	load_words(l, value, "label", where, NEED, &v->label);
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
	const struct item *by = variant_by(l);
	size_t n = json_array_size(list);
	struct variant *v;

	if (n > VARIANTS_MAX) {
		fault_add(l->faults, "/variants", LANG_PICK("措辞太多", "too many variants"),
		    SAY(l, "最多 %d 个", "at most %d", VARIANTS_MAX));
		return;
	}
	if (n > 0 && l->form->variant_by == NULL)
		fault_add(l->faults, "/variants", LANG_PICK("有 variants 却没有 settings.variant_by",
		    "variants without settings.variant_by"),
		    LANG_PICK("在 settings 里写 \"variant_by\": \"sector\"", "write \"variant_by\": \"sector\" in settings"));
	v = pool_array(l->pool, n + 1, sizeof(*v));
	l->form->variant = v;
	for (size_t i = 0; i < n; i++)
		load_variant(l, json_array_get(list, i), i, &v[l->form->variants], by);
}
