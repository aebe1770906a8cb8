/* cli/demo/people.c: simulated people are like the margins. */
#include "tests/support/check.h"

#include "cli/demo/people.h"

/* Answers of one person hang together, and the weights add up to the adults of the city. */
static void
sample_represents_the_city(void **state)
{
	struct demo_scene scene = { .form = 'A', .first = 28000000, .last = 28060000,
		.size = 12000 };
	struct demo_world *world = malloc(sizeof(*world));
	double weights = 0, old = 0, n = 0;
	struct demo_random r;

	(void)state;
	assert_non_null(world);
	demo_world_make(world, 1);
	demo_random_start(&r, 1, 2);
	for (int i = 0; i < scene.size; i++) {
		struct demo_person p;

		demo_person_make(&p, world, &scene, i, &r);
		weights += (double)p.weight / 1e6;
		old += p.age >= 5;
		n++;
	}
	assert_close(weights, demo_city_all_adults(), 0.02);
	/* 30 % of adults are 60 or over; they answer interviewers a little more than most. */
	assert_true(old / n > 0.28 && old / n < 0.38);
	free(world);
}

static void
posters_reach_few_old_people(void **state)
{
	struct demo_scene scene = { .form = 'C', .open = true, .first = 28000000, .last = 28060000,
		.size = 5000 };
	struct demo_world *world = malloc(sizeof(*world));
	struct demo_random r;
	int old = 0;

	(void)state;
	assert_non_null(world);
	demo_world_make(world, 1);
	demo_random_start(&r, 1, 2);
	for (int i = 0; i < scene.size; i++) {
		struct demo_person p;

		demo_person_make(&p, world, &scene, i, &r);
		old += p.age >= 5;
		assert_in_range(p.site, 0, DEMO_SITES - 1);
	}
	assert_true(old < scene.size / 10);
	free(world);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(sample_represents_the_city),
	cmocka_unit_test(posters_reach_few_old_people),
};

CHECK_MAIN(tests)
