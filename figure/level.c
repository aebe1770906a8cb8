/* Levels of items and sites. */
#include "figure/level.h"

#include <string.h>

#include "base/lang.h"
#include "base/text.h"

/* The item that answers a name, or -1. */
static int
item_of(const struct form *form, const char *name)
{
	if (strcmp(name, "township") == 0)
		for (size_t i = 0; i < form->items; i++)
			if (form->item[i].kind == KIND_TOWNSHIP)
				return (int)i;
	return form_item(form, name);
}

struct level
level_find(const struct form *form, const char *name)
{
	static const struct { const char *name;
		enum level_kind kind; } site[] = { { "sector", LEVEL_SECTOR },
		{ "township", LEVEL_TOWNSHIP }, { "site", LEVEL_SITE } };
	int item = item_of(form, name);

	if (item >= 0 && form->item[item].choices > 0 && form->item[item].kind != KIND_MULTI &&
			!kind_written(form->item[item].kind))
		return (struct level){ LEVEL_ITEM, item };
	for (size_t i = 0; i < sizeof(site) / sizeof(site[0]); i++)
		if (strcmp(name, site[i].name) == 0)
			return (struct level){ site[i].kind, -1 };
	return (struct level){ LEVEL_NONE, -1 };
}

int
level_known(const struct form *form, const char *name, struct err *err)
{
	int item = item_of(form, name);
	struct text t = TEXT_INIT;

	if (name[0] == '\0' || level_find(form, name).kind != LEVEL_NONE)
		return 0;
	if (item >= 0 && form->item[item].kind == KIND_MULTI)
		return err_set(err, ERR_INPUT,
			"问卷 %s 的“%s”可多选，各组有重叠，按名称取的指数不能按它分组；请改问题目："
			"manyi estimate --wave … --mean（或 --share、--index）题目 --by %s",
			"“%s” of form %s takes several choices, its groups overlap: a figure by its"
			" name cannot go by it; ask of its items: manyi estimate --wave ..."
			" --mean (or --share, --index) ITEM --by %s",
			LANG_PICK(form->id, name), LANG_PICK(name, form->id), name);
	for (size_t i = 0; i < form->items; i++)
		if (level_find(form, form->item[i].name).kind != LEVEL_NONE)
			text_fmt(&t, " %s", form->item[i].name);
	err_set(err, ERR_INPUT, "问卷 %s 不能按“%s”分组；可用：sector township site%s",
		"form %s cannot be split by “%s”; there are: sector township site%s",
		form->id, name, text_str(&t));
	text_clear(&t);
	return -1;
}

const char *
level_of(const struct form *form, struct level level, const uint8_t code[], const struct site *site)
{
	if (level.kind == LEVEL_ITEM)
		return code[level.item] < SCAN_SKIPPED ?
			form->item[level.item].choice[code[level.item]].name : "";
	if (site == NULL || level.kind == LEVEL_NONE)
		return "";
	if (level.kind == LEVEL_SECTOR)
		return site->sector;
	return level.kind == LEVEL_TOWNSHIP ? site->township : site->code;
}

const struct site *
level_site(const struct site site[], size_t sites, int64_t id)
{
	size_t low = 0, high = sites, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (site[mid].id == id)
			return &site[mid];
		if (site[mid].id < id)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

static struct words
choice_label(const struct item *item, const char *name, struct words otherwise)
{
	const struct choice *c = form_choice(item, name);

	return c == NULL ? otherwise : texts_words(&c->label);
}

/* A sector's or township's name where this form does not ask for it: one that does knows them. */
static struct words
label_elsewhere(const struct counted *a, const char *by, const char *name, struct words plain,
	struct pool *pool)
{
	const char *asked = strcmp(by, "township") == 0 ? "town" : by;
	const struct form *form = db_form_asking(a->db, NULL, asked, pool);

	return form == NULL ? plain :
		choice_label(&form->item[form_item(form, asked)], name, plain);
}

struct words
level_label(const struct counted *a, const char *by, const char *name, struct pool *pool)
{
	const char *copy = pool_strdup(pool, name);
	struct words plain = { { copy, copy } };
	struct level level = level_find(a->form, by);

	if (level.kind == LEVEL_ITEM)
		return choice_label(&a->form->item[level.item], name, plain);
	if (level.kind != LEVEL_SITE)
		return label_elsewhere(a, by, name, plain, pool);
	for (size_t i = 0; i < a->sites; i++)
		if (strcmp(a->site[i].code, name) == 0) {
			const struct site *s = &a->site[i];

			copy = s->window[0] == '\0' ? s->name :
				pool_fmt(pool, "%s %s", s->name, s->window);
			return (struct words){ { copy, copy } };
		}
	return plain;
}
