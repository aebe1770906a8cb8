/* A programme put in force over another, and over what is on record. */
#include "track/programme/programme.h"

#include <string.h>

#include "base/date.h"
#include "base/file.h"
#include "db/programme.h"
#include "db/survey.h"

/* ---- what is on record keeps its meaning ---- */

static const struct indicator *
find(const struct programme *p, const char *id)
{
	return programme_row(p, id, NULL);
}

/* The same rule, an alternative to the one before it or not, as it was? */
static bool
same_rule(const struct indicator *was, const struct indicator *is, size_t i)
{
	bool before = i > 0 && was->rule[i].group == was->rule[i - 1].group;

	return i < is->rules && strcmp(was->rule[i].text, is->rule[i].text) == 0 &&
		before == (i > 0 && is->rule[i].group == is->rule[i - 1].group);
}

static bool
same_figure(const struct programme_figure *was, const struct programme_figure *is)
{
	bool same = was->n == is->n &&
		(was->n == 0 || strcmp(was->form, is->form) == 0);

	for (size_t i = 0; same && i < was->n; i++)
		same = strcmp(was->index[i], is->index[i]) == 0;
	return same;
}

static bool
same_feed(const struct feed *was, const struct feed *is)
{
	return (was == NULL ? FEED_READING : was->kind) ==
		(is == NULL ? FEED_READING : is->kind) &&
		(was == NULL || is == NULL || same_figure(&was->figure, &is->figure));
}

/* Is it among "2,5,11.2", or are all of them? */
static bool
listed(const char *list, const char *id)
{
	size_t n = strlen(id);

	if (list == NULL)
		return false;
	if (strcmp(list, "all") == 0)
		return true;
	for (const char *s = list; s != NULL; s = strchr(s, ',')) {
		s += *s == ',';
		if (strncmp(s, id, n) == 0 && (s[n] == ',' || s[n] == '\0'))
			return true;
	}
	return false;
}

/* What is on record was entered about a task: another one may not take its number. */
static int
keep_task(struct db *db, const struct indicator *was, const struct indicator *is,
	const char *reworded, struct err *err)
{
	int64_t all, one;

	if (is == NULL || (strcmp(was->title, is->title) == 0 &&
			strcmp(was->content, is->content) == 0 && strcmp(was->lead, is->lead) == 0))
		return 0;
	if (db_count_records(db, was->id, 1, &all, &one, err) != 0)
		return -1;
	if (all == 0 || listed(reworded, was->id))
		return 0;
	return err_set(err, ERR_CONFLICT,
		"第 %s 项原为“%s”（牵头：%s），这份表里是“%s”（牵头：%s），而库里有 %lld"
		" 条关于它的记录：确是同一项任务、只改了措辞或牵头部门的，加 --reworded %s；"
		"若是另一项任务，请用别的编号",
		"row %s was “%s” (lead: %s) and is “%s” (lead: %s) in this file, with"
		" %lld records about it: if it is the same task reworded, add --reworded %s;"
		" another task needs another number", was->id,
		was->content[0] != '\0' ? was->content : was->title, was->lead,
		is->content[0] != '\0' ? is->content : is->title, is->lead, (long long)all,
		was->id);
}

/* What was signed or published rests on figures: others may not take their place. */
static int
keep_feeds(struct db *db, const struct indicator *was, const struct indicator *is, struct err *err)
{
	int64_t all, one;

	for (size_t i = 0; is != NULL && i < was->rules && i < is->rules; i++) {
		if (same_feed(was->rule[i].feed, is->rule[i].feed))
			continue;
		if (db_count_records(db, was->id, (int)i + 1, &all, &one, err) != 0)
			return -1;
		if (all > 0)
			return err_set(err, ERR_CONFLICT,
				"第 %s 项第 %d 条的数据来源变了，而库里有 %lld 条关于它的记录，"
				"审定和公布都以原来的数为准：请作为新的一条写在后面",
				"what feeds requirement %2$d of row %1$s has changed, with %3$lld"
				" records about it that rest on the old figures: add the new one"
				" after it instead", was->id, (int)i + 1, (long long)all);
	}
	return 0;
}

static int
keep_row(struct db *db, const struct indicator *was, const struct indicator *is,
	const char *reworded, struct err *err)
{
	int64_t all, one;

	if (keep_task(db, was, is, reworded, err) != 0 || keep_feeds(db, was, is, err) != 0)
		return -1;
	for (size_t i = 0; i < was->rules; i++) {
		if (is != NULL && same_rule(was, is, i))
			continue;
		if (db_count_records(db, was->id, (int)i + 1, &all, &one, err) != 0)
			return -1;
		if (is == NULL && all > 0)
			return err_set(err, ERR_CONFLICT,
				"第 %s 项不在这份任务表里，而库里有 %lld 条关于它的记录，不能去掉",
				"row %s is not in this programme and there are"
				" %lld records about it: it cannot go", was->id, (long long)all);
		if (is != NULL && one > 0)
			return err_set(err, ERR_CONFLICT,
				"第 %s 项第 %d 条原为“%s”，这份表里是“%s”，而库里有 %lld"
				" 条按原条文登记的记录：条文变了意思就变了，"
				"请作为新的一条或新的一项写在后面",
				"requirement %2$d of row %1$s was “%3$s” and is “%4$s” in "
				"this file, with %5$lld records made under the old wording: add"
				" the new one after it instead", was->id,
				(int)i + 1, was->rule[i].text[0] == '\0' ?
				LANG_PICK("由人判定", "judged by a person") : was->rule[i].text,
				i < is->rules ? is->rule[i].text : "", (long long)one);
	}
	return 0;
}

/* Records of one programme are not another's. */
static int
keep_programme(struct db *db, const struct programme *was, const struct programme *is,
	struct err *err)
{
	int64_t all = 0, one;

	if (strcmp(was->id, is->id) == 0)
		return 0;
	for (size_t i = 0; i < was->rows && all == 0; i++)
		if (db_count_records(db, was->row[i].id, 1, &all, &one, err) != 0)
			return -1;
	if (all == 0)
		return 0;
	return err_set(err, ERR_CONFLICT,
		"库里是任务表“%s”的记录，这份文件是另一个任务表“%s”：请新建数据库"
		"（manyi init）再启用",
		"there are records of the programme “%s” here and this file is another, “%s”:"
		" make a new database (manyi init) for it", was->id, is->id);
}

static int
keep_records(struct db *db, const struct programme *was, const struct programme *is,
	const char *reworded, struct err *err)
{
	int first;

	if (keep_programme(db, was, is, err) != 0 || db_first_record_year(db, &first, err) != 0)
		return -1;
	if (first != 0 && first < is->first_year)
		return err_set(err, ERR_CONFLICT,
			"库里有 %d 年的记录，“first_year”不能是以后的 %d 年",
			"there are records for %d: “first_year” cannot be %d, which is later",
			first, is->first_year);
	for (size_t i = 0; i < was->rows; i++)
		if (keep_row(db, &was->row[i], find(is, was->row[i].id), reworded, err) != 0)
			return -1;
	return 0;
}

/* ---- its figures are there ---- */

struct stored_forms {
	struct db *db;
	struct pool *pool;
};

static const struct form *
stored_form(void *ctx, const char *id)
{
	const struct stored_forms *f = ctx;

	return db_get_form(f->db, id, NULL, f->pool, NULL);
}

static int
keep_figures(struct db *db, const struct programme *p, struct pool *pool, struct err *err)
{
	struct stored_forms stored = { db, pool };
	const struct fault *fault;
	const char *strange;

	if (programme_figures(&fault, &strange, p, stored_form, &stored, pool) > 0)
		return err_set(err, ERR_MISSING, "任务表 %zu:%zu：%s", "the programme %zu:%zu: %s",
			fault[0].line, fault[0].column, fault[0].what);
	if (strange[0] != '\0')
		return err_set(err, ERR_MISSING, "库里没有问卷 %s：先用 manyi form load 载入",
			"there is no form %s: load it with manyi form load", strange);
	return 0;
}

/* ---- in force ---- */

static int
put(struct db *db, const struct programme *p, const char *who, struct err *err)
{
	struct pool pool = POOL_INIT;
	const char **id = pool_array(&pool, p->rows, sizeof(*id));
	struct programme_row row = { .sha256 = p->sha256, .who = who, .minute = date_now_minute(),
		.body = p->body };
	int rc;

	for (size_t i = 0; i < p->rows; i++)
		id[i] = p->row[i].id;
	rc = db_put_programme(db, &row, id, p->rows, err);
	pool_clear(&pool);
	return rc;
}

int
programme_fill(struct db *db, struct err *err)
{
	struct pool pool = POOL_INIT;
	const struct programme *p = programme_parse((const char *)embed_programme_json,
		embed_programme_json_n, "data/programme.json", &pool, err);
	int rc = p == NULL ? -1 : put(db, p, "manyi", err);

	pool_clear(&pool);
	return rc;
}

int
programme_put(struct db *db, const struct programme *p, const char *reworded, const char *who,
	bool *changed, struct err *err)
{
	struct pool pool = POOL_INIT;
	const struct programme *was = programme_in_force(db, &pool, err);
	int rc = -1;

	*changed = false;
	if (was == NULL || keep_records(db, was, p, reworded, err) != 0)
		goto out;
	if (keep_figures(db, p, &pool, err) != 0)
		goto out;
	*changed = strcmp(was->sha256, p->sha256) != 0;
	rc = *changed ? put(db, p, who, err) : 0;
out:
	pool_clear(&pool);
	return rc;
}
