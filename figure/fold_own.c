/* Sums for one question nobody keeps: one pass over the rows, nothing stored. */
#include <string.h>

#include "figure/fold_in.h"

enum { OWN_ITEMS_MAX = FORM_ITEMS_MAX };

struct own {
	struct fold *fold;
	struct tally *tally;
	const struct fold_variable *variable;
	enum stream stream;
	bool apart;			/* open rows by site: people are the units */
	int *value, *missing;
	struct err *err;
	int rc;
};

/* 98 and 99 are no answers, whatever the codes around them. */
static void
own_values(struct own *o)
{
	for (size_t i = 0; i < o->fold->form->items; i++)
		if (o->value[i] == FORM_DONT_KNOW || o->value[i] == FORM_SKIPPED)
			o->value[i] = SCORE_MISSING;
}

static int
own_row(const struct response_row *row, void *ctx)
{
	struct own *o = ctx;
	struct fold_unit u;
	char key[FOLD_KEY_MAX];
	int64_t *words;

	if (strcmp(row->stream, stream_name(o->stream)) != 0)
		return 0;
	if (scores_read(&o->fold->scores, row->answers, o->value) != 0)
		goto bad;
	u = fold_unit(o->fold, row, o->stream);
	if (u.by_site && o->apart)
		u.cluster = "";
	if (fold_key(key, o->fold, o->variable, o->tally->variables, u.flag, u.flag > 0,
			o->value, u.site) != 0)
		goto bad;
	own_values(o);
	words = tally_cell(o->tally, u.stratum, u.cluster, key);
	if (words == NULL || score_add(o->tally->layout, words, u.flag == 0 ? o->value : o->missing,
			row->weight) != 0)
		goto bad;
	return 0;
bad:
	o->rc = fold_misfit(o->fold, row, o->err);
	return 1;
}

int
fold_own(struct tally *tally, struct fold *fold, const struct score_layout *layout,
	const char *const variable[],
	size_t variables, enum stream stream, struct pool *pool, struct err *err)
{
	struct fold_variable *v = pool_array(pool, variables + 1, sizeof(*v));
	struct own o = { .fold = fold, .tally = tally, .variable = v,
		.stream = stream, .err = err };

	for (size_t i = 1; i < variables; i++) {
		v[i] = fold_variable(fold->form, variable[i]);
		o.apart |= stream == STREAM_OPEN && strcmp(variable[i], "site") == 0;
	}
	o.value = pool_array(pool, fold->scores.values, sizeof(*o.value));
	o.missing = pool_array(pool, fold->scores.values, sizeof(*o.missing));
	for (size_t i = 0; i < fold->scores.values; i++)
		o.missing[i] = SCORE_MISSING;
	tally_init(tally, layout, variable, variables, pool);
	if (db_each_answer(fold->db, fold->wave.id, 0, own_row, &o, err) != 0)
		return -1;
	return o.rc;
}
