/* Documents that prove a row, and their review. */
#include "cli/track/evidence.h"

#include <string.h>

#include "base/date.h"
#include "base/file.h"
#include "base/sha256.h"
#include "track/track.h"

/* The report itself stays with its owner; its digest is what we keep. */
int
track_digest_file(const char **name, const char **digest, const char *path, struct pool *pool,
	struct err *err)
{
	const char *bytes, *slash = strrchr(path, '/');
	char *hex = pool_take(pool, 65);
	size_t n;

	if (cli_readable(path, err) != 0 || file_read(&bytes, &n, path, 0, pool, err) != 0)
		return -1;
	if (n == 0)
		return err_set(err, ERR_INPUT, "%s 是空文件（0 字节），不能作为依据",
			"%s is empty (0 bytes): it proves nothing", path);
	sha256_hex(hex, bytes, n);
	*name = slash != NULL ? slash + 1 : path;
	*digest = hex;
	return 0;
}

int
track_evidence_add(struct cli *cli, struct err *err)
{
	const struct args *a = &cli->args;
	const char *file, *number = args_value(a, "document-no"), *period = args_value(a, "period");
	struct evidence_row r = { .indicator = cli_operand(cli, 0), .title = args_value(a, "title"),
		.document_no = number != NULL ? number : "", .period = period != NULL ? period : "",
		.date = "", .state = "uploaded", .reviewer = "", .note = "", .who = cli_who(),
		.minute = date_now_minute() };
	long long subtarget = 0, pages = 0;

	if (args_whole(a, "pages", &pages, 0, 99999, err) != 0 ||
			args_past(a, "date", &r.date, err) != 0 ||
			args_whole(a, "subtarget", &subtarget, 1, 99, err) != 0)
		return -1;
	r.subtarget = (int)subtarget;
	r.pages = pages;
	if (track_check_evidence(cli->db, &r, err) != 0 || track_digest_file(&file, &r.sha256,
			args_value(a, "file"), &cli->pool, err) != 0 ||
			db_put_evidence(cli->db, &r, err) != 0)
		return -1;
	cli->said = json_pack("{s:I, s:s, s:i, s:s, s:s, s:s}", "evidence", (json_int_t)r.id,
		"indicator", r.indicator, "subtarget", r.subtarget, "title", r.title, "sha256",
		r.sha256, "state", evidence_name(evidence_file(&r)));
	return 0;
}

static int
review(struct cli *cli, const char *state, struct err *err)
{
	const char *note = args_value(&cli->args, "note");
	long long id;

	if (args_operand_whole(&cli->args, 0, &id, 1, INT64_MAX, err) != 0 ||
			db_set_evidence_state(cli->db, id, state, args_value(&cli->args,
			"reviewer"), note != NULL ? note : "", date_now_minute(), err) != 0)
		return -1;
	cli->said = json_pack("{s:I, s:s}", "evidence", (json_int_t)id, "state", state);
	return 0;
}

int
track_evidence_accept(struct cli *cli, struct err *err)
{
	return review(cli, "accepted", err);
}

int
track_evidence_return(struct cli *cli, struct err *err)
{
	return review(cli, "returned", err);
}

const struct args_option track_evidence_options[] = {
	{ .name = "title", .value = "TEXT", .required = true,
		.help = { { "佐证材料名称", "title" } } },
	{ .name = "file", .value = "FILE", .required = true,
		.help = { { "佐证材料文件，记录其摘要", "the document; its digest is kept" } } },
	{ .name = "subtarget", .value = "N", .help = { { "用于第几条，默认整项任务",
		"for which sub-target; default: the whole row" } } },
	{ .name = "document-no", .value = "TEXT", .help = { { "文号", "document number" } } },
	{ .name = "date", .value = "DAY", .help = { { "文件日期", "date of the document" } } },
	{ .name = "period", .value = "TEXT",
		.help = { {
			"佐证材料说的是哪一年或哪段时间，如“2024 年度”；不写则按文件日期",
			"the year or years it speaks of, as 2024 or 2022-2024;"
				" default: the year of its date" } } },
	{ .name = "pages", .value = "N", .help = { { "页数", "pages" } } },
	{ .name = NULL }
};
const struct args_option track_accept_options[] = {
	{ .name = "reviewer", .value = "NAME", .required = true,
		.help = { { "审核人", "reviewer" } } },
	{ .name = "note", .value = "TEXT", .help = { { "审核意见", "note" } } },
	{ .name = NULL }
};
const struct args_option track_return_options[] = {
	{ .name = "reviewer", .value = "NAME", .required = true,
		.help = { { "审核人", "reviewer" } } },
	{ .name = "note", .value = "TEXT", .required = true,
		.help = { {
			"为什么退回，填报单位据此改正",
			"why it is returned: what the department has to mend" } } },
	{ .name = NULL }
};
