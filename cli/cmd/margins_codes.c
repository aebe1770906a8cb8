/* Variables and categories of margins against the items and codes there are. */
#include "cli/cmd/margins_codes.h"

#include <string.h>

#include "cli/import/import.h"

enum { FORMS_MAX = 64 };

/* Every form version stored. */
struct forms {
	struct cli *cli;
	const char *id[FORMS_MAX], *version[FORMS_MAX];
	const struct form *form[FORMS_MAX];
	size_t n;
};

static void
keep_form(const struct form_row *row, void *ctx)
{
	struct forms *f = ctx;

	if (f->n == FORMS_MAX)
		return;
	f->id[f->n] = pool_strdup(&f->cli->pool, row->id);
	f->version[f->n++] = pool_strdup(&f->cli->pool, row->version);
}

static int
load_forms(struct forms *f, struct err *err)
{
	if (db_each_form(f->cli->db, keep_form, f, err) != 0)
		return -1;
	for (size_t i = 0; i < f->n; i++) {
		f->form[i] = db_get_form(f->cli->db, f->id[i], f->version[i], &f->cli->pool, err);
		if (f->form[i] == NULL)
			return -1;
	}
	return 0;
}

static bool
can_be_margin(const struct item *item)
{
	return item->choices > 0 && (item->kind == KIND_SINGLE || item->kind == KIND_TOWNSHIP ||
		item->kind == KIND_SCALE);
}

static bool
is_category(const struct item *item, const char *code)
{
	const struct choice *c = form_choice(item, code);

	return c != NULL && c->code != FORM_DONT_KNOW && c->code != FORM_SKIPPED;
}

/* Names of items that margins may be given for, once each. */
static const char *
item_names(const struct forms *f, struct pool *pool)
{
	struct text out = TEXT_INIT;
	const char *s;

	for (size_t i = 0; i < f->n; i++)
		for (size_t k = 0; k < f->form[i]->items; k++) {
			const struct item *item = &f->form[i]->item[k];
			const char *word = pool_fmt(pool, " %s ", item->name);

			if (can_be_margin(item) && item->kind != KIND_SCALE &&
					strstr(pool_fmt(pool, " %s ", text_str(&out)), word) ==
					NULL)
				text_fmt(&out, "%s%s", out.n > 0 ? " " : "", item->name);
		}
	s = pool_strdup(pool, text_str(&out));
	text_clear(&out);
	return s;
}

static void
check_row(struct rows_errors *errors, const struct forms *f, const struct csv *csv, size_t i,
	const struct margin *m)
{
	struct pool *pool = &f->cli->pool;
	const struct item *found = NULL;

	for (size_t k = 0; k < f->n; k++) {
		int at = form_item(f->form[k], m->variable);

		if (at < 0 || !can_be_margin(&f->form[k]->item[at]))
			continue;
		found = &f->form[k]->item[at];
		if (is_category(found, m->category))
			return;
	}
	if (found == NULL)
		rows_error_cell(errors, csv, i, "variable", NULL, m->variable,
			pool_fmt(pool, LANG_PICK("没有一份问卷有这个可加权的题；可用：%s",
			"no form has such an item to weight by; there are: %s"),
			item_names(f, pool)));
	else
		rows_error_cell(errors, csv, i, "category", texts_for(&found->label, lang_get()),
			m->category,
			pool_fmt(pool, LANG_PICK("不是这一题的代码，不会有受访者；可填：%s",
			"no code of this item, so nobody can have it.  Allowed: %s"),
			cell_allowed(found, false, pool)));
}

int
margins_codes(struct rows_errors *errors, struct cli *cli, const struct csv *csv,
	const struct margin margin[], struct err *err)
{
	struct forms f = { .cli = cli };

	if (load_forms(&f, err) != 0)
		return -1;
	for (size_t i = 0; i < csv->rows; i++)
		if (*margin[i].variable != '\0' && *margin[i].category != '\0')
			check_row(errors, &f, csv, i, &margin[i]);
	return 0;
}
