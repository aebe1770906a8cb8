/* What may be published, and how sure an error is. */
#include "tests/support/check.h"

#include "stats/estimate.h"

/* The publishing limits are those of the header. */
static void
thin_figures_are_not_published(void **state)
{
	struct estimate e = { .value = 80, .low = 75, .high = 85, .n = 60, .n_eff = 55 };

	(void)state;
	assert_true(estimate_publishable(&e));
	e.n_eff = 49.9;
	assert_false(estimate_publishable(&e));
	e.n_eff = NAN;
	assert_false(estimate_publishable(&e));
	e.n_eff = 55;
	e.n = 9;
	assert_false(estimate_publishable(&e));
	e.n = 60;
	e.high = NAN;
	assert_false(estimate_publishable(&e));
}

static void
a_size_is_the_effective_one_and_never_more_than_n(void **state)
{
	(void)state;
	assert_close(estimate_size(&(struct estimate){ .n = 60, .n_eff = 55, .kish = 40 }), 55, 0);
	assert_close(estimate_size(&(struct estimate){ .n = 60, .n_eff = 75 }), 60, 0);
	assert_close(estimate_size(&(struct estimate){ .n = 60, .n_eff = NAN, .kish = 40 }), 40, 0);
	assert_close(estimate_size(&(struct estimate){ .n = 60, .n_eff = NAN, .kish = NAN }), 0, 0);
}

static void
an_error_of_few_degrees_of_freedom_is_a_guess(void **state)
{
	(void)state;
	assert_true(estimate_unsure(&(struct estimate){ .se = 1, .df = 7.9 }));
	assert_false(estimate_unsure(&(struct estimate){ .se = 1, .df = 8 }));
	assert_false(estimate_unsure(&(struct estimate){ .se = 1, .df = INFINITY }));
	/* there is none */
	assert_false(estimate_unsure(&(struct estimate){ .se = NAN, .df = 2 }));
	assert_false(estimate_unsure(&(struct estimate){ .se = 0, .df = 2 }));
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(thin_figures_are_not_published),
	cmocka_unit_test(a_size_is_the_effective_one_and_never_more_than_n),
	cmocka_unit_test(an_error_of_few_degrees_of_freedom_is_a_guess),
};

CHECK_MAIN(tests)
