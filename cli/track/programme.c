/* manyi track check, load, import, loaded: the programme's file. */
#include "cli/track/programme.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/csv.h"
#include "base/date.h"
#include "base/file.h"
#include "cli/rows.h"
#include "cli/show.h"
#include "db/programme.h"
#include "forms/builtin.h"
#include "track/programme/programme.h"
#include "track/programme/import.h"

static json_t *
faults_json(const struct fault fault[], size_t faults)
{
	json_t *list = json_array();

	for (size_t i = 0; i < faults; i++)
		json_array_append_new(list, json_pack("{s:I, s:I, s:s, s:s}", "line",
			(json_int_t)fault[i].line, "column", (json_int_t)fault[i].column, "where",
			fault[i].where, "what", fault[i].what));
	return list;
}

/* What a programme holds: how many of each, and who says what its clauses come to. */
static json_t *
holds_json(const struct programme *p)
{
	json_int_t clauses = 0, unwritten = 0, computed = 0, outside = 0, figures = 0;

	for (size_t i = 0; i < p->rows; i++) {
		const struct indicator *row = &p->row[i];

		figures += row->figures.n > 0;
		for (size_t k = 0; k < row->rules; k++) {
			unwritten += row->rule[k].op == RULE_UNWRITTEN;
			clauses += row->rule[k].op != RULE_UNWRITTEN;
			computed += feed_of(&row->rule[k]) >= FEED_SERIES;
			outside += feed_of(&row->rule[k]) == FEED_EXTERNAL;
		}
	}
	return json_pack("{s:s, s:s, s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "id",
		p->id, "edition", p->edition, "title", p->title.in[lang_get()], "sha256", p->sha256,
		"chapters", (json_int_t)p->chapters, "departments", (json_int_t)p->departments,
		"rows", (json_int_t)p->rows, "clauses", clauses, "unwritten", unwritten,
		"computed", computed, "outside", outside, "surveyed", figures);
}

static void
show_holds(struct text *out, const json_t *said)
{
	show_line(out, "《%s》（%s %s）：%lld 章，%lld 个部门，%lld 项任务，%lld 条要求。",
		"%s (%s %s): %lld chapters, %lld departments, %lld rows, %lld requirements.",
		show_string(said, "title"), show_string(said, "id"), show_string(said, "edition"),
		show_whole(said, "chapters"), show_whole(said, "departments"),
		show_whole(said, "rows"), show_whole(said, "clauses"));
	show_line(out,
		"由调查或投诉件数计算的 %lld 条，由第三方名次决定的 %lld 条；有调查数据的 %lld 项；"
		"由人判定的 %lld 项。",
		"Computed from surveys or counts: %lld; decided by a third party's place: %lld;"
		" rows with survey figures: %lld; rows judged by a person: %lld.",
		show_whole(said, "computed"), show_whole(said, "outside"),
		show_whole(said, "surveyed"), show_whole(said, "unwritten"));
	show_line(out, "SHA-256：%s", "SHA-256: %s", show_string(said, "sha256"));
}

static const struct form *
shipped_form(void *ctx, const char *id)
{
	return form_builtin_load(id, ctx, NULL);
}

int
programme_run_check(struct cli *cli, struct err *err)
{
	const char *path = cli_operand(cli, 0), *strange = "";
	const struct fault *fault;
	const struct programme *p;
	size_t faults;

	p = programme_check(path, &fault, &faults, &cli->pool, err);
	if (p == NULL && faults == 0)
		return -1;
	if (p != NULL)
		faults = programme_figures(&fault, &strange, p, shipped_form, &cli->pool,
			&cli->pool);
	cli->said = json_pack("{s:s, s:b, s:s, s:o}", "file", path, "ok", faults == 0,
		"other_forms", strange, "faults", faults_json(fault, faults));
	if (faults > 0)
		return 1;
	json_object_update_new(cli->said, holds_json(p));
	return 0;
}

void
programme_show_check(struct text *out, const json_t *said)
{
	const json_t *fault;
	size_t i;

	json_array_foreach(json_object_get(said, "faults"), i, fault)
		show_line(out, "%s:%lld:%lld（%s）：%s", "%s:%lld:%lld (%s): %s",
			show_string(said, "file"), show_whole(fault, "line"),
			show_whole(fault, "column"), show_string(fault, "where"),
			show_string(fault, "what"));
	if (json_is_true(json_object_get(said, "ok")))
		show_holds(out, said);
	if (show_string(said, "other_forms")[0] != '\0')
		show_line(out, "问卷 %s 不是随程序带的，它的指数在启用时再核对。",
			"Form %s does not come with the program: its"
			" indices are checked on loading.", show_string(said, "other_forms"));
}

int
programme_run_load(struct cli *cli, struct err *err)
{
	const struct programme *p = programme_load(cli_operand(cli, 0), &cli->pool, err);
	bool changed;

	if (p == NULL || programme_put(cli->db, p, args_value(&cli->args, "reworded"),
			cli_who(), &changed, err) != 0)
		return -1;
	cli->said = holds_json(p);
	json_object_set_new(cli->said, "changed", json_boolean(changed));
	return 0;
}

void
programme_show_load(struct text *out, const json_t *said)
{
	if (json_is_true(json_object_get(said, "changed")))
		show_line(out, "已启用这份任务表；以前的仍留在库里（manyi track loaded）。",
			"This programme is in force; those before stay"
			" on record (manyi track loaded).");
	else
		show_line(out, "正在用的就是这份任务表，没有改动。",
			"This very programme is in force already: nothing has changed.");
	show_holds(out, said);
}

int
programme_run_loaded(struct cli *cli, struct err *err)
{
	struct programme_row *row;
	size_t n;

	if (db_list_programmes(cli->db, &row, &n, &cli->pool, err) != 0)
		return -1;
	cli->said = json_array();
	for (size_t i = 0; i < n; i++) {
		json_t *body = json_loads(row[i].body, 0, NULL),
			*head = json_object_get(body, "programme");

		json_array_append_new(cli->said, json_pack("{s:I, s:s, s:s, s:s, s:s, s:I, s:b}",
			"number", (json_int_t)row[i].id, "id", json_text_at(head, "id"), "edition",
			json_text_at(head, "edition"), "sha256", row[i].sha256, "who", row[i].who,
			"minute", (json_int_t)row[i].minute, "in_force", i + 1 == n));
		json_decref(body);
	}
	return 0;
}

void
programme_show_loaded(struct text *out, const json_t *said)
{
	static const struct show_column column[] = {
		{ "number", { { "次", "no." } }, SHOW_COUNT },
		{ "id", { { "任务表", "programme" } }, SHOW_PLAIN },
		{ "edition", { { "版本", "edition" } }, SHOW_PLAIN },
		{ "minute", { { "载入时间", "loaded" } }, SHOW_MINUTE },
		{ "who", { { "载入人", "by" } }, SHOW_PLAIN },
		{ "sha256", { { "SHA-256", "SHA-256" } }, SHOW_PLAIN },
	};

	show_table(out, said, column, sizeof(column) / sizeof(column[0]));
	show_line(out, "最后一份正在用。", "The last one is in force.");
}

/* ---- import ---- */

/* Beside what is printed: what was noticed on the way. */
static void
say_notes(const json_t *notes)
{
	const json_t *note;
	size_t i;

	json_array_foreach(notes, i, note)
		fprintf(stderr, "manyi: %s\n", json_string_value(note));
}

/* The file's name without its folder and ending. */
static const char *
base_name(const char *path, struct pool *pool)
{
	const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path,
		*dot = strrchr(name, '.');

	return dot != NULL && dot > name ? pool_strndup(pool, name, (size_t)(dot - name)) : name;
}

static struct programme_import
import_of(struct cli *cli)
{
	const char *id = args_value(&cli->args, "id"), *edition = args_value(&cli->args, "edition");
	const char *title = args_value(&cli->args, "title");
	char day[11];

	date_day(day, date_now_minute());
	day[7] = '\0';
	return (struct programme_import){ .file = cli_operand(cli, 0), .id = id != NULL ? id :
		"imported", .edition = edition != NULL ? edition : pool_strdup(&cli->pool, day),
		.title = title != NULL ? title : base_name(cli_operand(cli, 0), &cli->pool) };
}

/* As people edit it, and read back: what is made here can be loaded.  path NULL: to be printed. */
static int
give_programme(struct cli *cli, const char *path, json_t *programme, json_t *notes,
	struct err *err)
{
	const struct programme *p;
	struct text t = TEXT_INIT;
	int rc = -1;

	json_put(&t, programme, 1);
	p = programme_parse(text_str(&t), t.n, cli_operand(cli, 0), &cli->pool, err);
	if (p == NULL || (path != NULL && file_write(path, t.s, t.n, 0644, err) != 0))
		goto out;
	if (path == NULL) {
		cli->said = json_incref(programme);
		say_notes(notes);
	} else {
		cli->said = holds_json(p);
		json_object_update_new(cli->said,
			json_pack("{s:s, s:O}", "file", path, "notes", notes));
	}
	rc = 0;
out:
	text_clear(&t);
	return rc;
}

/* Neither the table that is read nor rules somebody wrote are written over. */
static int
output_free(const char *path, struct err *err)
{
	if (path == NULL || access(path, F_OK) != 0)
		return 0;
	return err_set(err, ERR_CONFLICT, "%s：已有这个文件，不覆盖；请换一个名字",
		"%s: there is such a file and it is not written over: give another name", path);
}

int
programme_run_import(struct cli *cli, struct err *err)
{
	const struct programme_import of = import_of(cli);
	const char *path = args_value(&cli->args, "output");
	json_t *notes = json_array(), *programme = NULL;
	struct csv csv;
	int rc = -1;

	if (output_free(path, err) == 0 &&
			csv_load(&csv, cli_operand(cli, 0), args_value(&cli->args, "encoding"),
			&cli->pool, err) == 0 &&
			(programme = programme_import(&csv, &of, notes, &cli->pool, err)) != NULL) {
		for (size_t i = 0; i < csv.notes; i++)
			json_array_append_new(notes, json_string(csv.note[i]));
		rc = give_programme(cli, path, programme, notes, err);
	}
	json_decref(programme);
	json_decref(notes);
	return rc;
}

void
programme_show_import(struct text *out, const json_t *said)
{
	if (json_object_get(said, "notes") == NULL) {	/* the file itself */
		json_put(out, said, 1);
		return;
	}
	show_holds(out, said);
	rows_show_notes(out, said);
	show_line(out,
		"已写入 %s：逐项补写规则（manyi track check 检查），再用 manyi track load 启用。",
		"Written to %s: write the rows' rules, check them with manyi track check,"
		" then manyi track load.", show_string(said, "file"));
}

const struct args_option programme_load_options[] = {
	{ .name = "reworded", .value = "ROWS",
		.help = { { "这些项只改了措辞或牵头部门，仍是同一任务：如 2,11.1，或 all",
		"these rows are the same tasks in other words: 2,11.1, or all" } } },
	{ .name = NULL }
};

const struct args_option programme_import_options[] = {
	{ .name = "output", .letter = 'o', .value = "FILE.json",
		.help = { { "写到文件，默认标准输出", "file; default: standard output" } } },
	{ .name = "id", .value = "NAME",
		.help = { { "任务表的代号，如 zlqs", "short name of the programme" } } },
	{ .name = "edition", .value = "TEXT",
		.help = { { "版本，默认本月", "edition; default: this month" } } },
	{ .name = "title", .value = "TEXT",
		.help = { { "名称，默认文件名", "title; default: the file's name" } } },
	ROWS_ENCODING_OPTION,
	{ .name = NULL }
};
