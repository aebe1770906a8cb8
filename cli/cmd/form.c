/* manyi form: which questionnaires there are, and whether a file is one. */
#include "cli/cli.h"
#include "cli/show.h"
#include "db/survey.h"
#include "forms/form.h"

static void
list_row(const struct form_row *row, void *ctx)
{
	json_array_append_new(ctx, json_pack("{s:s, s:s, s:s, s:s, s:s, s:I, s:b, s:I}", "id",
		row->id, "version", row->version, "title", row->title_zh, "title_en", row->title_en,
		"sha256", row->sha256, "loaded", (json_int_t)row->loaded, "frozen", row->frozen,
		"responses", (json_int_t)row->responses));
}

static int
run_list(struct cli *cli, struct err *err)
{
	cli->said = json_array();
	return db_each_form(cli->db, list_row, cli->said, err);
}

static void
show_list(struct text *out, const json_t *said)
{
	static const struct show_column column[] = {
		{ "id", { { "问卷", "form" } }, SHOW_PLAIN },
		{ "version", { { "版本", "version" } }, SHOW_PLAIN },
		{ "title", { { "名称", "title" } }, SHOW_PLAIN },
		{ "responses", { { "答卷", "answers" } }, SHOW_COUNT },
		{ "frozen", { { "冻结", "frozen" } }, SHOW_PLAIN },
		{ "loaded", { { "载入时间", "loaded" } }, SHOW_MINUTE },
	};

	show_table(out, said, column, sizeof(column) / sizeof(column[0]));
}

static json_t *
faults_json(const struct fault fault[], size_t faults)
{
	json_t *list = json_array();

	for (size_t i = 0; i < faults; i++)
		json_array_append_new(list, json_pack("{s:I, s:I, s:s, s:s, s:s}", "line",
			(json_int_t)fault[i].line, "column", (json_int_t)fault[i].column, "where",
			fault[i].where, "what", fault[i].what, "instead", fault[i].instead));
	return list;
}

static int
run_check(struct cli *cli, struct err *err)
{
	const char *path = cli_operand(cli, 0);
	const struct fault *fault = NULL;
	const struct form *form;
	size_t faults = 0;

	form = form_check(path, &fault, &faults, &cli->pool, err);
	if (form == NULL && faults == 0)
		return -1;
	cli->said = json_pack("{s:s, s:b, s:o}", "file", path, "ok", form != NULL,
		"faults", faults_json(fault, faults));
	if (form == NULL)
		return 1;
	json_object_update_new(cli->said, json_pack("{s:s, s:s, s:s, s:I, s:I}", "id", form->id,
		"version", form->version, "sha256", form->sha256, "items", (json_int_t)form->items,
		"screens", (json_int_t)form->screens));
	return 0;
}

static void
show_check(struct text *out, const json_t *said)
{
	const char *file = show_string(said, "file");
	const json_t *fault;
	size_t i;

	json_array_foreach(json_object_get(said, "faults"), i, fault)
		show_line(out, "%s:%lld:%lld: %s；%s", "%s:%lld:%lld: %s; %s", file,
			show_whole(fault, "line"), show_whole(fault, "column"),
			show_string(fault, "what"), show_string(fault, "instead"));
	if (json_is_true(json_object_get(said, "ok")))
		show_line(out, "%s：没有问题。问卷 %s，版本 %s，%lld 题，%lld 屏。",
			"%s: no faults. Form %s, version %s, %lld items on %lld screens.", file,
			show_string(said, "id"), show_string(said, "version"),
			show_whole(said, "items"), show_whole(said, "screens"));
}

static int
run_load(struct cli *cli, struct err *err)
{
	const struct form *form = form_load(cli_operand(cli, 0), &cli->pool, err);

	if (form == NULL || db_put_form(cli->db, form, err) != 0)
		return -1;
	cli->said = json_pack("{s:s, s:s, s:s}", "id", form->id, "version", form->version,
		"sha256", form->sha256);
	return 0;
}

/* ---- one questionnaire ---- */

/* A form as asked for: labels in one of its languages, beside English. */
struct shown {
	const struct form *form;
	size_t language;
};

static const char *
said(const struct shown *s, const struct texts *t)
{
	return texts_in(t, s->language);
}

static json_t *
choices_json(const struct shown *s, const struct item *item)
{
	json_t *list = json_array();

	for (size_t i = 0; i < item->choices; i++)
		json_array_append_new(list, json_pack("{s:s, s:s, s:s}", "name",
			item->choice[i].name, "label", said(s, &item->choice[i].label),
			"label_en", texts_for(&item->choice[i].label, LANG_EN)));
	return list;
}

static json_t *
item_json(const struct shown *s, const struct item *item)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:b, s:s?, s:s?, s:o}", "name", item->name,
		"kind", kind_name(item->kind), "label", said(s, &item->label),
		"label_en", texts_for(&item->label, LANG_EN), "required", item->required,
		"relevant", item->relevant_source, "construct", item->construct,
		"choices", choices_json(s, item));
}

static json_t *
languages_json(const struct languages *l)
{
	json_t *list = json_array();

	for (size_t i = 0; i < l->n; i++)
		json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s}", "tag", l->of[i].tag,
			"name", l->of[i].name, "direction", l->of[i].rtl ? "rtl" : "ltr",
			"frame", l->of[i].frame == LANG_ZH ? "zh" : "en"));
	return list;
}

static json_t *
form_json(const struct shown *s)
{
	const struct form *form = s->form;
	json_t *items = json_array();

	for (size_t i = 0; i < form->items; i++)
		json_array_append_new(items, item_json(s, &form->item[i]));
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:i, s:s, s:s, s:o, s:o}", "id", form->id,
		"version", form->version, "title", said(s, &form->title),
		"title_en", texts_for(&form->title, LANG_EN),
		"population", said(s, &form->population),
		"minutes", form->minutes, "mapping", form->mapping, "sha256", form->sha256,
		"languages", languages_json(&form->languages), "items", items);
}

/* The language asked for; without one Chinese, or the form's own where it has none. */
static int
choose_language(struct cli *cli, struct shown *s, struct err *err)
{
	const struct languages *l = &s->form->languages;
	const char *asked = args_value(&cli->args, "language"), *all = "";
	const char *tag[LANGUAGES_MAX] = { NULL };

	s->language = languages_of(l, LANG_ZH);
	if (asked == NULL)
		return 0;
	languages_tags(l, tag);
	s->language = lang_match(asked, tag, l->n);
	if (s->language < l->n)
		return 0;
	for (size_t i = 0; i < l->n; i++)
		all = pool_fmt(&cli->pool, "%s %s", all, tag[i]);
	return err_set(err, ERR_INPUT, "问卷 %s 没有语言 %s；有：%s",
		"form %s has no language %s; it has:%s", s->form->id, asked, all);
}

static int
run_show(struct cli *cli, struct err *err)
{
	struct shown s = { .form = db_get_form(cli->db, cli_operand(cli, 0),
		args_value(&cli->args, "version"), &cli->pool, err) };

	if (s.form == NULL || choose_language(cli, &s, err) != 0)
		return -1;
	if (args_on(&cli->args, "source")) {
		cli->said = json_loadb(s.form->body, s.form->body_n, 0, NULL);
		return 0;
	}
	cli->said = form_json(&s);
	if (args_value(&cli->args, "language") != NULL)
		json_object_set_new(cli->said, "language",
			json_string(s.form->languages.of[s.language].tag));
	return 0;
}

/* In the language asked for, or in the process's. */
static const char *
title_of(const json_t *said)
{
	if (json_object_get(said, "language") != NULL)
		return show_string(said, "title");
	return show_string(said, LANG_PICK("title", "title_en"));
}

static void
show_form(struct text *out, const json_t *said)
{
	static const struct show_column column[] = {
		{ "name", { { "变量", "name" } }, SHOW_PLAIN },
		{ "kind", { { "题型", "kind" } }, SHOW_PLAIN },
		{ "label", { { "题目", "question" } }, SHOW_PLAIN },
		{ "relevant", { { "条件", "asked if" } }, SHOW_PLAIN },
	};

	/* --source: the file itself, indented. */
	if (json_object_get(said, "items") == NULL) {
		json_put(out, said, 2);
		return;
	}
	show_line(out, "%s　%s（版本 %s，口径 %s）", "%s  %s (version %s, mapping %s)",
		show_string(said, "id"), title_of(said),
		show_string(said, "version"), show_string(said, "mapping"));
	show_table(out, json_object_get(said, "items"), column, sizeof(column) / sizeof(column[0]));
}

static const struct args_option none[] = { { .name = NULL } };
static const struct args_option show_options[] = {
	{ .name = "version", .value = "V",
		.help = { { "哪一版，默认最新", "which version; default: the newest" } } },
	{ .name = "language", .value = "TAG",
		.help = { {
			"题目用问卷的哪种语言，如 ug；默认中文，问卷没有中文时用它的第一种语言",
			"which of the form's languages, as ug; default: Chinese,"
				" or the form's own where it has none" } } },
	{ .name = "source", .help = { { "原样输出问卷文件", "the questionnaire's file itself" } } },
	{ .name = NULL }
};

const struct command cmd_form[] = {
	{ .name = "list",
		.help = { { "列出问卷和版本", "list questionnaires and versions" } },
		.operands = "", .need = CLI_READ, .option = none, .run = run_list,
		.show = show_list },
	{ .name = "check", .help = { { "检查问卷文件，逐处指出行、列和改法",
		"check a questionnaire file: line, column and what to write instead" } },
		.operands = "FILE", .least = 1, .most = 1, .need = CLI_ALONE, .option = none,
		.run = run_check, .show = show_check },
	{ .name = "load", .help = { { "检查并载入问卷；有答卷的版本已冻结，改一个字就是新版本",
		"check and load a questionnaire; a version with answers is frozen" } },
		.operands = "FILE", .least = 1, .most = 1, .need = CLI_WRITE, .option = none,
		.run = run_load },
	{ .name = "show", .help = { { "显示一份问卷的题目", "show a questionnaire's items" } },
		.operands = "ID", .least = 1, .most = 1, .need = CLI_READ, .option = show_options,
		.run = run_show, .show = show_form },
	{ .name = NULL }
};
