/* What drawn people's rows weigh and lie in: the file's against the wave's. */
#include "cli/import/import.h"

#include <string.h>

void
import_design_add(struct import_design *d, const struct response_row *row)
{
	if (strcmp(row->stream, "sampled") != 0)
		return;
	d->n++;
	d->weight += (double)row->weight / 1e6;
	d->weighted |= row->weight != 1000000;
	d->stratum |= *row->stratum != '\0';
	d->cluster |= *row->cluster != '\0';
}

/* A column that only one of them has, and what its blanks would make of the other's people. */
struct one_sided {
	const char *column;
	bool file, stored;
	struct words they;
};

static int
refuse_column(const struct one_sided *c, struct err *err)
{
	const char *they = c->they.in[lang_get()];

	if (c->stored)
		return err_set(err, ERR_CONFLICT,
			"这一轮已存的抽样答卷有 %s，这个文件没有：它的人会%s，结果会算错；"
			"什么都没有存。请机构补上 %s 列；若确应如此，加 --unlike，记录在案",
			"the sampled answers stored of this wave have a %s and this file has"
			" none: its people would %s, and figures would be wrong; nothing was"
			" stored; have the agency add the column %s, or, if it is meant so,"
			" add --unlike, which goes on record", c->column, they, c->column);
	return err_set(err, ERR_CONFLICT,
		"这个文件有 %s，这一轮已存的抽样答卷没有：已存的人会%s，结果会算错；什么都没有存。"
		"请机构把已存的补上 %s 列重送，用 --replaces 取代；"
		"若确应如此，加 --unlike，记录在案",
		"this file has a %s and the sampled answers stored of this wave have"
		" none: those people would %s, and figures would be wrong; nothing was stored; have"
		" the agency send them again with the column %s and --replaces, or, if it is meant"
		" so, add --unlike, which goes on record", c->column, they, c->column);
}

/* Agencies' weights differ, but not tenfold on the average: then one counts people and the
 * other something else. */
static int
refuse_weights(double file, double stored, struct err *err)
{
	if (file <= 10 * stored && stored <= 10 * file)
		return 0;
	return err_set(err, ERR_CONFLICT,
		"这个文件的权数平均 %.6g，这一轮已存的抽样答卷平均 %.6g，相差十倍以上；"
		"什么都没有存。请与机构核对权数的单位；若确应如此，加 --unlike，记录在案",
		"the weights of this file are %.6g on the average, those of the sampled answers"
		" stored of this wave %.6g, more than ten times apart; nothing was stored; ask the"
		" agency what the weights count, or, if it is meant so,"
		" add --unlike, which goes on record", file, stored);
}

int
import_design_refuse(const struct import_design *file, const struct import_design *stored,
	struct err *err)
{
	const struct one_sided column[] = {
		{ "weight", file->weighted, stored->weighted, { { "各按 1 计", "weigh 1 each" } } },
		{ "stratum", file->stratum, stored->stratum,
			{ { "另成一层", "be a stratum of their own" } } },
		{ "cluster", file->cluster, stored->cluster,
			{ { "各成一群", "be clusters of one" } } },
	};

	if (file->n == 0 || stored->n == 0)
		return 0;
	for (size_t i = 0; i < sizeof(column) / sizeof(column[0]); i++)
		if (column[i].file != column[i].stored)
			return refuse_column(&column[i], err);
	return refuse_weights(file->weight / (double)file->n,
		stored->weight / (double)stored->n, err);
}
