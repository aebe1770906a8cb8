/* The generator against its authors' numbers. */
#include "tests/stats/oracle.h"

#include "stats/random.h"

/* xoshiro256** from splitmix64 of 0: computed with the authors' C code. */
static void
the_generator_is_the_published_one(void **state)
{
	struct random r;
	double sum = 0, square = 0, x;

	(void)state;
	random_seed(&r, 0);
	assert_true(r.s[0] == UINT64_C(0xe220a8397b1dcdaf));
	assert_true(r.s[1] == UINT64_C(0x6e789e6aa1b965f4));
	assert_true(random_bits(&r) == UINT64_C(0x99ec5f36cb75f2b4));
	for (int i = 0; i < 100000; i++) {
		x = random_normal(&r);
		sum += x;
		square += x * x;
	}
	assert_near(sum / 100000, 0, 0.015, 1);
	assert_near(square / 100000, 1, 0.02, 1);
	for (int i = 0; i < 1000; i++)
		assert_true(random_below(&r, 7) < 7);
}

/* Steps of splitmix64 from 1234567: the numbers its authors print. */
static void
seeds_are_split_as_published(void **state)
{
	uint64_t seed = 1234567;

	(void)state;
	assert_true(random_split(&seed) == UINT64_C(6457827717110365317));
	assert_true(random_split(&seed) == UINT64_C(3203168211198807973));
	assert_true(random_split(&seed) == UINT64_C(9817491932198370423));
}

static void
numbers_below_are_as_likely_as_each_other(void **state)
{
	struct random r;
	int seen[6] = { 0 };
	double u;

	(void)state;
	random_seed(&r, 11);
	for (int i = 0; i < 60000; i++)
		seen[random_below(&r, 6)]++;
	for (int i = 0; i < 6; i++)	/* five standard deviations */
		assert_true(seen[i] > 10000 - 5 * 92 && seen[i] < 10000 + 5 * 92);
	assert_int_equal(random_below(&r, 1), 0);
	for (int i = 0; i < 1000; i++) {
		u = random_uniform(&r);
		assert_true(u > 0 && u < 1);
	}
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(the_generator_is_the_published_one),
	cmocka_unit_test(seeds_are_split_as_published),
	cmocka_unit_test(numbers_below_are_as_likely_as_each_other),
};

CHECK_MAIN(tests)
