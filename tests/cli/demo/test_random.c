/* cli/demo/random.c: chance that repeats. */
#include "tests/support/check.h"

#include "cli/demo/random.h"

/* Published outputs of splitmix64 for the seed 1234567 (Rosetta Code, "Pseudo-random
 * numbers/Splitmix64"). */
static void
splitmix_gives_its_published_numbers(void **state)
{
	static const uint64_t want[] = { 6457827717110365317u, 3203168211198807973u,
		9817491932198370423u, 4593380528125082431u, 16408922859458223821u };
	uint64_t s = 1234567;

	(void)state;
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(random_split(&s), want[i]);
}

/* Outputs of the reference xoshiro256** for the state 1, 2, 3, 4 (as in the
 * rand_xoshiro crate's tests). */
static void
xoshiro_gives_its_published_numbers(void **state)
{
	static const uint64_t want[] = { 11520, 0, 1509978240, 1215971899390074240u,
		1216172134540287360u, 607988272756665600u, 16172922978634559625u,
		8476171486693032832u, 10595114339597558777u, 2904607092377533576u };
	struct random r = { { 1, 2, 3, 4 } };

	(void)state;
	for (size_t i = 0; i < 10; i++)
		assert_int_equal(random_bits(&r), want[i]);
}

static void
normal_has_the_mean_and_spread_asked_for(void **state)
{
	struct demo_random r;
	double sum = 0, squares = 0;
	enum { N = 200000, SD = 1000 };

	(void)state;
	demo_random_start(&r, 7, 1);
	for (int i = 0; i < N; i++) {
		int x = demo_random_normal(&r, SD);

		assert_in_range(x + 6 * SD, 0, 12 * SD);
		sum += x;
		squares += (double)x * x;
	}
	/* Four standard errors: 1000 / sqrt(200000) = 2.2; the spread's is 1.6. */
	assert_true(fabs(sum / N) < 9);
	assert_true(fabs(sqrt(squares / N) - SD) < 7);
}

static void
picks_follow_their_weights(void **state)
{
	static const int weight[] = { 10, 0, 30, 60 };
	int count[4] = { 0 };
	struct demo_random r;

	(void)state;
	demo_random_start(&r, 3, 9);
	for (int i = 0; i < 100000; i++)
		count[demo_random_pick(&r, weight, 4)]++;
	assert_int_equal(count[1], 0);
	assert_true(abs(count[0] - 10000) < 400 && abs(count[2] - 30000) < 600);
}

static void
streams_of_one_seed_differ_and_repeat(void **state)
{
	struct demo_random a, b, c;

	(void)state;
	demo_random_start(&a, 5, 1);
	demo_random_start(&b, 5, 2);
	demo_random_start(&c, 5, 1);
	for (int i = 0; i < 100; i++) {
		uint64_t x = random_bits(&a.bits);

		assert_int_not_equal(x, random_bits(&b.bits));
		assert_int_equal(x, random_bits(&c.bits));
	}
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(splitmix_gives_its_published_numbers),
	cmocka_unit_test(xoshiro_gives_its_published_numbers),
	cmocka_unit_test(normal_has_the_mean_and_spread_asked_for),
	cmocka_unit_test(picks_follow_their_weights),
	cmocka_unit_test(streams_of_one_seed_differ_and_repeat),
};

CHECK_MAIN(tests)
