/* Help: what a command does, how it is written, what its options mean. */
#include "cli/help.h"

#include "base/utf8.h"
#include "cli/parse.h"
#include "cli/show.h"

enum { OPTION_WIDTH = 26, COMMAND_WIDTH = 14 };

static void
usage_line(struct text *out, const struct topic *t, const struct command *c)
{
	text_fmt(out, "manyi %s%s%s", t->name, *c->name != '\0' ? " " : "", c->name);
	if (*c->operands != '\0')
		text_fmt(out, " %s", c->operands);
	for (const struct args_option *o = c->option; o->name != NULL; o++)
		if (o->required)
			text_fmt(out, " --%s %s", o->name, o->value);
	for (const struct args_option *o = c->option; o->name != NULL; o++) {
		if (o->required || o->hidden)
			continue;
		text_fmt(out, " [--%s%s%s]", o->name, o->value != NULL ? " " : "",
			o->value != NULL ? o->value : "");
	}
	text_putc(out, '\n');
}

static void
option_line(struct text *out, const struct args_option *o)
{
	struct text left = TEXT_INIT;

	text_puts(&left, "  ");
	if (o->letter != '\0')
		text_fmt(&left, "-%c, ", o->letter);
	text_fmt(&left, "--%s", o->name);
	if (o->value != NULL)
		text_fmt(&left, " %s", o->value);
	show_pad(out, text_str(&left), OPTION_WIDTH, false);
	text_fmt(out, " %s\n", o->help.in[lang_get()]);
	text_clear(&left);
}

static void
global_lines(struct text *out)
{
	show_line(out, "\n各命令通用：", "\nFor every command:");
	for (const struct args_option *o = cli_global; o->name != NULL; o++)
		option_line(out, o);
}

void
help_command(struct text *out, const struct topic *t, const struct command *c)
{
	bool any = false;

	text_fmt(out, "%s\n\n%s", c->help.in[lang_get()], LANG_PICK("用法：", "Usage: "));
	usage_line(out, t, c);
	if (c->more.in[lang_get()] != NULL)
		text_fmt(out, "\n%s\n", c->more.in[lang_get()]);
	for (const struct args_option *o = c->option; o->name != NULL; o++) {
		if (o->hidden)
			continue;
		if (!any)
			text_putc(out, '\n');
		any = true;
		option_line(out, o);
	}
	global_lines(out);
}

void
help_topic(struct text *out, const struct topic *t)
{
	text_fmt(out, "%s\n\n", t->help.in[lang_get()]);
	for (const struct command *c = t->command; c->name != NULL; c++) {
		text_puts(out, "  ");
		usage_line(out, t, c);
		text_fmt(out, "      %s\n", c->help.in[lang_get()]);
	}
	global_lines(out);
}

void
help_program(struct text *out)
{
	show_line(out, "满意：从居民的回答到城市满意度指标。\n\n用法：manyi 命令 [参数]\n",
		"Manyi: from what residents answer to a city's satisfaction figures.\n\n"
		"Usage: manyi COMMAND [ARGUMENTS]\n");
	for (const struct topic *t = cli_topics; t->name != NULL; t++) {
		text_puts(out, "  ");
		show_pad(out, t->name, COMMAND_WIDTH, false);
		text_fmt(out, "%s\n", t->help.in[lang_get()]);
	}
	global_lines(out);
	show_line(out,
		"\nmanyi help 命令 看一条命令的用法。退出码：0 是，1 否，2 用法错，3 环境出错。",
		"\n\"manyi help COMMAND\" explains one command. "
		"Exit: 0 yes, 1 the answer is no, 2 usage, 3 the world failed.");
}

void
help_text(struct text *out, const struct topic *t, const struct command *c)
{
	if (t == NULL)
		help_program(out);
	else if (c == NULL && t->command[1].name != NULL)
		help_topic(out, t);
	else
		help_command(out, t, c != NULL ? c : t->command);
}

static json_t *
options_json(const struct args_option option[])
{
	json_t *list = json_array();

	for (const struct args_option *o = option; o->name != NULL; o++)
		json_array_append_new(list, json_pack("{s:s, s:s?, s:b}", "name", o->name, "value",
			o->value, "required", o->required));
	return list;
}

json_t *
help_table(void)
{
	static const char *const needs[] = {
		[CLI_ALONE] = "nothing", [CLI_PATH] = "path", [CLI_READ] = "read",
		[CLI_WRITE] = "write", [CLI_WAVE] = "wave",
		[CLI_KEEP] = "keep",
	};
	json_t *list = json_array();

	for (const struct topic *t = cli_topics; t->name != NULL; t++)
		for (const struct command *c = t->command; c->name != NULL; c++)
			json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:i, s:i, s:s, s:o}",
				"topic", t->name, "name", c->name, "operands", c->operands, "least",
				(int)c->least, "most", (int)c->most,
				"database", needs[c->need], "options", options_json(c->option)));
	return list;
}
