/* figure/block.c, counted.c: blocks hold what the rows hold, or are not believed. */
#include "tests/support/check.h"

#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/file.h"
#include "db/batch.h"
#include "db/copy.h"
#include "figure/block.h"
#include "figure/counted.h"
#include "tests/track/city.h"

static char folder[32];
static int64_t serial;

static const char *
in_folder(const char *name)
{
	return pool_fmt(&city_pool, "%s/%s", folder, name);
}

static int
setup(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/manyi-block-XXXXXX");
	serial = 0;
	return mkdtemp(folder) == NULL;
}

static int
teardown(void **state)
{
	char command[128];

	(void)state;
	pool_clear(&city_pool);
	snprintf(command, sizeof(command), "chmod -R u+w %s; rm -rf %s", folder, folder);
	return system(command);
}

/* ---- a wave ---- */

/* Every kind of answer, in no pattern that repeats within a block. */
static const char *
answers_of(const struct form *form, int64_t i)
{
	static const char *const aided[] = { "[12315]", "[12345,\"none\"]", "[]", "98", "99" },
		*const said[] = { "\"12345\"", "\"打市长热线\"", "\"商家\"", "98", "null" };
	struct city_value v[] = { { "P", i % 11 == 0 ? "98" : i % 13 == 0 ? "99" :
		city_number((int)(1 + i % 10)) }, { "E", city_number((int)(1 + i * 7 % 10)) },
		{ "aided", aided[i % 5] }, { "unaided", said[i / 3 % 5] },
		{ "town", i % 4 == 0 ? "210281212" : "210281001" },
		{ "sex", i % 2 == 0 ? "1" : "2" } };

	return city_answers(form, v, sizeof(v) / sizeof(v[0]));
}

/* n rows; batch 0: of none. */
static void
rows_put(struct db *db, const struct form *form, int64_t wave, int64_t batch, size_t n)
{
	struct response_row *row = calloc(n + 1, sizeof(*row));
	bool *fresh = calloc(n + 1, sizeof(*fresh));

	for (size_t i = 0; i < n; i++) {
		serial++;
		row[i] = (struct response_row){ .wave = wave, .batch = batch, .mode = serial % 3 ==
			0 ? "phone" : "household", .stream = serial % 5 == 0 ? "open" : "sampled",
			.key = pool_fmt(&city_pool, "k%lld", (long long)serial),
			.stratum = pool_fmt(&city_pool, "h%lld", (long long)(serial / 900 % 7)),
			.cluster = serial % 17 == 0 ? "" : pool_fmt(&city_pool, "c%lld",
			(long long)(serial / 40)), .minute = 28000000 + serial,
			.seconds = serial % 6 == 0 ? -1 : serial % 400,
			.weight = 1000000 + serial * 17 % 999983, .flagged = serial % 19 == 0,
			.paradata = PARADATA_NONE, .agency_key = "",
			.answers = answers_of(form, serial) };
		row[i].paradata.rush = (int)(serial % 4);
		memcpy(row[i].leaf, &serial, sizeof(serial));
		snprintf(row[i].receipt, sizeof(row[i].receipt), "%016lld", (long long)serial);
	}
	must(db_put_responses(db, row, fresh, n, oops));
	free(row);
	free(fresh);
}

static struct db *
made(const char *name, struct wave *wave, const struct form **form, size_t n)
{
	struct err err = { 0 };
	struct db *db = db_create(in_folder(name), &err);

	if (db == NULL)
		fail_msg("%s", err.text);
	*form = city_form(db, "C");
	*wave = city_wave(*form, 2024);
	must(db_put_wave(db, wave, oops));
	rows_put(db, *form, wave->id, 0, n);
	return db;
}

/* ---- what is read, as text ---- */

static void
put_row(struct text *t, const struct counted *a, size_t i)
{
	text_fmt(t, "%lld %lld %u %s/%s %d %d %s %d %d %d %d:", (long long)a->id[i],
		(long long)a->weight[i], a->place[i], a->label[a->stratum[i]],
		a->label[a->cluster[i]], a->minute[i], a->seconds[i], rows_mode(a->mode[i]),
		a->stream[i], a->flag[i], a->rush[i], a->unaided[i]);
	for (size_t k = 0; k < a->form->items; k++) {
		text_fmt(t, " %d", a->item[k].code[i]);
		for (size_t b = 0; b < a->item[k].width; b++)
			text_fmt(t, ",%02x", a->item[k].set[i * a->item[k].width + b]);
	}
	text_putc(t, '\n');
}

static const char *
text_of(struct db *db, const struct wave *wave, bool rows_only)
{
	struct pool pool = POOL_INIT;
	struct text t = TEXT_INIT;
	struct counted a;
	const char *s;

	must(counted_open(&a, db, wave, rows_only, &pool, oops));
	for (size_t i = 0; i < a.n; i++)
		put_row(&t, &a, i);
	s = pool_strdup(&city_pool, text_str(&t));
	text_clear(&t);
	pool_clear(&pool);
	return s;
}

/* Blocks say what rows say; twice, for the first time may have made them. */
static void
assert_same_as_rows(struct db *db, const struct wave *wave)
{
	const char *want = text_of(db, wave, true);

	for (int turn = 0; turn < 2; turn++)
		if (strcmp(text_of(db, wave, false), want) != 0)
			fail_msg("turn %d says something else", turn);
}

/* ---- the files ---- */

static size_t
files(char name[][400], size_t room)
{
	DIR *dir = opendir(in_folder("derived"));
	struct dirent *e;
	size_t n = 0;

	while (dir != NULL && (e = readdir(dir)) != NULL)
		if (e->d_name[0] != '.') {
			if (n < room)
				snprintf(name[n], 400, "%s/derived/%s", folder, e->d_name);
			n++;
		}
	if (dir != NULL)
		closedir(dir);
	return n;
}

static void
any_number_of_rows_is_read_alike(void **state)
{
	static const size_t size[] = { 0, 1, ROWS_BLOCK - 1, ROWS_BLOCK, ROWS_BLOCK + 1,
		3 * ROWS_BLOCK + 5 };
	static const size_t written[] = { 0, 0, 0, 1, 1, 1 };

	(void)state;
	for (size_t i = 0; i < sizeof(size) / sizeof(size[0]); i++) {
		struct db *db;
		struct wave wave;
		const struct form *form;
		char name[8][400];

		db = made("a.db", &wave, &form, size[i]);
		assert_same_as_rows(db, &wave);
		assert_int_equal(files(name, 8), written[i]);
		db_close(db);
		assert_int_equal(system(pool_fmt(&city_pool, "rm -rf %s/*", folder)), 0);
	}
}

/* Row by row, what forms stored. */
static void
columns_are_the_rows_answers(void **state)
{
	struct db *db;
	struct wave wave;
	const struct form *form;
	struct counted a;
	int p, aided;

	(void)state;
	db = made("a.db", &wave, &form, ROWS_BLOCK + 40);
	must(counted_open(&a, db, &wave, false, &city_pool, oops));
	assert_int_equal(a.n, ROWS_BLOCK + 40);
	p = form_item(form, "P");
	aided = form_item(form, "aided");
	for (int64_t i = 1; i <= (int64_t)a.n; i++) {
		size_t at = (size_t)i - 1;
		uint8_t code = a.item[p].code[at];

		assert_int_equal(a.id[at], i);
		assert_int_equal(a.weight[at], 1000000 + i * 17 % 999983);
		assert_int_equal(a.stream[at], i % 5 == 0 ? STREAM_OPEN : STREAM_SAMPLED);
		assert_int_equal(a.flag[at], i % 19 == 0);
		if (i % 11 == 0)
			assert_int_equal(code, SCAN_DONT_KNOW);
		else if (i % 13 == 0)
			assert_int_equal(code, SCAN_SKIPPED);
		else
			assert_int_equal(form->item[p].choice[code].code, 1 + i % 10);
		code = a.item[aided].code[at];
		assert_int_equal(code, i % 5 == 3 ? SCAN_DONT_KNOW : i % 5 == 4 ? SCAN_SKIPPED : 0);
		for (size_t c = 0; c < form->item[aided].choices; c++) {
			const char *name = form->item[aided].choice[c].name;

			assert_int_equal(counted_ticked(&a.item[aided], at, c),
				(i % 5 == 0 && strcmp(name, "12315") == 0) ||
				(i % 5 == 1 && (strcmp(name, "12345") == 0 ||
				strcmp(name, "none") == 0)));
		}
		assert_int_equal(a.unaided[at], i / 3 % 5 < 2 ? 2 : i / 3 % 5 == 4 ? SCAN_NONE : 0);
	}
	db_close(db);
}

/* What happens to rows after their block was made is seen all the same. */
static void
later_events_are_applied_when_read(void **state)
{
	struct batch batch = { .file = "f.csv", .who = "li", .options = "", .late = "",
		.notes = "[]" };
	struct db *db;
	struct wave wave;
	const struct form *form;
	struct counted a;

	(void)state;
	db = made("a.db", &wave, &form, 10);
	batch.wave = wave.id;
	memset(batch.sha256, 'a', 64);
	must(db_put_batch(db, &batch, oops));
	rows_put(db, form, wave.id, batch.id, ROWS_BLOCK);
	assert_same_as_rows(db, &wave);		/* the block has rows that do not count */
	must(counted_open(&a, db, &wave, false, &city_pool, oops));
	assert_int_equal(a.n, 10);
	must(db_complete_batch(db, batch.id, "li", 28000000, oops));
	must(db_put_exclusion(db, 3, "fast", "1", "li", 28000000, oops));
	must(db_put_exclusion(db, 4000, "fast", "1", "li", 28000000, oops));
	assert_same_as_rows(db, &wave);
	must(counted_open(&a, db, &wave, false, &city_pool, oops));
	assert_int_equal(a.n, ROWS_BLOCK + 10);
	assert_int_equal(a.flag[2], 2);
	assert_int_equal(a.flag[3999], 2);
	must(db_withdraw_batch(db, batch.id, "li", 28000000, "wrong", oops));
	assert_same_as_rows(db, &wave);
	must(counted_open(&a, db, &wave, false, &city_pool, oops));
	assert_int_equal(a.n, 10);
	/* What came behind the hole closes up. */
	rows_put(db, form, wave.id, 0, 5);
	assert_same_as_rows(db, &wave);
	must(counted_open(&a, db, &wave, false, &city_pool, oops));
	assert_int_equal(a.n, 15);
	assert_int_equal(a.id[9], 10);
	assert_int_equal(a.id[10], ROWS_BLOCK + 11);
	assert_int_equal(a.id[14], ROWS_BLOCK + 15);
	db_close(db);
}

static void
state_moves_with_all_that_matters(void **state)
{
	struct db *db;
	struct wave wave;
	const struct form *form;
	struct counted_state was, is;
	struct site site = { .name = "大厅", .window = "", .sector = "S01", .township = "210281001",
		.stratum = "", .form_id = "C", .active = true };

	(void)state;
	db = made("a.db", &wave, &form, 5);
	must(counted_peek(&was, db, wave.id, oops));
	assert_int_equal(was.rows, 5);
	must(counted_peek(&is, db, wave.id, oops));
	assert_memory_equal(&was, &is, sizeof(is));
	rows_put(db, form, wave.id, 0, 1);
	must(counted_peek(&is, db, wave.id, oops));
	assert_int_equal(is.rows, 6);
	must(db_put_exclusion(db, 2, "fast", "1", "li", 28000000, oops));
	must(counted_peek(&was, db, wave.id, oops));
	assert_true(was.excluded != is.excluded);
	must(db_put_site(db, &site, oops));
	must(counted_peek(&is, db, wave.id, oops));
	assert_true(was.catalogue != is.catalogue);
	db_close(db);
}

/* Blocks come one file after the other, and are put together when there are many. */
static void
many_files_become_one(void **state)
{
	struct db *db;
	struct wave wave;
	const struct form *form;
	char name[32][400];
	size_t most = 0, n = 0;

	(void)state;
	db = made("a.db", &wave, &form, ROWS_BLOCK);
	for (int i = 0; i < 10; i++) {
		assert_same_as_rows(db, &wave);
		n = files(name, 32);
		most = n > most ? n : most;
		rows_put(db, form, wave.id, 0, ROWS_BLOCK + 3);
	}
	assert_in_range(most, 2, 8);
	assert_true(n < most);
	db_close(db);
}

/* ---- damage ---- */

static void
write_at(const char *path, long at, const void *bytes, size_t n)
{
	FILE *f = fopen(path, "r+");

	assert_non_null(f);
	assert_int_equal(fseek(f, at, SEEK_SET), 0);
	assert_int_equal(fwrite(bytes, 1, n, f), n);
	fclose(f);
}

/* Rows that files give. */
static size_t
loaded(struct db *db, const struct wave *wave, const struct form *form)
{
	struct rows rows;
	size_t n;

	rows_init(&rows, form, &city_pool);
	block_load(&rows, db, wave->id);
	n = rows.n;
	rows_clear(&rows);
	return n;
}

static void
turn_bit(const char *path, long at)
{
	FILE *f = fopen(path, "r");
	unsigned char byte;

	assert_non_null(f);
	assert_int_equal(fseek(f, at, SEEK_SET), 0);
	assert_int_equal(fread(&byte, 1, 1, f), 1);
	fclose(f);
	byte ^= 0x10;
	write_at(path, at, &byte, 1);
}

static void
damage_is_seen_wherever_it_is(void **state)
{
	struct db *db;
	struct wave wave;
	const struct form *form;
	char name[4][400];
	const char *want;
	struct stat st;

	(void)state;
	db = made("a.db", &wave, &form, ROWS_BLOCK + 7);
	want = text_of(db, &wave, true);
	assert_string_equal(text_of(db, &wave, false), want);
	assert_int_equal(files(name, 4), 1);
	assert_int_equal(stat(name[0], &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	for (long at = 0; at < st.st_size; at += at < 300 ? 7 : st.st_size / 40) {
		turn_bit(name[0], at);
		if (loaded(db, &wave, form) != 0)
			fail_msg("byte %ld is believed", at);
		if (strcmp(text_of(db, &wave, false), want) != 0)
			fail_msg("byte %ld moves an answer", at);
		assert_int_equal(loaded(db, &wave, form), ROWS_BLOCK);	/* made anew */
	}
	for (long size = 0; size < st.st_size; size += st.st_size / 9) {
		assert_int_equal(truncate(name[0], size), 0);
		assert_string_equal(text_of(db, &wave, false), want);
	}
	db_close(db);
}

/* A copy that was put back and went on has other rows under the same ids. */
static void
blocks_of_other_rows_are_not_believed(void **state)
{
	struct db *db;
	struct wave wave;
	const struct form *form;
	struct err err = { 0 };

	(void)state;
	db = made("a.db", &wave, &form, ROWS_BLOCK - 100);
	must(db_backup(db, in_folder("copy.db"), oops));
	rows_put(db, form, wave.id, 0, ROWS_BLOCK);
	assert_same_as_rows(db, &wave);
	db_close(db);
	assert_int_equal(system(pool_fmt(&city_pool, "cd %s && rm a.db* && mv copy.db a.db",
		folder)), 0);
	db = db_open(in_folder("a.db"), DB_WRITE, &err);
	assert_non_null(db);
	serial += 1000;
	rows_put(db, form, wave.id, 0, 3 * ROWS_BLOCK);
	assert_same_as_rows(db, &wave);
	db_close(db);
}

/* Rows of a transaction may never come to be. */
static void
a_transaction_keeps_nothing(void **state)
{
	struct db *db;
	struct wave wave;
	const struct form *form;
	char name[4][400];

	(void)state;
	db = made("a.db", &wave, &form, 10);
	must(db_begin(db, oops));
	rows_put(db, form, wave.id, 0, ROWS_BLOCK);
	assert_same_as_rows(db, &wave);
	db_rollback(db);
	assert_int_equal(files(name, 4), 0);
	assert_same_as_rows(db, &wave);
	db_close(db);
}

/* Where nothing can be written the figures are there all the same. */
static void
nothing_needs_to_be_written(void **state)
{
	struct db *db, *reader;
	struct wave wave;
	const struct form *form;
	struct err err = { 0 };
	char name[4][400];

	(void)state;
	db = made("a.db", &wave, &form, ROWS_BLOCK);
	reader = db_open(in_folder("a.db"), DB_READ, &err);
	assert_non_null(reader);
	assert_same_as_rows(reader, &wave);
	assert_int_equal(files(name, 4), 0);	/* who only reads makes no folder */
	text_of(db, &wave, true);
	assert_int_equal(files(name, 4), 0);	/* of rows alone nothing is kept */
	assert_int_equal(file_write(in_folder("derived"), "x", 1, 0600, &err), 0);
	assert_same_as_rows(db, &wave);		/* a file where the folder should be */
	assert_int_equal(unlink(in_folder("derived")), 0);
	block_folder(in_folder("a.db"));
	assert_same_as_rows(reader, &wave);
	assert_int_equal(files(name, 4), 1);	/* but fills the one there is, as the desk does */
	db_close(reader);
	db_close(db);
}

/* What is not the form's is an error where it counts. */
static void
a_misfit_is_named_where_it_counts(void **state)
{
	struct response_row row = { .stream = "open", .answers = "[1]", .weight = 1000000 };
	struct batch batch = { .file = "f.csv", .who = "li", .options = "", .late = "",
		.notes = "[]" };
	struct db *db;
	struct wave wave;
	const struct form *form;
	struct err err = { 0 };
	struct counted a;

	(void)state;
	db = made("a.db", &wave, &form, 3);
	batch.wave = row.wave = wave.id;
	memset(batch.sha256, 'a', 64);
	must(db_put_batch(db, &batch, oops));
	row.batch = batch.id;
	row.agency_key = "";
	row.paradata = PARADATA_NONE;
	city_serial = 77;
	city_row(db, &row);
	must(counted_open(&a, db, &wave, false, &city_pool, oops));
	assert_int_equal(a.n, 3);
	must(db_complete_batch(db, batch.id, "li", 28000000, oops));
	assert_int_equal(counted_open(&a, db, &wave, false, &city_pool, &err), -1);
	assert_int_equal(err.code, ERR_DB);
	assert_non_null(strstr(err.text, "4"));
	db_close(db);
}

/* A pipe of a block's name holds nobody up, though nobody writes to it. */
static void
what_is_no_file_is_not_waited_for(void **state)
{
	struct db *db;
	struct wave wave;
	const struct form *form;
	const char *path;

	(void)state;
	db = made("a.db", &wave, &form, ROWS_BLOCK);
	path = in_folder(pool_fmt(&city_pool, "derived/a.db-%lld-%.12s-0.blocks",
		(long long)wave.id, form->sha256));
	assert_int_equal(mkdir(in_folder("derived"), 0700), 0);
	assert_int_equal(mkfifo(path, 0600), 0);
	alarm(20);
	assert_same_as_rows(db, &wave);
	alarm(0);
	db_close(db);
}

/* Somebody cuts a file short while what it held is in use: that stays, and nothing ends. */
static void
what_was_read_outlives_its_file(void **state)
{
	const struct form *form;
	struct wave wave;
	struct db *db = made("a.db", &wave, &form, 2 * ROWS_BLOCK);
	const char *right = text_of(db, &wave, false);
	struct text now = TEXT_INIT;
	char name[4][400];
	struct counted a;

	(void)state;
	must(counted_open(&a, db, &wave, false, &city_pool, oops));
	assert_int_equal(files(name, 4), 1);
	assert_int_equal(truncate(name[0], 0), 0);
	for (size_t i = 0; i < a.n; i++)
		put_row(&now, &a, i);
	assert_string_equal(text_str(&now), right);
	text_clear(&now);
	assert_same_as_rows(db, &wave);
	db_close(db);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_setup_teardown(what_was_read_outlives_its_file, setup, teardown),
	cmocka_unit_test_setup_teardown(any_number_of_rows_is_read_alike, setup, teardown),
	cmocka_unit_test_setup_teardown(columns_are_the_rows_answers, setup, teardown),
	cmocka_unit_test_setup_teardown(later_events_are_applied_when_read, setup, teardown),
	cmocka_unit_test_setup_teardown(state_moves_with_all_that_matters, setup, teardown),
	cmocka_unit_test_setup_teardown(many_files_become_one, setup, teardown),
	cmocka_unit_test_setup_teardown(damage_is_seen_wherever_it_is, setup, teardown),
	cmocka_unit_test_setup_teardown(what_is_no_file_is_not_waited_for, setup, teardown),
	cmocka_unit_test_setup_teardown(blocks_of_other_rows_are_not_believed, setup, teardown),
	cmocka_unit_test_setup_teardown(a_transaction_keeps_nothing, setup, teardown),
	cmocka_unit_test_setup_teardown(nothing_needs_to_be_written, setup, teardown),
	cmocka_unit_test_setup_teardown(a_misfit_is_named_where_it_counts, setup, teardown),
};

CHECK_MAIN(tests)
