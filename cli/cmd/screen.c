/* manyi screen: set answers aside by rules that were registered before. */
#include <string.h>

#include "base/date.h"
#include "cli/cli.h"
#include "cli/show.h"
#include "db/screening.h"
#include "db/row.h"
#include "figure/screen.h"

enum { PIECE = 1000 };		/* exclusions in a transaction: some hundredths of a second */

/* ---- rules ---- */

static int
run_rules(struct cli *cli, struct err *err)
{
	(void)err;
	cli->said = json_array();
	for (size_t i = 0; i < screen_rules_n; i++)
		json_array_append_new(cli->said, json_pack("{s:s, s:s, s:{s:s, s:s}}", "rule",
			screen_rules[i].name, "version", screen_rules[i].version, "help", "zh",
			screen_rules[i].help.in[LANG_ZH], "en", screen_rules[i].help.in[LANG_EN]));
	return 0;
}

static void
show_rules(struct text *out, const json_t *said)
{
	static const struct show_column column[] = {
		{ "rule", { { "规则", "rule" } }, SHOW_PLAIN },
		{ "version", { { "版本", "version" } }, SHOW_PLAIN },
		{ "help", { { "含义", "meaning" } }, SHOW_WORDS },
	};

	show_table(out, said, column, sizeof(column) / sizeof(column[0]));
}

/* ---- register, list ---- */

static int
find_wave(struct cli *cli, struct wave *w, struct err *err)
{
	return db_find_wave(cli->db, w, args_value(&cli->args, "wave"), &cli->pool, err);
}

static int64_t
set_aside(const struct exclusion_count *c, size_t n, const struct screening *s)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(c[i].rule, s->rule) == 0 && strcmp(c[i].version, s->version) == 0)
			return c[i].n;
	return 0;
}

/* What is registered for a wave, when, after how many answers, and what it has set aside. */
static int
say_wave(struct cli *cli, const struct wave *w, struct err *err)
{
	struct screening *s;
	struct exclusion_count *c;
	size_t n, counts;
	char minute[17];

	if (db_list_screening(cli->db, w->id, &s, &n, &cli->pool, err) != 0 ||
			db_count_exclusions(cli->db, w->id, &c, &counts, &cli->pool, err) != 0)
		return -1;
	cli->said = json_array();
	for (size_t i = 0; i < n; i++) {
		date_minute(minute, s[i].minute);
		json_array_append_new(cli->said, json_pack("{s:s, s:s, s:s, s:I, s:s, s:s, s:I}",
			"wave", row_wave_name(w, &cli->pool), "rule", s[i].rule, "version",
			s[i].version, "answers", (json_int_t)s[i].answers, "who", s[i].who,
			"registered", minute, "excluded", (json_int_t)set_aside(c, counts, &s[i])));
	}
	return 0;
}

static int
register_all(struct cli *cli, const struct wave *w, char *names, struct err *err)
{
	char *rest = NULL;
	bool fresh;

	for (char *name = strtok_r(names, ", ", &rest); name != NULL;
			name = strtok_r(NULL, ", ", &rest)) {
		const struct screen_rule *rule = screen_rule(name, NULL);

		if (rule == NULL)
			return err_set(err, ERR_INPUT,
				"没有“%s”这条规则；运行 manyi screen rules 看有哪些",
				"there is no rule \"%s\"; see manyi screen rules", name);
		if (db_put_screening(cli->db, w->id, rule->name, rule->version, cli_who(),
				date_now_minute(), &fresh, err) != 0)
			return -1;
	}
	return 0;
}

static int
run_register(struct cli *cli, struct err *err)
{
	char *names = pool_strdup(&cli->pool, args_value(&cli->args, "rule"));
	struct wave w;

	if (find_wave(cli, &w, err) != 0 || db_begin(cli->db, err) != 0)
		return -1;
	if (register_all(cli, &w, names, err) != 0) {
		db_rollback(cli->db);
		return -1;
	}
	return db_commit(cli->db, err) == 0 ? say_wave(cli, &w, err) : -1;
}

static int
run_list(struct cli *cli, struct err *err)
{
	struct wave w;

	return find_wave(cli, &w, err) == 0 ? say_wave(cli, &w, err) : -1;
}

static void
show_wave(struct text *out, const json_t *said)
{
	static const struct show_column column[] = {
		{ "rule", { { "规则", "rule" } }, SHOW_PLAIN },
		{ "version", { { "版本", "version" } }, SHOW_PLAIN },
		{ "registered", { { "登记时间", "registered" } }, SHOW_PLAIN },
		{ "answers", { { "登记时已有答卷", "answers then" } }, SHOW_COUNT },
		{ "who", { { "登记人", "by" } }, SHOW_PLAIN },
		{ "excluded", { { "不计入", "set aside" } }, SHOW_COUNT },
	};

	show_table(out, said, column, sizeof(column) / sizeof(column[0]));
}

/* ---- run ---- */

/* Rows that a registered rule fits, gathered before anything is written. */
struct sweep {
	struct pool *pool;
	const struct screen_rule **rule;
	size_t rules;
	struct found { int64_t response; const struct screen_rule *rule; } *found;
	size_t n, room;
};

static void
keep(struct sweep *s, int64_t response, const struct screen_rule *rule)
{
	if (s->n == s->room) {
		struct found *more = pool_array(s->pool, 2 * s->room + 256, sizeof(*more));

		if (s->n > 0)
			memcpy(more, s->found, s->n * sizeof(*more));
		s->found = more;
		s->room = 2 * s->room + 256;
	}
	s->found[s->n++] = (struct found){ response, rule };
}

/* By answer, then by rule as they were registered. */
static void
sift(struct sweep *s, const struct counted *a)
{
	for (size_t row = 0; row < a->n; row++)
		for (size_t i = 0; i < s->rules; i++)
			if (s->rule[i]->fits(a, row))
				keep(s, a->id[row], s->rule[i]);
}

/* Those registered whose version this program still has. */
static int
load_rules(struct sweep *s, struct cli *cli, const struct wave *w, struct err *err)
{
	struct screening *list;
	size_t n;

	if (db_list_screening(cli->db, w->id, &list, &n, &cli->pool, err) != 0)
		return -1;
	if (n == 0)
		return err_set(err, ERR_REFUSED,
			"这一轮没有登记筛查规则；先运行 manyi screen register",
			"no rule is registered for this wave; run manyi screen register first");
	s->rule = pool_array(&cli->pool, n, sizeof(const struct screen_rule *));
	for (size_t i = 0; i < n; i++) {
		s->rule[s->rules] = screen_rule(list[i].rule, list[i].version);
		if (s->rule[s->rules++] == NULL)
			return err_set(err, ERR_VERSION, "本程序没有规则 %s 的第 %s 版",
				"this program has no rule %s %s", list[i].rule, list[i].version);
	}
	return 0;
}

/* In pieces, so that answers are stored between them; what a run that was stopped left
 * out, the next one finds. */
static int
write_found(const struct sweep *s, struct cli *cli, struct err *err)
{
	int64_t now = date_now_minute();
	bool has;

	for (size_t i = 0; i < s->n; i++) {
		const struct found *f = &s->found[i];

		if (i % PIECE == PIECE - 1 && db_give_way(cli->db, err) != 0)
			return -1;
		if (db_has_exclusion(cli->db, f->response, f->rule->name, f->rule->version,
				&has, err) != 0)
			return -1;
		if (!has && db_put_exclusion(cli->db, f->response, f->rule->name, f->rule->version,
				cli_who(), now, err) != 0)
			return -1;
	}
	return 0;
}

/* An exclusion stays and moves what is published, so it is found in the rows themselves. */
static int
run_screen(struct cli *cli, struct err *err)
{
	struct sweep s = { .pool = &cli->pool };
	struct counted a;
	struct wave w;

	if (find_wave(cli, &w, err) != 0 || load_rules(&s, cli, &w, err) != 0 ||
			counted_open(&a, cli->db, &w, true, &cli->pool, err) != 0)
		return -1;
	sift(&s, &a);
	if (db_begin(cli->db, err) != 0)
		return -1;
	if (write_found(&s, cli, err) != 0) {
		db_rollback(cli->db);
		return -1;
	}
	return db_commit(cli->db, err) == 0 ? say_wave(cli, &w, err) : -1;
}

#define WAVE_OPTION { .name = "wave", .value = "WAVE", .required = true, \
	.help = { { "轮次，如 C-2024", "wave, as C-2024" } } }

static const struct args_option none[] = { { .name = NULL } };
static const struct args_option wave_options[] = { WAVE_OPTION, { .name = NULL } };
static const struct args_option register_options[] = {
	WAVE_OPTION,
	{ .name = "rule", .value = "LIST", .required = true,
		.help = { { "规则，逗号隔开，如 fast,straight", "rules, as fast,straight" } } },
	{ .name = NULL }
};

const struct command cmd_screen[] = {
	{ .name = "rules",
		.help = { { "有哪些筛查规则", "the rules there are" } },
		.operands = "", .need = CLI_ALONE, .option = none, .run = run_rules,
		.show = show_rules },
	{ .name = "register",
		.help = { {
			"为一轮登记规则（应在看结果之前）",
			"register rules for a wave, before looking" } },
		.operands = "", .need = CLI_WRITE, .option = register_options, .run = run_register,
		.show = show_wave,
		.more = { {
			"登记的时间、登记时已有多少答卷都记录在案，登记后不能更改。",
			"When, and after how many answers,"
				" is on record and cannot be changed." } } },
	{ .name = "run",
		.help = { {
			"按登记的规则把答卷列为不计入（答卷仍保留）",
			"set answers aside by the registered rules" } },
		.operands = "", .need = CLI_WRITE, .option = wave_options, .run = run_screen,
		.show = show_wave },
	{ .name = "list",
		.help = { {
			"一轮的规则和不计入的份数", "a wave's rules and what they set aside" } },
		.operands = "", .need = CLI_READ, .option = wave_options, .run = run_list,
		.show = show_wave },
	{ .name = NULL }
};
