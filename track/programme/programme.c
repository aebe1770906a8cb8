/* A programme's file into a programme, and which one is in force. */
#include "track/programme/programme.h"

#include <stdlib.h>
#include <string.h>

#include "base/entry.h"
#include "base/file.h"
#include "base/filekind.h"
#include "base/sha256.h"
#include "db/programme.h"
#include "track/programme/in.h"

enum { DEPARTMENT_BYTES_MAX = 150 };

/* ---- parts of the file ---- */

static void
read_head(struct programme_reader *r, const json_t *root)
{
	static const char *const keys[] = { "id", "edition", "title", "languages",
		"first_year", NULL };
	static const char *const languages[] = { "zh", "en", NULL };
	const json_t *o = json_object_get(root, "programme");
	struct programme *p = r->programme;

	if (o == NULL)
		programme_fault(r, "", "缺“programme”", "“programme” is missing");
	if (o == NULL || !programme_keys(r, o, "/programme", keys))
		return;
	p->id = programme_text(r, o, "id", "/programme", NEED);
	p->edition = programme_text(r, o, "edition", "/programme", NEED);
	p->title = programme_words(r, o, "title", "/programme", NEED);
	(void)programme_choices(r, o, "languages", "/programme", languages);
	p->first_year = programme_whole(r, o, "first_year", "/programme", ENTRY_YEAR_FIRST, 2999,
		ENTRY_YEAR_FIRST);
	programme_english(r, p->title.in[LANG_ZH], p->title.in[LANG_EN], "/programme/title");
}

static void
read_chapters(struct programme_reader *r, const json_t *root)
{
	static const char *const keys[] = { "number", "title", NULL };
	const json_t *list = json_object_get(root, "chapters"), *one;
	struct programme_chapter *chapter =
		pool_array(r->pool, json_array_size(list) + 1, sizeof(*chapter));
	size_t i;

	r->programme->chapter = chapter;
	if (json_array_size(list) == 0)
		programme_fault(r, "", "“chapters”要列出各章", "“chapters” lists the chapters");
	json_array_foreach((json_t *)list, i, one) {
		const char *where = programme_nth(r, "/chapters", i);

		if (!programme_keys(r, one, where, keys))
			continue;
		chapter[i] = (struct programme_chapter){ programme_whole(r, one, "number", where, 1,
			99, 0), programme_named(r, one, "title", where, NEED) };
		if (chapter[i].number != (int)i + 1)
			programme_fault(r, where, "章号应从 1 起依次编排",
				"chapters are numbered from 1, one by one");
		r->programme->chapters = i + 1;
	}
}

static void
read_became(struct programme_reader *r, struct programme_department *d, const json_t *object,
	const char *where)
{
	static const char *const kinds[] = { "same", "renamed", "merged", "moved up", "ended",
		"unknown", NULL };
	static const char *const keys[] = { "kind", "successor", "from", "document", "date", "sure",
		"note", NULL };
	const json_t *o = json_object_get(object, "became");
	int kind;

	d->successor = d->from = d->document = d->date = "";
	where = programme_at(r, where, "became");
	if (o == NULL || !programme_keys(r, o, where, keys) ||
			(kind = programme_word(r, o, "kind", where, NEED, kinds)) < 0)
		return;
	d->became = (enum became_kind)kind;
	d->successor = programme_text(r, o, "successor", where, NEED_NOT);
	d->from = programme_text(r, o, "from", where, NEED_NOT);
	(void)programme_text(r, o, "sure", where, NEED_NOT);
	(void)programme_text(r, o, "note", where, NEED_NOT);
	programme_proof(r, o, where, &d->document, &d->date);
	if (programme_confirmed(d->document, d->date) && d->successor[0] == '\0' &&
			kind >= BECAME_RENAMED && kind <= BECAME_MOVED_UP)
		programme_fault(r, where, "确认了就要写明现在的名称“successor”",
			"what is confirmed needs its “successor”");
}

static void
read_departments(struct programme_reader *r, const json_t *root)
{
	static const char *const keys[] = { "name", "became", NULL };
	const json_t *list = json_object_get(root, "departments"), *one;
	struct programme_department *department =
		pool_array(r->pool, json_array_size(list) + 1, sizeof(*department));
	size_t i;

	r->programme->department = department;
	r->programme->everyone = programme_named(r, root, "everyone", "", NEED_NOT);
	if (json_array_size(list) == 0)
		programme_fault(r, "", "“departments”要列出各部门",
			"“departments” lists the departments");
	json_array_foreach((json_t *)list, i, one) {
		const char *where = programme_nth(r, "/departments", i);

		if (!programme_keys(r, one, where, keys))
			continue;
		department[r->programme->departments].name =
			programme_named(r, one, "name", where, NEED);
		for (size_t k = 0; k < r->programme->departments; k++)
			if (strcmp(department[k].name,
					department[r->programme->departments].name) == 0)
				programme_fault(r, where, "“%s”列了两次", "“%s” is listed twice",
					department[k].name);
		if (strlen(department[r->programme->departments].name) > DEPARTMENT_BYTES_MAX)
			programme_fault(r, where, "部门名称太长，最多 %d 字节",
				"the name takes at most %d bytes", DEPARTMENT_BYTES_MAX);
		read_became(r, &department[r->programme->departments++], one, where);
	}
}

static void
read_words(struct programme_reader *r, const json_t *root)
{
	static const char *const keys[] = { "zh", "en", NULL };
	const json_t *one;
	size_t i;

	json_array_foreach(json_object_get(root, "words"), i, one) {
		const char *where = programme_nth(r, "/words", i);

		if (programme_keys(r, one, where, keys))
			programme_english(r, programme_text(r, one, "zh", where, NEED),
				programme_text(r, one, "en", where, NEED), where);
	}
}

/* Which readings there are to choose from; without a word of it every one. */
static void
read_criteria(struct programme_reader *r, const json_t *root)
{
	static const char *const keys[] = { "governs", "years", "unsigned_years", NULL };
	const json_t *o = json_object_get(root, "criteria");
	struct programme *p = r->programme;
	int word;

	for (int i = 0; i < CRITERION_MAX; i++)
		p->criteria[i] = pool_fmt(r->pool, "%s;%s", criterion_values((enum criterion)i)[0],
			criterion_values((enum criterion)i)[1]);
	p->unsigned_years = criterion_values(CRITERION_YEARS)[0];
	if (o == NULL || !programme_keys(r, o, "/criteria", keys))
		return;
	for (int i = 0; i < CRITERION_MAX; i++)
		if (json_object_get(o, criterion_name((enum criterion)i)) != NULL)
			p->criteria[i] = programme_choices(r, o, criterion_name((enum criterion)i),
				"/criteria", criterion_values((enum criterion)i));
	word = programme_word(r, o, "unsigned_years", "/criteria", NEED_NOT,
		criterion_values(CRITERION_YEARS));
	if (word >= 0)
		p->unsigned_years = criterion_values(CRITERION_YEARS)[word];
}

static void
read_all(struct programme_reader *r, const json_t *root)
{
	static const char *const keys[] = { "programme", "criteria", "everyone", "chapters",
		"departments", "words", "rows", NULL };

	if (!programme_keys(r, root, "", keys))
		return;
	read_head(r, root);
	read_criteria(r, root);
	read_chapters(r, root);
	read_departments(r, root);
	read_words(r, root);
	programme_rows(r, root);
}

/* ---- the file ---- */

static int
by_place(const void *a, const void *b)
{
	const struct fault *x = a, *y = b;

	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return x->column < y->column ? -1 : x->column > y->column;
}

/* Not JSON at all: the one fault that is known. */
static void
syntax(struct programme_reader *r, const json_error_t *e)
{
	programme_fault(r, "", "不是 JSON：%s", "no JSON: %s", json_said(e));
	r->fault[0].line = e->line < 1 ? 1 : (size_t)e->line;
	r->fault[0].column = e->column < 1 ? 1 : (size_t)e->column;
}

static const struct programme *
parse(struct programme_reader *r, const char *body, size_t n, struct pool *pool)
{
	struct english *english = pool_take(pool, sizeof(*english));
	char *hex = pool_take(pool, 65);
	json_error_t e;
	json_t *root = json_parse(body, n, &e);

	*r = (struct programme_reader){ .pool = pool, .source = body };
	r->fault = pool_array(pool, PROGRAMME_FAULTS_MAX, sizeof(*r->fault));
	r->programme = pool_take(pool, sizeof(*r->programme));
	sha256_hex(hex, body, n);
	*r->programme = (struct programme){ .id = "", .edition = "", .sha256 = hex, .body = body,
		.everyone = "", .english = english };
	if (root == NULL)
		syntax(r, &e);
	else
		read_all(r, root);
	json_decref(root);
	*english = r->english;
	english_sort(english);
	qsort(r->fault, r->faults, sizeof(*r->fault), by_place);
	return r->faults == 0 ? r->programme : NULL;
}

const struct programme *
programme_parse(const char *body, size_t n, const char *name, struct pool *pool, struct err *err)
{
	struct programme_reader r;
	const struct programme *p = parse(&r, pool_strndup(pool, body, n), n, pool);

	if (p != NULL)
		return p;
	if (r.faults == 1)
		err_set(err, ERR_INPUT, "%s:%zu:%zu：%s", "%s:%zu:%zu: %s", name, r.fault[0].line,
			r.fault[0].column, r.fault[0].what);
	else
		err_set(err, ERR_INPUT, "%s:%zu:%zu：%s（另有 %zu 处）",
			"%s:%zu:%zu: %s (and %zu more)", name, r.fault[0].line,
			r.fault[0].column, r.fault[0].what, r.faults - 1);
	return NULL;
}

static int
read_file(const char **body, size_t *n, const char *path, struct pool *pool, struct err *err)
{
	if (file_read(body, n, path, PROGRAMME_BYTES_MAX, pool, err) != 0)
		return -1;
	return filekind_json(*body, *n, path, err);
}

const struct programme *
programme_load(const char *path, struct pool *pool, struct err *err)
{
	const char *body;
	size_t n;

	return read_file(&body, &n, path, pool, err) != 0 ? NULL :
		programme_parse(body, n, path, pool, err);
}

const struct programme *
programme_check(const char *path, const struct fault **fault, size_t *faults, struct pool *pool,
	struct err *err)
{
	struct programme_reader r;
	const struct programme *p;
	const char *body;
	size_t n;

	*fault = NULL;
	*faults = 0;
	if (read_file(&body, &n, path, pool, err) != 0)
		return NULL;
	p = parse(&r, body, n, pool);
	*fault = r.fault;
	*faults = r.faults;
	return p;
}

/* ---- in force ---- */

const struct programme *
programme_in_force(struct db *db, struct pool *pool, struct err *err)
{
	struct programme_row row;

	if (db_get_programme(db, &row, pool, err) != 0)
		return NULL;
	return programme_parse(row.body, strlen(row.body),
		LANG_PICK("任务表", "programme"), pool, err);
}

bool
programme_reads(const struct programme *p, enum criterion criterion, const char *value)
{
	const char *list = p->criteria[criterion];
	size_t n;

	for (; *list != '\0'; list += n + (list[n] == ';')) {
		n = strcspn(list, ";");
		if (n == strlen(value) && memcmp(list, value, n) == 0)
			return true;
	}
	return false;
}

const struct programme_department *
programme_department(const struct programme *p, const char *name)
{
	for (size_t i = 0; i < p->departments; i++) {
		const struct programme_department *d = &p->department[i];

		if (strcmp(d->name, name) == 0 || (strcmp(d->successor, name) == 0 &&
				programme_confirmed(d->document, d->date)))
			return d;
	}
	return NULL;
}

/* "1—50" would lie of other tables: the ids themselves. */
static const char *
ids(const struct programme *p, struct text *t)
{
	for (size_t i = 0; i < p->rows; i++)
		text_fmt(t, "%s%s", i > 0 ? LANG_PICK("、", ", ") : "", p->row[i].id);
	return text_str(t);
}

const struct indicator *
programme_row(const struct programme *p, const char *id, struct err *err)
{
	struct text t = TEXT_INIT;

	for (size_t i = 0; i < p->rows; i++)
		if (strcmp(p->row[i].id, id) == 0)
			return &p->row[i];
	err_set(err, ERR_MISSING, "没有第“%s”项；有：%s",
		"there is no indicator “%s”; there are: %s", id, ids(p, &t));
	text_clear(&t);
	return NULL;
}

const struct rule *
programme_place(const struct indicator *row)
{
	const struct rule *place = NULL;
	size_t places = 0;

	for (size_t i = 0; i < row->rules; i++)
		if (row->rule[i].op == RULE_RANK || row->rule[i].op == RULE_FRONT) {
			place = &row->rule[i];
			places++;
		}
	return places == 1 && place->years == 0 ? place : NULL;
}

const char *
programme_qualified(const struct programme *p, struct pool *pool)
{
	const char *out = ";";

	for (size_t i = 0; i < p->rows; i++)
		if (p->row[i].qualified)
			out = pool_fmt(pool, "%s%s;", out, p->row[i].id);
	return out;
}
