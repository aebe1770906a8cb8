/* The decision tables of track/verdict.h, every line and every cell. */
#include "tests/check.h"

#include "track/verdict.h"

static struct verdict
fact(enum basis basis, enum truth literal, enum truth proven)
{
	return (struct verdict){ .basis = basis, .literal = literal, .proven = proven };
}

static void
a_record_counts_as_it_reads(void **state)
{
	static const enum standing want[] = {
		[TRUTH_UNKNOWN] = STANDING_UNPROVEN, [TRUTH_FALSE] = STANDING_MISSED, [TRUTH_TRUE] = STANDING_MET,
	};
	int literal, proven;

	(void)state;
	for (literal = 0; literal < 3; literal++)
		for (proven = 0; proven < 3; proven++) {
			struct verdict v = fact(BASIS_RECORD, literal, proven);

			assert_int_equal(verdict_clause(&v), want[literal]);
		}
}

/* Rows literal, columns proven: unknown, false, true. */
static void
a_rise_needs_proof_but_a_fall_needs_none(void **state)
{
	static const enum standing want[3][3] = {
		[TRUTH_UNKNOWN] = { STANDING_UNPROVEN, STANDING_UNPROVEN, STANDING_UNPROVEN },
		[TRUTH_FALSE] = { STANDING_MISSED, STANDING_MISSED, STANDING_MISSED },
		[TRUTH_TRUE] = { STANDING_UNPROVEN, STANDING_UNPROVEN, STANDING_MET },
	};
	int literal, proven;

	(void)state;
	for (literal = 0; literal < 3; literal++)
		for (proven = 0; proven < 3; proven++) {
			struct verdict v = fact(BASIS_SERIES, literal, proven);

			assert_int_equal(verdict_clause(&v), want[literal][proven]);
			v.own_only = true;	/* says nothing about series */
			assert_int_equal(verdict_clause(&v), want[literal][proven]);
		}
}

static void
a_level_needs_proof_both_ways(void **state)
{
	static const enum standing want[3][3] = {
		[TRUTH_UNKNOWN] = { STANDING_UNPROVEN, STANDING_UNPROVEN, STANDING_UNPROVEN },
		[TRUTH_FALSE] = { STANDING_UNPROVEN, STANDING_MISSED, STANDING_UNPROVEN },
		[TRUTH_TRUE] = { STANDING_UNPROVEN, STANDING_UNPROVEN, STANDING_MET },
	};
	int literal, proven;

	(void)state;
	for (literal = 0; literal < 3; literal++)
		for (proven = 0; proven < 3; proven++) {
			struct verdict v = fact(BASIS_LEVEL, literal, proven);

			assert_int_equal(verdict_clause(&v), want[literal][proven]);
		}
}

static void
our_own_survey_never_meets_where_we_are_rated(void **state)
{
	int literal, proven;

	(void)state;
	for (literal = 0; literal < 3; literal++)
		for (proven = 0; proven < 3; proven++) {
			struct verdict v = fact(BASIS_LEVEL, literal, proven);

			v.own_only = true;
			assert_int_not_equal(verdict_clause(&v), STANDING_MET);
		}
}

static void
no_signed_number_and_a_signed_waiver_come_first(void **state)
{
	int basis, literal, proven;

	(void)state;
	for (basis = 0; basis < BASIS_MAX; basis++)
		for (literal = 0; literal < 3; literal++)
			for (proven = 0; proven < 3; proven++) {
				struct verdict v = fact(basis, literal, proven);

				v.open = true;
				assert_int_equal(verdict_clause(&v), STANDING_UNSET);
				v.waived = true;
				assert_int_equal(verdict_clause(&v), STANDING_NONE);
			}
}

/* From worst to best. */
static const enum standing chain[4] = {
	STANDING_MISSED, STANDING_UNSET, STANDING_UNPROVEN, STANDING_MET,
};

static void
alternatives_take_the_best_and_groups_the_worst(void **state)
{
	static const struct rule either[] = { { .number = 1, .group = 1 }, { .number = 2, .group = 1 } };
	static const struct rule both[] = { { .number = 1, .group = 1 }, { .number = 2, .group = 2 } };
	int a, b;

	(void)state;
	for (a = 0; a < 4; a++)
		for (b = 0; b < 4; b++) {
			enum standing s[] = { chain[a], chain[b] };

			assert_int_equal(verdict_row(s, either, 2), chain[a > b ? a : b]);
			assert_int_equal(verdict_row(s, both, 2), chain[a < b ? a : b]);
		}
}

static void
what_does_not_apply_drops_out(void **state)
{
	static const struct rule either[] = { { .number = 1, .group = 1 }, { .number = 2, .group = 1 } };
	static const struct rule both[] = { { .number = 1, .group = 1 }, { .number = 2, .group = 2 } };
	enum standing none[] = { STANDING_NONE, STANDING_NONE };
	int a;

	(void)state;
	for (a = 0; a < 4; a++) {
		enum standing left[] = { STANDING_NONE, chain[a] }, right[] = { chain[a], STANDING_NONE };

		assert_int_equal(verdict_row(left, either, 2), chain[a]);
		assert_int_equal(verdict_row(right, either, 2), chain[a]);
		assert_int_equal(verdict_row(left, both, 2), chain[a]);
		assert_int_equal(verdict_row(right, both, 2), chain[a]);
	}
	assert_int_equal(verdict_row(none, either, 2), STANDING_NONE);
	assert_int_equal(verdict_row(none, both, 2), STANDING_NONE);
}

/* 43: (1 or 2) and (3 or 4), all 256 combinations against min and max by hand. */
static void
the_row_of_43_follows_its_formula(void **state)
{
	static const struct rule rule[] = {
		{ .number = 1, .group = 1 }, { .number = 2, .group = 1 },
		{ .number = 3, .group = 2 }, { .number = 4, .group = 2 },
	};
	int i, place[4], first, second;
	enum standing s[4];

	(void)state;
	for (i = 0; i < 256; i++) {
		int k;

		for (k = 0; k < 4; k++) {
			place[k] = (i >> (2 * k)) & 3;
			s[k] = chain[place[k]];
		}
		first = place[0] > place[1] ? place[0] : place[1];
		second = place[2] > place[3] ? place[2] : place[3];
		assert_int_equal(verdict_row(s, rule, 4), chain[first < second ? first : second]);
		assert_int_equal(verdict_group(s, rule, 4, 2), chain[second]);
	}
}

static void
the_literal_truth_of_a_row_is_kleenes(void **state)
{
	static const struct rule rule[] = {
		{ .number = 1, .group = 1 }, { .number = 2, .group = 1 }, { .number = 3, .group = 2 },
	};
	static const bool all[] = { false, false, false }, waive[] = { false, true, false };
	static const bool gone[] = { true, true, false };
	enum truth t[] = { TRUTH_FALSE, TRUTH_TRUE, TRUTH_TRUE };

	(void)state;
	assert_int_equal(verdict_literal(t, all, rule, 3), TRUTH_TRUE);
	assert_int_equal(verdict_literal(t, waive, rule, 3), TRUTH_FALSE);
	assert_int_equal(verdict_literal(t, gone, rule, 3), TRUTH_TRUE);
	t[2] = TRUTH_UNKNOWN;
	assert_int_equal(verdict_literal(t, all, rule, 3), TRUTH_UNKNOWN);
	t[0] = t[1] = TRUTH_FALSE;
	assert_int_equal(verdict_literal(t, all, rule, 3), TRUTH_FALSE);
}

static void
a_bound_inside_the_interval_is_open(void **state)
{
	struct verdict_level v = verdict_at_least(81, 79, 83, 80);

	(void)state;
	assert_int_equal(v.literal, TRUTH_TRUE);
	assert_int_equal(v.proven, TRUTH_UNKNOWN);
	v = verdict_at_least(81, 80, 83, 80);
	assert_int_equal(v.proven, TRUTH_TRUE);
	v = verdict_at_least(79, 77, 80, 80);
	assert_int_equal(v.literal, TRUTH_FALSE);
	assert_int_equal(v.proven, TRUTH_UNKNOWN);
	v = verdict_at_least(79, 77, 79.9, 80);
	assert_int_equal(v.proven, TRUTH_FALSE);
	v = verdict_at_least(81, NAN, NAN, 80);
	assert_int_equal(v.literal, TRUTH_TRUE);
	assert_int_equal(v.proven, TRUTH_UNKNOWN);
	v = verdict_at_least(NAN, NAN, NAN, 80);
	assert_int_equal(v.literal, TRUTH_UNKNOWN);
	v = verdict_at_least(81, 80, 83, NAN);
	assert_int_equal(v.literal, TRUTH_UNKNOWN);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_record_counts_as_it_reads),
	cmocka_unit_test(a_rise_needs_proof_but_a_fall_needs_none),
	cmocka_unit_test(a_level_needs_proof_both_ways),
	cmocka_unit_test(our_own_survey_never_meets_where_we_are_rated),
	cmocka_unit_test(no_signed_number_and_a_signed_waiver_come_first),
	cmocka_unit_test(alternatives_take_the_best_and_groups_the_worst),
	cmocka_unit_test(what_does_not_apply_drops_out),
	cmocka_unit_test(the_row_of_43_follows_its_formula),
	cmocka_unit_test(the_literal_truth_of_a_row_is_kleenes),
	cmocka_unit_test(a_bound_inside_the_interval_is_open),
};

CHECK_MAIN(tests)
