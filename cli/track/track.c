/* manyi track: its commands, and the rows as they stand. */
#include <string.h>

#include "cli/cli.h"
#include "cli/show.h"
#include "cli/track/programme.h"
#include "cli/track/entered.h"
#include "cli/track/evidence.h"
#include "cli/track/files.h"
#include "track/english.h"
#include "track/track.h"
#include "track/rule/value.h"
#include "view/fact.h"

/* The board of --year, or of the newest known one.  The years there are refuse what is asked, not
 * the form of the number. */
static int
load_tracker(struct tracker *t, struct cli *cli, struct err *err)
{
	struct track_ask ask = { .year = 0 };
	long long year = 0;

	if (args_whole(&cli->args, "year", &year, 1000, 9999, err) != 0)
		return -1;
	ask.year = (int)year;
	return track_load(t, cli->db, &ask, &cli->pool, err);
}

static int
run_list(struct cli *cli, struct err *err)
{
	struct tracker t;

	if (load_tracker(&t, cli, err) != 0)
		return -1;
	cli->said = json_array();
	for (size_t i = 0; i < t.rows; i++)
		json_array_append_new(cli->said, fact_row(&t.row[i]));
	return 0;
}

/* Words for the two states, from their names in the JSON. */
static const char *
standing_label(const char *name)
{
	enum standing standing = standing_find(name);

	return standing == STANDING_MAX ? name : standing_words(standing).in[lang_get()];
}

static const char *
evidence_label(const char *name)
{
	enum evidence evidence = evidence_find(name);

	return evidence == EVIDENCE_MAX ? name : evidence_words(evidence).in[lang_get()];
}

/* A member that is {"zh","en"}, in the language of the one who asks. */
static const char *
in_lang(const json_t *said, const char *name)
{
	return show_string(json_object_get(said, name), lang_get() == LANG_ZH ? "zh" : "en");
}

/* The headline of the board, under the list. */
static void
put_counted(struct text *out, const json_t *rows)
{
	struct track_count count = fact_counted(rows);
	struct pool pool = POOL_INIT;
	struct words w = track_count_words(&count, &pool);

	show_line(out, "%zu 项任务：%s", "%zu rows: %s", count.rows, w.in[lang_get()]);
	pool_clear(&pool);
}

static void
show_list(struct text *out, const json_t *said)
{
	static const struct show_column column[] = {
		{ "id", { { "任务", "row" } }, SHOW_PLAIN },
		{ "state", { { "结果", "result" } }, SHOW_PLAIN },
		{ "papers", { { "佐证材料", "evidence" } }, SHOW_PLAIN },
		{ "title", { { "指标项", "title" } }, SHOW_PLAIN },
		{ "both", { { "条文与检验", "both readings" } }, SHOW_PLAIN },
		{ "reason", { { "依据", "because" } }, SHOW_PLAIN },
	};
	json_t *rows = json_array(), *row;
	size_t i;

	json_array_foreach((json_t *)said, i, row)
		json_array_append_new(rows, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}",
			"both", in_lang(row, "both"),
			"id", show_string(row, "id"), "title", in_lang(row, "label"),
			"state", standing_label(show_string(row, "result_state")),
			"papers", evidence_label(show_string(row, "evidence_state")),
			"reason", show_string(row, "reason")));
	show_table(out, rows, column, sizeof(column) / sizeof(column[0]));
	json_decref(rows);
	put_counted(out, said);
}

static int
run_departments(struct cli *cli, struct err *err)
{
	struct tracker t;

	if (load_tracker(&t, cli, err) != 0)
		return -1;
	cli->said = fact_departments(&t);
	return 0;
}

/* "牵头 10：达标 5（…）" */
static void
show_duty(struct text *out, const json_t *counts, const char *zh, const char *en)
{
	struct track_count count = { .rows = (size_t)show_whole(counts, "rows"),
		.documented = (size_t)show_whole(counts, "documented") };
	struct pool pool = POOL_INIT;
	struct words w;

	for (int s = 0; s < STANDING_MAX; s++)
		count.state[s] = (size_t)show_whole(counts, standing_name((enum standing)s));
	w = track_count_words(&count, &pool);
	if (count.rows > 0)
		show_line(out, "    %s %zu 项：%s", "    %s %zu: %s", LANG_PICK(zh, en), count.rows,
			w.in[lang_get()]);
	pool_clear(&pool);
}

static void
show_departments(struct text *out, const json_t *said)
{
	const json_t *one;
	size_t i;

	json_array_foreach((json_t *)said, i, one) {
		show_line(out, "%s", "%s", show_string(one, "department"));
		show_duty(out, json_object_get(one, "lead"), "牵头", "leads");
		show_duty(out, json_object_get(one, "cooperate"), "配合", "helps with");
	}
}

static const struct track_row *
find_row(struct tracker *t, struct cli *cli, struct err *err)
{
	const struct track_row *row;

	if (load_tracker(t, cli, err) != 0)
		return NULL;
	row = track_find(t, cli_operand(cli, 0));
	if (row == NULL)
		err_set(err, ERR_MISSING, "没有第“%s”项；运行 manyi track list 看有哪些",
			"there is no indicator \"%s\"; see manyi track list", cli_operand(cli, 0));
	return row;
}

/* What was read and where it comes from, in both languages. */
static void
put_shown(json_t *said, const struct track_row *row, struct pool *pool)
{
	json_t *clause;
	size_t i;

	json_array_foreach(json_object_get(said, "clauses"), i, clause) {
		const struct clause *c = &row->clause[i];
		struct words value = value_words(c->value, c->rule->english, pool);
		struct words source = english_words(c->rule->english, c->source);

		json_object_update_new(clause, json_pack("{s:o, s:o}", "value_shown",
			fact_words(&value), "source_shown", fact_words(&source)));
	}
}

static int
run_show(struct cli *cli, struct err *err)
{
	struct tracker t;
	const struct track_row *row = find_row(&t, cli, err);

	if (row == NULL)
		return -1;
	cli->said = fact_indicator(&t, row);
	put_shown(cli->said, row, &cli->pool);
	return 0;
}

static const char *
truth_label(const json_t *literal)
{
	return json_is_true(literal) ? LANG_PICK("符合", "yes") : json_is_false(literal) ?
		LANG_PICK("不符合", "no") : LANG_PICK("尚不能判断", "unknown");
}

/* "条件二：其中一项符合即可" before the first of several alternatives. */
static void
show_group(struct text *out, const json_t *clauses, size_t i)
{
	const json_t *here = json_array_get(clauses, i);
	long long group = show_whole(here, "group");

	if (i > 0 && show_whole(json_array_get(clauses, i - 1), "group") == group)
		return;
	if (i + 1 < json_array_size(clauses) &&
			show_whole(json_array_get(clauses, i + 1), "group") == group)
		show_line(out, "条件 %lld：下列各条，其中一项符合即可",
			"Condition %lld: any one of these suffices", group);
}

static void
show_clause(struct text *out, const json_t *clause)
{
	const char *value = in_lang(clause, "value_shown"),
		*source = in_lang(clause, "source_shown");
	const char *strength = show_string(json_object_get(clause, "strength"), "text");

	show_line(out, "  %lld. %s", "  %lld. %s", show_whole(clause, "number"),
		in_lang(clause, "sentence"));
	show_line(out, "     条文口径：%s　%s", "     by the wording: %s  %s",
		truth_label(json_object_get(clause, "literal")), show_string(clause, "reason"));
	if (strstr(value, " → ") != NULL)	/* each with its own year */
		show_line(out, "     完成值：%s　%s", "     values: %s  %s", value, source);
	else if (*value != '\0')
		show_line(out, "     完成值（%lld 年）：%s　%s",
			"     value (%lld): %s  %s", show_whole(clause, "year"), value, source);
	if (*strength != '\0')
		show_line(out, "     统计检验：%s", "     statistical test: %s", strength);
}

/* The numbers are what accepting and returning ask for. */
static void
show_files(struct text *out, const json_t *files)
{
	const json_t *file;
	size_t i;

	if (json_array_size(files) > 0)
		show_line(out, "佐证材料：", "Documents:");
	json_array_foreach((json_t *)files, i, file)
		show_line(out, "  编号 %lld　%s　%s　%s", "  no. %lld  %s  %s  %s",
			show_whole(file, "evidence"), evidence_label(show_string(file, "state")),
			show_string(file, "title"), show_string(file, "note"));
}

static void
show_table_notes(struct text *out, const json_t *notes)
{
	const json_t *note;
	size_t i;

	if (json_array_size(notes) > 0)
		show_line(out, "任务表的说明：", "What the table says besides:");
	json_array_foreach((json_t *)notes, i, note)
		show_line(out, "  %s", "  %s", show_string(note, LANG_PICK("zh", "en")));
}

static void
show_one(struct text *out, const json_t *said)
{
	const json_t *clause;
	struct text lead = TEXT_INIT;
	size_t i;

	show_line(out, "%s　%s", "%s  %s", show_string(said, "id"), in_lang(said, "label"));
	show_line(out, "%s", "%s", show_string(said, "content"));
	show_line(out, "%lld 年结果：%s　佐证材料：%s", "Result of %lld: %s   evidence: %s",
		show_whole(said, "year"), standing_label(show_string(said, "result_state")),
		evidence_label(show_string(said, "evidence_state")));
	show_line(out, "%s", "%s", show_string(said, *show_string(said, "headline") != '\0' ?
		"headline" : "reason"));
	if (json_is_object(json_object_get(said, "both")))
		show_line(out, "%s", "%s",
			show_string(json_object_get(said, "both"), LANG_PICK("zh", "en")));
	json_array_foreach(json_object_get(said, "lead"), i, clause)
		text_fmt(&lead, "%s%s", i > 0 ? "、" : "", json_string_value(clause));
	show_line(out, "牵头：%s", "Lead: %s", text_str(&lead));
	show_line(out, "综合判定：各条（各组条件）须同时满足",
		"All together: every requirement (every condition) must hold");
	json_array_foreach(json_object_get(said, "clauses"), i, clause) {
		show_group(out, json_object_get(said, "clauses"), i);
		show_clause(out, clause);
	}
	show_files(out, json_object_get(said, "evidence"));
	show_table_notes(out, json_object_get(said, "table_notes"));
	text_clear(&lead);
}

/* ---- tables ---- */

static const struct args_option year_options[] = {
	{ .name = "year", .value = "YEAR", .help = { { "判定哪一年，默认大体有数的最近一年",
		"the year to judge; default: the newest that is known for most" } } },
	{ .name = NULL }
};
static const struct args_option no_options[] = { { .name = NULL } };

const struct command cmd_track[] = {
	{ .name = "list",
		.help = { { "全部任务的结果和佐证材料", "all rows with both states" } },
		.operands = "", .need = CLI_KEEP, .quiet = true, .option = year_options,
		.run = run_list, .show = show_list },
	{ .name = "show",
		.help = { {
			"一项任务的条文、完成值、条文口径与统计检验",
			"one row: requirements, values, verdict by the"
				" wording and by the statistical test" } },
		.operands = "ID", .least = 1, .most = 1, .need = CLI_KEEP, .quiet = true,
		.option = year_options, .run = run_show, .show = show_one },
	{ .name = "departments",
		.help = { {
			"各部门牵头、配合各有多少项、结果如何",
			"what each department leads and helps with, counted apart" } },
		.operands = "", .need = CLI_WRITE, .quiet = true, .option = year_options,
		.run = run_departments, .show = show_departments },
	{ .name = "set",
		.help = { { "填报一个完成值", "enter a value" } },
		.operands = "ID", .least = 1, .most = 1, .need = CLI_WRITE,
		.option = track_set_options, .run = track_run_set, .show = track_show_set },
	{ .name = "threshold",
		.help = { {
			"审定条文没有写明的数字，或审定不适用",
			"sign the number a clause leaves open, or that it does not apply" } },
		.operands = "ID", .least = 1, .most = 1, .need = CLI_WRITE,
		.option = track_threshold_options, .run = track_run_threshold,
		.show = track_show_threshold },
	{ .name = "criterion",
		.help = { {
			"审定口径：以条文还是统计检验为准，连续 3 年怎样计",
			"sign which reading governs, or what years in a row are" } },
		.operands = "ID", .least = 1, .most = 1, .need = CLI_WRITE,
		.option = track_criterion_options, .run = track_run_criterion,
		.show = track_show_criterion },
	{ .name = "external",
		.help = { { "录入第三方测评结果", "enter a third party's result" } },
		.operands = "ID", .least = 1, .most = 1, .need = CLI_WRITE,
		.option = track_external_options, .run = track_run_external },
	{ .name = "complaints",
		.help = { { "导入历年投诉数据（CSV）", "import the complaint series (CSV)" } },
		.operands = "FILE.csv", .least = 1, .most = 1, .need = CLI_WRITE,
		.option = track_complaint_options,
		.more = { {
			"列：year、registered（必有）、residents、national_per_10000、"
				"source、date、break_note、definition、\n"
				"national_definition。national_per_10000 是全国每万人投诉件数；"
				"同年的旧数据被取代，不删除。\n"
				"两个口径写统计了什么，如 12315、12315+12345、12315+举报；"
				"口径相同才能比较。",
			"Columns: year, registered (required), residents,"
				" national_per_10000, source, date, break_note, definition,\n"
				"national_definition.  national_per_10000: complaints per 10,000"
				" nationally; rows of a year replace its\n"
				"older ones.  The definitions say what was counted, as 12315,"
				" 12315+12345, 12315+reports; only rates of\n"
				"the same definition are compared." } },
		.run = track_complaints, .show = track_show_import },
	{ .name = "peers",
		.help = { { "导入同类城市的得分（CSV）", "import peer cities' scores (CSV)" } },
		.operands = "FILE.csv", .least = 1, .most = 1, .need = CLI_WRITE,
		.option = track_file_options,
		.more = { {
			"列：indicator、year、city、score（必有）、se、n、agency、report_sha256。",
			"Columns: indicator, year, city, score (required),"
				" se, n, agency, report_sha256." } },
		.run = track_peers, .show = track_show_import },
	{ .name = "check",
		.help = { {
			"检查任务表文件，逐处指出行、列和错处",
			"check a programme's file: line, column and what is wrong" } },
		.operands = "FILE.json", .least = 1, .most = 1, .need = CLI_ALONE,
		.option = no_options, .run = programme_run_check, .show = programme_show_check },
	{ .name = "load",
		.help = { {
			"启用一份任务表；会改变已登记内容含义的拒绝",
			"put a programme in force; refused where"
				" it would change what is on record" } },
		.operands = "FILE.json", .least = 1, .most = 1, .need = CLI_WRITE,
		.option = programme_load_options, .run = programme_run_load,
		.show = programme_show_load },
	{ .name = "loaded",
		.help = { {
			"启用过哪些任务表，何时、由谁",
			"which programmes were loaded, when and by whom" } },
		.operands = "", .need = CLI_READ, .option = no_options, .run = programme_run_loaded,
		.show = programme_show_loaded },
	{ .name = "import",
		.help = { {
			"把部门下发的任务分解表（CSV、TSV）做成任务表文件",
			"make a programme's file of the table offices send (CSV, TSV)" } },
		.operands = "FILE.csv", .least = 1, .most = 1, .need = CLI_ALONE,
		.option = programme_import_options,
		.more = { {
			"表头正好五列：指标项、指标内容、目标任务、牵头部门、配合部门；"
				"合并的单元格（空格）沿用上一行。\n"
				"没有写规则的任务由人判定，写好规则后再检查、启用。",
			"The headings are “指标项”, “指标内容”, “目标任务”, “牵头部门”, “配合部门”;"
				" an empty (merged) cell is of the one above.\n"
				"Rows without rules are judged by"
				" a person until somebody writes one." } },
		.run = programme_run_import, .show = programme_show_import },
	{ .name = "evidence add",
		.help = { { "登记一份佐证材料", "record a document as evidence" } },
		.operands = "ID", .least = 1, .most = 1, .need = CLI_WRITE,
		.option = track_evidence_options, .run = track_evidence_add,
		.show = track_show_evidence },
	{ .name = "evidence accept",
		.help = { { "通过一份佐证材料", "accept a document" } },
		.operands = "EVIDENCE", .least = 1, .most = 1, .need = CLI_WRITE,
		.option = track_accept_options, .run = track_evidence_accept,
		.show = track_show_review },
	{ .name = "evidence return",
		.help = { { "退回一份佐证材料", "return a document" } },
		.operands = "EVIDENCE", .least = 1, .most = 1, .need = CLI_WRITE,
		.option = track_return_options, .run = track_evidence_return,
		.show = track_show_review },
	{ .name = NULL }
};
