/* Are the figures that a programme names figures of its forms? */
#include <string.h>

#include "figure/scores.h"
#include "track/programme/in.h"

/* One walk over a programme. */
struct walk {
	struct programme_reader *r;
	programme_form_get *get;
	void *ctx;
	const char *strange;		/* forms that are not there, "T9, T10" */
	const char *where;		/* of the row */
};

static const struct form *
form_of(struct walk *w, const char *id)
{
	const struct form *form = w->get(w->ctx, id);
	size_t n = strlen(id);
	const char *at = w->strange;

	if (form != NULL)
		return form;
	while ((at = strstr(at, id)) != NULL && at[n] != '\0' && at[n] != ',')
		at++;
	if (at == NULL)
		w->strange = pool_fmt(w->r->pool, "%s%s%s", w->strange,
			w->strange[0] != '\0' ? ", " : "", id);
	return NULL;
}

/* "csi, nps": what a form has. */
static const char *
names(const struct scores *s, struct pool *pool)
{
	const char *out = "";

	for (int set = 0; set < SCORES_ITEM; set++)
		for (size_t i = 0; i < s->figures[set]; i++)
			out = pool_fmt(pool, "%s%s%s", out, out[0] != '\0' ?
				LANG_PICK("、", ", ") : "", s->figure[set][i].name);
	return out;
}

static void
check_figure(struct walk *w, const char *form_id, const char *index)
{
	const struct form *form = form_of(w, form_id);
	enum scores_set set;
	struct scores scores;

	if (form == NULL || scores_make(&scores, form, w->r->pool, NULL) != 0 ||
			scores_find(&scores, index, &set) != NULL)
		return;
	programme_fault(w->r, w->where, "问卷 %s 没有指数“%s”；有 %s",
		"form %s has no index “%s”; it has %s", form_id, index,
		names(&scores, w->r->pool));
}

static void
check_figures(struct walk *w, const struct programme_figure *f)
{
	for (size_t i = 0; i < f->n; i++)
		check_figure(w, f->form, f->index[i]);
}

static void
check_parts(struct walk *w, const struct indicator *row, const struct programme_part part[],
	size_t n)
{
	for (size_t i = 0; i < n; i++)
		check_figure(w, row->figures.form, part[i].index);
}

static void
check_domains(struct walk *w, const struct indicator *row)
{
	static const char *const always[] = { "", "figures", "sector", "township", "site" };
	const struct form *form;
	int item;

	for (size_t i = 0; i < sizeof(always) / sizeof(always[0]); i++)
		if (strcmp(row->domains, always[i]) == 0)
			return;
	form = form_of(w, row->figures.form);
	if (form == NULL)
		return;
	item = form_item(form, row->domains);
	if (item < 0 || form->item[item].choices == 0)
		programme_fault(w->r, w->where, "问卷 %s 不能按“%s”分组",
			"form %s has no groups by “%s”", row->figures.form, row->domains);
}

size_t
programme_figures(const struct fault **fault, const char **strange, const struct programme *p,
	programme_form_get *get, void *ctx, struct pool *pool)
{
	struct programme_reader r = { .pool = pool, .source = p->body };
	struct walk w = { .r = &r, .get = get, .ctx = ctx, .strange = "" };

	r.fault = pool_array(pool, PROGRAMME_FAULTS_MAX, sizeof(*r.fault));
	for (size_t i = 0; i < p->rows; i++) {
		const struct indicator *row = &p->row[i];

		w.where = programme_nth(&r, "/rows", i);
		for (size_t k = 0; k < row->rules; k++)
			if (row->rule[k].feed != NULL)
				check_figures(&w, &row->rule[k].feed->figure);
		check_figures(&w, &row->figures);
		check_parts(&w, row, row->first, row->firsts);
		check_parts(&w, row, row->beside, row->besides);
		check_domains(&w, row);
	}
	*fault = r.fault;
	*strange = w.strange;
	return r.faults;
}
