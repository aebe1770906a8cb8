/* figure/scores.c: what a form measures. */
#include "figure/scores.h"
#include "tests/figure/four.h"

static struct scores
made(struct db *db, const char *id)
{
	struct scores s;

	must(scores_make(&s, city_form(db, id), &city_pool, oops));
	return s;
}

static void
form_a_has_its_index_composed_of_sectors(void **state)
{
	struct db *db = city_open();
	struct scores s = made(db, "A");
	enum scores_set set = SCORES_SETS;
	const struct scores_figure *f = scores_find(&s, "csi", &set);

	(void)state;
	assert_non_null(f);
	assert_int_equal(set, SCORES_INDEX);
	assert_true(f->by_sector && !f->share);
	assert_string_equal(s.figure[SCORES_INDEX][0].name, "csi");
	assert_non_null(scores_find(&s, "complained", &set));
	assert_int_equal(set, SCORES_SHARE);
	assert_non_null(scores_find(&s, "q_rel", &set));
	assert_int_equal(set, SCORES_ITEM);
	assert_null(scores_find(&s, "unaided", &set));
	assert_string_equal(scores_set_name(SCORES_SHARE), "share");
	city_close(db);
}

/* CQI is the mean of five dimensions, each with a fifth. */
static void
a_composite_has_parts_whose_weights_add_up(void **state)
{
	struct db *db = city_open();
	struct scores s = made(db, "C");
	enum scores_set set;
	const struct scores_figure *f = scores_find(&s, "cqi", &set);
	double sum = 0;

	(void)state;
	assert_int_equal(f->parts, 5);
	for (size_t i = 0; i < f->parts; i++) {
		assert_close(f->weight[i], 0.2, 1e-15);
		sum += f->weight[i];
	}
	assert_close(sum, 1, 1e-15);
	f = scores_find(&s, "unaided", &set);
	assert_true(f->share);
	assert_int_equal(set, SCORES_SHARE);
	city_close(db);
}

/* What counts, and what is an answer at all. */
static void
a_share_says_what_counts_and_what_is_an_answer(void **state)
{
	struct db *db = city_open();
	struct scores s = made(db, "C");
	enum scores_set set;
	const struct scores_figure *f = scores_find(&s, "channel_ok", &set);
	const struct score *score = &s.score[set][f->part[0]];

	(void)state;
	assert_int_equal(score->kind, SCORE_SHARE);
	assert_int_equal(score->lo, 2);		/* of those who used one */
	assert_int_equal(score->hi, 5);
	assert_int_equal(score->ins, 2);
	f = scores_find(&s, "unaided", &set);
	assert_int_equal(s.score[set][f->part[0]].kind, SCORE_WORDS);
	city_close(db);
}

/* Net awareness is without those who tick the decoy. */
static void
a_set_says_what_is_ticked_and_who_is_left_out(void **state)
{
	struct db *db = city_open();
	struct scores s = made(db, "C");
	const struct item *item = &s.form->item[form_item(s.form, "aided")];
	enum scores_set set;
	const struct scores_figure *all = scores_find(&s, "aided", &set),
		*net = scores_find(&s, "aided_net", &set);
	const struct score *a = &s.score[set][all->part[0]], *n = &s.score[set][net->part[0]];

	(void)state;
	assert_int_equal(a->kind, SCORE_SET);
	for (size_t c = 0; c < item->choices; c++) {
		assert_int_equal(scan_ticked(&a->mask, c), atoi(item->choice[c].name) > 10000);
		assert_int_equal(scan_ticked(&n->mask, c), scan_ticked(&a->mask, c));
		assert_false(scan_ticked(&a->without, c));
		assert_int_equal(scan_ticked(&n->without, c), item->choice[c].decoy);
	}
	city_close(db);
}

/* Three equal weights of which two suffice: sixths of a point hold every mean. */
static void
a_mean_counts_in_parts_that_hold_every_mean(void **state)
{
	struct db *db = city_open();
	struct scores s = made(db, "A");
	enum scores_set set;
	const struct scores_figure *f = scores_find(&s, "csi", &set);
	const struct score *score = &s.score[set][f->part[0]];

	(void)state;
	assert_int_equal(score->kind, SCORE_MEAN);
	assert_int_equal(score->items, 3);
	assert_int_equal(score->least, 2);
	assert_int_equal(score->parts, 6);
	city_close(db);
}

static void
an_index_needs_ten_point_items(void **state)
{
	struct db *db = city_open();
	struct form form = *city_form(db, "A");
	struct item *item = pool_array(&city_pool, form.items, sizeof(*item));
	struct err err = { 0 };
	struct scores s;

	(void)state;
	memcpy(item, form.item, form.items * sizeof(*item));
	item[form_item(&form, "sat")].high = 5;
	form.item = item;
	assert_int_equal(scores_make(&s, &form, &city_pool, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_non_null(strstr(err.text, "sat"));
	city_close(db);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(form_a_has_its_index_composed_of_sectors),
	cmocka_unit_test(a_composite_has_parts_whose_weights_add_up),
	cmocka_unit_test(a_share_says_what_counts_and_what_is_an_answer),
	cmocka_unit_test(a_set_says_what_is_ticked_and_who_is_left_out),
	cmocka_unit_test(a_mean_counts_in_parts_that_hold_every_mean),
	cmocka_unit_test(an_index_needs_ten_point_items),
};

CHECK_MAIN(tests)
