/* The decision tables of track/verdict.h, every line and every cell; the names of what they say. */
#include "tests/support/check.h"

#include "track/track.h"

static struct verdict
fact(enum basis basis, enum truth literal, enum truth proven)
{
	return (struct verdict){ .basis = basis, .literal = literal, .proven = proven };
}

static void
a_record_counts_as_it_reads(void **state)
{
	static const enum standing want[] = {
		[TRUTH_UNKNOWN] = STANDING_UNFILLED, [TRUTH_FALSE] = STANDING_MISSED,
		[TRUTH_TRUE] = STANDING_MET,
	};

	(void)state;
	for (int literal = 0; literal < 3; literal++)
		for (int proven = 0; proven < 3; proven++)
			for (int governs = 0; governs < GOVERNS_MAX; governs++) {
				struct verdict v = fact(BASIS_RECORD, literal, proven);

				v.governs = governs;
				assert_int_equal(verdict_clause(&v), want[literal]);
				assert_false(verdict_differ(&v));
				assert_int_equal(verdict_tested(&v), literal);
			}
}

/*
 * Rows literal, columns proven: unknown, false, true.  One table for each signature, none first,
 * whose UNSET are where the readings differ.
 */
static void
follows(const enum standing want[GOVERNS_MAX][3][3], enum basis basis, bool own_only)
{
	for (int governs = 0; governs < GOVERNS_MAX; governs++)
		for (int literal = 0; literal < 3; literal++)
			for (int proven = 0; proven < 3; proven++) {
				struct verdict v = fact(basis, literal, proven);

				v.governs = governs;
				v.own_only = own_only;
				assert_int_equal(verdict_clause(&v),
					want[governs][literal][proven]);
				assert_int_equal(verdict_differ(&v),
					want[GOVERNS_UNSIGNED][literal][proven] == STANDING_UNSET);
			}
}

static void
a_rise_that_is_not_proven_waits_for_a_signature(void **state)
{
	static const enum standing want[GOVERNS_MAX][3][3] = {
		[GOVERNS_UNSIGNED] = {
			[TRUTH_UNKNOWN] = { STANDING_UNPROVEN, STANDING_UNPROVEN,
				STANDING_UNPROVEN },
			[TRUTH_FALSE] = { STANDING_MISSED, STANDING_MISSED, STANDING_MISSED },
			[TRUTH_TRUE] = { STANDING_UNSET, STANDING_UNSET, STANDING_MET },
		},
		[GOVERNS_LITERAL] = {
			[TRUTH_UNKNOWN] = { STANDING_UNPROVEN, STANDING_UNPROVEN,
				STANDING_UNPROVEN },
			[TRUTH_FALSE] = { STANDING_MISSED, STANDING_MISSED, STANDING_MISSED },
			[TRUTH_TRUE] = { STANDING_MET, STANDING_MET, STANDING_MET },
		},
		[GOVERNS_STATISTICAL] = {
			[TRUTH_UNKNOWN] = { STANDING_UNPROVEN, STANDING_UNPROVEN,
				STANDING_UNPROVEN },
			[TRUTH_FALSE] = { STANDING_MISSED, STANDING_MISSED, STANDING_MISSED },
			[TRUTH_TRUE] = { STANDING_UNPROVEN, STANDING_UNPROVEN, STANDING_MET },
		},
	};

	(void)state;
	follows(want, BASIS_SERIES, false);
	follows(want, BASIS_SERIES, true);	/* says nothing about series */
}

static void
a_level_whose_interval_holds_the_bound_waits_for_a_signature(void **state)
{
	static const enum standing want[GOVERNS_MAX][3][3] = {
		[GOVERNS_UNSIGNED] = {
			[TRUTH_UNKNOWN] = { STANDING_UNPROVEN, STANDING_UNPROVEN,
				STANDING_UNPROVEN },
			[TRUTH_FALSE] = { STANDING_UNSET, STANDING_MISSED, STANDING_UNSET },
			[TRUTH_TRUE] = { STANDING_UNSET, STANDING_UNSET, STANDING_MET },
		},
		[GOVERNS_LITERAL] = {
			[TRUTH_UNKNOWN] = { STANDING_UNPROVEN, STANDING_UNPROVEN,
				STANDING_UNPROVEN },
			[TRUTH_FALSE] = { STANDING_MISSED, STANDING_MISSED, STANDING_MISSED },
			[TRUTH_TRUE] = { STANDING_MET, STANDING_MET, STANDING_MET },
		},
		[GOVERNS_STATISTICAL] = {
			[TRUTH_UNKNOWN] = { STANDING_UNPROVEN, STANDING_UNPROVEN,
				STANDING_UNPROVEN },
			[TRUTH_FALSE] = { STANDING_UNPROVEN, STANDING_MISSED, STANDING_UNPROVEN },
			[TRUTH_TRUE] = { STANDING_UNPROVEN, STANDING_UNPROVEN, STANDING_MET },
		},
	};

	(void)state;
	follows(want, BASIS_LEVEL, false);
}

static void
our_own_survey_never_meets_where_we_are_rated(void **state)
{
	(void)state;
	for (int governs = 0; governs < GOVERNS_MAX; governs++)
		for (int literal = 0; literal < 3; literal++)
			for (int proven = 0; proven < 3; proven++) {
				struct verdict v = fact(BASIS_LEVEL, literal, proven);

				v.governs = governs;
				v.own_only = true;
				assert_int_not_equal(verdict_clause(&v), STANDING_MET);
				if (literal == TRUTH_TRUE && proven == TRUTH_TRUE)
					assert_int_equal(verdict_clause(&v), STANDING_AWAITING);
			}
}

static void
what_is_unknown_says_whom_it_waits_for(void **state)
{
	(void)state;
	for (int basis = 0; basis < BASIS_MAX; basis++) {
		struct verdict v = fact(basis, TRUTH_UNKNOWN, TRUTH_UNKNOWN);

		v.silent = true;
		assert_int_equal(verdict_clause(&v), STANDING_UNFILLED);
		v.outside = true;
		assert_int_equal(verdict_clause(&v), STANDING_AWAITING);
		v.judged = true;
		assert_int_equal(verdict_clause(&v), STANDING_JUDGED);
	}
}

static void
no_signed_number_and_a_signed_waiver_come_first(void **state)
{
	(void)state;
	for (int basis = 0; basis < BASIS_MAX; basis++)
		for (int literal = 0; literal < 3; literal++)
			for (int proven = 0; proven < 3; proven++) {
				struct verdict v = fact(basis, literal, proven);

				v.open = true;
				v.outside = v.silent = true;
				assert_int_equal(verdict_clause(&v), STANDING_UNSET);
				v.judged = true;
				assert_int_equal(verdict_clause(&v), STANDING_JUDGED);
				v.waived = true;
				assert_int_equal(verdict_clause(&v), STANDING_NONE);
				v.cancelled = true;
				assert_int_equal(verdict_clause(&v), STANDING_CANCELLED);
			}
}

/* From worst to best. */
enum { CHAIN = 7 };
static const enum standing chain[CHAIN] = {
	STANDING_MISSED, STANDING_UNSET, STANDING_UNFILLED, STANDING_UNPROVEN, STANDING_AWAITING,
	STANDING_JUDGED,
	STANDING_MET,
};

/* Its place in that order, for comparing; what drops out stands outside. */
static int
place_of(enum standing s)
{
	for (int i = 0; i < CHAIN; i++)
		if (chain[i] == s)
			return i;
	return -1;
}

/* All pairs and triples of the nine states. */
static void
and_and_or_are_a_lattice_with_neutral_states(void **state)
{
	(void)state;
	for (int x = 0; x < STANDING_MAX; x++) {
		assert_int_equal(verdict_and(x, x), x);
		assert_int_equal(verdict_or(x, x), x);
		for (int y = 0; y < STANDING_MAX; y++) {
			enum standing both = verdict_and(x, y), any = verdict_or(x, y);

			assert_int_equal(both, verdict_and(y, x));
			assert_int_equal(any, verdict_or(y, x));
			assert_true(both == (enum standing)x || both == (enum standing)y);
			assert_true(any == (enum standing)x || any == (enum standing)y);
			for (int z = 0; z < STANDING_MAX; z++) {
				assert_int_equal(verdict_and(verdict_and(x, y), z),
					verdict_and(x, verdict_and(y, z)));
				assert_int_equal(verdict_or(verdict_or(x, y), z),
					verdict_or(x, verdict_or(y, z)));
				if (place_of(x) < 0 || place_of(y) < 0 || place_of(z) < 0 ||
						place_of(x) > place_of(y))
					continue;
				/* A clause that comes nearer to met never takes
				 * the row away from it. */
				assert_true(place_of(verdict_and(x, z)) <=
					place_of(verdict_and(y, z)));
				assert_true(place_of(verdict_or(x, z)) <=
					place_of(verdict_or(y, z)));
			}
		}
	}
}

static void
one_failed_condition_fails_the_row_and_only_all_met_meet_it(void **state)
{
	(void)state;
	for (int x = 0; x < STANDING_MAX; x++) {
		bool out = x == STANDING_NONE || x == STANDING_CANCELLED;

		assert_int_equal(verdict_and(STANDING_MISSED, x), STANDING_MISSED);
		assert_int_equal(verdict_or(STANDING_MET, x), STANDING_MET);
		assert_int_equal(verdict_and(STANDING_MET, x), out ? STANDING_MET : x);
		assert_int_equal(verdict_or(STANDING_MISSED, x), out ? STANDING_MISSED : x);
	}
}

static void
alternatives_take_the_best_and_groups_the_worst(void **state)
{
	static const struct rule either[] = { { .number = 1, .group = 1 },
		{ .number = 2, .group = 1 } };
	static const struct rule both[] = { { .number = 1, .group = 1 },
		{ .number = 2, .group = 2 } };

	(void)state;
	for (int a = 0; a < CHAIN; a++)
		for (int b = 0; b < CHAIN; b++) {
			enum standing s[] = { chain[a], chain[b] };

			assert_int_equal(verdict_row(s, either, 2), chain[a > b ? a : b]);
			assert_int_equal(verdict_row(s, both, 2), chain[a < b ? a : b]);
		}
}

static void
what_does_not_apply_drops_out(void **state)
{
	static const struct rule either[] = { { .number = 1, .group = 1 },
		{ .number = 2, .group = 1 } };
	static const struct rule both[] = { { .number = 1, .group = 1 },
		{ .number = 2, .group = 2 } };
	enum standing none[] = { STANDING_NONE, STANDING_NONE },
		gone[] = { STANDING_NONE, STANDING_CANCELLED };

	(void)state;
	for (int a = 0; a < CHAIN; a++) {
		enum standing left[] = { STANDING_NONE, chain[a] },
			right[] = { chain[a], STANDING_CANCELLED };

		assert_int_equal(verdict_row(left, either, 2), chain[a]);
		assert_int_equal(verdict_row(right, either, 2), chain[a]);
		assert_int_equal(verdict_row(left, both, 2), chain[a]);
		assert_int_equal(verdict_row(right, both, 2), chain[a]);
	}
	assert_int_equal(verdict_row(none, either, 2), STANDING_NONE);
	assert_int_equal(verdict_row(none, both, 2), STANDING_NONE);
	assert_int_equal(verdict_row(gone, either, 2), STANDING_CANCELLED);
	assert_int_equal(verdict_row(gone, both, 2), STANDING_CANCELLED);
}

/* 43: (1 or 2) and (3 or 4), all 2401 combinations against min and max by hand. */
static void
the_row_of_43_follows_its_formula(void **state)
{
	static const struct rule rule[] = {
		{ .number = 1, .group = 1 }, { .number = 2, .group = 1 },
		{ .number = 3, .group = 2 }, { .number = 4, .group = 2 },
	};
	int place[4], first, second;
	enum standing s[4];

	(void)state;
	for (int i = 0; i < CHAIN * CHAIN * CHAIN * CHAIN; i++) {
		int digits = i;

		for (int k = 0; k < 4; k++, digits /= CHAIN) {
			place[k] = digits % CHAIN;
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
		{ .number = 1, .group = 1 }, { .number = 2, .group = 1 },
		{ .number = 3, .group = 2 },
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

static void
names_lead_back_to_their_states(void **state)
{
	(void)state;
	for (int i = 0; i < STANDING_MAX; i++)
		assert_int_equal(standing_find(standing_name((enum standing)i)), i);
	for (int i = 0; i < EVIDENCE_MAX; i++)
		assert_int_equal(evidence_find(evidence_name((enum evidence)i)), i);
	for (int i = 0; i < GOVERNS_MAX; i++)
		assert_int_equal(governs_find(governs_name((enum governs)i)), i);
	assert_int_equal(standing_find("Met"), STANDING_MAX);
	assert_int_equal(evidence_find(""), EVIDENCE_MAX);
	assert_int_equal(governs_find("both"), GOVERNS_MAX);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_record_counts_as_it_reads),
	cmocka_unit_test(a_rise_that_is_not_proven_waits_for_a_signature),
	cmocka_unit_test(a_level_whose_interval_holds_the_bound_waits_for_a_signature),
	cmocka_unit_test(what_is_unknown_says_whom_it_waits_for),
	cmocka_unit_test(and_and_or_are_a_lattice_with_neutral_states),
	cmocka_unit_test(one_failed_condition_fails_the_row_and_only_all_met_meet_it),
	cmocka_unit_test(our_own_survey_never_meets_where_we_are_rated),
	cmocka_unit_test(no_signed_number_and_a_signed_waiver_come_first),
	cmocka_unit_test(alternatives_take_the_best_and_groups_the_worst),
	cmocka_unit_test(what_does_not_apply_drops_out),
	cmocka_unit_test(the_row_of_43_follows_its_formula),
	cmocka_unit_test(the_literal_truth_of_a_row_is_kleenes),
	cmocka_unit_test(a_bound_inside_the_interval_is_open),
	cmocka_unit_test(names_lead_back_to_their_states),
};

CHECK_MAIN(tests)
