/* The rows of a programme's file: wording, who answers, rules and what feeds them. */
#include <math.h>
#include <string.h>

#include "base/date.h"
#include "track/programme/in.h"

enum { CLAUSES_MAX = 99, TOP = 10 };

/* One row being read. */
struct row_reader {
	struct programme_reader *r;
	struct indicator *row;
	struct rule *rule;	/* rule[room] */
	size_t room;
	int group;
};

/* ---- what feeds a clause ---- */

static struct programme_figure
read_figure(struct programme_reader *r, const json_t *object, const char *where)
{
	struct programme_figure f = { .form = programme_text(r, object, "form", where, NEED) };

	f.index = programme_texts(r, object, "index", where, NEED, &f.n);
	return f;
}

/* Does this kind of feed fit what the rule asks? */
static bool
feed_fits(enum feed_kind kind, enum rule_op op)
{
	switch (kind) {
	case FEED_EXTERNAL:
		return op == RULE_RANK || op == RULE_FRONT;
	case FEED_SERIES:
		return op == RULE_RISING || op == RULE_FALLING;
	case FEED_COMPLAINTS:
		return op == RULE_FALLING || op == RULE_BELOW_NATIONAL;
	case FEED_CONFIRMED: case FEED_LEVEL:
		return op == RULE_SATISFIED || op == RULE_HIGH;
	default:
		return true;
	}
}

static const struct feed *
read_feed(struct programme_reader *r, const json_t *clause, const char *where,
	const struct rule *rule)
{
	static const char *const kinds[] = { "reading", "external", "series", "complaints",
		"confirmed", "level", NULL };
	static const char *const keys[] = { "kind", "form", "index", "source", "label", NULL };
	const json_t *o = json_object_get(clause, "feed");
	struct feed *feed = pool_take(r->pool, sizeof(*feed));
	int kind;

	where = programme_at(r, where, "feed");
	if (o == NULL || !programme_keys(r, o, where, keys) ||
			(kind = programme_word(r, o, "kind", where, NEED, kinds)) < 0)
		return feed;
	feed->kind = (enum feed_kind)kind;
	if (!feed_fits(feed->kind, rule->op))
		programme_fault(r, where, "“%s”的条文不能由“%s”支撑",
			"“%s” asks for something that “%s” cannot feed", rule->text, kinds[kind]);
	feed->label =
		programme_words(r, o, "label", where, feed->kind == FEED_SERIES ? NEED : NEED_NOT);
	if (feed->kind != FEED_SERIES && feed->kind != FEED_CONFIRMED && feed->kind != FEED_LEVEL)
		return feed;
	feed->figure = read_figure(r, o, where);
	feed->source = programme_words(r, o, "source", where, NEED);
	programme_english(r, feed->source.in[LANG_ZH], feed->source.in[LANG_EN], where);
	return feed;
}

/* ---- clauses ---- */

static void
read_clause_english(struct programme_reader *r, const json_t *clause, const char *where,
	const struct rule *rule)
{
	static const char *const keys[] = { "name", "sentence", NULL };
	const json_t *en = json_object_get(clause, "en");

	where = programme_at(r, where, "en");
	if (en == NULL || !programme_keys(r, en, where, keys))
		return;
	programme_english(r, rule->name, programme_text(r, en, "name", where, NEED_NOT), where);
	programme_english(r, rule->text, programme_text(r, en, "sentence", where, NEED_NOT), where);
}

/* What else is said of it: a number proposed, a yardstick that ended. */
static const struct programme_clause *
read_said(struct programme_reader *r, const json_t *clause, const char *where,
	const struct rule *rule)
{
	static const char *const keys[] = { "document", "date", "successor", "note", NULL };
	const json_t *ended = json_object_get(clause, "ended");
	struct programme_clause *c = pool_take(r->pool, sizeof(*c));
	double number;

	*c = (struct programme_clause){ .document = "", .date = "", .successor = "" };
	c->proposed = programme_text(r, clause, "proposed", where, NEED_NOT);
	if (c->proposed[0] != '\0' && rule_read_threshold(&number, rule, c->proposed, NULL) != 0)
		programme_fault(r, programme_at(r, where, "proposed"),
			"“%s”不能拟定为“%s”：条文没有留待审定的数字，或数字不合",
			"“%s” cannot be proposed as “%s”: its wording leaves no such number open",
			rule->text, c->proposed);
	where = programme_at(r, where, "ended");
	if (ended == NULL || !programme_keys(r, ended, where, keys))
		return c;
	c->ended = true;
	c->successor = programme_text(r, ended, "successor", where, NEED_NOT);
	(void)programme_text(r, ended, "note", where, NEED_NOT);
	programme_proof(r, ended, where, &c->document, &c->date);
	if (programme_confirmed(c->document, c->date) && feed_of(rule) >= FEED_SERIES)
		programme_fault(r, where, "由调查或投诉件数决定的条文，评价依据不能写成已取消",
			"what surveys or counts decide cannot lose its yardstick");
	return c;
}

static void
read_clause(struct row_reader *at, const json_t *clause, const char *where)
{
	static const char *const keys[] = { "rule", "en", "feed", "proposed", "ended", NULL };
	struct programme_reader *r = at->r;
	const struct rule *parsed;
	struct rule *rule = &at->rule[at->row->rules];
	struct err err = { 0 };
	const char *text;
	size_t n;

	if (!programme_keys(r, clause, where, keys))
		return;
	text = programme_text(r, clause, "rule", where, NEED);
	if (text[0] == '\0')
		return;
	if (rule_parse(&parsed, &n, text, r->pool, &err) != 0 || n != 1) {
		programme_fault(r, programme_at(r, where, "rule"), "%s", "%s",
			err.code != ERR_NONE ? err.text :
			LANG_PICK("这里只写一条；并列的各写一条，任选其一的放在一个 [ ] 里",
			"one clause stands here; alternatives stand together in [ ]"));
		return;
	}
	if (at->row->rules == at->room) {
		programme_fault(r, where, "一项最多 %d 条要求",
			"a row has at most %d clauses", CLAUSES_MAX);
		return;
	}
	*rule = parsed[0];
	rule->number = (int)++at->row->rules;
	rule->group = at->group;
	rule->english = r->programme->english;
	rule->feed = read_feed(r, clause, where, rule);
	rule->clause = read_said(r, clause, where, rule);
	read_clause_english(r, clause, where, rule);
}

/* Each an object, or a list of objects of which any one suffices. */
static void
read_clauses(struct row_reader *at, const json_t *object, const char *where)
{
	struct programme_reader *r = at->r;
	const json_t *list = json_object_get(object, "clauses"), *one, *any;
	size_t i, k;

	where = programme_at(r, where, "clauses");
	if (list != NULL && !json_is_array(list))
		programme_fault(r, where, "应是 [ ] 里的各条要求", "a list of clauses is expected");
	at->rule = pool_array(r->pool, CLAUSES_MAX, sizeof(*at->rule));
	at->room = CLAUSES_MAX;
	json_array_foreach((json_t *)list, i, one) {
		at->group++;
		if (!json_is_array(one))
			read_clause(at, one, programme_nth(r, where, i));
		json_array_foreach((json_t *)one, k, any)
			read_clause(at, any, programme_nth(r, programme_nth(r, where, i), k));
	}
	if (json_array_size(list) == 0) {
		at->rule[0] = rule_unwritten(at->row->title);
		at->rule[0].english = r->programme->english;
		at->row->rules = 1;
	}
	at->row->rule = at->rule;
}

/* ---- what stands on its page ---- */

static const struct programme_part *
read_parts(struct programme_reader *r, const json_t *headline, const char *key, const char *where,
	enum need need, size_t *n)
{
	static const char *const keys[] = { "index", "label", NULL };
	const json_t *list = json_object_get(headline, key), *one;
	struct programme_part *part = pool_array(r->pool, json_array_size(list) + 1, sizeof(*part));
	size_t i;

	*n = 0;
	where = programme_at(r, where, key);
	if (need == NEED && json_array_size(list) == 0)
		programme_fault(r, where, "要写至少一个数字的名称和指数",
			"at least one figure is needed, with its label");
	json_array_foreach((json_t *)list, i, one) {
		const char *here = programme_nth(r, where, i);

		if (programme_keys(r, one, here, keys))
			part[(*n)++] = (struct programme_part){ programme_text(r, one, "index",
				here, NEED), programme_words(r, one, "label", here, NEED) };
	}
	return part;
}

static void
read_headline(struct programme_reader *r, struct indicator *row, const json_t *object,
	const char *where)
{
	static const char *const kinds[] = { "none", "trend", "place", "level", "parts",
		"experts", NULL };
	static const char *const keys[] = { "kind", "first", "beside", NULL };
	const json_t *o = json_object_get(object, "headline");
	int kind;

	where = programme_at(r, where, "headline");
	if (o == NULL || !programme_keys(r, o, where, keys) ||
			(kind = programme_word(r, o, "kind", where, NEED, kinds)) < 0)
		return;
	row->headline = (enum headline_kind)kind;
	row->first = read_parts(r, o, "first", where, NEED, &row->firsts);
	row->beside = read_parts(r, o, "beside", where, NEED_NOT, &row->besides);
	if (row->figures.n == 0)
		programme_fault(r, where, "有导语的一项要写“figures”",
			"a row with a headline needs “figures”");
}

static void
read_page(struct programme_reader *r, struct indicator *row, const json_t *object,
	const char *where)
{
	static const char *const figure_keys[] = { "form", "index", NULL };
	static const char *const rank_keys[] = { "top", NULL };
	static const char *const agency[] = { "qualified", NULL };
	const json_t *figures = json_object_get(object, "figures"),
		*rank = json_object_get(object, "rank");
	const char *here = programme_at(r, where, "figures");

	if (figures != NULL && programme_keys(r, figures, here, figure_keys))
		row->figures = read_figure(r, figures, here);
	read_headline(r, row, object, where);
	row->domains = programme_text(r, object, "domains", where, NEED_NOT);
	here = programme_at(r, where, "rank");
	if (rank != NULL && programme_keys(r, rank, here, rank_keys))
		row->top = programme_whole(r, rank, "top", here, 1, 999, TOP);
	row->qualified = programme_word(r, object, "agency", where, NEED_NOT, agency) == 0;
}

/* ---- a row ---- */

static bool
id_fits(const char *id)
{
	size_t n = strlen(id);

	return n >= 1 && n <= 16 &&
		strspn(id, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.-") == n;
}

static void
check_id(struct programme_reader *r, const struct indicator *row, const char *where)
{
	const struct programme *p = r->programme;

	if (!id_fits(row->id))
		programme_fault(r, where, "编号“%s”应是 1—16 个字母、数字、点或短横",
			"the id “%s” takes 1 to 16 letters, digits, points "
			"or hyphens", row->id);
	for (const struct indicator *other = p->row; other < row; other++)
		if (strcmp(other->id, row->id) == 0)
			programme_fault(r, where, "编号“%s”重复",
				"the id “%s” is there twice", row->id);
}

/* "2017-04": a month. */
static bool
month_ok(const char *month)
{
	char day[16];
	int y, m, d;

	if (strlen(month) != 7)
		return false;
	memcpy(day, month, 7);
	memcpy(day + 7, "-01", 4);
	return date_parse_day(day, &y, &m, &d) == 0;
}

static void
read_chapter(struct programme_reader *r, struct indicator *row, const json_t *object,
	const char *where)
{
	const struct programme *p = r->programme;

	row->chapter = programme_whole(r, object, "chapter", where, 1, (int)p->chapters, 0);
	row->chapter_title = "";
	for (size_t i = 0; i < p->chapters; i++)
		if (p->chapter[i].number == row->chapter)
			row->chapter_title = p->chapter[i].title;
	if (row->chapter == 0 && json_object_get(object, "chapter") == NULL)
		programme_fault(r, where, "缺“chapter”", "“chapter” is missing");
	else if (row->chapter != 0 && row->chapter_title[0] == '\0')
		programme_fault(r, programme_at(r, where, "chapter"), "没有这一章",
			"there is no such chapter");
	if (row > p->row && row->chapter < row[-1].chapter)
		programme_fault(r, programme_at(r, where, "chapter"), "各项应按章排列",
			"rows stand in the order of their chapters");
}

/* Every name of the list is a department of the file, or everyone. */
static void
check_departments(struct programme_reader *r, const char *names, const char *where)
{
	const struct programme *p = r->programme;
	size_t n, i;

	for (; *names != '\0'; names += n + (names[n] == ';')) {
		const char *name = pool_strndup(r->pool, names, n = strcspn(names, ";"));

		for (i = 0; i < p->departments && strcmp(p->department[i].name, name) != 0; i++)
			continue;
		if (i == p->departments && strcmp(name, p->everyone) != 0)
			programme_fault(r, where, "“departments”里没有“%s”",
				"“%s” is not among “departments”", name);
	}
}

static void
check_kinds(struct programme_reader *r, const char *kinds, const char *where)
{
	static const char *const kind[] = { "document", "event", "measure", "survey", "ranking" };
	size_t n, i;

	for (; *kinds != '\0'; kinds += n + (kinds[n] == ';')) {
		n = strcspn(kinds, ";");
		for (i = 0; i < 5 && (strlen(kind[i]) != n || memcmp(kinds, kind[i], n) != 0); i++)
			continue;
		if (i == 5)
			programme_fault(r, where, "应为 document、event、measure、survey、ranking",
				"use document, event, measure, survey, ranking");
	}
}

static void
read_wording(struct programme_reader *r, struct indicator *row, const json_t *o, const char *where)
{
	const json_t *points = json_object_get(o, "points");

	row->id = programme_text(r, o, "id", where, NEED);
	check_id(r, row, programme_at(r, where, "id"));
	read_chapter(r, row, o, where);
	row->title = programme_named(r, o, "title", where, NEED);
	row->content = programme_named(r, o, "content", where, NEED);
	row->lead = programme_list(r, o, "lead", where, NEED);
	check_departments(r, row->lead, programme_at(r, where, "lead"));
	row->cooperate = programme_list(r, o, "cooperate", where, NEED_NOT);
	check_departments(r, row->cooperate, programme_at(r, where, "cooperate"));
	row->kind = programme_list(r, o, "kind", where, NEED);
	check_kinds(r, row->kind, programme_at(r, where, "kind"));
	row->data_source = programme_text(r, o, "source", where, NEED_NOT);
	row->deadline = programme_text(r, o, "deadline", where, NEED_NOT);
	if (row->deadline[0] != '\0' && !month_ok(row->deadline))
		programme_fault(r, programme_at(r, where, "deadline"), "完成时限应写成 2017-04",
			"a deadline is written as 2017-04");
	row->points = points == NULL || json_is_null(points) ? NAN : json_number_value(points);
	if (row->points < 0 || (!isnan(row->points) && !json_is_number(points)))
		programme_fault(r, programme_at(r, where, "points"),
			"分值应是不小于 0 的数，没有就写 null",
			"points are a number from 0, or null");
	row->evidence = programme_list(r, o, "evidence", where, NEED_NOT);
	row->notes = programme_text(r, o, "notes", where, NEED_NOT);
	(void)programme_text(r, o, "seed_lines", where, NEED_NOT);
}

static void
read_row(struct programme_reader *r, struct indicator *row, const json_t *o, const char *where)
{
	static const char *const keys[] = { "id", "chapter", "title", "content", "lead",
		"cooperate", "kind", "source", "deadline", "points", "evidence", "seed_lines",
		"notes", "clauses", "figures", "headline", "domains", "rank", "agency", NULL };
	struct row_reader at = { .r = r, .row = row };

	*row = (struct indicator){ .row = (int)(row - r->programme->row) + 1, .id = "",
		.domains = "" };
	if (!programme_keys(r, o, where, keys))
		return;
	read_wording(r, row, o, where);
	read_clauses(&at, o, where);
	read_page(r, row, o, where);
}

void
programme_rows(struct programme_reader *r, const json_t *root)
{
	const json_t *list = json_object_get(root, "rows"), *one;
	size_t n = json_array_size(list), i;
	struct indicator *row = pool_array(r->pool, n + 1, sizeof(*row));

	r->programme->row = row;
	if (n == 0 || n > PROGRAMME_ROWS_MAX)
		programme_fault(r, "/rows", "要有 1—%d 项任务",
			"1 to %d rows are needed", PROGRAMME_ROWS_MAX);
	json_array_foreach((json_t *)list, i, one) {
		if (i >= PROGRAMME_ROWS_MAX)
			break;
		read_row(r, &row[i], one, programme_nth(r, "/rows", i));
		r->programme->rows++;
	}
}

enum feed_kind
feed_of(const struct rule *rule)
{
	return rule->feed == NULL ? FEED_READING : rule->feed->kind;
}

bool
programme_confirmed(const char *document, const char *date)
{
	return document[0] != '\0' && date[0] != '\0';
}
