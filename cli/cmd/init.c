/* manyi init: a fresh installation's database and key. */
#include <errno.h>
#include <unistd.h>

#include "cli/city.h"
#include "cli/cli.h"
#include "db/db.h"

static int
put_settings(struct db *db, const struct args *a, struct err *err)
{
	const char *city = args_value(a, "city"), *url = args_value(a, "base-url");

	if (city != NULL && db_set_setting(db, "city", city, err) != 0)
		return -1;
	return db_set_setting(db, "base_url", url != NULL ? url : "http://127.0.0.1:8080", err);
}

/* Everything is made under another name and takes its own only when it is whole. */
static int
make_database(struct cli *cli, const char *draft, struct err *err)
{
	struct db *db = city_create(draft, err);
	int rc;

	if (db == NULL)
		return -1;
	rc = put_settings(db, &cli->args, err);
	db_close(db);
	if (rc == 0 && link(draft, cli->db_path) != 0)
		rc = errno == EEXIST ? err_set(err, ERR_CONFLICT, "%s 已经存在，没有改动它",
			"%s exists already and was left alone", cli->db_path) :
			err_set_errno(err, ERR_IO, "不能建立 %s", "cannot make %s", cli->db_path);
	city_remove(draft);
	return rc;
}

static int
run_init(struct cli *cli, struct err *err)
{
	const char *draft = pool_fmt(&cli->pool, "%s.new-%ld", cli->db_path, (long)getpid());
	const char *key = cli_key_path(cli->db_path, &cli->pool);
	bool made;

	if (access(cli->db_path, F_OK) == 0)
		return err_set(err, ERR_CONFLICT, "%s 已经存在，没有改动它",
			"%s exists already and was left alone", cli->db_path);
	if (city_key(key, &made, err) != 0)
		return -1;
	if (make_database(cli, draft, err) != 0) {
		if (made) {
			(void)unlink(key);
			(void)unlink(pool_fmt(&cli->pool, "%s.pub", key));
		}
		return -1;
	}
	cli->said = json_pack("{s:s, s:s, s:b}", "db", cli->db_path, "key", key, "key_made", made);
	return 0;
}

static const struct args_option options[] = {
	{ .name = "city", .value = "NAME", .help = { { "城市名称", "name of the city" } } },
	{ .name = "base-url", .value = "URL",
		.help = { { "居民看到的网址", "the address residents see" } } },
	{ .name = NULL }
};

const struct command cmd_init[] = {
	{ .name = "", .help = { { "新建数据库：内置问卷、任务表、存证密钥",
		"make a database with the questionnaires, the programme and the ledger's key" } },
		.operands = "", .need = CLI_PATH, .option = options, .run = run_init },
	{ .name = NULL }
};
