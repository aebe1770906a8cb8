/* Forms, waves and sites in the database. */
#include "db/survey.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/code.h"
#include "base/date.h"
#include "base/text.h"
#include "db/columns.h"
#include "db/engine.h"
#include "db/statement.h"
#include "forms/builtin.h"

/* ---- forms ---- */

/* "answers_A_2024_1": what is no letter, digit or _ becomes _.  form.answers is UNIQUE, so that two
 * versions that would share a name cannot both be stored. */
static const char *
view_name(const struct form *form, struct pool *pool)
{
	char *name = pool_fmt(pool, "answers_%s_%s", form->id, form->version);

	for (char *p = name; *p != '\0'; p++)
		if (!isascii((unsigned char)*p) || !isalnum((unsigned char)*p))
			*p = '_';
	return name;
}

/* XLSForm's names; quoted below, they cannot end an identifier. */
static bool
is_name(const char *s)
{
	return s[0] != '\0' && strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"0123456789_.-") == strlen(s);
}

/*
 * The one place where SQL is made at run time: a view cannot take its columns'
 * names as parameters.  Every name in it is checked by is_name() or made by
 * view_name(), so nothing a form says can be read as SQL.  Our own columns
 * begin with _, which no item's name does.
 */
static int
make_view(struct db *db, const struct form *form, const char *name, struct err *err)
{
	struct text sql = TEXT_INIT;
	int rc = -1;

	if (!is_name(form->id) || !is_name(form->version))
		return err_set(err, ERR_INPUT, "表单编号和版本只能用字母、数字和 _ . -：%s %s",
			"a form's id and version may hold letters, digits and _ . - only: %s %s",
			form->id, form->version);
	text_fmt(&sql,
		"DROP VIEW IF EXISTS \"%s\"; CREATE VIEW \"%s\" AS SELECT r.id AS _id,"
		" w.form_id || '-' || w.label AS _wave, s.code AS _site, r.stream AS _stream,"
		" r.mode AS _mode, r.stratum AS _stratum, r.cluster AS _cluster, r.weight / 1e6 AS"
		" _weight, r.minute AS _minute, r.seconds AS _seconds, r.flagged AS _flagged,"
		" r.screens AS _screens, r.dont_know AS _dont_know, r.resends AS _resends,"
		" r.client AS _client, r.rush AS _rush", name, name);
	for (size_t i = 0; i < form->items; i++) {
		if (!is_name(form->item[i].name)) {
			err_set(err, ERR_INPUT, "表单 %s：题名“%s”只能用字母、数字和 _ . -",
				"form %s: the item name \"%s\" may hold letters,"
				" digits and _ . - only", form->id, form->item[i].name);
			goto out;
		}
		text_fmt(&sql,
			", json_extract(r.answers, '$[%zu]') AS \"%s\"", i, form->item[i].name);
	}
	text_fmt(&sql,
		" FROM counted r JOIN wave w ON w.id = r.wave LEFT JOIN site s ON s.id = r.site"
		" WHERE w.form_id = '%s' AND w.form_version = '%s'", form->id, form->version);
	if (sqlite3_exec(db->sqlite, text_str(&sql), NULL, NULL, NULL) != SQLITE_OK)
		db_fail(db->sqlite, db->path, err);
	else
		rc = 0;
out:
	text_clear(&sql);
	return rc;
}

/* A form loaded before may not lose its view to one whose name differs only in
 * case or punctuation. */
static int
check_view(struct db *db, const struct form *form, const char *name, struct err *err)
{
	sqlite3_stmt *s = db_use(db, SQL_FORM_OF_VIEW, ARGS(TEXT(name)));
	int rc = db_step(db, s, err);

	if (rc <= 0)
		return rc;
	if (strcmp(db_column(s, 0), form->id) != 0 || strcmp(db_column(s, 1), form->version) != 0)
		rc = err_set(err, ERR_CONFLICT,
			"表单 %s 版本 %s 与已有的 %s %s 重名，请换一个编号或版本号",
			"form %s version %s is too like the %s %s already loaded;"
			" choose another id or version",
			form->id, form->version, db_column(s, 0), db_column(s, 1));
	db_stop(s);
	return rc < 0 ? -1 : 0;
}

/* What is stored under this id and version: 0 nothing, 1 the same bytes, 2 other bytes
 * that may be replaced. */
static int
compare_form(struct db *db, const struct form *form, struct err *err)
{
	sqlite3_stmt *s = db_use(db, SQL_FORM_SHA256, ARGS(TEXT(form->id), TEXT(form->version)));
	int64_t frozen;
	int rc = db_step(db, s, err);

	if (rc <= 0)
		return rc;
	rc = strcmp(db_column(s, 0), form->sha256) == 0 ? 1 : 2;
	db_stop(s);
	if (rc == 1)
		return 1;
	if (db_number(db, SQL_FORM_FROZEN, ARGS(TEXT(form->id), TEXT(form->version)), 0,
			&frozen, err) != 0)
		return -1;
	if (frozen)
		return err_set(err, ERR_CONFLICT,
			"表单 %s 版本 %s 已有答卷，不能再改；改动一个字也要用新的版本号",
			"form %s version %s has answers and is frozen;"
			" a changed word is a new version", form->id, form->version);
	return 2;
}

static int
write_form(struct db *db, const struct form *form, int state, const char *view, struct err *err)
{
	const char *zh = texts_for(&form->title, LANG_ZH), *en = texts_for(&form->title, LANG_EN);
	int64_t now = date_now_minute();

	if (state == 2)
		return db_run(db, SQL_REPLACE_FORM, ARGS(TEXT(form->sha256), TEXT(zh), TEXT(en),
			INT(now), TEXT(form->body), TEXT(form->id), TEXT(form->version)), err);
	return db_run(db, SQL_PUT_FORM,
		ARGS(TEXT(form->id), TEXT(form->version), TEXT(form->sha256),
		TEXT(zh), TEXT(en), INT(now), TEXT(view), TEXT(form->body)), err);
}

int
db_put_form(struct db *db, const struct form *form, struct err *err)
{
	struct pool pool = POOL_INIT;
	const char *view = view_name(form, &pool);
	int state, rc = -1;

	if (db_enter(db, err) != 0)
		goto out;
	state = check_view(db, form, view, err) < 0 ? -1 : compare_form(db, form, err);
	if (state == 1 || ((state == 0 || state == 2) && write_form(db, form, state, view, err) ==
			0 && make_view(db, form, view, err) == 0))
		rc = 0;
	rc = db_leave(db, rc, err);
out:
	pool_clear(&pool);
	return rc;
}

static int
no_form(struct db *db, const char *id, const char *version, struct err *err)
{
	sqlite3_stmt *s = db_use(db, SQL_KNOWN_FORMS, NO_ARGS);
	const char *known;

	if (db_step(db, s, err) <= 0)
		return -1;
	known = db_column(s, 0);
	if (known[0] == '\0')
		err_set(err, ERR_MISSING, "库里没有表单 %s；请先用 manyi form load 载入",
			"there is no form %s; load one with manyi form load", id);
	else
		err_set(err, ERR_MISSING, "库里没有表单 %s%s%s；已有：%s",
			"there is no form %s%s%s; there are: %s",
			id, version != NULL ? " " : "", version != NULL ? version : "", known);
	db_stop(s);
	return -1;
}

const struct form *
db_get_form(struct db *db, const char *id, const char *version, struct pool *pool, struct err *err)
{
	sqlite3_stmt *s = version == NULL ? db_use(db, SQL_NEWEST_FORM, ARGS(TEXT(id))) :
		db_use(db, SQL_GET_FORM, ARGS(TEXT(id), TEXT(version)));
	int rc = db_step(db, s, err);
	const char *body, *name;
	size_t n;

	if (rc == 0)
		no_form(db, id, version, err);
	if (rc <= 0)
		return NULL;
	name = pool_fmt(pool, "%s %s", id, db_column(s, 0));
	body = db_text(s, 1, pool);
	n = strlen(body);
	db_stop(s);
	return form_parse(body, n, name, pool, err);
}

static const struct columns id_columns =
	COLUMNS(const char *, { COLUMN_TEXT, 0, sizeof(const char *), NULL });

int
db_list_form_ids(struct db *db, const char ***id, size_t *n, struct pool *pool, struct err *err)
{
	*id = columns_list(db, db_use(db, SQL_FORM_IDS, NO_ARGS), &id_columns, n, pool, err);
	return *id != NULL ? 0 : -1;
}

/* The newest version of a form, if it asks the item. */
static const struct form *
form_if_asking(struct db *db, const char *id, const char *item, struct pool *pool)
{
	const struct form *form = db_get_form(db, id, NULL, pool, NULL);
	int at = form == NULL ? -1 : form_item(form, item);

	return at >= 0 && form->item[at].choices > 0 ? form : NULL;
}

const struct form *
db_form_asking(struct db *db, const char *own, const char *item, struct pool *pool)
{
	const struct form *form = own == NULL ? NULL : form_if_asking(db, own, item, pool);
	const char **id;
	size_t n;

	if (form != NULL || db_list_form_ids(db, &id, &n, pool, NULL) != 0)
		return form;
	for (size_t i = 0; form == NULL && i < n; i++)
		form = form_if_asking(db, id[i], item, pool);
	return form;
}

int
db_each_form(struct db *db, void (*row)(const struct form_row *, void *), void *ctx,
	struct err *err)
{
	sqlite3_stmt *s = db_use(db, SQL_EACH_FORM, NO_ARGS);
	struct form_row form;
	int rc;

	while ((rc = db_step(db, s, err)) > 0) {
		form.id = db_column(s, 0);
		form.version = db_column(s, 1);
		form.sha256 = db_column(s, 2);
		form.title_zh = db_column(s, 3);
		form.title_en = db_column(s, 4);
		form.loaded = sqlite3_column_int64(s, 5);
		form.responses = sqlite3_column_int64(s, 6);
		form.frozen = form.responses > 0;
		row(&form, ctx);
	}
	return rc;
}

/* ---- waves ---- */

#define W(member)	COLUMN(struct wave, member)
static const struct columns wave_columns = COLUMNS(struct wave,
	W(id), W(form_id), W(form_version), W(year), W(label), W(opens), W(closes), W(open),
	W(population), W(modes), W(mapping), W(strata), W(clusters), W(margins), W(domains),
	W(break_note), W(table_number), W(agency), W(approval), W(valid_until), W(lapsed_because));
#undef W

/* Nothing to say is "", whichever way the caller says it. */
static struct arg
words(const char *s)
{
	return TEXT(s != NULL ? s : "");
}

static int
check_wave(struct db *db, const struct wave *w, struct err *err)
{
	int64_t found;

	if (db_number(db, SQL_WAVE_LABEL, ARGS(TEXT(w->form_id), TEXT(w->label)), 0, &found, err) !=
			0)
		return -1;
	if (found)
		return err_set(err, ERR_CONFLICT, "表单 %s 已有名为 %s 的调查轮次",
			"form %s already has a wave %s", w->form_id, w->label);
	if (db_number(db, SQL_OPEN_WAVE, ARGS(TEXT(w->form_id)), 0, &found, err) != 0)
		return -1;
	if (found)
		return err_set(err, ERR_CONFLICT,
			"表单 %s 还有一轮调查没有结束；请先用 manyi wave close 结束它",
			"form %s has an open wave; close it first with manyi wave close",
			w->form_id);
	if (db_number(db, SQL_GET_FORM, ARGS(TEXT(w->form_id), TEXT(w->form_version)), -1,
			&found, err) != 0)
		return -1;
	return found < 0 ? no_form(db, w->form_id, w->form_version, err) : 0;
}

int
db_put_wave(struct db *db, struct wave *w, struct err *err)
{
	int rc = -1;

	if (db_enter(db, err) != 0)
		return -1;
	if (check_wave(db, w, err) == 0 && db_run(db, SQL_PUT_WAVE,
			ARGS(TEXT(w->form_id), TEXT(w->form_version), INT(w->year), TEXT(w->label),
			INT(w->opens), INT(w->closes), words(w->population), words(w->modes),
			words(w->mapping), words(w->strata), words(w->clusters), words(w->margins),
			words(w->domains), words(w->break_note), words(w->table_number),
			words(w->agency), words(w->approval), words(w->valid_until),
			words(w->lapsed_because)), err) == 0)
		rc = 0;
	if (rc == 0) {
		w->id = sqlite3_last_insert_rowid(db->sqlite);
		w->open = true;
	}
	return db_leave(db, rc, err);
}

int
db_close_wave(struct db *db, int64_t id, struct err *err)
{
	struct pool pool = POOL_INIT;
	struct wave wave;
	int rc = -1;

	if (db_enter(db, err) != 0)
		return -1;
	if (db_get_wave(db, &wave, id, &pool, err) == 0)
		rc = db_run(db, SQL_CLOSE_WAVE, ARGS(INT(date_now_minute()), INT(id)), err);
	pool_clear(&pool);
	return db_leave(db, rc, err);
}

/* One wave by a statement; *found tells whether there was one. */
static int
read_wave(struct db *db, struct wave *wave, enum sql sql, struct arg arg, bool *found,
	struct pool *pool, struct err *err)
{
	sqlite3_stmt *s = db_use(db, sql, &arg, 1);
	int rc = db_step(db, s, err);

	*found = rc > 0;
	if (rc <= 0)
		return rc;
	columns_read(wave, &wave_columns, s, pool);
	db_stop(s);
	return 0;
}

int
db_get_wave(struct db *db, struct wave *wave, int64_t id, struct pool *pool, struct err *err)
{
	bool found;

	if (read_wave(db, wave, SQL_GET_WAVE, INT(id), &found, pool, err) < 0)
		return -1;
	if (!found)
		return err_set(err, ERR_MISSING, "没有第 %lld 号调查轮次；用 manyi wave list 查看",
			"there is no wave %lld; see manyi wave list", (long long)id);
	return 0;
}

int
db_find_wave(struct db *db, struct wave *wave, const char *name, struct pool *pool, struct err *err)
{
	bool found;

	if (read_wave(db, wave, SQL_FIND_WAVE, TEXT(name), &found, pool, err) < 0)
		return -1;
	if (found)
		return 0;
	if (name[0] != '\0' && strlen(name) < 18 && strspn(name, "0123456789") == strlen(name))
		return db_get_wave(db, wave, strtoll(name, NULL, 10), pool, err);
	return err_set(err, ERR_MISSING, "没有名为“%s”的调查轮次；用 manyi wave list 查看",
		"there is no wave \"%s\"; see manyi wave list", name);
}

int
db_open_wave(struct db *db, struct wave *wave, const char *form_id, struct pool *pool,
	struct err *err)
{
	bool found;

	if (read_wave(db, wave, SQL_OPEN_WAVE, TEXT(form_id), &found, pool, err) < 0)
		return -1;
	if (!found)
		return err_set(err, ERR_MISSING,
			"表单 %s 没有正在进行的调查；用 manyi wave open 开始一轮",
			"form %s has no open wave; start one with manyi wave open", form_id);
	return 0;
}

int
db_list_waves(struct db *db, const char *form_id, struct wave **wave, size_t *waves,
	struct pool *pool, struct err *err)
{
	*wave = columns_list(db, db_use(db, SQL_LIST_WAVES, ARGS(TEXT(form_id))), &wave_columns,
		waves, pool, err);
	return *wave != NULL ? 0 : -1;
}

/* ---- sites ---- */

#define S(member)	COLUMN(struct site, member)
static const struct columns site_columns = COLUMNS(struct site,
	S(id), S(code), S(name), S(window), S(sector), S(township), S(stratum), S(form_id),
	S(active), S(withdrawn));
#undef S

/* Insert; *stored is false if the code is taken. */
static int
try_site(struct db *db, const struct site *s, bool *stored, struct err *err)
{
	int rc = db_run(db, SQL_PUT_SITE, ARGS(TEXT(s->code), TEXT(s->name), words(s->window),
		words(s->sector), words(s->township), words(s->stratum), TEXT(s->form_id != NULL &&
		s->form_id[0] != '\0' ? s->form_id : FORM_ON_SITE), INT(s->active)), err);

	*stored = rc == 0 && sqlite3_changes(db->sqlite) == 1;
	return rc;
}

static int
draw_code(char code[SITE_CODE_N + 1], struct err *err)
{
	uint64_t value;

	if (getrandom(&value, sizeof(value), 0) != (ssize_t)sizeof(value))
		return err_set_errno(err, ERR_SYSTEM, "取不到随机数", "no random numbers");
	code_make(code, SITE_CODE_N, value);
	return 0;
}

static int
put_drawn(struct db *db, struct site *site, bool *stored, struct err *err)
{
	/* Of 2^25 codes a city uses thousands: a second try is rare, a hundredth is never. */
	for (int i = 0; i < 100 && !*stored; i++)
		if (draw_code(site->code, err) != 0 || try_site(db, site, stored, err) != 0)
			return -1;
	return *stored ? 0 : err_set(err, ERR_CONFLICT, "点位编码已用完", "no site code is free");
}

static int
put_given(struct db *db, struct site *site, bool *stored, struct err *err)
{
	char code[SITE_CODE_N + 1];

	if (code_normal(code, SITE_CODE_N, site->code) != 0)
		return err_set(err, ERR_INPUT, "点位编码“%s”不对：应为 %d 位，末位是校验字符",
			"the site code \"%s\" is wrong: %d characters, the last a check",
			site->code, SITE_CODE_N);
	memcpy(site->code, code, sizeof(code));
	if (try_site(db, site, stored, err) != 0)
		return -1;
	return *stored ? 0 : err_set(err, ERR_CONFLICT, "点位编码 %s 已在使用",
		"the site code %s is taken", code);
}

int
db_put_site(struct db *db, struct site *site, struct err *err)
{
	bool drawn = site->code[0] == '\0', stored = false;
	int rc;

	if (site->name == NULL || site->name[0] == '\0')
		return err_set(err, ERR_INPUT, "点位要有名称", "a site needs a name");
	if (db_enter(db, err) != 0)
		return -1;
	rc = drawn ? put_drawn(db, site, &stored, err) : put_given(db, site, &stored, err);
	if (rc == 0)
		site->id = sqlite3_last_insert_rowid(db->sqlite);
	rc = db_leave(db, rc, err);
	if (rc != 0 && drawn)
		site->code[0] = '\0';
	return rc;
}

static int
no_site(const char *code, struct err *err)
{
	return err_set(err, ERR_MISSING, "没有编码为 %s 的点位；用 manyi site list 查看",
		"there is no site %s; see manyi site list", code);
}

int
db_get_site(struct db *db, struct site *site, const char *code, struct pool *pool, struct err *err)
{
	sqlite3_stmt *s = db_use(db, SQL_GET_SITE, ARGS(TEXT(code)));
	int rc = db_step(db, s, err);

	if (rc < 0)
		return -1;
	if (rc == 0)
		return no_site(code, err);
	columns_read(site, &site_columns, s, pool);
	db_stop(s);
	return 0;
}

int
db_list_sites(struct db *db, struct site **site, size_t *sites, struct pool *pool, struct err *err)
{
	*site = columns_list(db, db_use(db, SQL_LIST_SITES, NO_ARGS), &site_columns, sites,
		pool, err);
	return *site != NULL ? 0 : -1;
}

int
db_set_site_active(struct db *db, const char *code, bool active, struct err *err)
{
	if (db_run(db, SQL_SET_SITE_ACTIVE,
			ARGS(INT(active), INT(date_now_minute()), TEXT(code)), err) != 0)
		return -1;
	return sqlite3_changes(db->sqlite) == 1 ? 0 : no_site(code, err);
}
