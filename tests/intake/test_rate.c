/* intake/rate, base/siphash: limits that slow down and never refuse. */
#include "tests/support/check.h"

#include <stdio.h>

#include "base/siphash.h"
#include "forms/paradata.h"
#include "intake/rate.h"

enum { DAY = 86400 };

/* Appendix A of the paper, and more of the reference program's vectors: key
 * 00..0f, input 00 01 02 .. */
static void
siphash_is_the_published_one(void **state)
{
	static const struct { size_t n; uint64_t hash; } want[] = {
		{ 0, 0x726fdb47dd0e0e31 }, { 1, 0x74f839c593dc67fd }, { 2, 0x0d6c8009d9a94f5a },
		{ 3, 0x85676696d7fb7e2d }, { 7, 0xab0200f58b01d137 }, { 8, 0x93f5f5799a932462 },
		{ 15, 0xa129ca6149be45e5 },
	};
	unsigned char key[16], in[16];

	(void)state;
	for (int i = 0; i < 16; i++)
		key[i] = in[i] = (unsigned char)i;
	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++)
		assert_true(siphash(key, in, want[i].n) == want[i].hash);
}

static void
a_hall_full_of_people_is_not_too_many(void **state)
{
	struct rate *rate = rate_new();

	(void)state;
	for (int i = 0; i < RATE_SITE_BURST; i++) {
		struct rate_verdict v = rate_count(rate, "203.0.113", "7K3M9P", 1000, DAY);

		assert_int_equal(v.rush, 0);
		assert_int_equal(v.delay_ms, 0);
	}
	assert_int_equal(rate_count(rate, "203.0.113", "7K3M9P", 1000, DAY).rush, RUSH_SITE);
	/* another site in the same hall is not touched by it */
	assert_int_equal(rate_count(rate, "203.0.113", "ABCDEF", 1000, DAY).rush, 0);
	rate_free(rate);
}

static void
over_the_limit_is_slower_up_to_a_bound_and_never_refused(void **state)
{
	struct rate *rate = rate_new();
	int64_t before = 0, most = 0;

	(void)state;
	for (int i = 0; i < 100000; i++) {
		struct rate_verdict v = rate_count(rate, "203.0.113", "", 1000, DAY);

		assert_true(v.delay_ms >= before);
		assert_int_equal(v.rush, i >= RATE_NETWORK_BURST ? RUSH_NETWORK : 0);
		before = v.delay_ms;
		most = v.delay_ms > most ? v.delay_ms : most;
	}
	assert_int_equal(most, RATE_DELAY_MAX);
	assert_int_equal(rate_count(rate, "198.51.100", "", 1000, DAY).rush, 0);
	rate_free(rate);
}

static void
who_waits_is_as_before(void **state)
{
	struct rate *rate = rate_new();

	(void)state;
	for (int i = 0; i < 2 * RATE_SITE_BURST; i++)
		rate_count(rate, "", "7K3M9P", 1000, DAY);
	assert_int_equal(rate_count(rate, "", "7K3M9P", 1000, DAY).rush, RUSH_SITE);
	assert_int_equal(rate_count(rate, "", "7K3M9P", 1000 + 30 * 1000, DAY).rush, RUSH_SITE);
	/* 61 over the limit leak away in two minutes and a little */
	assert_int_equal(rate_count(rate, "", "7K3M9P", 1000 + 130 * 1000, DAY).rush, 0);
	rate_free(rate);
}

static void
a_steady_stream_at_the_limit_is_never_marked(void **state)
{
	struct rate *rate = rate_new();

	(void)state;
	for (int64_t i = 0; i < 1000; i++)
		assert_int_equal(rate_count(rate, "", "7K3M9P", i * 60000 / RATE_SITE_MINUTE,
			DAY).rush, 0);
	rate_free(rate);
}

static void
a_new_day_in_china_knows_nothing_of_the_last(void **state)
{
	struct rate *rate = rate_new();
	int64_t midnight = 20000 * (int64_t)DAY - 8 * 3600;

	(void)state;
	for (int i = 0; i < 2 * RATE_SITE_BURST; i++)
		rate_count(rate, "", "7K3M9P", 1000, midnight - 1);
	assert_int_equal(rate_count(rate, "", "7K3M9P", 1000, midnight - 1).rush, RUSH_SITE);
	assert_int_equal(rate_count(rate, "", "7K3M9P", 1001, midnight).rush, 0);
	rate_free(rate);
}

/* Ten times as many networks as cells send one answer each: nobody is taken for a
 * crowd, and nothing grows. */
static void
many_networks_share_the_counts_and_nobody_is_mistaken(void **state)
{
	struct rate *rate = rate_new();
	char network[32];
	int marked = 0;

	(void)state;
	for (int i = 0; i < 40000; i++) {
		snprintf(network, sizeof(network), "10.%d.%d", i / 256, i % 256);
		marked += rate_count(rate, network, "", 1000, DAY).rush != 0;
	}
	assert_int_equal(marked, 0);
	assert_true(rate_size() < 600 * 1024);
	rate_free(rate);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(siphash_is_the_published_one),
	cmocka_unit_test(a_hall_full_of_people_is_not_too_many),
	cmocka_unit_test(over_the_limit_is_slower_up_to_a_bound_and_never_refused),
	cmocka_unit_test(who_waits_is_as_before),
	cmocka_unit_test(a_steady_stream_at_the_limit_is_never_marked),
	cmocka_unit_test(a_new_day_in_china_knows_nothing_of_the_last),
	cmocka_unit_test(many_networks_share_the_counts_and_nobody_is_mistaken),
};
CHECK_MAIN(tests)
