/* A file from before there were tickets and batches, brought to this version: the same
 * shape, every answer. */
#include "tests/store/store.h"

#include "db/row.h"
#include "store/pen.h"

/* Every table's columns, every trigger and index by name. */
static const char shape[] =
	"SELECT group_concat(x, char(10)) FROM (SELECT t.name || '.' || c.name || ' ' || c.type"
	" || c.\"notnull\" || coalesce(c.dflt_value, '') || c.pk AS x FROM sqlite_schema t,"
	" pragma_table_info(t.name) c"
	" WHERE t.type = 'table' UNION ALL SELECT type || name FROM sqlite_schema"
	" WHERE type <> 'table' AND type <> 'view'"
	" ORDER BY 1)";
/* Every view's text. */
static const char views[] =
	"SELECT group_concat(sql, char(10)) FROM (SELECT replace(sql, char(9), '') AS sql FROM"
	" sqlite_schema WHERE type = 'view' ORDER BY name)";

/* A form's view as it was before imports were batches. */
static void
old_view(const char *fresh, const char *old)
{
	struct text sql = TEXT_INIT;
	const char *now = db_ask(fresh,
		"SELECT sql FROM sqlite_schema WHERE name = (SELECT answers FROM form)");
	const char *from = strstr(now, " FROM counted r");

	assert_non_null(from);
	text_add(&sql, now, (size_t)(from - now));
	text_fmt(&sql, " FROM response r%s", from + strlen(" FROM counted r"));
	assert_int_equal(db_shell(old, text_str(&sql)), SQLITE_OK);
	text_clear(&sql);
}

/* How many tables SQLite makes to check the words of one answer on its way in. */
static int
tables_built(const char *path)
{
	sqlite3_stmt *s;
	sqlite3 *raw;
	int n = 0;

	assert_int_equal(sqlite3_open_v2(path, &raw, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(raw,
		"EXPLAIN INSERT INTO response (wave, stream, mode, stratum, cluster, weight,"
		" minute, seconds, flagged, answers, key, receipt, leaf, client)"
		" VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)", -1, &s, NULL), SQLITE_OK);
	while (sqlite3_step(s) == SQLITE_ROW)
		n += strcmp((const char *)sqlite3_column_text(s, 1), "OpenEphemeral") == 0;
	sqlite3_finalize(s);
	sqlite3_close(raw);
	return n;
}

/* Words that no table takes. */
#define ODD_RESPONSE(mode, client) \
	"INSERT INTO response (wave, stream, mode, stratum, cluster, weight, minute, seconds," \
	" flagged, answers, key, receipt, leaf, client)" \
	" SELECT id, 'open', '" mode "', '', '', 1000000, 1, 1, 0, '[]', 'odd'," \
	" '0123456789ABCDEF', zeroblob(32), '" client "' FROM wave LIMIT 1"
static const char *const odd[] = {
	ODD_RESPONSE("fax", "phone"), ODD_RESPONSE("", "phone"), ODD_RESPONSE("qr", "toaster"),
	ODD_RESPONSE("qr", "Phone"),
	"INSERT INTO ticket VALUES (zeroblob(16), 1, 'gone')",
};

/* Of the first version, with the wave, form and site of the new city. */
static void
put_first(const struct store_city *c, const char *path)
{
	struct pool pool = POOL_INIT;
	struct text sql = TEXT_INIT;
	struct err err = { 0 };
	const char *schema;
	size_t n;

	assert_ok(file_read(&schema, &n, check_path("tests/data/schema-1.sql"), 0, &pool, &err));
	assert_int_equal(db_shell(path, schema), SQLITE_OK);
	text_fmt(&sql,
		"ATTACH '%s' AS n; INSERT INTO form SELECT * FROM n.form;"
		" INSERT INTO wave SELECT id, form_id, form_version, year, label, opens, closes,"
		" open, population, modes,"
		" mapping, strata, clusters, margins, domains, break_note, table_number,"
		" agency, approval, valid_until"
		" FROM n.wave; INSERT INTO site SELECT id, code, name, window, sector, township,"
		" stratum, form_id, active"
		" FROM n.site;", c->db);
	assert_int_equal(db_shell(path, text_str(&sql)), SQLITE_OK);
	old_view(c->db, path);
	text_clear(&sql);
	pool_clear(&pool);
}

/* One answer as the first version stored it; row lives in the city's pool. */
static void
put_first_answer(struct store_city *c, const char *path, struct response_row *row)
{
	struct err err = { 0 };
	struct text sql = TEXT_INIT;
	struct response r;
	char hex[65];

	assert_ok(response_from_json(&r, c->form,
		store_answers(c->form, "level=5&reason=11", &c->pool), &c->pool, &err));
	row_make(row, &r, &(struct row_envelope){ .wave = c->wave, .wave_name = "B-2024",
		.site_code = "", .stream = "open", .mode = "qr", .key = "old", .minute = 28000000,
		.seconds = 43, .stratum = "", .cluster = "", .weight = 1000000 }, &c->pool);
	for (int i = 0; i < 32; i++)
		snprintf(hex + 2 * i, 3, "%02x", row->leaf[i]);
	text_fmt(&sql,
		"INSERT INTO response (wave, stream, mode, stratum, cluster, weight, minute,"
		" seconds, flagged,"
		" answers, key, receipt, leaf) VALUES (%d, 'open', 'qr', '', '', 1000000, 28000000,"
		" 43, 0, '%s', 'old', '%s', x'%s'); INSERT INTO fieldwork VALUES (%d, 0, 'open', 1,"
		" 0, 28000000, 28000000)", (int)c->wave,
		row->answers, row->receipt, hex, (int)c->wave);
	assert_int_equal(db_shell(path, text_str(&sql)), SQLITE_OK);
	text_clear(&sql);
}

static void
bring_forward(const char *path)
{
	struct err err = { 0 };
	struct db *db = db_open(path, DB_WRITE, &err);

	if (db == NULL)
		fail_msg("%s", err.text);
	assert_ok(db_integrity(db, &err));
	db_close(db);
}

/* What a question to a new file and to one brought forward says is the same. */
static void
assert_alike(const char *fresh, const char *old, const char *question)
{
	struct text want = TEXT_INIT;

	text_puts(&want, db_ask(fresh, question));
	assert_string_equal(db_ask(old, question), text_str(&want));
	text_clear(&want);
}

/* Both take the words they should, by rules and not by tables made for each answer. */
static void
assert_words_are_kept(const char *fresh, const char *old)
{
	assert_int_equal(tables_built(old), 0);
	assert_int_equal(tables_built(fresh), 0);
	assert_string_equal(db_ask(old,
		"SELECT count(*) FROM sqlite_schema WHERE sql LIKE '%IN (''qr''%'"
		" OR sql LIKE '%client IN (%' OR sql LIKE '%IN (''live''%' OR name = 'described'"),
		"0");
	for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
		assert_int_equal(db_shell(old, odd[i]), SQLITE_CONSTRAINT);
		assert_int_equal(db_shell(fresh, odd[i]), SQLITE_CONSTRAINT);
	}
}

/* Its receipt is found, its leaf holds. */
static void
assert_answer_is_kept(const char *path, const char *receipt)
{
	struct book book;
	struct store_check check;
	struct err err = { 0 };

	assert_string_equal(db_ask(path,
		"SELECT key || seconds || screens || client FROM response"), "old43-1");
	assert_ok(book_open(&book, path, &err));
	assert_ok(book_check(&book, &check, receipt, &err));
	assert_true(check.found && check.unchanged);
	book_close(&book);
}

static void
a_file_of_the_first_version_becomes_this_one_with_its_answers(void **state)
{
	struct store_city c;
	struct response_row row;
	const char *first;

	(void)state;
	store_city(&c, "fresh.db");
	first = pool_strdup(&c.pool, db_path("first.db"));
	put_first(&c, first);
	put_first_answer(&c, first, &row);
	bring_forward(first);
	assert_string_equal(db_ask(first, "PRAGMA user_version"), "4");
	assert_alike(c.db, first, shape);
	assert_alike(c.db, first, views);
	assert_words_are_kept(c.db, first);
	assert_string_equal(db_ask(first, "PRAGMA integrity_check"), "ok");
	assert_int_equal(access(db_path("first.db.v1"), F_OK), 0);
	assert_answer_is_kept(first, row.receipt);
	pool_clear(&c.pool);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_of_the_first_version_becomes_this_one_with_its_answers),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, db_folder_make, db_folder_drop);
}
