/* What drawn people's rows weigh and lie in: the file's against the wave's. */
#include "cli/import.h"

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

/* Agencies' weights differ, but not tenfold on the average: then one counts people and the other something else. */
int
import_design_refuse(const struct import_design *file, const struct import_design *stored, struct err *err)
{
	double ours = file->weight / (double)file->n, theirs = stored->weight / (double)stored->n;
	const char *what = NULL;

	if (file->n == 0 || stored->n == 0)
		return 0;
	if (stored->weighted && !file->weighted)
		return err_set(err, ERR_CONFLICT, "这一轮已存的抽样答卷有权数（平均 %.6g），这个文件没有：每人会按 1 计；什么都没有存。请机构补上 weight"
		    " 列；若确应如此，加 --unlike，记录在案", "the sampled answers stored of this wave have weights (%.6g on the average) and"
		    " this file has none: each of its people would weigh 1; nothing was stored; have the agency add the column weight, or, if"
		    " it is meant so, add --unlike, which goes on record", theirs);
	if (ours > 10 * theirs || theirs > 10 * ours)
		return err_set(err, ERR_CONFLICT, "这个文件的权数平均 %.6g，这一轮已存的抽样答卷平均 %.6g，相差十倍以上；什么都没有存。请与机构核对权数的单位；"
		    "若确应如此，加 --unlike，记录在案", "the weights of this file are %.6g on the average, those of the sampled answers stored"
		    " of this wave %.6g, more than ten times apart; nothing was stored; ask the agency what the weights count, or, if it is"
		    " meant so, add --unlike, which goes on record", ours, theirs);
	if (stored->stratum && !file->stratum)
		what = "stratum";
	else if (stored->cluster && !file->cluster)
		what = "cluster";
	if (what == NULL)
		return 0;
	return err_set(err, ERR_CONFLICT, "这一轮已存的抽样答卷有 %s，这个文件没有：它的人会另成一层或各成一群，误差会算错；什么都没有存。请机构补上 %s"
	    " 列；若确应如此，加 --unlike，记录在案", "the sampled answers stored of this wave have a %s and this file has none: its people would"
	    " be a stratum of their own, or clusters of one, and intervals would be wrong; nothing was stored; have the agency add the"
	    " column %s, or, if it is meant so, add --unlike, which goes on record", what, what);
}
