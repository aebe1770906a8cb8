/* manyi backup: a checked copy of the database while others write. */
#include <sys/stat.h>

#include "cli/cli.h"
#include "db/db.h"

static int
run_backup(struct cli *cli, struct err *err)
{
	const char *path = cli_operand(cli, 0);
	struct stat st;

	if (db_backup(cli->db, path, err) != 0)
		return -1;
	if (stat(path, &st) != 0)
		return err_set_errno(err, ERR_IO, "看不到 %s", "cannot see %s", path);
	cli->said = json_pack("{s:s, s:I}", "file", path, "bytes", (json_int_t)st.st_size);
	return 0;
}

static const struct args_option none[] = { { .name = NULL } };

const struct command cmd_backup[] = {
	{ .name = "",
		.help = { {
			"在线备份到新文件并检查完整性",
			"copy to a new file while running, and check it" } },
		.operands = "NEWFILE", .least = 1, .most = 1, .need = CLI_READ, .option = none,
		.run = run_backup },
	{ .name = NULL }
};
