/* What rows are split by: items and sites, their levels, and the levels' words. */
#include "figure/fold_by.h"

#include <inttypes.h>
#include <string.h>

#include "base/lang.h"
#include "base/text.h"

/* The item that answers a variable, or -1. */
static int
item_of(const struct form *form, const char *by)
{
	if (strcmp(by, "township") == 0)
		for (size_t i = 0; i < form->items; i++)
			if (form->item[i].kind == KIND_TOWNSHIP)
				return (int)i;
	return form_item(form, by);
}

struct fold_variable
fold_variable(const struct form *form, const char *name)
{
	int item = item_of(form, name);

	if (item >= 0 && form->item[item].choices > 0 && form->item[item].kind != KIND_MULTI &&
			!kind_written(form->item[item].kind))
		return (struct fold_variable){ VARIABLE_ITEM, item };
	if (strcmp(name, "sector") == 0)
		return (struct fold_variable){ VARIABLE_SITE_SECTOR, -1 };
	if (strcmp(name, "township") == 0)
		return (struct fold_variable){ VARIABLE_SITE_TOWNSHIP, -1 };
	if (strcmp(name, "site") == 0)
		return (struct fold_variable){ VARIABLE_SITE, -1 };
	return (struct fold_variable){ VARIABLE_NONE, -1 };
}

int
fold_by_known(const struct fold *fold, const char *by, struct err *err)
{
	struct text t = TEXT_INIT;

	if (by[0] == '\0' || fold_variable(fold->form, by).kind != VARIABLE_NONE)
		return 0;
	if (item_of(fold->form, by) >= 0 &&
			fold->form->item[item_of(fold->form, by)].kind == KIND_MULTI)
		return err_set(err, ERR_INPUT,
			"问卷 %s 的“%s”可多选，各组有重叠，这里不能按它分组；"
			"用 manyi estimate --wave … --by %s",
			"“%s” of form %s takes several choices, its groups overlap: ask"
			" manyi estimate --wave ... --by %s",
			LANG_PICK(fold->form->id, by), LANG_PICK(by, fold->form->id), by);
	for (size_t i = 0; i < fold->form->items; i++)
		if (fold_variable(fold->form, fold->form->item[i].name).kind != VARIABLE_NONE)
			text_fmt(&t, " %s", fold->form->item[i].name);
	err_set(err, ERR_INPUT, "问卷 %s 不能按“%s”分组；可用：sector township site%s",
		"form %s cannot be split by “%s”; there are: sector township site%s",
		fold->form->id, by, text_str(&t));
	text_clear(&t);
	return -1;
}

const struct site *
fold_site(const struct fold *fold, int64_t id)
{
	size_t low = 0, high = fold->sites, mid;

	while (low < high) {
		mid = (low + high) / 2;
		if (fold->site[mid].id == id)
			return &fold->site[mid];
		if (fold->site[mid].id < id)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

const char *
fold_level(const struct fold *fold, struct fold_variable v, const int value[],
	const struct site *site)
{
	int choice;

	if (v.kind == VARIABLE_ITEM) {
		choice = scan_choice(fold->scores.scan, (size_t)v.item, value[v.item]);
		return choice < 0 ? "" : fold->form->item[v.item].choice[choice].name;
	}
	if (site == NULL || v.kind == VARIABLE_NONE)
		return "";
	if (v.kind == VARIABLE_SITE_SECTOR)
		return site->sector;
	return v.kind == VARIABLE_SITE_TOWNSHIP ? site->township : site->code;
}

static struct words
choice_label(const struct item *item, const char *level, struct words otherwise)
{
	const struct choice *c = form_choice(item, level);

	return c == NULL ? otherwise : texts_words(&c->label);
}

/* A sector's or township's name where this form does not ask for it: one that does knows them. */
static struct words
label_elsewhere(const struct fold *fold, const char *by, const char *level, struct words plain,
	struct pool *pool)
{
	const char *asked = strcmp(by, "township") == 0 ? "town" : by;
	const struct form *form = db_form_asking(fold->db, NULL, asked, pool);

	return form == NULL ? plain :
		choice_label(&form->item[form_item(form, asked)], level, plain);
}

struct words
fold_label(const struct fold *fold, const char *by, const char *level, struct pool *pool)
{
	const char *copy = pool_strdup(pool, level);
	struct words plain = { { copy, copy } };
	struct fold_variable v = fold_variable(fold->form, by);

	if (v.kind == VARIABLE_ITEM)
		return choice_label(&fold->form->item[v.item], level, plain);
	if (v.kind != VARIABLE_SITE)
		return label_elsewhere(fold, by, level, plain, pool);
	for (size_t i = 0; i < fold->sites; i++)
		if (strcmp(fold->site[i].code, level) == 0) {
			const struct site *s = &fold->site[i];

			copy = s->window[0] == '\0' ? s->name :
				pool_fmt(pool, "%s %s", s->name, s->window);
			return (struct words){ { copy, copy } };
		}
	return plain;
}

struct fold_unit
fold_unit(const struct fold *fold, const struct response_row *row, enum stream stream)
{
	struct fold_unit u = { .stratum = row->stratum, .cluster = row->cluster,
		.flag = row->excluded ? 2 : row->flagged };

	u.site = row->site == 0 ? NULL : fold_site(fold, row->site);
	if (stream == STREAM_OPEN) {
		u.stratum = "";
		u.by_site = u.cluster[0] == '\0' && u.site != NULL;
		if (u.by_site)
			u.cluster = u.site->code;
	}
	return u;
}

int
fold_misfit(const struct fold *fold, const struct response_row *row, struct err *err)
{
	return err_set(err, ERR_DB, "答卷 %" PRId64 "（第 %" PRId64
		" 轮）与问卷 %s 第 %s 版不符，无法汇总：请检查数据库",
		"answer %" PRId64 " of wave %" PRId64
		" does not fit form %s version %s and cannot be summed: check the database",
		row->id, row->wave, fold->form->id, fold->form->version);
}
