/* Folding beside others: what is stored while the rows are read, and what becomes of the sums. */
#include "tests/support/check.h"

#include "stats/dist.h"

#include "tests/track/people.h"
#include "figure/fold.h"

/* Something another handle does as soon as the first row has been read; NULL: nothing. */
static void (*meanwhile)(struct db *other);
static struct db *other;
static const struct form *form_a;
static struct wave wave_of_a;
static int happened;

int __real_db_each_answer(struct db *, int64_t, int64_t,
	int (*)(const struct response_row *, void *), void *, struct err *);
int __wrap_db_each_answer(struct db *, int64_t, int64_t,
	int (*)(const struct response_row *, void *), void *, struct err *);

struct between {
	int (*row)(const struct response_row *, void *);
	void *ctx;
};

static int
between_row(const struct response_row *row, void *ctx)
{
	struct between *b = ctx;
	void (*act)(struct db *) = meanwhile;

	meanwhile = NULL;
	if (act != NULL) {
		act(other);
		happened++;
	}
	return b->row(row, b->ctx);
}

int
__wrap_db_each_answer(struct db *db, int64_t wave, int64_t after,
	int (*row)(const struct response_row *, void *), void *ctx, struct err *err)
{
	struct between b = { row, ctx };

	return __real_db_each_answer(db, wave, after, between_row, &b, err);
}

static void
put_answers(struct db *db, int n)
{
	for (int i = 0; i < n; i++) {
		struct seen s;

		seen_make(&s);
		seen_store(db, form_a, wave_of_a.id, &s, true);
	}
}

static struct db *
open_city(void)
{
	struct db *db = city_open();
	struct err err = { 0 };

	form_a = city_form(db, "A");
	wave_of_a = city_wave(form_a, 2024);
	must(db_put_wave(db, &wave_of_a, oops));
	put_answers(db, ROWS);
	other = db_open(city_path, DB_WRITE, &err);
	assert_non_null(other);
	happened = 0;
	return db;
}

static void
close_city(struct db *db)
{
	db_close(other);
	city_close(db);
}

static const struct fold_slice indices = { SCORES_INDEX, "", false };

static void
fold_all(struct fold *fold, struct db *db, bool keep)
{
	must(fold_open(fold, db, &wave_of_a, &city_pool, oops));
	must(fold_slices(fold, &indices, 1, keep, &city_pool, oops));
}

static const struct tally *
sums(const struct fold *fold)
{
	const struct tally *t = fold_tally(fold, &indices, STREAM_SAMPLED);

	assert_non_null(t);
	assert_true(t->cells > 0);
	return t;
}

/* The same cells with the same sums, in whatever order. */
static void
assert_same(const struct tally *a, struct tally *b)
{
	assert_int_equal(a->cells, b->cells);
	for (size_t i = 0; i < a->cells; i++) {
		const int64_t *words =
			tally_cell(b, a->cell[i].stratum, a->cell[i].cluster, a->cell[i].key);

		assert_int_equal(a->cells, b->cells);
		assert_memory_equal(a->cell[i].words, words, a->layout->words * sizeof(*words));
	}
}

/* What is stored now, brought up to date, is what all the rows give. */
static void
assert_stored_is_right(struct db *db)
{
	struct fold stored, anew;

	fold_all(&stored, db, false);
	must(db_drop_tally(other, wave_of_a.id, oops));
	fold_all(&anew, db, false);
	assert_int_equal(stored.state.folded, anew.state.folded);
	assert_int_equal(stored.state.excluded, anew.state.excluded);
	assert_int_equal(anew.state.folded, db_last_response(db));
	assert_same(sums(&stored), (struct tally *)sums(&anew));
}

static void
three_answers(struct db *db)
{
	put_answers(db, 3);
}

static void
an_answer_is_stored_while_the_rows_are_read(void **state)
{
	struct db *db = open_city();
	struct fold fold;

	(void)state;
	meanwhile = three_answers;
	fold_all(&fold, db, false);
	assert_int_equal(happened, 1);
	assert_int_equal(db_last_response(db), ROWS + 3);
	assert_int_equal(fold.state.folded, ROWS);
	assert_stored_is_right(db);
	close_city(db);
}

/* In memory right as of when it began; stored it would stand for ever. */
static void
set_one_aside(struct db *db)
{
	must(db_put_exclusion(db, 7, "fast", "1", "x", 28000000, oops));
}

static void
an_answer_set_aside_meanwhile_is_not_summed_for_ever(void **state)
{
	struct db *db = open_city();
	struct fold fold, again;
	struct fold_state kept;

	(void)state;
	meanwhile = set_one_aside;
	fold_all(&fold, db, false);
	assert_int_equal(happened, 1);
	must(fold_peek(&kept, db, wave_of_a.id, &city_pool, oops));
	assert_int_equal(kept.folded, -1);
	fold_all(&again, db, true);
	assert_int_equal(again.state.excluded, 1);
	assert_stored_is_right(db);
	close_city(db);
}

static void
told_to_keep_them_it_sums_again(void **state)
{
	struct db *db = open_city();
	struct fold fold;
	struct fold_state kept;

	(void)state;
	meanwhile = set_one_aside;
	fold_all(&fold, db, true);
	assert_int_equal(happened, 1);
	must(fold_peek(&kept, db, wave_of_a.id, &city_pool, oops));
	assert_int_equal(kept.folded, ROWS);
	assert_int_equal(kept.excluded, 1);
	assert_stored_is_right(db);
	close_city(db);
}

/* Another page of the same wave, asked for at the same time. */
static void
fold_and_store(struct db *db)
{
	struct fold fold;

	put_answers(db, 300);
	fold_all(&fold, db, true);
}

static void
two_that_fold_at_once_do_not_count_twice(void **state)
{
	struct db *db = open_city();
	struct fold fold;
	struct fold_state kept;

	(void)state;
	meanwhile = fold_and_store;
	fold_all(&fold, db, false);
	assert_int_equal(happened, 1);
	must(fold_peek(&kept, db, wave_of_a.id, &city_pool, oops));
	assert_int_equal(kept.folded, ROWS + 300);	/* the other's, who was quicker */
	assert_stored_is_right(db);
	close_city(db);
}

static void
a_database_only_read_is_summed_all_the_same(void **state)
{
	struct db *db = open_city(), *reader;
	struct err err = { 0 };
	struct fold fold, kept;

	(void)state;
	reader = db_open(city_path, DB_READ, &err);
	assert_non_null(reader);
	meanwhile = three_answers;
	fold_all(&fold, reader, false);
	assert_int_equal(fold.state.folded, ROWS);
	assert_int_equal(fold_open(&kept, reader, &wave_of_a, &city_pool, &err), 0);
	assert_int_equal(fold_slices(&kept, &indices, 1, true, &city_pool, &err), -1);
	assert_int_equal(err.code, ERR_DENIED);
	db_close(reader);
	close_city(db);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(an_answer_is_stored_while_the_rows_are_read),
	cmocka_unit_test(an_answer_set_aside_meanwhile_is_not_summed_for_ever),
	cmocka_unit_test(told_to_keep_them_it_sums_again),
	cmocka_unit_test(two_that_fold_at_once_do_not_count_twice),
	cmocka_unit_test(a_database_only_read_is_summed_all_the_same),
};

CHECK_MAIN(tests)
