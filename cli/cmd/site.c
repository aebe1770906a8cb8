/* manyi site: the places whose posters residents scan. */
#include <string.h>

#include "base/csv.h"
#include "base/name.h"
#include "cli/cli.h"
#include "cli/rows.h"
#include "cli/show.h"
#include "cli/cmd/sites.h"
#include "db/survey.h"
#include "forms/builtin.h"
#include "forms/form.h"
#include "db/row.h"

static json_t *
site_json(struct cli *cli, const struct site *s)
{
	const char *fault = row_site_fault(s);
	json_t *o = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:b}", "code", s->code,
		"url", sites_url(cli, s->code), "name", s->name, "window", s->window,
		"sector", s->sector, "township", s->township, "stratum", s->stratum,
		"form", s->form_id, "active", s->active);

	if (fault != NULL)	/* stored by an older program; no page can show it */
		json_object_set_new(o, "fault",
			json_pack("{s:s, s:s}", "member", fault, "reason", "utf-8"));
	return o;
}

/* A value must be a choice of the item of that name in the form, where the form has the item. */
static int
is_choice(const struct form *form, const char *item, const char *value, struct err *err)
{
	int i = form_item(form, item);

	if (*value == '\0' || i < 0 || form_choice(&form->item[i], value) != NULL)
		return 0;
	return err_set(err, ERR_INPUT,
		"问卷 %s 的“%s”没有“%s”这个选项；运行 manyi form show %s --source 看有哪些",
		"\"%2$s\" of form %1$s has no choice \"%3$s\"; see manyi form show %4$s --source",
		form->id, item, value, form->id);
}

/* Words of a site agree with the questionnaires; the sector's list stands in form A. */
static int
site_check(struct cli *cli, const struct site *s, struct err *err)
{
	const struct form *form = db_get_form(cli->db, s->form_id, NULL, &cli->pool, err);
	const struct form *sectors;

	if (form == NULL)
		return -1;
	if (name_check(&(struct words){ { "点位名称", "the site's name" } }, s->name, NAME_SITE,
			err) != 0 || name_check_or_none(&(struct words){ { "窗口", "the window" } },
			s->window, NAME_WINDOW, err) != 0 ||
			name_check_or_none(&(struct words){ { "抽样层", "the stratum" } },
			s->stratum, NAME_SITE, err) != 0)
		return -1;
	sectors = db_form_asking(cli->db, s->form_id, "sector", &cli->pool);
	if (sectors != NULL && is_choice(sectors, "sector", s->sector, err) != 0)
		return -1;
	return is_choice(form, "town", s->township, err);
}

static const char *
or_empty(const char *s)
{
	return s != NULL ? s : "";
}

static int
run_add(struct cli *cli, struct err *err)
{
	const struct args *a = &cli->args;
	const char *form = args_value(a, "form");
	struct site s = { .name = args_value(a, "name"),
		.window = or_empty(args_value(a, "window")),
		.sector = or_empty(args_value(a, "sector")),
		.township = or_empty(args_value(a, "township")),
		.stratum = or_empty(args_value(a, "stratum")),
		.form_id = form != NULL ? form : FORM_ON_SITE, .active = true };

	if (site_check(cli, &s, err) != 0 || db_put_site(cli->db, &s, err) != 0)
		return -1;
	cli->said = site_json(cli, &s);
	sites_warn(cli, &s, 1);
	return 0;
}

static const char *const site_columns[] = {
	"name", "window", "sector", "township", "stratum", "form", NULL
};

/* Check every row, then store all or none. */
static int
put_sites(struct cli *cli, const struct csv *csv, struct site *site, struct err *err)
{
	if (db_begin(cli->db, err) != 0)
		return -1;
	for (size_t i = 0; i < csv->rows; i++) {
		if (db_put_site(cli->db, &site[i], err) != 0) {
			db_rollback(cli->db);
			return -1;
		}
	}
	return db_commit(cli->db, err);
}

static struct site
site_from_row(const struct csv *csv, size_t row)
{
	const char *form = rows_cell(csv, row, "form");

	return (struct site){ .name = rows_cell(csv, row, "name"),
		.window = rows_cell(csv, row, "window"), .sector = rows_cell(csv, row, "sector"),
		.township = rows_cell(csv, row, "township"),
		.stratum = rows_cell(csv, row, "stratum"),
		.form_id = *form != '\0' ? form : FORM_ON_SITE, .active = true };
}

static int
run_import(struct cli *cli, struct err *err)
{
	struct csv csv;
	struct rows_errors errors = { .list = NULL };
	struct site *site;
	json_t *list;
	bool good;

	if (csv_load(&csv, cli_operand(cli, 0), args_value(&cli->args, "encoding"),
			&cli->pool, err) != 0)
		return -1;
	site = pool_array(&cli->pool, csv.rows + 1, sizeof(*site));
	good = rows_columns(&errors, &csv, site_columns, 1);
	for (size_t i = 0; good && i < csv.rows; i++) {
		struct err wrong = { .code = ERR_NONE };

		site[i] = site_from_row(&csv, i);
		if (site_check(cli, &site[i], &wrong) != 0)
			rows_error(&errors, &csv, i, "", wrong.text);
	}
	if (errors.list != NULL) {
		cli->said = rows_refused(&errors);
		return 1;
	}
	if (put_sites(cli, &csv, site, err) != 0)
		return -1;
	list = json_array();
	for (size_t i = 0; i < csv.rows; i++)
		json_array_append_new(list, site_json(cli, &site[i]));
	cli->said = json_pack("{s:I, s:o}", "rows", (json_int_t)csv.rows, "sites", list);
	rows_notes(cli->said, &csv);
	sites_warn(cli, site, csv.rows);
	return 0;
}

static int
run_list(struct cli *cli, struct err *err)
{
	struct site *site;
	size_t n;

	if (db_list_sites(cli->db, &site, &n, &cli->pool, err) != 0)
		return -1;
	cli->said = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(cli->said, site_json(cli, &site[i]));
	return 0;
}

static const struct show_column site_table[] = {
	{ "code", { { "编号", "code" } }, SHOW_PLAIN },
	{ "name", { { "点位", "site" } }, SHOW_PLAIN },
	{ "window", { { "窗口", "window" } }, SHOW_PLAIN },
	{ "form", { { "问卷", "form" } }, SHOW_PLAIN },
	{ "sector", { { "行业", "sector" } }, SHOW_PLAIN },
	{ "township", { { "乡镇街道", "township" } }, SHOW_PLAIN },
	{ "active", { { "启用", "active" } }, SHOW_PLAIN },
	{ "url", { { "网址", "address" } }, SHOW_PLAIN },
	{ "fault", { { "不能使用的原因", "why it is left out" } }, SHOW_PLAIN },
};

static void
show_list(struct text *out, const json_t *said)
{
	show_table(out, said, site_table, sizeof(site_table) / sizeof(site_table[0]));
}

static void
show_import(struct text *out, const json_t *said)
{
	if (json_object_get(said, "errors") != NULL)
		rows_show(out, said);
	else
		show_list(out, json_object_get(said, "sites"));
	rows_show_notes(out, said);
}

static int
set_active(struct cli *cli, bool active, struct err *err)
{
	const char *code = sites_code(cli, cli_operand(cli, 0));
	struct site s;

	if (db_set_site_active(cli->db, code, active, err) != 0 ||
			db_get_site(cli->db, &s, code, &cli->pool, err) != 0)
		return -1;
	cli->said = site_json(cli, &s);
	return 0;
}

static int
run_close(struct cli *cli, struct err *err)
{
	return set_active(cli, false, err);
}

static int
run_reopen(struct cli *cli, struct err *err)
{
	return set_active(cli, true, err);
}

static const struct args_option none[] = { { .name = NULL } };
static const struct args_option add_options[] = {
	{ .name = "name", .value = "NAME", .required = true,
		.help = { { "点位名称", "name of the site" } } },
	{ .name = "sector", .value = "S01", .help = { { "行业代码 S01–S12", "sector S01..S12" } } },
	{ .name = "township", .value = "CODE", .help = { { "乡镇街道代码", "township code" } } },
	{ .name = "window", .value = "TEXT",
		.help = { { "窗口，如 3号窗口", "window or counter" } } },
	{ .name = "stratum", .value = "TEXT", .help = { { "抽样层", "sampling stratum" } } },
	{ .name = "form", .value = "ID",
		.help = { { "海报打开的问卷，默认 B", "form its poster opens; default: B" } } },
	{ .name = NULL }
};
static const struct args_option import_options[] = {
	ROWS_ENCODING_OPTION,
	{ .name = NULL }
};

const struct command cmd_site[] = {
	{ .name = "add",
		.help = { {
			"增加一个点位，得到编号和网址",
			"add a site; gives its code and address" } },
		.operands = "", .need = CLI_WRITE, .option = add_options, .run = run_add },
	{ .name = "import",
		.help = { {
			"从 CSV 批量增加点位，全部成功或全部不做",
			"add sites from a CSV file, all or none" } },
		.operands = "FILE.csv", .least = 1, .most = 1, .need = CLI_WRITE,
		.option = import_options,
		.more = { {
			"列：name（必有）、window、sector、township、stratum、form。",
			"Columns: name (required), window, sector, township, stratum, form." } },
		.run = run_import, .show = show_import },
	{ .name = "list",
		.help = { { "列出点位", "list sites" } },
		.operands = "", .need = CLI_READ, .option = none, .run = run_list,
		.show = show_list },
	{ .name = "close", .help = { { "停用一个点位：海报作废", "withdraw a site's poster" } },
		.operands = "CODE", .least = 1, .most = 1, .need = CLI_WRITE, .option = none,
		.run = run_close },
	{ .name = "reopen", .help = { { "重新启用一个点位", "put a withdrawn site back" } },
		.operands = "CODE", .least = 1, .most = 1, .need = CLI_WRITE, .option = none,
		.run = run_reopen },
	{ .name = NULL }
};
