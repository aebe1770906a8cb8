/* Values, signatures and results as they are entered; who reads the confirmations knows the table,
 * not our field names. */
#include "cli/track/entered.h"

#include <math.h>
#include <string.h>

#include "base/date.h"
#include "cli/track/evidence.h"
#include "cli/show.h"
#include "track/rule/sentence.h"
#include "track/track.h"
#include "track/rule/value.h"
#include "view/fact.h"

/* ---- entering ---- */

/* The rule of a sub-target that the check before has found; NULL should it be gone. */
static const struct rule *
rule_of(struct cli *cli, const char *indicator, int number)
{
	const struct programme *p = programme_in_force(cli->db, &cli->pool, NULL);
	const struct indicator *row = p == NULL ? NULL : programme_row(p, indicator, NULL);

	return row == NULL || number < 1 || (size_t)number > row->rules ? NULL :
		&row->rule[number - 1];
}

static void
put_rule(json_t *said, const struct rule *rule, const struct words *shown)
{
	struct pool pool = POOL_INIT;
	struct words sentence = rule_sentence(rule, &pool);

	json_object_update_new(said,
		json_pack("{s:s, s:o}", "text", rule->text, "sentence", fact_words(&sentence)));
	json_object_set_new(said, "shown", shown != NULL ? fact_words(shown) : json_null());
	pool_clear(&pool);
}

/* What is signed in place of a number, and its name for those who type no Chinese. */
static const struct { const char *name; struct words words; } signed_table[] = {
	{ "n/a", { { "不适用", "does not apply" } } },
	{ "cancelled", { { "评价依据已取消", "its yardstick is abolished" } } },
	{ "applies", { { "适用", "applies again" } } },
};
enum { SIGNED = sizeof(signed_table) / sizeof(signed_table[0]) };

/* What was signed, with its unit. */
static struct words
signed_words(struct cli *cli, const struct rule *rule, const char *value)
{
	double x;

	if (rule_read_threshold(&x, rule, value, NULL) == 0)
		return value_threshold(rule, x, &cli->pool);
	for (size_t i = 0; i < SIGNED; i++)
		if (strcmp(value, signed_table[i].words.in[LANG_ZH]) == 0)
			return signed_table[i].words;
	return (struct words){ { value, value } };
}

int
track_run_set(struct cli *cli, struct err *err)
{
	const struct args *a = &cli->args;
	struct reading_row r = { .indicator = cli_operand(cli, 0), .value = args_value(a, "value"),
		.source = args_value(a, "source"), .who = cli_who(), .minute = date_now_minute() };
	const struct rule *rule;
	struct words shown;
	long long number = 0;

	if (args_whole(a, "subtarget", &number, 1, 99, err) != 0 ||
			args_year(a, "year", &r.year, err) != 0 ||
			args_past(a, "date", &r.date, err) != 0)
		return -1;
	r.subtarget = (int)number;
	if (track_check_reading(cli->db, &r, err) != 0 || db_put_reading(cli->db, &r, err) != 0)
		return -1;
	cli->said = json_pack("{s:I, s:s, s:i, s:i, s:s, s:s, s:s}", "reading", (json_int_t)r.id,
		"indicator", r.indicator, "subtarget", r.subtarget, "year", r.year,
		"value", r.value, "source", r.source, "date", r.date);
	rule = rule_of(cli, r.indicator, r.subtarget);
	if (rule != NULL) {
		shown = value_words(value_shown(rule, r.value, &cli->pool),
			rule->english, &cli->pool);
		put_rule(cli->said, rule, &shown);
	}
	return 0;
}

/* What the signature does not do, said at once to who signs. */
static void
put_effect(json_t *said, const struct words *effect)
{
	if (effect->in[LANG_ZH][0] != '\0')
		json_object_set_new(said, "note", json_string(effect->in[lang_get()]));
}

int
track_run_threshold(struct cli *cli, struct err *err)
{
	const struct args *a = &cli->args;
	struct threshold_row r = { .indicator = cli_operand(cli, 0),
		.value = args_value(a, "value"), .signed_by = args_value(a, "signed-by"),
		.who = cli_who(), .minute = date_now_minute(),
		.document = args_value(a, "document"), .successor = args_value(a, "successor") };
	const struct rule *rule;
	struct words effect, shown;
	long long number = 0;

	if (args_whole(a, "clause", &number, 1, 99, err) != 0 ||
			args_past(a, "date", &r.date, err) != 0)
		return -1;
	r.clause = (int)number;
	for (size_t i = 0; i < SIGNED; i++)
		if (strcmp(r.value, signed_table[i].name) == 0)
			r.value = signed_table[i].words.in[LANG_ZH];
	if (track_check_threshold(cli->db, &r, err) != 0 ||
			db_put_threshold(cli->db, &r, err) != 0 ||
			track_threshold_effect(&effect, cli->db, &r, &cli->pool, err) != 0)
		return -1;
	cli->said = json_pack("{s:I, s:s, s:i, s:s, s:s, s:s}", "threshold", (json_int_t)r.id,
		"indicator", r.indicator, "clause", r.clause,
		"value", r.value, "signed_by", r.signed_by, "date", r.date);
	rule = rule_of(cli, r.indicator, r.clause);
	if (rule != NULL) {
		shown = signed_words(cli, rule, r.value);
		put_rule(cli->said, rule, &shown);
	}
	if (r.document != NULL)
		json_object_set_new(cli->said, "document", json_string(r.document));
	if (r.successor != NULL)
		json_object_set_new(cli->said, "successor", json_string(r.successor));
	put_effect(cli->said, &effect);
	return 0;
}

int
track_run_criterion(struct cli *cli, struct err *err)
{
	const struct args *a = &cli->args;
	const char *governs = args_value(a, "governs"), *years = args_value(a, "years");
	enum criterion of = governs != NULL ? CRITERION_GOVERNS : CRITERION_YEARS;
	struct criterion_row r = { .indicator = cli_operand(cli, 0), .name = criterion_name(of),
		.value = governs != NULL ? governs : years, .signed_by = args_value(a, "signed-by"),
		.who = cli_who(), .minute = date_now_minute() };
	struct words effect, words;

	if ((governs == NULL) == (years == NULL))
		return err_set(err, ERR_USAGE, "--governs 和 --years 写一个",
			"give one of --governs and --years");
	if (args_day(a, "date", &r.date, NULL, err) != 0 ||
			track_check_criterion(cli->db, &r, err) != 0 ||
			db_put_criterion(cli->db, &r, err) != 0 ||
			track_criterion_effect(&effect, cli->db, &r, &cli->pool, err) != 0)
		return -1;
	words = criterion_words(of, r.value);
	cli->said = json_pack("{s:I, s:s, s:s, s:s, s:s, s:o}", "criterion", (json_int_t)r.id,
		"indicator", r.indicator, r.name, r.value, "signed_by", r.signed_by, "date", r.date,
		"words", fact_words(&words));
	put_effect(cli->said, &effect);
	return 0;
}

int
track_run_external(struct cli *cli, struct err *err)
{
	const struct args *a = &cli->args;
	const char *peers = args_value(a, "peers");
	struct external_row r = { .indicator = cli_operand(cli, 0), .score = NAN, .se = NAN,
		.agency = args_value(a, "agency"), .qualification = args_value(a, "qualification"),
		.peers = peers != NULL ? peers : "", .who = cli_who(),
		.minute = date_now_minute() };
	long long rank = 0, of = 0;

	if (args_year(a, "year", &r.year, err) != 0 ||
			args_whole(a, "of", &of, 1, 9999, err) != 0 ||
			args_whole(a, "rank", &rank, 1, of, err) != 0 ||
			args_number(a, "score", &r.score, err) != 0 ||
			args_number(a, "se", &r.se, err) != 0 || track_digest_file(&r.report,
			&r.report_sha256, args_value(a, "report"), &cli->pool, err) != 0)
		return -1;
	r.rank = (int)rank;
	r.of = (int)of;
	if (track_check_external(cli->db, &r, err) != 0 || db_put_external(cli->db, &r, err) != 0)
		return -1;
	cli->said = fact_external(&r);
	json_object_set_new(cli->said, "indicator", json_string(r.indicator));
	return 0;
}

const struct args_option track_set_options[] = {
	{ .name = "subtarget", .value = "N", .required = true,
		.help = { { "第几条", "which requirement" } } },
	{ .name = "year", .value = "YEAR", .required = true, .help = { { "年度", "year" } } },
	{ .name = "value", .value = "X", .required = true,
		.help = { { "完成值，如 95.2%、3、是", "value, as 95.2% or 3" } } },
	{ .name = "source", .value = "TEXT", .required = true, .help = { { "出处", "source" } } },
	{ .name = "date", .value = "DAY", .required = true,
		.help = { { "出处的日期", "date of the source" } } },
	{ .name = NULL }
};
const struct args_option track_threshold_options[] = {
	{ .name = "clause", .value = "N", .required = true,
		.help = { { "第几条", "which clause" } } },
	{ .name = "value", .value = "X", .required = true,
		.help = { {
			"前列是前几名、高是多少；或“不适用”“评价依据已取消”；“适用”收回这两样",
			"the number the wording leaves open; n/a: not applicable;"
				" cancelled: the yardstick is gone;"
				" applies: takes either back" } } },
	{ .name = "document", .value = "TEXT",
		.help = { {
			"审定它的文件（文号）：取消、恢复评价依据，"
				"或补录调查开始之前审定的标准时必写",
			"the document that says so; needed to end or restore a yardstick,"
				" or to enter a standard after its survey began" } } },
	{ .name = "successor", .value = "TEXT",
		.help = { { "现在以什么替代", "what stands for it today" } } },
	{ .name = "signed-by", .value = "NAME", .required = true,
		.help = { { "签发人", "who signs" } } },
	{ .name = "date", .value = "DAY", .required = true,
		.help = { { "签发日期", "date of signing" } } },
	{ .name = NULL }
};
const struct args_option track_criterion_options[] = {
	{ .name = "years", .value = "COUNT",
		.help = { {
			"连续 3 年：steps 为 3 次变化，values 为 3 个年度",
			"3 years in a row: steps or values" } } },
	{ .name = "governs", .value = "READING",
		.help = { {
			"literal：条文口径；statistical：统计检验",
			"literal: the wording; statistical: the test" } } },
	{ .name = "signed-by", .value = "NAME", .required = true,
		.help = { { "审定人", "who signs" } } },
	{ .name = "date", .value = "DAY", .required = true,
		.help = { { "审定日期", "date of signing" } } },
	{ .name = NULL }
};
const struct args_option track_external_options[] = {
	{ .name = "year", .value = "YEAR", .required = true, .help = { { "年度", "year" } } },
	{ .name = "rank", .value = "R", .required = true, .help = { { "名次", "rank" } } },
	{ .name = "of", .value = "N", .required = true,
		.help = { { "共有多少个城市", "among how many cities" } } },
	{ .name = "agency", .value = "NAME", .required = true,
		.help = { { "测评机构", "agency" } } },
	{ .name = "qualification", .value = "TEXT", .required = true,
		.help = { { "资质及编号", "its qualification" } } },
	{ .name = "report", .value = "FILE", .required = true,
		.help = { { "报告文件，记录其摘要", "the report; its digest is kept" } } },
	{ .name = "score", .value = "X", .help = { { "得分", "score" } } },
	{ .name = "se", .value = "X", .help = { { "得分的标准误", "its standard error" } } },
	{ .name = "peers", .value = "TEXT",
		.help = { { "比较的城市范围", "the cities compared" } } },
	{ .name = NULL }
};

/* ---- confirmations ---- */

static const char *
in_lang(const json_t *said, const char *key)
{
	return show_string(json_object_get(said, key), LANG_PICK("zh", "en"));
}

/* What the signature does not do. */
static void
show_note(struct text *out, const json_t *said)
{
	if (*show_string(said, "note") != '\0')
		show_line(out, "%s", "%s", show_string(said, "note"));
}

void
track_show_set(struct text *out, const json_t *said)
{
	show_line(out, "已填报：第 %s 项第 %lld 条“%s”",
		"Entered: row %s, requirement %lld, “%s”", show_string(said, "indicator"),
		show_whole(said, "subtarget"), in_lang(said, "sentence"));
	show_line(out, "%lld 年完成值：%s；来源：%s（%s）",
		"%lld: %s; source: %s (%s)", show_whole(said, "year"),
		in_lang(said, "shown"), show_string(said, "source"), show_string(said, "date"));
}

void
track_show_threshold(struct text *out, const json_t *said)
{
	show_line(out, "已登记审定：第 %s 项第 %lld 条“%s”",
		"Signed: row %s, requirement %lld, “%s”", show_string(said, "indicator"),
		show_whole(said, "clause"), in_lang(said, "sentence"));
	show_line(out, "审定为：%s（%s，%s）", "set to: %s (%s, %s)", in_lang(said, "shown"),
		show_string(said, "signed_by"), show_string(said, "date"));
	if (*show_string(said, "document") != '\0')
		show_line(out, "依据文件：%s", "by the document: %s",
			show_string(said, "document"));
	if (*show_string(said, "successor") != '\0')
		show_line(out, "现行依据：%s", "in its place: %s", show_string(said, "successor"));
	show_note(out, said);
}

void
track_show_criterion(struct text *out, const json_t *said)
{
	const char *words = show_string(json_object_get(said, "words"), LANG_PICK("zh", "en"));

	if (json_object_get(said, "governs") != NULL)
		show_line(out, "已登记审定：第 %s 项以%s为准（%s，%s）",
			"Signed: in row %s %s governs (%s, %s)", show_string(said, "indicator"),
			words, show_string(said, "signed_by"), show_string(said, "date"));
	else
		show_line(out, "已登记审定：第 %s 项的连续年数%s（%s，%s）",
			"Signed: years in a row of row %s are %s (%s, %s)",
			show_string(said, "indicator"), words, show_string(said, "signed_by"),
			show_string(said, "date"));
	show_note(out, said);
}

static const char *
state_words(const json_t *said)
{
	enum evidence evidence = evidence_find(show_string(said, "state"));

	return evidence == EVIDENCE_MAX ? show_string(said, "state") :
		evidence_words(evidence).in[lang_get()];
}

void
track_show_evidence(struct text *out, const json_t *said)
{
	show_line(out, "已登记佐证材料，编号 %lld：第 %s 项《%s》，%s",
		"Document no. %lld: row %s, “%s”, %s", show_whole(said, "evidence"),
		show_string(said, "indicator"), show_string(said, "title"), state_words(said));
	show_line(out, "文件摘要（SHA-256）：%s", "SHA-256: %s", show_string(said, "sha256"));
}

void
track_show_review(struct text *out, const json_t *said)
{
	show_line(out, "佐证材料编号 %lld：%s", "Document no. %lld: %s",
		show_whole(said, "evidence"), state_words(said));
}
