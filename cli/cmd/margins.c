/* manyi margins: how many residents there are of each kind, and who says so. */
#include <math.h>
#include <string.h>

#include "base/entry.h"
#include "cli/cli.h"
#include "cli/cmd/margins_codes.h"
#include "cli/rows.h"
#include "cli/show.h"
#include "db/survey.h"

static const char *const columns[] = { "variable", "category", "population", "source", "date",
	"area", "placeholder", NULL };

static bool
is_yes(const char *s)
{
	return strcmp(s, "1") == 0 || strcmp(s, "yes") == 0 || strcmp(s, "true") == 0 ||
		strcmp(s, "是") == 0;
}

static bool
is_no(const char *s)
{
	return *s == '\0' || strcmp(s, "0") == 0 || strcmp(s, "no") == 0 ||
		strcmp(s, "false") == 0 || strcmp(s, "否") == 0;
}

static struct margin
margin_from(struct rows_errors *errors, const struct csv *csv, size_t i)
{
	const char *placeholder = rows_cell(csv, i, "placeholder");
	struct margin m = { .variable = rows_cell(csv, i, "variable"),
		.category = rows_cell(csv, i, "category"), .source = rows_cell(csv, i, "source"),
		.date = rows_cell(csv, i, "date"), .area = rows_cell(csv, i, "area"),
		.placeholder = is_yes(placeholder) };
	struct err err = { .code = ERR_NONE };

	if (*m.variable == '\0')
		rows_error(errors, csv, i, "variable",
			LANG_PICK("缺少变量名", "the variable is missing"));
	if (*m.category == '\0')
		rows_error(errors, csv, i, "category",
			LANG_PICK("缺少类别", "the category is missing"));
	if (rows_number(&m.population, rows_cell(csv, i, "population")) != 0 || !(m.population > 0))
		rows_error(errors, csv, i, "population",
			LANG_PICK("人数应是大于 0 的数，不带逗号和单位",
			"the population is a number above 0, without commas or units"));
	if (*m.source == '\0' && !m.placeholder)
		rows_error(errors, csv, i, "source",
			LANG_PICK("写明出处，或标为占位（placeholder=1）",
			"name the source, or mark it placeholder=1"));
	if (*m.date != '\0' && entry_day(m.date, &err) != 0)
		rows_error(errors, csv, i, "date", err.text);
	if (!is_yes(placeholder) && !is_no(placeholder))
		rows_error(errors, csv, i, "placeholder", LANG_PICK("只写 0 或 1", "write 0 or 1"));
	return m;
}

static void
same_category_twice(struct rows_errors *errors, const struct csv *csv, const struct margin margin[])
{
	for (size_t i = 1; i < csv->rows; i++)
		for (size_t k = 0; k < i; k++)
			if (strcmp(margin[i].variable, margin[k].variable) == 0 &&
					strcmp(margin[i].category, margin[k].category) == 0) {
				rows_error(errors, csv, i, "category",
					LANG_PICK("这一类写了两次", "this category stands twice"));
				break;
			}
}

static int
run_import(struct cli *cli, struct err *err)
{
	struct rows_errors errors = { .list = NULL };
	struct margin *margin;
	struct csv csv;

	if (csv_load(&csv, cli_operand(cli, 0), args_value(&cli->args, "encoding"),
			&cli->pool, err) != 0)
		return -1;
	margin = pool_array(&cli->pool, csv.rows + 1, sizeof(*margin));
	if (rows_columns(&errors, &csv, columns, 3)) {
		for (size_t i = 0; i < csv.rows; i++)
			margin[i] = margin_from(&errors, &csv, i);
		same_category_twice(&errors, &csv, margin);
		if (margins_codes(&errors, cli, &csv, margin, err) != 0)
			return -1;
	}
	if (errors.list != NULL) {
		cli->said = rows_refused(&errors);
		return 1;
	}
	if (db_put_margins(cli->db, margin, csv.rows, err) != 0)
		return -1;
	cli->said = json_pack("{s:I}", "rows", (json_int_t)csv.rows);
	rows_notes(cli->said, &csv);
	return 0;
}

static void
show_import(struct text *out, const json_t *said)
{
	if (json_object_get(said, "errors") != NULL)
		rows_show(out, said);
	else
		show_line(out, "导入 %lld 行，取代原有边际。",
			"%lld rows imported; they replace the old margins.",
			show_whole(said, "rows"));
	rows_show_notes(out, said);
}

static int
run_list(struct cli *cli, struct err *err)
{
	struct margin *m;
	size_t n;

	if (db_list_margins(cli->db, &m, &n, &cli->pool, err) != 0)
		return -1;
	cli->said = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(cli->said,
			json_pack("{s:s, s:s, s:o, s:s, s:s, s:s, s:b, s:b}",
			"variable", m[i].variable, "category", m[i].category,
			"population", json_count(m[i].population), "source", m[i].source,
			"date", m[i].date, "area", m[i].area, "placeholder", m[i].placeholder,
			"simulated", m[i].simulated));
	return 0;
}

static void
show_list(struct text *out, const json_t *said)
{
	static const struct show_column column[] = {
		{ "variable", { { "变量", "variable" } }, SHOW_PLAIN },
		{ "category", { { "类别", "category" } }, SHOW_PLAIN },
		{ "population", { { "人数", "population" } }, SHOW_COUNT },
		{ "source", { { "出处", "source" } }, SHOW_PLAIN },
		{ "date", { { "日期", "date" } }, SHOW_PLAIN },
		{ "area", { { "范围", "area" } }, SHOW_PLAIN },
		{ "placeholder", { { "占位", "placeholder" } }, SHOW_PLAIN },
		{ "simulated", { { "模拟", "simulated" } }, SHOW_PLAIN },
	};

	show_table(out, said, column, sizeof(column) / sizeof(column[0]));
}

static const struct args_option none[] = { { .name = NULL } };
static const struct args_option import_options[] = {
	ROWS_ENCODING_OPTION,
	{ .name = NULL }
};

const struct command cmd_margins[] = {
	{ .name = "import",
		.help = { {
			"导入人口边际（CSV），取代原有的",
			"import population margins (CSV), replacing the old ones" } },
		.operands = "FILE.csv", .least = 1, .most = 1, .need = CLI_WRITE,
		.option = import_options, .run = run_import, .show = show_import,
		.more = { {
			"列：variable、category、population（必有）、"
				"source、date、area、placeholder。\n"
				"标为占位的边际不能用来发布加权数字。",
			"Columns: variable, category, population (required),"
				" source, date, area, placeholder.\n"
				"No weighted figure is published from a placeholder margin." } } },
	{ .name = "list",
		.help = { { "列出人口边际", "list population margins" } },
		.operands = "", .need = CLI_READ, .option = none, .run = run_list,
		.show = show_list },
	{ .name = NULL }
};
