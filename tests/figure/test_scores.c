/* figure/scores.c: what a form measures, and one stored answer read for it. */
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

/* The values a score is made of: items by position, hotlines named by hand as their number,
 * ticks without decoys. */
static void
an_answer_is_read_with_what_is_derived_from_it(void **state)
{
	struct db *db = city_open();
	struct scores s = made(db, "C");
	struct city_value v[] = { { "P", "7" }, { "unaided", "\"打 1 2 3 1 5\"" },
		{ "aided", "[12315,\"title\"]" } };
	int value[FORM_ITEMS_MAX + 8], p = form_item(s.form, "P");
	size_t items = s.form->items;

	(void)state;
	assert_int_equal(s.values, items + 2);
	assert_int_equal(scores_read(&s, city_answers(s.form, v, 3), value), 0);
	assert_int_equal(value[p], 7);
	assert_int_equal(value[items], 12315);
	assert_int_equal(value[items + 1], value[form_item(s.form, "aided")]);
	v[1].json = "\"不知道\"";
	v[2].json = "[12315,\"direct\"]";	/* the decoy: no net awareness of any kind */
	assert_int_equal(scores_read(&s, city_answers(s.form, v, 3), value), 0);
	assert_int_not_equal(value[items], 12315);
	assert_int_not_equal(value[items + 1], value[form_item(s.form, "aided")]);
	assert_int_equal(scores_read(&s, "[1]", value), -1);
	city_close(db);
}

/* The hotlines count as they are coded, and each is a valid answer. */
static void
a_share_says_what_counts_and_what_is_an_answer(void **state)
{
	struct db *db = city_open();
	struct scores s = made(db, "C");
	enum scores_set set;
	const struct scores_figure *f = scores_find(&s, "unaided", &set);
	const struct score *score = &s.layout[set][0].score[f->part[0]];

	(void)state;
	assert_string_equal(score->name, "unaided");
	assert_int_equal(score->ins, 3);
	for (size_t i = 0; i < score->ins; i++) {
		assert_true(score->in[i] == 12315 || score->in[i] == 12345 ||
			score->in[i] == 12365);
		assert_in_range(score->in[i], score->lo, score->hi);
	}
	f = scores_find(&s, "channel_ok", &set);
	score = &s.layout[set][0].score[f->part[0]];
	assert_int_equal(score->lo, 2);		/* of those who used one */
	assert_int_equal(score->hi, 5);
	assert_int_equal(score->ins, 2);
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
	cmocka_unit_test(an_answer_is_read_with_what_is_derived_from_it),
	cmocka_unit_test(a_share_says_what_counts_and_what_is_an_answer),
	cmocka_unit_test(an_index_needs_ten_point_items),
};

CHECK_MAIN(tests)
