/* The figures of a row, asked for by name of form and index. */
#include <string.h>

#include "track/track.h"

/* "43、40": the rows that surveys feed. */
static const char *
surveyed(const struct programme *programme, struct pool *pool)
{
	const char *out = "";

	for (size_t i = 0; i < programme->rows; i++)
		if (programme->row[i].figures.n > 0)
			out = pool_fmt(pool, "%s%s%s", out,
				out[0] != '\0' ? LANG_PICK("、", ", ") : "", programme->row[i].id);
	return out;
}

int
track_ask(struct figure_ask *ask, const struct programme *programme, const char *indicator,
	struct pool *pool, struct err *err)
{
	const struct indicator *row = programme_row(programme, indicator, err);

	if (row == NULL)
		return -1;
	if (row->figures.n == 0)
		return err_set(err, ERR_MISSING, "第 %s 项没有满意度调查数据；由调查支撑的是：%s",
			"indicator %s is not fed by a survey; these are: %s", indicator,
			surveyed(programme, pool));
	if (ask->form != NULL && strcmp(ask->form, row->figures.form) != 0)
		return err_set(err, ERR_USAGE, "第 %s 项用的是问卷 %s，不是 %s",
			"indicator %s uses form %s, not %s", indicator,
			row->figures.form, ask->form);
	ask->indicator = row->id;
	ask->form = row->figures.form;
	ask->figure = row->figures.index;
	ask->figures = row->figures.n;
	return 0;
}
