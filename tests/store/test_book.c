/* store/book.c: what the store knows of the city, and which submissions it takes. */
#include "tests/store/store.h"

#include "store/book.h"
#include "store/pen.h"

/* Two submissions of one batch, and between them somebody changes a setting. */
static void
a_catalogue_read_anew_leaves_the_waiting_whole(void **state)
{
	struct store_city c;
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct book_entry one = { 0 }, two = { 0 }, *both[2] = { &one, &two };
	struct store_submission s;
	struct book book;
	struct pen pen;
	struct db *db;

	(void)state;
	store_city(&c, "anew.db");
	assert_ok(pen_open(&pen, c.db, &err));
	assert_ok(book_open(&book, c.db, &err));
	s = store_submission(&c, "one");
	s.answers = store_answers(c.form, "level=5", &c.pool);
	assert_ok(book_accept(&book, &one, &s, &pool, &err));
	db = db_open(c.db, DB_WRITE, &err);
	assert_ok(db_set_setting(db, "contact", "0411-12345678", &err));
	db_close(db);
	assert_ok(book_refresh(&book, &err));
	s.key = "two";
	assert_ok(book_accept(&book, &two, &s, &pool, &err));
	assert_ok(pen_write(&pen, both, 2, &err));
	assert_true(one.fresh && two.fresh);
	book_close(&book);
	pen_close(&pen);
	assert_string_equal(db_ask(c.db,
		"SELECT count(*) FROM response WHERE stratum = '市区' AND length(cluster) = 6"),
		"2");
	pool_clear(&pool);
	pool_clear(&c.pool);
}

/* A catalogue with bytes turned or cut is an error or another catalogue, never a crash. */
static void
a_broken_catalogue_is_survived(void **state)
{
	struct store_city c;
	struct err err = { 0 };
	struct text t = TEXT_INIT;
	struct book book;
	uint64_t random = 7;

	(void)state;
	store_city(&c, "broken.db");
	assert_ok(book_open(&book, c.db, &err));
	catalogue_put(&t, &book.catalogue);
	for (int i = 0; i < 2000; i++) {
		struct pool pool = POOL_INIT;
		struct catalogue catalogue;
		struct text copy = TEXT_INIT;
		struct wire wire;
		struct err said = { 0 };

		text_add(&copy, t.s, t.n);
		random = random * 6364136223846793005ull + 1442695040888963407ull;
		/* The frame's fields and counts: the form's body in the middle
		 * is forms/'s to test. */
		if (i % 4 == 0)
			copy.n = (size_t)(random >> 33) % t.n;
		else
			copy.s[(random >> 33) % (i % 2 == 0 ? 120 : t.n)] = (char)(random >> 20);
		wire = (struct wire){ .p = (const unsigned char *)copy.s, .n = copy.n };
		if (catalogue_get(&catalogue, &wire, &pool, &said) != 0)
			assert_int_not_equal(said.code, ERR_NONE);
		pool_clear(&pool);
		text_clear(&copy);
	}
	text_clear(&t);
	book_close(&book);
	pool_clear(&c.pool);
}

/* What becomes of a submission, whose code the book itself gives. */
static enum err_code
taken(struct book *book, struct book_entry *entry, const struct store_submission *s,
	struct pool *pool)
{
	struct err err = { 0 };

	*entry = (struct book_entry){ 0 };
	return book_accept(book, entry, s, pool, &err) == 0 ? ERR_NONE : err.code;
}

static void
a_submission_is_checked_again_since_the_intake_faces_strangers(void **state)
{
	struct store_city c;
	struct err err = { 0 };
	struct store_submission s;
	struct book_entry entry;
	struct book book;

	(void)state;
	store_city(&c, "book.db");
	assert_ok(book_open(&book, c.db, &err));
	s = store_submission(&c, "one");
	s.answers = store_answers(c.form, "level=5", &c.pool);
	assert_int_equal(taken(&book, &entry, &s, &c.pool), ERR_NONE);
	assert_int_equal(entry.row.wave, c.wave);
	assert_string_equal(entry.row.stratum, "市区");
	assert_string_equal(entry.row.stream, "open");
	assert_false(entry.ticketed);
	s.wave = 99;
	assert_int_equal(taken(&book, &entry, &s, &c.pool), ERR_CONFLICT);
	s.wave = c.wave;
	s.site = "000000";
	assert_int_equal(taken(&book, &entry, &s, &c.pool), ERR_MISSING);
	s.site = c.site;
	s.stream = "sampled";			/* nobody joins the sample without a ticket */
	assert_int_equal(taken(&book, &entry, &s, &c.pool), ERR_INPUT);
	s.stream = "open";
	s.answers = "[\"6\"]";
	assert_int_equal(taken(&book, &entry, &s, &c.pool), ERR_INPUT);
	book_close(&book);
	pool_clear(&c.pool);
}

static void
waves_sites_and_receipts_are_found(void **state)
{
	struct store_city c;
	struct err err = { 0 };
	struct store_check check;
	struct book_entry entry = { 0 }, *all[1] = { &entry };
	struct store_submission s;
	struct book book;
	struct pen pen;

	(void)state;
	store_city(&c, "found.db");
	assert_ok(book_open(&book, c.db, &err));
	assert_ok(pen_open(&pen, c.db, &err));
	assert_int_equal(book.wave[0].id, c.wave);
	assert_int_equal(book.catalogue.waves, 1);
	assert_string_equal(book_site_code(&book, 1), c.site);
	assert_string_equal(book_site_code(&book, 99), "");
	assert_string_equal(book.catalogue.city, "瓦房店市");
	s = store_submission(&c, "one");
	s.answers = store_answers(c.form, "level=5", &c.pool);
	assert_ok(book_accept(&book, &entry, &s, &c.pool, &err));
	assert_ok(pen_write(&pen, all, 1, &err));
	assert_ok(book_check(&book, &check, entry.row.receipt, &err));
	assert_true(check.found && check.unchanged);
	assert_int_equal(check.index, 1);
	assert_ok(book_check(&book, &check, "0000000000000000", &err));
	assert_false(check.found);
	pen_close(&pen);
	book_close(&book);
	pool_clear(&c.pool);
}

static void
what_was_let_go_is_opened_again(void **state)
{
	struct store_city c;
	struct err err = { 0 };
	struct book book;

	(void)state;
	store_city(&c, "again.db");
	assert_ok(book_open(&book, c.db, &err));
	book_let_go(&book);
	assert_null(book.db);
	assert_string_equal(book.catalogue.city, "瓦房店市");	/* known until then */
	assert_ok(book_refresh(&book, &err));
	assert_non_null(book.db);
	book_close(&book);
	assert_fails(book_open(&book, db_path("none.db"), &err), ERR_MISSING);
	pool_clear(&c.pool);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_submission_is_checked_again_since_the_intake_faces_strangers),
		cmocka_unit_test(waves_sites_and_receipts_are_found),
		cmocka_unit_test(what_was_let_go_is_opened_again),
		cmocka_unit_test(a_catalogue_read_anew_leaves_the_waiting_whole),
		cmocka_unit_test(a_broken_catalogue_is_survived),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, db_folder_make, db_folder_drop);
}
