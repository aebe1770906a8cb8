/* A published figure as a folder of files. */
#include "cli/cmd/export_r.h"

#include "seal/approvals.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "base/sha256.h"
#include "cli/show.h"
#include "db/track.h"
#include "seal/sealed.h"
#include "view/fact.h"

/* The version asked for, or the newest. */
static int
find_row(struct published_row *found, struct cli *cli, struct err *err)
{
	const char *indicator = args_value(&cli->args, "indicator");
	long long year = 0, version = 0;
	struct published_row *row;
	size_t n;

	if (args_whole(&cli->args, "year", &year, 2000, 2999, err) != 0 ||
			args_whole(&cli->args, "edition", &version, 1, 1000000, err) != 0)
		return -1;
	if (indicator == NULL || year == 0)
		return err_set(err, ERR_USAGE,
			"--r 还要 --indicator 和 --year：说明是哪个已公布的数字",
			"--r needs --indicator and --year: which published figure");
	if (db_list_published(cli->db, indicator, &row, &n, &cli->pool, err) != 0)
		return -1;
	while (n-- > 0)
		if (row[n].year == year && (version == 0 || row[n].version == version)) {
			*found = row[n];
			return 0;
		}
	return err_set(err, ERR_MISSING,
		"第 %s 项 %lld 年没有公布过这个版本；运行 manyi publish list 看有哪些",
		"no such version of indicator %s was published for %lld; see manyi publish list",
		indicator, year);
}

static int
folder_make(const char *folder, struct err *err)
{
	struct dirent *e;
	bool empty = true;
	DIR *d;

	if (file_mkdir(folder, 0700, err) != 0)
		return -1;
	d = opendir(folder);
	if (d == NULL)
		return err_set_errno(err, ERR_IO, "打不开 %s", "cannot open %s", folder);
	while ((e = readdir(d)) != NULL)
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			empty = false;
	closedir(d);
	return empty ? 0 : err_set(err, ERR_CONFLICT, "%s 不是空目录，没有改动它；换一个目录",
		"%s is not empty and was left alone; name another folder", folder);
}

/* One file, and its line in SHA256SUMS; an empty one is not written. */
static int
put_file(struct text *sums, struct cli *cli, const char *folder, const char *name,
	const struct text *bytes, struct err *err)
{
	char hex[65];

	if (bytes->n == 0)
		return 0;
	sha256_hex(hex, bytes->s, bytes->n);
	text_fmt(sums, "%s  %s\n", hex, name);
	return file_write(file_join(&cli->pool, folder, name), bytes->s, bytes->n, 0600, err);
}

static int
put_files(struct cli *cli, const char *folder, const struct sealed *s,
	const struct published_row *row, struct err *err)
{
	struct text sums = TEXT_INIT, figure = TEXT_INIT, none = TEXT_INIT;
	json_t *frozen = fact_published(row);
	int rc = -1;

	json_put(&figure, frozen, 1);
	json_decref(frozen);
	if (put_file(&sums, cli, folder, "answers.csv", &s->rows, err) == 0 &&
			put_file(&sums, cli, folder, "margins.csv", &s->margins, err) == 0 &&
			put_file(&sums, cli, folder, "complaints.csv", &s->complaints, err) == 0 &&
			put_file(&sums, cli, folder, "published.csv", &s->published, err) == 0 &&
			put_file(&sums, cli, folder, "recompute.R", &s->script, err) == 0 &&
			put_file(&sums, cli, folder, "figure.json", &figure, err) == 0)
		rc = put_file(&none, cli, folder, "SHA256SUMS", &sums, err);
	text_clear(&sums);
	text_clear(&figure);
	text_clear(&none);
	return rc;
}

/* The rows must be those that were there when the figure was signed. */
static int
seal_check(const struct sealed *s, const struct published_row *row, struct err *err)
{
	json_t *provenance = json_loads(row->provenance, 0, NULL);
	const char *hash = json_string_value(json_object_get(provenance, "rows_sha256"));
	int rc = 0;

	if (hash != NULL && strcmp(hash, s->rows_sha256) != 0)
		rc = err_set(err, ERR_CONFLICT,
			"答卷已不是发布时的那些（当时 %s，现在 %s）：运行 manyi ledger verify 查明",
			"the answers are no longer those it was published from (%s then,"
			" %s now): run manyi ledger verify", hash, s->rows_sha256);
	json_decref(provenance);
	return rc;
}

int
export_r(struct cli *cli, struct err *err)
{
	const char *folder = args_value(&cli->args, "r");
	struct published_row row;
	struct sealed sealed;
	int rc = -1;

	if (find_row(&row, cli, err) != 0 ||
			approvals_settled_year(cli->db, row.year, &cli->pool, err) != 0 ||
			sealed_make(&sealed, cli->db, &row, &cli->pool, err) != 0)
		return -1;
	if (seal_check(&sealed, &row, err) == 0 && folder_make(folder, err) == 0 &&
			put_files(cli, folder, &sealed, &row, err) == 0) {
		cli->said = json_pack("{s:s, s:s, s:i, s:i, s:I, s:s, s:I}", "folder", folder,
			"indicator", row.indicator, "year", row.year, "version", row.version,
			"rows", (json_int_t)sealed.n, "rows_sha256", sealed.rows_sha256,
			"figures", (json_int_t)sealed.figures);
		rc = 0;
	}
	sealed_clear(&sealed);
	return rc;
}

void
export_r_show(struct text *out, const json_t *said)
{
	show_line(out, "%s：第 %s 项 %lld 年第 %lld 版，%lld 份答卷，%lld 个数字。",
		"%s: indicator %s, %lld, version %lld; %lld answers, %lld figures.",
		show_string(said, "folder"), show_string(said, "indicator"),
		show_whole(said, "year"),
		show_whole(said, "version"), show_whole(said, "rows"), show_whole(said, "figures"));
	show_line(out, "answers.csv 的 SHA-256：%s",
		"SHA-256 of answers.csv: %s", show_string(said, "rows_sha256"));
	show_line(out, "重算：Rscript %s/recompute.R",
		"Recompute: Rscript %s/recompute.R", show_string(said, "folder"));
}
