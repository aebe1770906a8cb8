/* When a survey may be opened, and until when handed in. */
#include "tests/support/check.h"

#include "forms/term.h"

/* Who was shown it hands it in for an hour, though it was after the end; who says not when, or
 * later than now, does not. */
static void
a_term_goes_on_for_an_hour_for_who_had_begun(void **state)
{
	static const struct { struct term t; int64_t now, opened; bool takes, unsettled; } is[] = {
		{ { 0 }, 5, -1, true, false },
		{ { .opens = 10 }, 9, 9, false, false }, { { .opens = 10 }, 10, -1, true, false },
		{ { .opens = 10, .ends = 100 }, 99, -1, true, false },
		{ { .opens = 10, .ends = 100 }, 100, 100, true, true },
		{ { .opens = 10, .ends = 100 }, 100, 101, false, true },
		{ { .opens = 10, .ends = 100 }, 159, 158, true, true },
		{ { .opens = 10, .ends = 100 }, 160, 158, false, false },
		{ { .opens = 10, .ends = 100 }, 159, 50, true, true },
		{ { .opens = 10, .ends = 100 }, 159, -1, false, true },
		{ { .opens = 10, .ends = 100 }, 160, 50, false, false },
		{ { .opens = 10, .ends = 100 }, 159, 5, false, true },
		{ { .opens = 10, .ends = 100, .closed = true }, 159, 50, true, true },
		{ { .opens = 10, .ends = 100, .closed = true }, 99, 50, false, false },
		{ { .opens = 10, .ends = 100, .lapses = true }, 130, 50, true, true },
		{ { .opens = 10, .closed = true }, 130, 50, false, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(is) / sizeof(is[0]); i++)
		if (term_takes(&is[i].t, is[i].now, is[i].opened) != is[i].takes ||
				term_unsettled(&is[i].t, is[i].now) != is[i].unsettled)
			fail_msg("case %zu", i);
	assert_int_equal(term_state(&(struct term){ .ends = 9, .lapses = true }, 9), TERM_LAPSED);
	assert_int_equal(term_state(&(struct term){ .ends = 9, .lapses = true, .closed = true }, 9),
		TERM_CLOSED);
	assert_int_equal(term_state(&(struct term){ .opens = 9 }, 8), TERM_WAITING);
	assert_true(term_takes_until(0, 5, -1) && !term_takes_until(5, 5, -1) &&
		term_takes_until(5, 5, 5));
}

/* A wave by its days; closing by hand and an approval that ran out are told apart. */
static void
a_survey_waits_is_open_and_ends(void **state)
{
	static const struct { struct term t; int64_t now; enum term_state state; } is[] = {
		{ { 0 }, 0, TERM_OPEN }, { { .opens = 10, .ends = 20 }, 9, TERM_WAITING },
		{ { .opens = 10, .ends = 20 }, 10, TERM_OPEN },
		{ { .opens = 10, .ends = 20 }, 19, TERM_OPEN },
		{ { .opens = 10, .ends = 20 }, 20, TERM_CLOSED },
		{ { .opens = 10, .ends = 20, .lapses = true }, 20, TERM_LAPSED },
		{ { .opens = 10, .closed = true }, 5, TERM_CLOSED },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(is) / sizeof(is[0]); i++)
		if (term_state(&is[i].t, is[i].now) != is[i].state)
			fail_msg("case %zu: %d", i, term_state(&is[i].t, is[i].now));
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_term_goes_on_for_an_hour_for_who_had_begun),
	cmocka_unit_test(a_survey_waits_is_open_and_ends),
};

CHECK_MAIN(tests)
