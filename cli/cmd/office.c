/* The settings that are printed. */
#include "cli/cmd/office.h"

#include <string.h>

static const char *
setting_or(struct cli *cli, const char *name, const char *otherwise)
{
	const char *s = db_setting(cli->db, name, &cli->pool);

	return s != NULL ? s : otherwise;
}

struct office
office_load(struct cli *cli)
{
	return (struct office){
		.city = setting_or(cli, "city", ""),
		.base_url = setting_or(cli, "base_url", "http://127.0.0.1:8080"),
		.agency = setting_or(cli, "agency", ""),
		.table_number = setting_or(cli, "table_number", ""),
		.approval = setting_or(cli, "approval", ""),
		.valid_until = setting_or(cli, "valid_until", ""),
		.demo = strcmp(setting_or(cli, "demo", ""), "1") == 0,
	};
}
