/* manyi version, manyi help. */
#include <string.h>

#include "cli/cli.h"
#include "cli/help.h"
#include "cli/parse.h"
#include "cli/show.h"

static int
run_version(struct cli *cli, struct err *err)
{
	(void)err;
	cli->said = json_pack("{s:s, s:s, s:s}", "name", PACKAGE_NAME, "version", PACKAGE_VERSION,
		"licence", "GPL-3.0-or-later");
	return 0;
}

static void
show_version(struct text *out, const json_t *said)
{
	text_fmt(out, "%s %s\n", show_string(said, "name"), show_string(said, "version"));
}

static const struct args_option none[] = { { .name = NULL } };

const struct command cmd_version[] = {
	{ .name = "", .help = { { "程序版本", "the program's version" } },
		.operands = "", .need = CLI_ALONE, .option = none, .run = run_version,
		.show = show_version },
	{ .name = NULL }
};

/* The word of a command's name that follows the words so far; NULL if they lead elsewhere. */
static const char *
word_after(const char *name, const char *const word[], size_t words, size_t *n)
{
	for (size_t i = 0; i < words; i++) {
		*n = strcspn(name, " ");
		if (strlen(word[i]) != *n || memcmp(word[i], name, *n) != 0)
			return NULL;
		name += *n + (name[*n] == ' ');
	}
	*n = strcspn(name, " ");
	return *n > 0 ? name : NULL;
}

static void
next_commands(struct text *out, const struct topic *t, const char *const word[], size_t words)
{
	const char *last = "";
	size_t n, last_n = 0;

	for (const struct command *c = t->command; c->name != NULL; c++) {
		const char *next = word_after(c->name, word, words, &n);

		if (next == NULL || (n == last_n && memcmp(next, last, n) == 0))
			continue;
		text_fmt(out, "%.*s\n", (int)n, next);
		last = next;
		last_n = n;
	}
}

/* What may follow the words so far, one a line: what the shell's completion asks. */
static void
next_words(struct text *out, const struct topic *t, const struct command *c,
	const char *const word[], size_t words)
{
	if (t == NULL)
		for (t = cli_topics; t->name != NULL; t++)
			text_fmt(out, "%s\n", t->name);
	else if (c == NULL)
		next_commands(out, t, word, words);
	else
		for (const struct args_option *o = c->option; o->name != NULL; o++)
			if (!o->hidden)
				text_fmt(out, "--%s%s\n", o->name, o->value != NULL ? "=" : "");
	for (const struct args_option *o = cli_global; o->name != NULL; o++)
		text_fmt(out, "--%s%s\n", o->name, o->value != NULL ? "=" : "");
}

static int
run_help(struct cli *cli, struct err *err)
{
	const struct args *a = &cli->args;
	const struct topic *t = NULL;
	const struct command *c = NULL;
	struct text page = TEXT_INIT;
	size_t took;

	if (a->operands > 0) {
		t = parse_topic(a->operand[0]);
		if (t == NULL)
			return err_set(err, ERR_USAGE,
				"没有“%s”这个命令；运行 manyi --help 看有哪些",
				"there is no command \"%s\"; see manyi --help", a->operand[0]);
		c = parse_command(t, a->operand + 1, a->operands - 1, &took);
	}
	if (args_on(a, "words"))
		next_words(&page, t, c, a->operand + 1, a->operands > 0 ? a->operands - 1 : 0);
	else
		help_text(&page, t, c);
	cli->said = json_pack("{s:s}", "help", text_str(&page));
	if (t == NULL)
		json_object_set_new(cli->said, "commands", help_table());
	text_clear(&page);
	return 0;
}

static void
show_help(struct text *out, const json_t *said)
{
	text_puts(out, show_string(said, "help"));
}

static const struct args_option help_options[] = {
	{ .name = "words", .hidden = true,
		.help = { { "供命令行补全用", "for the shell's completion" } } },
	{ .name = NULL }
};

const struct command cmd_help[] = {
	{ .name = "", .help = { { "解释一条命令", "explain a command" } },
		.operands = "[COMMAND...]", .most = ARGS_OPERANDS_MAX, .need = CLI_ALONE,
		.option = help_options, .run = run_help, .show = show_help },
	{ .name = NULL }
};
