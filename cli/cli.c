/* What every command may ask of its run. */
#include "cli/cli.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/utf8.h"

const char *
cli_operand(const struct cli *cli, size_t i)
{
	return i < cli->args.operands ? cli->args.operand[i] : NULL;
}

static bool
is_text(const char *name)
{
	return name != NULL && *name != '\0' && utf8_valid(name, strlen(name)) == strlen(name);
}

const char *
cli_account(void)
{
	const struct passwd *account = getpwuid(getuid());
	static char number[24];

	if (account != NULL && is_text(account->pw_name))
		return account->pw_name;
	snprintf(number, sizeof(number), "uid %lu", (unsigned long)getuid());
	return number;
}

const char *
cli_who(void)
{
	const char *sudo = getenv("SUDO_USER");

	return is_text(sudo) ? sudo : cli_account();
}

const char *
cli_key_path(const char *db_path, struct pool *pool)
{
	const char *slash = strrchr(db_path, '/');

	if (slash == NULL)
		return "ledger.key";
	return file_join(pool,
		pool_strndup(pool, db_path, (size_t)(slash - db_path + (slash == db_path))),
		"ledger.key");
}

int
cli_readable(const char *path, struct err *err)
{
	if (strcmp(path, "-") == 0 || access(path, R_OK) == 0)
		return 0;
	return err_set_errno(err, ERR_IO, "读不了 %s", "cannot read %s", path);
}
