/* manyi wave: one round of one form, opened and closed. */
#include <string.h>

#include "base/date.h"
#include "base/entry.h"
#include "base/name.h"
#include "seal/approvals.h"
#include "cli/cli.h"
#include "cli/show.h"
#include "db/survey.h"
#include "forms/form.h"
#include "db/row.h"
#include "track/programme/programme.h"

static json_t *
day_json(int64_t minute)
{
	char day[11];

	if (minute == 0)
		return json_null();
	date_day(day, minute);
	return json_string(day);
}

static const char *
state_name(const struct wave *w, const char *office_valid_until)
{
	static const char *const name[] = { [TERM_OPEN] = "open", [TERM_WAITING] = "waiting",
		[TERM_CLOSED] = "closed", [TERM_LAPSED] = "lapsed" };
	struct term term = db_wave_term(w, office_valid_until);

	return name[term_state(&term, date_now_minute())];
}

/* By the clock: it may have been opened and not have begun, or be over, or be
 * without its approval. */
static void
add_state(json_t *o, const struct wave *w, struct cli *cli)
{
	const char *office = db_setting(cli->db, "valid_until", &cli->pool);
	struct approval a = approvals_of(w, office, &cli->pool);
	enum approval_state state = approval_state(&a, date_now_minute());

	json_object_update_new(o, json_pack("{s:s, s:s, s:s}", "state", state_name(w, office),
		"approval_state", approval_name(state), "lapsed_because", w->lapsed_because));
	if (approval_days(&a, date_now_minute()) >= 0)
		json_object_set_new(o, "approval_days",
			json_integer(approval_days(&a, date_now_minute())));
}

static json_t *
wave_json(const struct wave *w, struct pool *pool)
{
	json_t *o = json_pack("{s:I, s:s, s:s, s:s, s:i, s:s, s:b, s:o, s:o}", "id",
		(json_int_t)w->id, "wave", row_wave_name(w, pool), "form", w->form_id, "version",
		w->form_version, "year", w->year, "label", w->label, "open", w->open, "opens",
		day_json(w->opens), "closes", day_json(w->closes != 0 ? w->closes - 1 : 0));

	json_object_update_new(o, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}",
		"population", w->population, "modes", w->modes, "mapping", w->mapping,
		"strata", w->strata, "clusters", w->clusters, "margins", w->margins,
		"domains", w->domains, "break_note", w->break_note));
	json_object_update_new(o, json_pack("{s:s, s:s, s:s, s:s}", "table_number", w->table_number,
		"agency", w->agency, "approval", w->approval, "valid_until", w->valid_until));
	return o;
}

static const char *
or_else(const char *s, const char *otherwise)
{
	return s != NULL ? s : otherwise;
}

/* Names as people part them, by commas of any kind too, parted by single spaces. */
static const char *
name_list(const char *names, struct pool *pool)
{
	static const char *const part[] = { " ", ",", "，", "、", ";", "；" };
	struct text out = TEXT_INIT;
	const char *s;

	for (bool gap = false; *names != '\0'; names++) {
		size_t n = 0;

		for (size_t i = 0; n == 0 && i < sizeof(part) / sizeof(part[0]); i++)
			if (strncmp(names, part[i], strlen(part[i])) == 0)
				n = strlen(part[i]);
		if (n > 0) {
			gap = true;
			names += n - 1;
			continue;
		}
		if (gap && out.n > 0)
			text_putc(&out, ' ');
		text_putc(&out, *names);
		gap = false;
	}
	s = pool_strdup(pool, text_str(&out));
	text_clear(&out);
	return s;
}

/* The header the law asks for: as given, else as set for the whole office. */
static const char *
legal(struct cli *cli, const char *option, const char *setting)
{
	const char *s = args_value(&cli->args, option);

	return s != NULL ? s : or_else(db_setting(cli->db, setting, &cli->pool), "");
}

/* Every name in the list is an item of the form. */
static int
items_exist(const struct form *form, const char *option, const char *names, struct err *err)
{
	char name[FORM_NAME_MAX + 1];

	for (names += strspn(names, " "); *names != '\0'; names += strspn(names, " ")) {
		size_t n = strcspn(names, " ");

		snprintf(name, sizeof(name), "%.*s", (int)n, names);
		if (n > FORM_NAME_MAX || form_item(form, name) < 0)
			return err_set(err, ERR_INPUT, "--%s：问卷 %s 没有“%.*s”这道题",
				"--%s: form %s has no item \"%.*s\"", option, form->id,
				(int)n, names);
		names += n;
	}
	return 0;
}

/* Domains people ask for by default, where the form has them. */
static const char *
usual_domains(const struct form *form, struct pool *pool)
{
	bool sector = form_item(form, "sector") >= 0, town = form_item(form, "town") >= 0;

	return pool_fmt(pool, "%s%s%s", sector ? "sector" : "", sector && town ? " " : "",
		town ? "town" : "");
}

/* What only words, with their defaults from the form. */
static void
wave_words(struct cli *cli, struct wave *w, const struct form *form)
{
	const struct args *a = &cli->args;

	w->form_id = form->id;
	w->form_version = form->version;
	w->label = or_else(args_value(a, "label"), pool_fmt(&cli->pool, "%d", w->year));
	w->population = or_else(args_value(a, "population"), texts_for(&form->population, LANG_ZH));
	w->modes = or_else(args_value(a, "modes"), "qr phone household");
	w->mapping = form->mapping;
	w->strata = or_else(args_value(a, "strata"), "");
	w->clusters = or_else(args_value(a, "clusters"), "");
	w->margins = name_list(or_else(args_value(a, "margins"), ""), &cli->pool);
	w->domains = name_list(or_else(args_value(a, "domains"), usual_domains(form, &cli->pool)),
		&cli->pool);
	w->break_note = or_else(args_value(a, "break-note"), "");
	w->table_number = legal(cli, "table-number", "table_number");
	w->agency = legal(cli, "agency", "agency");
	w->approval = legal(cli, "approval", "approval");
	w->valid_until = legal(cli, "valid-until", "valid_until");
	w->lapsed_because = or_else(args_value(a, "lapsed-because"), "");
}

/* A survey is not opened on a lapsed approval; one that is over by its own last day was
 * covered as long as it ran. */
static int
is_approved(const struct wave *w, struct err *err)
{
	int64_t lapse = db_wave_lapse(w, NULL),
		from = w->opens > date_now_minute() ? w->opens : date_now_minute();

	if (lapse == 0 || lapse > from || (w->closes != 0 && w->closes <= lapse) ||
			w->lapsed_because[0] != '\0')
		return 0;
	return err_set(err, ERR_REFUSED,
		"批准有效期到 %s，已经过期，不能开始调查；续批后用 --valid-until 写新的日期，"
		"确有理由继续的用 --lapsed-because 写明，理由会印在问卷上",
		"the approval ended on %s: the survey cannot be opened. After renewal give the new"
		" day with --valid-until; with a reason to go on, --lapsed-because,"
		" which is printed on the form", w->valid_until);
}

static int
check_reason(const struct args *a, struct err *err)
{
	const char *because = args_value(a, "lapsed-because");

	if (because != NULL && because[strspn(because, " \t")] == '\0')
		return err_set(err, ERR_USAGE, "--lapsed-because 要写明理由",
			"--lapsed-because needs a reason");
	return 0;
}

/* What stands at the head of a form, and the label that is part of the wave's name. */
static int
lines_good(const struct wave *w, struct err *err)
{
	const struct { struct words what; const char *line; } part[] = {
		{ { { "轮次标签", "the wave's label" } }, w->label },
		{ { { "总体", "the population" } }, w->population },
		{ { { "表号", "the form number" } }, w->table_number },
		{ { { "制定机关", "the agency" } }, w->agency },
		{ { { "批准文号", "the approval" } }, w->approval },
		{ { { "有效期至", "valid until" } }, w->valid_until },
		{ { { "过期仍用的理由", "the reason of a lapsed approval" } }, w->lapsed_because },
	};

	for (size_t i = 0; i < sizeof(part) / sizeof(part[0]); i++)
		if (name_check_or_none(&part[i].what, part[i].line, NAME_LINE, err) != 0)
			return -1;
	return 0;
}

static int
run_open(struct cli *cli, struct err *err)
{
	const struct args *a = &cli->args;
	long long opens = date_now_minute(), closes = 0;
	const struct form *form;
	struct wave w = { .open = true };
	const struct programme *programme = programme_in_force(cli->db, &cli->pool, err);

	if (programme == NULL || args_year(a, "year", &w.year, err) != 0 ||
			entry_year_from(w.year, programme->first_year, err) != 0 ||
			args_day(a, "opens", NULL, &opens, err) != 0 ||
			args_day(a, "closes", NULL, &closes, err) != 0 ||
			args_day(a, "valid-until", NULL, NULL, err) != 0 ||
			check_reason(a, err) != 0)
		return -1;
	if (args_value(a, "closes") != NULL)
		closes += DATE_DAY;		/* its last day is one of its days */
	if (closes != 0 && closes <= opens)
		return err_set(err, ERR_USAGE, "--closes 应在 --opens 之后",
			"--closes must be after --opens");
	form = db_get_form(cli->db, args_value(a, "form"), args_value(a, "version"),
		&cli->pool, err);
	if (form == NULL)
		return -1;
	w.opens = opens;
	w.closes = closes;
	wave_words(cli, &w, form);
	if (is_approved(&w, err) != 0 || lines_good(&w, err) != 0 ||
			items_exist(form, "margins", w.margins, err) != 0 ||
			items_exist(form, "domains", w.domains, err) != 0 ||
			db_put_wave(cli->db, &w, err) != 0)
		return -1;
	cli->said = wave_json(&w, &cli->pool);
	add_state(cli->said, &w, cli);
	return 0;
}

/* The approval of a running wave: prolonged, or overridden with a reason. */
static int
run_renew(struct cli *cli, struct err *err)
{
	const struct args *a = &cli->args;
	const char *valid_until = args_value(a, "valid-until"),
		*because = args_value(a, "lapsed-because");
	const char *approval = args_value(a, "approval");
	struct wave w;

	if (valid_until == NULL && because == NULL && approval == NULL)
		return err_set(err, ERR_USAGE,
			"请写明 --valid-until 和 --approval，或者 --lapsed-because",
			"say --valid-until and --approval, or --lapsed-because");
	/* A renewed approval needs no excuse. */
	if (valid_until != NULL && because == NULL)
		because = "";
	if (args_day(a, "valid-until", NULL, NULL, err) != 0 || check_reason(a, err) != 0 ||
			db_find_wave(cli->db, &w, cli_operand(cli, 0), &cli->pool, err) != 0 ||
			db_renew_wave(cli->db, w.id, approval, valid_until, because, err) != 0 ||
			db_get_wave(cli->db, &w, w.id, &cli->pool, err) != 0)
		return -1;
	cli->said = wave_json(&w, &cli->pool);
	add_state(cli->said, &w, cli);
	return 0;
}

static int
run_close(struct cli *cli, struct err *err)
{
	struct wave w;

	if (db_find_wave(cli->db, &w, cli_operand(cli, 0), &cli->pool, err) != 0 ||
			db_close_wave(cli->db, w.id, err) != 0 ||
			db_get_wave(cli->db, &w, w.id, &cli->pool, err) != 0)
		return -1;
	cli->said = wave_json(&w, &cli->pool);
	add_state(cli->said, &w, cli);
	return 0;
}

/* Answers of a wave by stream. */
static int
add_counts(struct cli *cli, json_t *o, int64_t wave, struct err *err)
{
	struct response_count *count;
	long long sampled = 0, open = 0;
	size_t n;

	if (db_count_responses(cli->db, wave, &count, &n, &cli->pool, err) != 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		*(strcmp(count[i].stream, "open") == 0 ? &open : &sampled) += count[i].n;
	json_object_update_new(o, json_pack("{s:I, s:I}", "sampled", (json_int_t)sampled,
		"open_answers", (json_int_t)open));
	return 0;
}

static int
run_list(struct cli *cli, struct err *err)
{
	struct text said = TEXT_INIT;
	struct wave *wave;
	size_t n;

	if (db_list_waves(cli->db, args_value(&cli->args, "form"), &wave, &n, &cli->pool, err) != 0)
		return -1;
	if (approvals_warn(&said, cli->db, err) != 0)
		return -1;
	fputs(text_str(&said), stderr);
	text_clear(&said);
	cli->said = json_array();
	for (size_t i = 0; i < n; i++) {
		json_t *o = wave_json(&wave[i], &cli->pool);

		json_array_append_new(cli->said, o);
		add_state(o, &wave[i], cli);
		if (add_counts(cli, o, wave[i].id, err) != 0)
			return -1;
	}
	return 0;
}

static const char *
state_words(const char *state)
{
	static const struct { const char *name; struct words words; } is[] = {
		{ "open", { { "正在填答", "open" } } },
		{ "waiting", { { "未开始", "not begun" } } },
		{ "closed", { { "已结束", "closed" } } },
		{ "lapsed", { { "批准过期", "approval lapsed" } } },
	};

	for (size_t i = 0; i < sizeof(is) / sizeof(is[0]); i++)
		if (strcmp(is[i].name, state) == 0)
			return is[i].words.in[lang_get()];
	return state;
}

static void
show_list(struct text *out, const json_t *said)
{
	json_t *wave;
	size_t i;

	static const struct show_column column[] = {
		{ "wave", { { "轮次", "wave" } }, SHOW_PLAIN },
		{ "version", { { "问卷版本", "form version" } }, SHOW_PLAIN },
		{ "state_words", { { "状态", "state" } }, SHOW_PLAIN },
		{ "opens", { { "开始", "opens" } }, SHOW_PLAIN },
		{ "closes", { { "截止", "closes" } }, SHOW_PLAIN },
		{ "sampled", { { "抽样调查", "sampled" } }, SHOW_COUNT },
		{ "open_answers", { { "群众扫码", "open stream" } }, SHOW_COUNT },
		{ "margins", { { "加权", "margins" } }, SHOW_PLAIN },
	};

	json_array_foreach(said, i, wave)
		json_object_set_new(wave, "state_words",
			json_string(state_words(show_string(wave, "state"))));
	show_table(out, said, column, sizeof(column) / sizeof(column[0]));
}

static const struct args_option none[] = { { .name = NULL } };
static const struct args_option list_options[] = {
	{ .name = "form", .value = "ID", .help = { { "只列这份问卷的", "of this form only" } } },
	{ .name = NULL }
};
static const struct args_option open_options[] = {
	{ .name = "form", .value = "ID", .required = true,
		.help = { { "问卷", "questionnaire" } } },
	{ .name = "year", .value = "YEAR", .required = true, .help = { { "年度", "year" } } },
	{ .name = "version", .value = "V",
		.help = { { "问卷版本，默认最新", "form version; default: the newest" } } },
	{ .name = "label", .value = "L",
		.help = { {
			"名称，默认年度；轮次写作 问卷-名称",
			"label; default: the year; the wave is FORM-LABEL" } } },
	{ .name = "population", .value = "TEXT",
		.help = { {
			"调查总体，默认取问卷所写", "who is meant; default: as the form says" } } },
	{ .name = "modes", .value = "LIST",
		.help = { {
			"方式：qr phone household ticket link",
			"modes: qr phone household ticket link" } } },
	{ .name = "margins", .value = "ITEMS",
		.help = { { "按哪些题加权，如 \"sex age\"",
		"items to rake on, as \"sex age\"" } } },
	{ .name = "domains", .value = "ITEMS",
		.help = { {
			"可分组的题，默认 sector town",
			"items for index --by; default: sector town" } } },
	{ .name = "strata", .value = "TEXT", .help = { { "层的含义", "what a stratum is" } } },
	{ .name = "clusters", .value = "TEXT",
		.help = { { "群（初级单元）的含义", "what a cluster is" } } },
	{ .name = "opens", .value = "DAY",
		.help = { { "开始日，默认现在", "first day; default: now" } } },
	{ .name = "closes", .value = "DAY", .help = { { "截止日", "last day" } } },
	{ .name = "break-note", .value = "TEXT",
		.help = { { "与上一轮不可比的原因", "why the series breaks here" } } },
	{ .name = "table-number", .value = "TEXT",
		.help = { { "表号", "form number (statutory)" } } },
	{ .name = "agency", .value = "TEXT", .help = { { "制定机关", "set by (statutory)" } } },
	{ .name = "approval", .value = "TEXT", .help = { { "批准文号", "approval (statutory)" } } },
	{ .name = "valid-until", .value = "DAY",
		.help = { { "有效期至", "valid until (statutory)" } } },
	{ .name = "lapsed-because", .value = "TEXT",
		.help = { {
			"批准过期仍要进行的理由，印在问卷上",
			"why it goes on though the approval lapsed; printed on the form" } } },
	{ .name = NULL }
};
static const struct args_option renew_options[] = {
	{ .name = "valid-until", .value = "DAY", .help = { { "新的有效期", "the new last day" } } },
	{ .name = "approval", .value = "TEXT", .help = { { "新的批准文号", "the new approval" } } },
	{ .name = "lapsed-because", .value = "TEXT",
		.help = { {
			"没有续批而仍要进行的理由，印在问卷上",
			"not renewed: why it goes on; printed on the form" } } },
	{ .name = NULL }
};

const struct command cmd_wave[] = {
	{ .name = "open", .help = { { "开始一轮调查", "open a survey wave" } },
		.operands = "", .need = CLI_WRITE, .option = open_options, .run = run_open },
	{ .name = "close",
		.help = { {
			"结束一轮调查，不再收答卷", "close a wave: it takes no more answers" } },
		.operands = "WAVE", .least = 1, .most = 1, .need = CLI_WRITE, .option = none,
		.run = run_close },
	{ .name = "renew",
		.help = { {
			"续批：改有效期和批准文号，或写明过期仍进行的理由",
			"renew a wave's approval, or say why it goes on without" } },
		.operands = "WAVE", .least = 1, .most = 1, .need = CLI_WRITE,
		.option = renew_options, .run = run_renew },
	{ .name = "list", .help = { { "列出各轮调查", "list survey waves" } },
		.operands = "", .need = CLI_READ, .option = list_options, .run = run_list,
		.show = show_list },
	{ .name = NULL }
};
