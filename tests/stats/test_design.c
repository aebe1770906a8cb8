/* Covariance under strata, lonely PSUs and finite populations: Wolter's formula by hand. */
#include "tests/support/check.h"

#include "stats/design.h"
#include "stats/fault.h"

/* PSU totals 1, 3 | 2, 4, 6 | 7: squares about the strata's means 2, 8 and nothing. */
static const double total[] = { 1, 3, 2, 4, 6, 7 };
static const size_t first[] = { 0, 2, 5, 6 };
static const char *const stratum[] = { "north", "south", "isle" },
	*const psu[] = { "a", "b", "c", "d", "e", "f" };

static struct design
design(size_t strata)
{
	return (struct design){ .psus = first[strata], .strata = strata, .first = first,
		.stratum = stratum, .psu = psu };
}

static double
variance(const struct design *d, const bool member[])
{
	struct err err = { 0 };
	double v = 0;

	assert_int_equal(design_covariance(d, &v, total, 1, member, &err), 0);
	return v;
}

static void
squares_about_the_strata_are_added_up(void **state)
{
	static const double half[] = { 0.5, 0, 0 }, whole[] = { 1, 0, 0 }, scale[] = { 0.25, 1, 1 };
	struct design d = design(2);

	(void)state;
	assert_close(design_df(&d), 3, 0);
	assert_close(variance(&d, NULL), 2 * 2 + 1.5 * 8, 1e-14);
	d.fraction = half;
	assert_close(variance(&d, NULL), 0.5 * 4 + 12, 1e-14);
	d.fraction = whole;
	assert_close(variance(&d, NULL), 12, 1e-14);
	assert_false(design_open(&d, 0));
	assert_true(design_open(&d, 1));
	d.fraction = NULL;
	d.scale = scale;	/* a later stage */
	assert_close(variance(&d, NULL), 0.25 * 4 + 12, 1e-14);
}

static void
two_variables_have_a_covariance(void **state)
{
	static const double two[] = { 1, 5, 3, 1, 2, 0, 4, 2, 6, 1 };
	struct design d = design(2);
	struct err err = { 0 };
	double cov[4];

	(void)state;
	assert_int_equal(design_covariance(&d, cov, two, 2, NULL, &err), 0);
	assert_close(cov[0], 16, 1e-14);
	assert_close(cov[1], 2 * (-1 * 2 + 1 * -2) + 1.5 * (-2 * -1 + 0 + 2 * 0), 1e-14);
	assert_close(cov[2], cov[1], 0);
	assert_close(cov[3], 2 * 8 + 1.5 * 2, 1e-14);
}

static void
a_lonely_psu_is_named_or_treated_as_asked(void **state)
{
	struct design d = design(3);
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	double v, centre = 23 / 6.0;

	(void)state;
	assert_true(design_alone(&d, 2));
	assert_false(design_alone(&d, 0));
	assert_string_equal(design_lonely_strata(&d, &pool), "isle");
	assert_int_equal(design_covariance(&d, &v, total, 1, NULL, &err), FAULT_LONELY_PSU);
	assert_non_null(strstr(err.text, "isle"));
	d.lonely = DESIGN_CERTAINTY;
	assert_close(variance(&d, NULL), 16, 1e-14);
	d.lonely = DESIGN_AVERAGE;
	assert_close(variance(&d, NULL), 16 * 3 / 2.0, 1e-14);
	d.lonely = DESIGN_ADJUST;
	assert_close(variance(&d, NULL), 16 + (7 - centre) * (7 - centre), 1e-14);
	pool_clear(&pool);
}

/* Strata without a member of the domain are as if they were not there. */
static void
a_domain_sees_only_its_strata(void **state)
{
	static const bool north[] = { true, true, false, false, false, false },
		one[] = { true, false, false, true, true, false };
	struct design d = design(3);
	double c = 23 / 6.0;

	(void)state;
	d.lonely = DESIGN_AVERAGE;
	assert_close(variance(&d, north), 4, 1e-14);
	d.domain_lonely = true;	/* the north has one with a member, and takes the south's mean */
	assert_close(variance(&d, one), 12 * 2, 1e-14);
	d.lonely = DESIGN_ADJUST;	/* or is taken about the mean of all */
	assert_close(variance(&d, one), 12 + 2 * ((1 - c) * (1 - c) + (3 - c) * (3 - c)), 1e-14);
}

static void
one_psu_in_all_has_no_error(void **state)
{
	static const size_t alone[] = { 0, 1 };
	struct design d = { .psus = 1, .strata = 1, .first = alone,
		.stratum = stratum, .psu = psu };
	struct err err = { 0 };
	double v = 0;

	(void)state;
	assert_int_equal(design_covariance(&d, &v, total, 1, NULL, &err), FAULT_ONE_PSU);
	d.lonely = DESIGN_ADJUST;
	assert_true(isnan(variance(&d, NULL)));
}

static void
many_lonely_strata_are_counted(void **state)
{
	static const size_t each[] = { 0, 1, 2, 3, 4, 5, 6, 7 };
	static const char *const name[] = { "a", "b", "c", "d", "e", "f", "g" };
	struct design d = { .psus = 7, .strata = 7, .first = each, .stratum = name, .psu = name };
	struct pool pool = POOL_INIT;

	(void)state;
	assert_string_equal(design_lonely_strata(&d, &pool), "a, b, c, d, e … (7)");
	d.strata = d.psus = 0;
	assert_null(design_lonely_strata(&d, &pool));
	pool_clear(&pool);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(squares_about_the_strata_are_added_up),
	cmocka_unit_test(two_variables_have_a_covariance),
	cmocka_unit_test(a_lonely_psu_is_named_or_treated_as_asked),
	cmocka_unit_test(a_domain_sees_only_its_strata),
	cmocka_unit_test(one_psu_in_all_has_no_error),
	cmocka_unit_test(many_lonely_strata_are_counted),
};

CHECK_MAIN(tests)
