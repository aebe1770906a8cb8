/* Analyses on stored waves: what --wave and --stream name, and what it says of itself. */
#ifndef CLI_ANALYSE_STORED_H
#define CLI_ANALYSE_STORED_H

#include "cli/cli.h"
#include "plan/stored.h"
#include "figure/inquiry.h"

/* Rows of a command's options; the command's need is CLI_WAVE. */
#define STORED_OPTIONS \
	{ .name = "wave", .value = "W", .help = { { \
		"用已存的轮次而不是文件，如 A-2024；多轮用逗号", \
		"stored waves in place of a file, as A-2024; several by commas" } } }, \
	{ .name = "stream", .value = "S", .help = { { "sampled（默认）或 open；两者从不合并", \
		"sampled (default) or open; never pooled" } } }

/* And of those that read a data file as well. */
#define STORED_ENCODING_OPTION \
	{ .name = "encoding", .value = "E", .help = { { "数据的编码：utf-8（默认）或 gb18030", \
		"of the data: utf-8 (default) or gb18030" } } }

/* And of those that compare the domains of one. */
#define STORED_DOMAIN_OPTIONS \
	{ .name = "by", .value = "ITEM", .help = { { \
		"与 --wave 同用：township（默认）、sector、site 或题目", \
		"with --wave: township (default), sector, site or an item" } } }, \
	{ .name = "index", .value = "NAME", .help = { { \
		"与 --wave 同用：指数、比例或题目，默认问卷的第一个指数", \
		"with --wave: index, share or item; default: the form's first index" } } }

/* Was --wave given? */
bool stored_asked(const struct cli *cli);

/*
 * A file or --wave: one of the two, or with `both` also both.  wave[] and file[], ending with NULL,
 * are options that go with that alone.  The file can be read.  Fails: ERR_USAGE, ERR_IO.
 */
int stored_source(const struct cli *cli, bool both, const char *const wave[],
	const char *const file[], struct err *err);

/*
 * Open what --wave and --stream name (sampled unless said).  Fails: ERR_USAGE (--stream without
 * --wave, an unknown stream), ERR_MISSING, ERR_INPUT, ERR_REFUSED where nobody of
 * that stream answered.
 */
int stored_open(struct inquiry *q, struct cli *cli, struct err *err);

/* ---- stored_plan.c ---- */
/* What a plan asks; q must outlive it. */
struct plan_stored stored_plan(struct inquiry *q);

/* ---- stored.c ---- */
/*
 * What was said, now with "wave", what the numbers are of: {"name": [...], "form", "version",
 * "year": [...], "stream", "inference", "mapping", "population", "design" ("wave" or "plan"),
 * "weight" (a column, "fpc", or null: all 1), "calibration" ("wave", "plan" or "none"), "margins"
 * (what was calibrated to), "margins_hash" (of the wave's), "simulated" (those population figures
 * are), "note"}.  Where waves differ their texts are parted by "; ", and one without margins beside
 * others has "none".  What "own" of it replaces is not the wave's.  NULL stays NULL.
 */
json_t *stored_said(json_t *said, struct inquiry *q);

/* One row per level of `by` of a figure, those without an estimate apart. */
struct stored_domains {
	struct inquiry inquiry;
	size_t n;
	const char **name;
	double *score, *se, *count, *cov;	/* cov[n * n] */
	const struct estimate **estimate;	/* estimate[n]: all that is known of it */
	const char *index, *by;			/* what is ranked, and by what */
	json_t *left_out;			/* [{"name", "error": {...}}], given up by
						 * stored_domains_said() */
};
/*
 * Open as stored_open() does, then --index (default: the form's first) by --by (default: township).
 * Fails: as stored_open(); ERR_REFUSED with the wave's own reason, or where nobody is in a group or
 * every one was left out.
 */
int stored_domains(struct stored_domains *d, struct cli *cli, struct err *err);

/*
 * stored_said() with "index", "by", "left_out" and "below_limits" (rows too thin to publish) as
 * well; every row gets its "n", "estimate_low", "estimate_high" and, with few degrees of freedom,
 * "uncertain"; d is used up.
 */
json_t *stored_domains_said(json_t *said, struct stored_domains *d);

/* The same in a table: members of a line, and what stands below. */
#define STORED_DOMAIN_COLUMNS \
	{ "n", { { "n", "n" } }, SHOW_COUNT }, \
	{ "interval", { { "估计的区间", "interval" } }, SHOW_PLAIN }, \
	{ "limits", { { "发布", "publication" } }, SHOW_PLAIN }
void stored_domain_line(json_t *line, const json_t *said, size_t row);
void stored_domains_show(struct text *out, const json_t *said);

/* What "not to publish" beside a row means. */
void stored_limits_show(struct text *out);

/* A line for a table in text: "A-2024 · csi by township · 抽样 · ...". */
void stored_show(struct text *out, const json_t *said);

#endif
