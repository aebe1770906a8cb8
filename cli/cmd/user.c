/* manyi user: who may log in, and with which one-time password at first. */
#include <string.h>

#include "base/utf8.h"
#include "cli/cli.h"
#include "cli/show.h"
#include "cli/cmd/users.h"
#include "db/people.h"
#include "ledger/secret.h"
#include "track/programme/programme.h"
#include "view/fact.h"

static int
role_of(enum role *role, const char *name, struct err *err)
{
	struct text all = TEXT_INIT;

	if (role_parse(role, name) == 0)
		return 0;
	for (int r = 0; r < ROLE_MAX; r++)
		text_fmt(&all, "%s%s", r > 0 ? " " : "", role_name((enum role)r));
	err_set(err, ERR_USAGE, "没有“%s”这个角色；可用：%s",
		"there is no role \"%s\"; there are: %s", name, text_str(&all));
	text_clear(&all);
	return -1;
}

/* A login name is typed often: short, and nothing that looks like something else. */
static int
name_good(const char *name, struct err *err)
{
	size_t n = strlen(name);

	if (n == 0 || n > 32 || strspn(name,
			"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") != n)
		return err_set(err, ERR_USAGE, "用户名用 1–32 个字母、数字、点、横线，不是“%s”",
			"a user name is 1 to 32 letters, digits, dots or dashes, not \"%s\"", name);
	return 0;
}

/* The programme names this department, so that its page is not empty. */
static int
department_exists(struct db *db, const char *department, struct pool *pool, struct err *err)
{
	const struct programme *p = programme_in_force(db, pool, err);

	if (p == NULL)
		return -1;
	if (programme_department(p, department) != NULL)
		return 0;
	return err_set(err, ERR_MISSING, "指标表里没有“%s”这个部门；写法见 manyi track departments",
		"no row names a department \"%s\"; manyi track departments"
		" shows how they are written", department);
}

int
users_add(struct db *db, const char *name, enum role role, const char *department,
	char password[SECRET_PASSWORD_N + 1], struct err *err)
{
	char hash[SECRET_HASH_N];
	struct user user = { .name = name, .role = role, .department = department, .password = hash,
		.must_change = true, .active = true };

	secret_password(password);
	if (secret_password_hash(hash, password) != 0)
		return err_set(err, ERR_SYSTEM, "内存不足，不能加密密码",
			"out of memory for the password");
	return db_put_user(db, &user, err);
}

static int
run_add(struct cli *cli, struct err *err)
{
	const struct args *a = &cli->args;
	const char *name = args_value(a, "name"), *department = args_value(a, "department");
	char password[SECRET_PASSWORD_N + 1];
	enum role role;

	if (name_good(name, err) != 0 || role_of(&role, args_value(a, "role"), err) != 0)
		return -1;
	if ((role == ROLE_DEPARTMENT) != (department != NULL))
		return err_set(err, ERR_USAGE,
			"角色 department 要用 --department 写明部门，其他角色不用",
			"the role department needs --department, and only that role");
	if (department != NULL && department_exists(cli->db, department, &cli->pool, err) != 0)
		return -1;
	if (department == NULL)
		department = "";
	if (users_add(cli->db, name, role, department, password, err) != 0)
		return -1;
	cli->said = json_pack("{s:s, s:s, s:s, s:s, s:b}", "name", name, "role", role_name(role),
		"department", department, "password", password, "must_change", 1);
	return 0;
}

int
users_reset(struct db *db, const char *name, char password[SECRET_PASSWORD_N + 1],
	struct pool *pool, struct err *err)
{
	char hash[SECRET_HASH_N];
	struct user user;

	if (db_get_user(db, &user, name, pool, err) != 0)
		return -1;
	secret_password(password);
	if (secret_password_hash(hash, password) != 0)
		return err_set(err, ERR_SYSTEM, "内存不足，不能加密密码",
			"out of memory for the password");
	return db_set_password(db, user.id, hash, true, err);
}

static int
run_reset(struct cli *cli, struct err *err)
{
	char password[SECRET_PASSWORD_N + 1];

	if (users_reset(cli->db, cli_operand(cli, 0), password, &cli->pool, err) != 0)
		return -1;
	cli->said = json_pack("{s:s, s:s, s:b}", "name", cli_operand(cli, 0), "password", password,
		"must_change", 1);
	return 0;
}

static void
show_password(struct text *out, const json_t *said)
{
	show_line(out, "用户 %s 的一次性密码：%s", "One-time password of %s: %s",
		show_string(said, "name"), show_string(said, "password"));
	show_line(out, "只显示这一次；首次登录必须更换。",
		"It is shown once, and must be changed at the first login.");
}

static int
set_active(struct cli *cli, bool active, struct err *err)
{
	struct user user;

	if (db_get_user(cli->db, &user, cli_operand(cli, 0), &cli->pool, err) != 0 ||
			db_set_user_active(cli->db, user.id, active, err) != 0)
		return -1;
	cli->said = json_pack("{s:s, s:b}", "name", user.name, "active", active);
	return 0;
}

static int
run_disable(struct cli *cli, struct err *err)
{
	return set_active(cli, false, err);
}

static int
run_enable(struct cli *cli, struct err *err)
{
	return set_active(cli, true, err);
}

static int
run_list(struct cli *cli, struct err *err)
{
	struct user *user;
	size_t n;

	if (db_list_users(cli->db, &user, &n, &cli->pool, err) != 0)
		return -1;
	cli->said = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(cli->said, json_pack("{s:s, s:s, s:s, s:b, s:b}",
			"name", user[i].name, "role", role_name(user[i].role),
			"department", user[i].department, "active", user[i].active,
			"must_change", user[i].must_change));
	return 0;
}

/* As the pages call them, with the word that `user add --role` takes. */
static struct words
role_words(const char *name)
{
	static const struct words words[] = {
		{ { "系统管理员（admin）", "admin" } }, { { "分析员（analyst）", "analyst" } },
		{ { "领导小组办公室（official）", "official" } },
		{ { "牵头、配合单位（department）", "department" } },
		{ { "审计员（auditor）", "auditor" } },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i].in[LANG_EN], name) == 0)
			return words[i];
	return (struct words){ { name, name } };
}

static void
show_list(struct text *out, const json_t *said)
{
	static const struct show_column column[] = {
		{ "name", { { "用户", "user" } }, SHOW_PLAIN },
		{ "role_words", { { "角色", "role" } }, SHOW_WORDS },
		{ "department", { { "部门", "department" } }, SHOW_PLAIN },
		{ "active", { { "启用", "active" } }, SHOW_PLAIN },
		{ "must_change", { { "待改密码", "must change" } }, SHOW_PLAIN },
	};

	json_t *user;
	size_t i;

	json_array_foreach((json_t *)said, i, user) {
		struct words w = role_words(show_string(user, "role"));

		json_object_set_new(user, "role_words", fact_words(&w));
	}
	show_table(out, said, column, sizeof(column) / sizeof(column[0]));
}

static const struct args_option none[] = { { .name = NULL } };
static const struct args_option add_options[] = {
	{ .name = "name", .value = "NAME", .required = true,
		.help = { { "用户名", "login name" } } },
	{ .name = "role", .value = "ROLE", .required = true,
		.help = { { "admin analyst official department auditor",
		"admin analyst official department auditor" } } },
	{ .name = "department", .value = "NAME",
		.help = { { "角色 department 所属部门", "which department, for that role" } } },
	{ .name = NULL }
};

const struct command cmd_user[] = {
	{ .name = "add",
		.help = { {
			"增加用户，打印一次性密码", "add a user; prints a one-time password" } },
		.operands = "", .need = CLI_WRITE, .option = add_options, .run = run_add,
		.show = show_password },
	{ .name = "list",
		.help = { { "列出用户", "list users" } },
		.operands = "", .need = CLI_READ, .option = none, .run = run_list,
		.show = show_list },
	{ .name = "reset",
		.help = { {
			"重设密码，打印一次性密码", "reset a password; prints a one-time one" } },
		.operands = "NAME", .least = 1, .most = 1, .need = CLI_WRITE, .option = none,
		.run = run_reset, .show = show_password },
	{ .name = "disable",
		.help = { { "停用用户，结束其登录", "disable a user and end the sessions" } },
		.operands = "NAME", .least = 1, .most = 1, .need = CLI_WRITE, .option = none,
		.run = run_disable },
	{ .name = "enable", .help = { { "恢复用户", "enable a user again" } },
		.operands = "NAME", .least = 1, .most = 1, .need = CLI_WRITE, .option = none,
		.run = run_enable },
	{ .name = NULL }
};
