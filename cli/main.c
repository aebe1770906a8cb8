/* manyi: one command line in, one answer out, one exit code. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "cli/cli.h"
#include "cli/help.h"
#include "cli/parse.h"
#include "cli/show.h"
#include "db/people.h"

/* What an error means to a script: 1 the answer is no, 2 usage, 3 the world failed. */
static const int exit_codes[ERR_MAX] = {
	[ERR_NONE] = 0,
	[ERR_USAGE] = 2,
	[ERR_INPUT] = 1,
	[ERR_MISSING] = 1,
	[ERR_CONFLICT] = 1,
	[ERR_DENIED] = 1,
	[ERR_REFUSED] = 1,
	[ERR_IO] = 3,
	[ERR_FULL] = 3,
	[ERR_BUSY] = 3,
	[ERR_VERSION] = 3,
	[ERR_DB] = 3,
	[ERR_SYSTEM] = 3,
};

static json_t *
error_json(const struct err *err)
{
	return json_pack("{s:{s:s, s:s}}", "error", "code", err_name(err->code),
		"message", err->text);
}

/* Everything a command says leaves here, so that a full disk or a closed pipe is noticed. */
static int
say(const struct text *out, struct err *err)
{
	if (out->n > 0)
		fwrite(out->s, 1, out->n, stdout);
	if (fflush(stdout) != 0 || ferror(stdout))
		return err_set_errno(err, ERR_IO, "标准输出写不进去",
			"cannot write to standard output");
	return 0;
}

static void
say_error(const struct err *err, bool json)
{
	struct text out = TEXT_INIT;
	struct err failed = { .code = ERR_NONE };
	json_t *value;

	if (json) {
		value = error_json(err);
		json_put(&out, value, 0);
		json_decref(value);
		if (say(&out, &failed) == 0) {
			text_clear(&out);
			return;
		}
	}
	text_clear(&out);
	fprintf(stderr, LANG_PICK("manyi：%s\n", "manyi: %s\n"), err->text);
}

/* For writing where that is possible; a copy that is only read says all the
 * same, and keeps nothing. */
static struct db *
open_kept(const char *path, struct err *err)
{
	struct err denied = { .code = ERR_NONE };
	struct db *db = db_open(path, DB_WRITE, &denied);

	if (db == NULL && (denied.code == ERR_DENIED || denied.code == ERR_IO))
		return db_open(path, DB_READ, err);
	if (db == NULL)
		*err = denied;
	return db;
}

static int
open_db(struct cli *cli, struct err *err)
{
	enum cli_need need = cli->command->need;

	if (need == CLI_WAVE)
		need = args_on(&cli->args, "wave") ? CLI_KEEP : CLI_ALONE;
	if (need == CLI_ALONE)
		return 0;
	if (cli->db_path == NULL || *cli->db_path == '\0')
		return err_set(err, ERR_USAGE,
			"没有说用哪个数据库：加 --db 文件，或设环境变量 MANYI_DB",
			"no database named: add --db PATH or set MANYI_DB");
	if (need == CLI_PATH)
		return 0;
	/* A missing file is the world's fault (3), not an answer of no. */
	if (access(cli->db_path, F_OK) != 0)
		return err_set_errno(err, ERR_IO, "打不开数据库 %s；新建请运行 manyi init",
			"cannot open the database %s; manyi init makes a new one", cli->db_path);
	cli->db = need == CLI_KEEP ? open_kept(cli->db_path, err) :
		db_open(cli->db_path, need == CLI_WRITE ? DB_WRITE : DB_READ, err);
	return cli->db != NULL ? 0 : -1;
}

/* Before the command runs: what it needs is there. */
static int
prepare(struct cli *cli, struct err *err)
{
	if (open_db(cli, err) != 0) {
		cli->unready = true;
		return -1;
	}
	/* Operands called FILE are read. */
	if (strncmp(cli->command->operands, "FILE", 4) == 0)
		return cli_readable(cli_operand(cli, 0), err);
	return 0;
}

/* "form=A year=2024": what was asked, for the audit trail; commands take no secrets. */
static void
asked(struct text *out, const struct args *args)
{
	for (size_t i = 0; args->option[i].name != NULL; i++) {
		if (args->value[i] == NULL)
			continue;
		text_fmt(out, "%s%s=%s", out->n > 0 ? " " : "", args->option[i].name,
			args->value[i]);
	}
}

static int
enter_audit(struct cli *cli, struct err *err)
{
	struct text action = TEXT_INIT, detail = TEXT_INIT;
	const char *object = cli_operand(cli, 0);
	int rc;

	if ((cli->command->need != CLI_WRITE && cli->command->need != CLI_KEEP) ||
			cli->command->quiet)
		return 0;
	if (db_only_reads(cli->db)) {
		fputs(LANG_PICK("manyi：注意：这份副本只能读，这次查看没有记入审计\n",
			"manyi: note: this copy can only be read; that it was looked"
			" at is not in its audit trail\n"), stderr);
		return 0;
	}
	text_fmt(&action, "%s%s%s", cli->topic->name, *cli->command->name != '\0' ? " " : "",
		cli->command->name);
	asked(&detail, &cli->args);
	rc = db_put_audit(cli->db, date_now_minute(), cli_who(), "cli", text_str(&action),
		object != NULL ? object : "", text_str(&detail), err);
	text_clear(&action);
	text_clear(&detail);
	return rc;
}

/* A list has one entry a line: easy on the eye, on grep and on diff. */
static void
put_document(struct text *out, const json_t *said)
{
	const json_t *entry;
	size_t i;

	if (!json_is_array(said)) {
		json_put(out, said, 0);
		return;
	}
	text_putc(out, '[');
	json_array_foreach((json_t *)said, i, entry) {
		if (i > 0)
			out->s[out->n - 1] = ',';
		text_putc(out, '\n');
		json_put(out, entry, 0);
	}
	text_puts(out, "]\n");
}

static int
say_result(struct cli *cli, struct err *err)
{
	struct text out = TEXT_INIT;
	int rc;

	if (cli->said != NULL && cli->json)
		put_document(&out, cli->said);
	else if (cli->said != NULL && cli->command->show != NULL)
		cli->command->show(&out, cli->said);
	else if (cli->said != NULL)
		show_members(&out, cli->said);
	rc = say(&out, err);
	text_clear(&out);
	return rc;
}

/* Returns the answer, 0 or 1, or -1 with *err. */
static int
run(struct cli *cli, struct err *err)
{
	int rc = -1, answer;

	if (prepare(cli, err) != 0)
		goto out;
	answer = cli->command->run(cli, err);
	if (answer < 0 || (answer == 0 && enter_audit(cli, err) != 0))
		goto out;
	rc = say_result(cli, err) == 0 ? answer : -1;
out:
	db_close(cli->db);
	json_decref(cli->said);
	return rc;
}

static int
help(const struct parsed *parsed, bool json, struct err *err)
{
	struct text page = TEXT_INIT, out = TEXT_INIT;
	json_t *value;
	int rc;

	help_text(&page, parsed->topic, parsed->command);
	if (json) {
		value = json_pack("{s:s}", "help", text_str(&page));
		json_put(&out, value, 0);
		json_decref(value);
	}
	rc = say(json ? &out : &page, err);
	text_clear(&page);
	text_clear(&out);
	return rc;
}

/* --lang first, then MANYI_LANG, then the locale; a locale that says nothing is English. */
static int
choose_language(const char *asked_for, struct err *err)
{
	static const char *const names[] = { "MANYI_LANG", "LC_ALL", "LC_MESSAGES", "LANG" };
	enum lang lang = LANG_EN;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *s = getenv(names[i]);

		if (s == NULL || *s == '\0')
			continue;
		(void)lang_parse(&lang, s);
		break;
	}
	lang_set(lang);
	if (asked_for == NULL)
		return 0;
	if (lang_parse(&lang, asked_for) != 0)
		return err_set(err, ERR_USAGE, "--lang 只有 zh 和 en，没有“%s”",
			"--lang is zh or en, not \"%s\"", asked_for);
	lang_set(lang);
	return 0;
}

/* Before anything is parsed, so that a broken command line is answered in the
 * language and shape wanted. */
static bool
wanted(int argc, char *const argv[], const char *word)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strcmp(argv[i], word) == 0)
			return true;
	return false;
}

static int
work(struct parsed *parsed, struct cli *cli, struct err *err)
{
	if (parsed->global[GLOBAL_VERSION] != NULL && parsed->topic == NULL) {
		parsed->topic = parse_topic("version");
		parsed->command = parsed->topic->command;
		parsed->args.option = parsed->command->option;
	}
	if (parsed->global[GLOBAL_HELP] != NULL)
		return help(parsed, cli->json, err);
	if (parsed->topic == NULL)
		return err_set(err, ERR_USAGE, "没有说做什么；运行 manyi --help 看有哪些命令",
			"no command given; see manyi --help");
	cli->topic = parsed->topic;
	cli->command = parsed->command;
	cli->args = parsed->args;
	cli->db_path = parsed->global[GLOBAL_DB] != NULL ? parsed->global[GLOBAL_DB] :
		getenv("MANYI_DB");
	if (cli->db_path != NULL && parse_word("MANYI_DB", cli->db_path, err) != 0)
		return -1;
	return run(cli, err);
}

int
main(int argc, char *argv[])
{
	struct parsed parsed;
	struct cli cli = { .json = wanted(argc, argv, "--json") };
	struct err err = { .code = ERR_NONE };
	int rc;

	/* A file-size limit is a full disk to us: the write fails and is told. */
	signal(SIGXFSZ, SIG_IGN);
	(void)choose_language(NULL, NULL);
	rc = parse_line(&parsed, argc, argv, &cli.pool, &err);
	if (rc == 0)
		rc = choose_language(parsed.global[GLOBAL_LANG], &err);
	if (rc == 0)
		rc = work(&parsed, &cli, &err);
	if (rc < 0) {
		/* Our own fault, whatever it was: nothing is done and nothing said,
		 * and that is no success. */
		err_set(&err, ERR_SYSTEM, "程序内部出错，什么也没有做；请把这条命令告诉维护者",
			"the program failed inside and did nothing;"
			" tell its maintainers this command");
		say_error(&err, cli.json);
		/* A database that cannot be opened is the world's failure,
		 * whatever is wrong with it. */
		rc = cli.unready && err.code != ERR_USAGE ? 3 : exit_codes[err.code];
	}
	pool_clear(&cli.pool);
	return rc;
}
