/* A programme put in force over another, and over what is on record. */
#include "track/programme/programme.h"

#include <string.h>

#include "base/date.h"
#include "base/file.h"
#include "db/programme.h"
#include "db/survey.h"
#include "figure/scores.h"

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

static int
keep_row(struct db *db, const struct indicator *was, const struct indicator *is, struct err *err)
{
	int64_t all, one;

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

static int
keep_records(struct db *db, const struct programme *was, const struct programme *is,
	struct err *err)
{
	for (size_t i = 0; i < was->rows; i++)
		if (keep_row(db, &was->row[i], find(is, was->row[i].id), err) != 0)
			return -1;
	return 0;
}

/* ---- its figures are there ---- */

static int
check_figure(struct db *db, const struct indicator *row, const char *form_id, const char *index,
	struct pool *pool, struct err *err)
{
	const struct form *form = db_get_form(db, form_id, NULL, pool, err);
	enum scores_set set;
	struct scores scores;

	if (form == NULL || scores_make(&scores, form, pool, err) != 0)
		return -1;
	if (scores_find(&scores, index, &set) != NULL)
		return 0;
	return err_set(err, ERR_MISSING, "第 %s 项：问卷 %s 没有指数“%s”",
		"row %s: form %s has no index “%s”", row->id, form_id, index);
}

static int
check_figures(struct db *db, const struct indicator *row, const struct programme_figure *f,
	struct pool *pool, struct err *err)
{
	for (size_t i = 0; i < f->n; i++)
		if (check_figure(db, row, f->form, f->index[i], pool, err) != 0)
			return -1;
	return 0;
}

static int
check_parts(struct db *db, const struct indicator *row, const struct programme_part part[],
	size_t n, struct pool *pool, struct err *err)
{
	for (size_t i = 0; i < n; i++)
		if (check_figure(db, row, row->figures.form, part[i].index, pool, err) != 0)
			return -1;
	return 0;
}

static int
check_domains(struct db *db, const struct indicator *row, struct pool *pool, struct err *err)
{
	static const char *const always[] = { "", "figures", "sector", "township", "site" };
	const struct form *form;
	int item;

	for (size_t i = 0; i < sizeof(always) / sizeof(always[0]); i++)
		if (strcmp(row->domains, always[i]) == 0)
			return 0;
	form = db_get_form(db, row->figures.form, NULL, pool, err);
	if (form == NULL)
		return -1;
	item = form_item(form, row->domains);
	if (item >= 0 && form->item[item].choices > 0)
		return 0;
	return err_set(err, ERR_MISSING, "第 %s 项：问卷 %s 不能按“%s”分组",
		"row %s: form %s has no groups by “%s”", row->id, row->figures.form, row->domains);
}

static int
check_row(struct db *db, const struct indicator *row, struct pool *pool, struct err *err)
{
	for (size_t i = 0; i < row->rules; i++)
		if (row->rule[i].feed != NULL &&
				check_figures(db, row, &row->rule[i].feed->figure, pool, err) != 0)
			return -1;
	if (check_figures(db, row, &row->figures, pool, err) != 0 ||
			check_parts(db, row, row->first, row->firsts, pool, err) != 0 ||
			check_parts(db, row, row->beside, row->besides, pool, err) != 0)
		return -1;
	return check_domains(db, row, pool, err);
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
programme_put(struct db *db, const struct programme *p, const char *who, bool *changed,
	struct err *err)
{
	struct pool pool = POOL_INIT;
	const struct programme *was = programme_in_force(db, &pool, err);
	int rc = -1;

	*changed = false;
	if (was == NULL || keep_records(db, was, p, err) != 0)
		goto out;
	for (size_t i = 0; i < p->rows; i++)
		if (check_row(db, &p->row[i], &pool, err) != 0)
			goto out;
	*changed = strcmp(was->sha256, p->sha256) != 0;
	rc = *changed ? put(db, p, who, err) : 0;
out:
	pool_clear(&pool);
	return rc;
}
