/* figure/screen.c: each rule at its threshold, one step this side and one beyond. */
#include "tests/support/check.h"

#include "figure/screen.h"

enum { SCALES = 10 };

static const struct choice points[] = { { .name = "7", .code = 7 }, { .name = "8", .code = 8 } };

/* Ten ten-point items of a form of 100 seconds, all answered 7. */
struct answer {
	struct item item[SCALES];
	struct value value[SCALES];
	struct form form;
	struct response response;
	struct response_row row;
};

static void
answer_make(struct answer *a)
{
	*a = (struct answer){ .form = { .item = a->item, .items = SCALES, .seconds = 100 },
		.response = { .form = &a->form, .value = a->value },
		.row = { .seconds = 100, .paradata = PARADATA_NONE } };
	for (int i = 0; i < SCALES; i++) {
		a->item[i] = (struct item){ .kind = KIND_SCALE, .low = 1, .high = 10 };
		a->value[i] = (struct value){ .state = VALUE_GIVEN, .choice = &points[0] };
	}
}

static bool
fits(const char *rule, const struct answer *a)
{
	return screen_rule(rule, NULL)->fits(&a->response, &a->row);
}

static void
fast_is_less_than_a_third_of_the_time_of_what_was_asked(void **state)
{
	struct answer a;

	(void)state;
	answer_make(&a);
	a.row.seconds = 34;
	assert_false(fits("fast", &a));
	a.row.seconds = 33;
	assert_true(fits("fast", &a));
	a.row.seconds = -1;
	assert_false(fits("fast", &a));		/* not known */
	a.row.seconds = 17;
	for (int i = 0; i < 5; i++)
		a.value[i].state = VALUE_NOT_ASKED;
	assert_false(fits("fast", &a));		/* half the questions, half the time */
	a.row.seconds = 16;
	assert_true(fits("fast", &a));
}

static void
straight_is_eight_ten_point_items_all_alike(void **state)
{
	struct answer a;

	(void)state;
	answer_make(&a);
	assert_true(fits("straight", &a));
	a.value[9].choice = &points[1];
	assert_false(fits("straight", &a));
	a.value[9].state = VALUE_DONT_KNOW;
	a.value[8].state = VALUE_SKIPPED;
	assert_true(fits("straight", &a));
	a.value[7].state = VALUE_SKIPPED;
	assert_false(fits("straight", &a));	/* seven */
	answer_make(&a);
	a.item[0].high = a.item[1].high = a.item[2].high = 5;
	assert_false(fits("straight", &a));
}

static void
blank_is_more_than_half_of_four_ratings_or_more(void **state)
{
	struct answer a;

	(void)state;
	answer_make(&a);
	for (int i = 0; i < 5; i++)
		a.value[i].state = i % 2 == 0 ? VALUE_SKIPPED : VALUE_DONT_KNOW;
	assert_false(fits("blank", &a));
	a.value[5].state = VALUE_SKIPPED;
	assert_true(fits("blank", &a));
	for (int i = 0; i < 6; i++)
		a.value[i].state = VALUE_NOT_ASKED;
	assert_false(fits("blank", &a));
	a.value[6].state = a.value[7].state = a.value[8].state = VALUE_SKIPPED;
	assert_true(fits("blank", &a));		/* three of four */
	a.value[9].state = VALUE_NOT_ASKED;
	assert_false(fits("blank", &a));	/* three were asked */
}

static void
crowd_is_many_at_once_and_less_than_half_the_time(void **state)
{
	struct answer a;

	(void)state;
	answer_make(&a);
	a.row.seconds = 49;
	assert_false(fits("crowd", &a));
	a.row.paradata.rush = RUSH_SITE;
	assert_true(fits("crowd", &a));
	a.row.seconds = 50;
	assert_false(fits("crowd", &a));
}

static void
a_rule_is_found_by_name_and_version(void **state)
{
	(void)state;
	assert_int_equal(screen_rules_n, 4);
	assert_string_equal(screen_rule("fast", "1")->name, "fast");
	assert_null(screen_rule("fast", "2"));
	assert_null(screen_rule("pretty", NULL));
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(fast_is_less_than_a_third_of_the_time_of_what_was_asked),
	cmocka_unit_test(straight_is_eight_ten_point_items_all_alike),
	cmocka_unit_test(blank_is_more_than_half_of_four_ratings_or_more),
	cmocka_unit_test(crowd_is_many_at_once_and_less_than_half_the_time),
	cmocka_unit_test(a_rule_is_found_by_name_and_version),
};

CHECK_MAIN(tests)
