/* figure/screen.c: each rule at its threshold, one step this side and one beyond. */
#include "tests/support/check.h"

#include "figure/screen.h"

enum { SCALES = 10, SEVEN = 0, EIGHT = 1 };

/* Two items need not list their choices alike: what is compared is the code. */
static const struct choice points[] = { { .name = "7", .code = 7 }, { .name = "8", .code = 8 } };
static const struct choice down[] = { { .name = "8", .code = 8 }, { .name = "7", .code = 7 } };

/* Ten ten-point items of a form of 100 seconds, all answered 7; behind a row that no rule fits. */
struct answer {
	struct item item[SCALES];
	uint8_t code[SCALES][2];
	int32_t seconds[2];
	uint8_t rush[2];
	struct answer_item column[SCALES];
	struct form form;
	struct counted counted;
};

static void
answer_make(struct answer *a)
{
	*a = (struct answer){ .form = { .item = a->item, .items = SCALES, .seconds = 100 },
		.seconds = { 100, 100 } };
	for (int i = 0; i < SCALES; i++) {
		a->item[i] = (struct item){ .kind = KIND_SCALE, .low = 1, .high = 10,
			.choice = i == 1 ? down : points, .choices = 2 };
		a->code[i][0] = i % 2 == 0 ? SEVEN : SCAN_SKIPPED;
		a->code[i][1] = i == 1 ? EIGHT : SEVEN;		/* 7, both */
		a->column[i].code = a->code[i];
	}
	a->counted = (struct counted){ .form = &a->form, .n = 2, .seconds = a->seconds,
		.rush = a->rush, .item = a->column };
}

static bool
fits(const char *rule, const struct answer *a)
{
	const struct screen_rule *r = screen_rule(rule, NULL);

	assert_false(r->fits(&a->counted, 0));
	return r->fits(&a->counted, 1);
}

static void
fast_is_less_than_a_third_of_the_time_of_what_was_asked(void **state)
{
	struct answer a;

	(void)state;
	answer_make(&a);
	a.seconds[1] = 34;
	assert_false(fits("fast", &a));
	a.seconds[1] = 33;
	assert_true(fits("fast", &a));
	a.seconds[1] = -1;
	assert_false(fits("fast", &a));		/* not known */
	a.seconds[1] = 17;
	for (int i = 0; i < 5; i++)
		a.code[i][1] = SCAN_NONE;
	assert_false(fits("fast", &a));		/* half the questions, half the time */
	a.seconds[1] = 16;
	assert_true(fits("fast", &a));
}

static void
straight_is_eight_ten_point_items_all_alike(void **state)
{
	struct answer a;

	(void)state;
	answer_make(&a);
	assert_true(fits("straight", &a));
	a.code[9][1] = EIGHT;
	assert_false(fits("straight", &a));
	a.code[9][1] = SCAN_DONT_KNOW;
	a.code[8][1] = SCAN_SKIPPED;
	assert_true(fits("straight", &a));
	a.code[7][1] = SCAN_SKIPPED;
	assert_false(fits("straight", &a));	/* seven */
	answer_make(&a);
	a.item[0].high = a.item[1].high = a.item[2].high = 5;
	assert_false(fits("straight", &a));
	a.item[0].high = 10;
	assert_true(fits("straight", &a));
}

static void
blank_is_more_than_half_of_four_ratings_or_more(void **state)
{
	struct answer a;

	(void)state;
	answer_make(&a);
	for (int i = 0; i < 5; i++)
		a.code[i][1] = i % 2 == 0 ? SCAN_SKIPPED : SCAN_DONT_KNOW;
	assert_false(fits("blank", &a));
	a.code[5][1] = SCAN_SKIPPED;
	assert_true(fits("blank", &a));
	for (int i = 0; i < 6; i++)
		a.code[i][1] = SCAN_NONE;
	assert_false(fits("blank", &a));
	a.code[6][1] = a.code[7][1] = a.code[8][1] = SCAN_SKIPPED;
	assert_true(fits("blank", &a));		/* three of four */
	a.code[9][1] = SCAN_NONE;
	assert_false(fits("blank", &a));	/* three were asked */
}

static void
crowd_is_many_at_once_and_less_than_half_the_time(void **state)
{
	struct answer a;

	(void)state;
	answer_make(&a);
	a.seconds[1] = 49;
	assert_false(fits("crowd", &a));
	a.rush[1] = RUSH_SITE;
	assert_true(fits("crowd", &a));
	a.seconds[1] = 50;
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
