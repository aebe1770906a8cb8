/* Words are taken in three passes: options of every command, the command's
 * name, its own arguments. */
#include "cli/parse.h"

#include <stdio.h>
#include <string.h>

#include "base/lang.h"
#include "base/utf8.h"

const struct args_option cli_global[GLOBAL_MAX + 1] = {
	[GLOBAL_DB] = { .name = "db", .value = "PATH", .help = { {
		"数据库文件，默认取环境变量 MANYI_DB", "database file; default: MANYI_DB" } } },
	[GLOBAL_JSON] = { .name = "json",
		.help = { { "只输出一份 JSON", "print one JSON document and nothing else" } } },
	[GLOBAL_LANG] = { .name = "lang", .value = "zh|en",
		.help = { { "提示语言，默认取 MANYI_LANG 或系统语言",
		"language of messages; default: MANYI_LANG or the locale" } } },
	[GLOBAL_HELP] = { .name = "help", .letter = 'h',
		.help = { { "显示帮助", "show help" } } },
	[GLOBAL_VERSION] = { .name = "version", .letter = 'V',
		.help = { { "显示版本", "show the version" } } },
};

const struct topic *
parse_topic(const char *word)
{
	for (const struct topic *t = cli_topics; t->name != NULL; t++)
		if (strcmp(t->name, word) == 0)
			return t;
	return NULL;
}

/* How many of the words a command's name takes; 0: it is another command ("" takes
 * none and always fits). */
static size_t
name_fits(const char *name, const char *const word[], size_t words, bool *fits)
{
	size_t n = 0;

	*fits = true;
	while (*name != '\0' && *fits) {
		size_t len = strcspn(name, " ");

		*fits = n < words && strlen(word[n]) == len && memcmp(word[n], name, len) == 0;
		n++;
		name += len + strspn(name + len, " ");
	}
	return n;
}

const struct command *
parse_command(const struct topic *topic, const char *const word[], size_t words, size_t *took)
{
	const struct command *found = NULL;

	*took = 0;
	for (const struct command *c = topic->command; c->name != NULL; c++) {
		bool fits;
		size_t n = name_fits(c->name, word, words, &fits);

		if (fits && (found == NULL || n > *took)) {
			found = c;
			*took = n;
		}
	}
	return found;
}

static const char *
topic_word(size_t i, const void *ctx)
{
	(void)ctx;
	return cli_topics[i].name;
}

static const char *
command_word(size_t i, const void *ctx)
{
	const struct topic *t = ctx;

	return t->command[i].name;
}

static int
unknown(struct err *err, const char *typed, const char *near, const char *help)
{
	if (near != NULL && *near != '\0')
		return err_set(err, ERR_USAGE, "没有“%s”这个命令；是不是“%s”？",
			"there is no command \"%s\"; did you mean \"%s\"?", typed, near);
	return err_set(err, ERR_USAGE, "没有“%s”这个命令；运行 %s 看有哪些",
		"there is no command \"%s\"; see %s", typed, help);
}

/* Candidates for a mistyped option: the command's own, then everyone's. */
static const char *
option_word(size_t i, const void *ctx)
{
	const struct args_option *own = ctx;
	size_t n = 0;

	for (; own != NULL && own[n].name != NULL; n++)
		if (n == i)
			return own[n].name;
	return i - n < GLOBAL_MAX ? cli_global[i - n].name : NULL;
}

static int
unknown_option(struct err *err, const char *typed, const struct args_option *own)
{
	char name[64];
	const char *near;
	size_t n = strcspn(typed + strspn(typed, "-"), "=");

	if (n >= sizeof(name))
		n = sizeof(name) - 1;
	memcpy(name, typed + strspn(typed, "-"), n);
	name[n] = '\0';
	near = args_nearest(name, option_word, own);
	if (near != NULL)
		return err_set(err, ERR_USAGE, "没有“%s”这个选项；是不是“--%s”？",
			"there is no option \"%s\"; did you mean \"--%s\"?", typed, near);
	return err_set(err, ERR_USAGE, "没有“%s”这个选项；加 --help 看有哪些",
		"there is no option \"%s\"; add --help to see them", typed);
}

/* Options of every command go to parsed->global, the other words to rest.
 * Returns how many, or -1. */
static int
take_globals(struct parsed *parsed, int argc, char *const argv[], const char **rest,
	struct err *err)
{
	const char *const *word = (const char *const *)argv;
	int n = 0, rc = 0;

	for (int i = 1; i < argc; i++) {
		int took = 0;

		if (strcmp(argv[i], "--") == 0) {
			for (; i < argc; i++)
				rest[n++] = argv[i];
			break;
		}
		took = args_step(cli_global, parsed->global, word + i, (size_t)(argc - i), err);
		if (took < 0)
			rc = -1;
		else if (took == 0)
			rest[n++] = argv[i];
		else
			i += took - 1;
	}
	return rc != 0 ? -1 : n;
}

static int
take_operand(struct args *args, const struct command *command, const char *word, struct err *err)
{
	if (args->operands >= command->most || args->operands >= ARGS_OPERANDS_MAX)
		return err_set(err, ERR_USAGE, "多了一个参数“%s”",
			"one argument too many: \"%s\"", word);
	args->operand[args->operands++] = word;
	return 0;
}

static int
take_arguments(struct args *args, const struct command *command, const char *const word[],
	size_t words, struct err *err)
{
	bool options = true;

	for (size_t i = 0; i < words; i++) {
		int took = 0;

		if (options && strcmp(word[i], "--") == 0) {
			options = false;
			continue;
		}
		if (options)
			took = args_step(command->option, args->value, word + i, words - i, err);
		if (took < 0)
			return -1;
		if (took > 0)
			i += (size_t)took - 1;
		else if (options && word[i][0] == '-' && word[i][1] != '\0')
			return unknown_option(err, word[i], command->option);
		else if (take_operand(args, command, word[i], err) != 0)
			return -1;
	}
	return 0;
}

static int
nothing_missing(const struct parsed *parsed, struct err *err)
{
	const struct command *c = parsed->command;

	for (size_t i = 0; c->option[i].name != NULL; i++)
		if (c->option[i].required && parsed->args.value[i] == NULL)
			return err_set(err, ERR_USAGE, "缺少 --%s %s（%s）",
				"--%s %s is missing (%s)", c->option[i].name, c->option[i].value,
				c->option[i].help.in[lang_get()]);
	if (parsed->args.operands < c->least)
		return err_set(err, ERR_USAGE, "缺少参数；用法：manyi %s%s%s %s",
			"an argument is missing; usage: manyi %s%s%s %s", parsed->topic->name,
			*c->name != '\0' ? " " : "", c->name, c->operands);
	return 0;
}

static int
find_command(struct parsed *parsed, const char *const word[], size_t words, size_t *took,
	struct err *err)
{
	const struct topic *t = parsed->topic;
	char help[64];

	parsed->command = parse_command(t, word, words, took);
	if (parsed->command != NULL || parsed->global[GLOBAL_HELP] != NULL)
		return 0;
	snprintf(help, sizeof(help), "manyi %s --help", t->name);
	if (words == 0 || word[0][0] == '-')
		return err_set(err, ERR_USAGE, "“manyi %s”后面还要说做什么；运行 %s 看有哪些",
			"\"manyi %s\" needs one more word; see %s", t->name, help);
	return unknown(err, word[0], args_nearest(word[0], command_word, t), help);
}

int
parse_word(const char *name, const char *word, struct err *err)
{
	size_t n = strlen(word);

	if (utf8_valid(word, n) != n)
		return err_set(err, ERR_USAGE,
			"%s 不是 UTF-8 文字：%s；终端若是 GBK 编码，请改成 UTF-8 再输入",
			"%s is not UTF-8: %s; where the terminal is set to GBK,"
			" set it to UTF-8 and type it again", name, word);
	for (const char *p = word; *p != '\0'; p++)
		if (((unsigned char)*p < 0x20 && *p != '\n' && *p != '\t') || *p == 0x7f)
			return err_set(err, ERR_USAGE,
				"%s 里有控制字符（字节 0x%02x）；请删去后重输",
				"%s holds a control character (byte 0x%02x);"
				" remove it and type it again", name, (unsigned char)*p);
	return 0;
}

/* Every word at once and before anything is done with one: what is not text is no name,
 * no number and no path. */
static int
all_words(int argc, char *const argv[], struct err *err)
{
	char name[64];

	for (int i = 1; i < argc; i++) {
		snprintf(name, sizeof(name), LANG_PICK("第 %d 个参数", "argument %d"), i);
		if (parse_word(name, argv[i], err) != 0)
			return -1;
	}
	return 0;
}

int
parse_line(struct parsed *parsed, int argc, char *const argv[], struct pool *pool, struct err *err)
{
	const char **rest = pool_array(pool, (size_t)argc + 1, sizeof(*rest));
	size_t took, words;
	int n;

	*parsed = (struct parsed){ .args = { .operands = 0 } };
	if (all_words(argc, argv, err) != 0)
		return -1;
	n = take_globals(parsed, argc, argv, rest, err);
	if (n < 0)
		return -1;
	words = (size_t)n;
	if (words == 0)
		return 0;
	if (rest[0][0] == '-')
		return unknown_option(err, rest[0], NULL);
	parsed->topic = parse_topic(rest[0]);
	if (parsed->topic == NULL)
		return unknown(err, rest[0], args_nearest(rest[0], topic_word, NULL),
			"manyi --help");
	if (find_command(parsed, rest + 1, words - 1, &took, err) != 0)
		return -1;
	if (parsed->command == NULL || parsed->global[GLOBAL_HELP] != NULL)
		return 0;
	parsed->args.option = parsed->command->option;
	if (take_arguments(&parsed->args, parsed->command, rest + 1 + took,
			words - 1 - took, err) != 0)
		return -1;
	return nothing_missing(parsed, err);
}
