/* manyi config: the settings of an installation. */
#include <string.h>

#include "base/date.h"
#include "base/name.h"
#include "cli/cli.h"
#include "cli/show.h"
#include "db/db.h"
#include "view/paper/poster.h"

/* A setting a person may change; demo is set by the demo city alone. */
struct setting {
	const char *name;
	struct words help;
};

static const struct setting settings[] = {
	{ "city", { { "城市名称", "name of the city" } } },
	{ "base_url",
		{ { "居民看到的网址，二维码用它", "address residents see; QR codes carry it" } } },
	{ "table_number", { { "表号", "form number (statutory)" } } },
	{ "agency", { { "制定机关", "set by (statutory)" } } },
	{ "approval", { { "批准或备案文号", "approval (statutory)" } } },
	{ "valid_until", { { "有效期至", "valid until (statutory)" } } },
	{ "processor", { { "个人信息处理者", "who processes the data" } } },
	{ "contact", { { "联系电话", "telephone" } } },
	{ "demo", { { "演示数据", "simulated data" } } },
};
enum { SETTINGS = sizeof(settings) / sizeof(settings[0]) };

static const char *
setting_name(size_t i, const void *ctx)
{
	(void)ctx;
	return i < SETTINGS ? settings[i].name : NULL;
}

static int
known(const char *name, struct err *err)
{
	const char *near;

	for (size_t i = 0; i < SETTINGS; i++)
		if (strcmp(settings[i].name, name) == 0)
			return 0;
	near = args_nearest(name, setting_name, NULL);
	if (near != NULL)
		return err_set(err, ERR_USAGE, "没有“%s”这个设置；是不是“%s”？",
			"there is no setting \"%s\"; did you mean \"%s\"?", name, near);
	return err_set(err, ERR_USAGE, "没有“%s”这个设置；运行 manyi config list 看有哪些",
		"there is no setting \"%s\"; see manyi config list", name);
}

static const struct setting *
setting_help(const char *name)
{
	size_t i = 0;

	while (i < SETTINGS - 1 && strcmp(settings[i].name, name) != 0)
		i++;
	return &settings[i];
}

static int
run_get(struct cli *cli, struct err *err)
{
	const char *name = cli_operand(cli, 0), *value;

	if (known(name, err) != 0)
		return -1;
	value = db_setting(cli->db, name, &cli->pool);
	cli->said = json_pack("{s:s, s:s?}", "name", name, "value", value);
	return value != NULL ? 0 : 1;
}

static void
show_get(struct text *out, const json_t *said)
{
	show_line(out, "%s", "%s", show_string(said, "value"));
}

static int
run_set(struct cli *cli, struct err *err)
{
	const char *name = cli_operand(cli, 0), *value = cli_operand(cli, 1);
	struct text url = TEXT_INIT;
	int64_t minute;
	int rc;

	if (known(name, err) != 0)
		return -1;
	if (strcmp(name, "demo") == 0)
		return err_set(err, ERR_DENIED, "“demo”由 manyi demo 标记，不能改",
			"\"demo\" marks a simulated city and cannot be changed");
	/* An address that a QR code cannot carry is better refused here than on the wall. */
	if (strcmp(name, "valid_until") == 0 && value[0] != '\0' && date_parse(value, &minute) != 0)
		return err_set(err, ERR_USAGE, "valid_until 应写成 2026-12-31 这样的日期，不是“%s”",
			"valid_until is a day as 2026-12-31, not \"%s\"", value);
	rc = strcmp(name, "base_url") == 0 ? poster_url(&url, value, "000000", err) : 0;
	text_clear(&url);
	if (rc == 0)
		rc = name_check_or_none(&setting_help(name)->help, value,
			strcmp(name, "city") == 0 ? NAME_CITY : NAME_LINE, err);
	if (rc != 0 || db_set_setting(cli->db, name, value, err) != 0)
		return -1;
	cli->said = json_pack("{s:s, s:s}", "name", name, "value", value);
	return 0;
}

static int
run_list(struct cli *cli, struct err *err)
{
	(void)err;
	cli->said = json_object();
	for (size_t i = 0; i < SETTINGS; i++) {
		const char *value = db_setting(cli->db, settings[i].name, &cli->pool);

		json_object_set_new(cli->said, settings[i].name,
			value != NULL ? json_string(value) : json_null());
	}
	return 0;
}

static void
show_list(struct text *out, const json_t *said)
{
	static const struct show_column column[] = {
		{ "name", { { "设置", "setting" } }, SHOW_PLAIN },
		{ "help", { { "含义", "meaning" } }, SHOW_PLAIN },
		{ "value", { { "值", "value" } }, SHOW_PLAIN },
	};
	json_t *rows = json_array();

	for (size_t i = 0; i < SETTINGS; i++)
		json_array_append_new(rows, json_pack("{s:s, s:s, s:s}", "name", settings[i].name,
			"help", settings[i].help.in[lang_get()], "value",
			show_string(said, settings[i].name)));
	show_table(out, rows, column, sizeof(column) / sizeof(column[0]));
	json_decref(rows);
}

static const struct args_option none[] = { { .name = NULL } };

const struct command cmd_config[] = {
	{ .name = "get", .help = { { "读一个设置", "print one setting" } },
		.operands = "NAME", .least = 1, .most = 1, .need = CLI_READ, .option = none,
		.run = run_get, .show = show_get },
	{ .name = "set", .help = { { "改一个设置", "change a setting" } },
		.operands = "NAME VALUE", .least = 2, .most = 2, .need = CLI_WRITE, .option = none,
		.run = run_set },
	{ .name = "list",
		.help = { { "列出全部设置", "list all settings" } },
		.operands = "", .need = CLI_READ, .option = none, .run = run_list,
		.show = show_list },
	{ .name = NULL }
};
