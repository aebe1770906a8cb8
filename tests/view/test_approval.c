/* view/approval.c: how long a survey's approval lasts, and what the office is told. */
#include "tests/support/check.h"

#include "base/date.h"
#include "view/approval.h"

static struct approval
lasting(int64_t lapse, const char *because)
{
	return (struct approval){ .wave = "A-2026", .valid_until = "2026-12-31", .because = because,
		.lapse = lapse };
}

static void
its_state_follows_from_the_day(void **state)
{
	static const int64_t now = 28600000;
	static const struct { int64_t lapse; const char *because; enum approval_state want;
		int64_t days; } at[] = {
			{ now + 61 * DATE_DAY, "", APPROVAL_VALID, 61 },
			{ now + 60 * DATE_DAY, "", APPROVAL_ENDING, 60 },
			{ now + 1, "", APPROVAL_ENDING, 1 }, { now, "", APPROVAL_LAPSED, 0 },
			{ now - 1, "续批中", APPROVAL_OVERRIDDEN, 0 },
			{ 0, "", APPROVAL_UNREADABLE, -1 },
		};
	struct approval none = lasting(0, "");

	(void)state;
	for (size_t i = 0; i < sizeof(at) / sizeof(at[0]); i++) {
		struct approval a = lasting(at[i].lapse, at[i].because);

		assert_int_equal(approval_state(&a, now), at[i].want);
		assert_int_equal(approval_days(&a, now), at[i].days);
	}
	none.valid_until = "";
	assert_int_equal(approval_state(&none, now), APPROVAL_NONE);
	assert_string_equal(approval_name(APPROVAL_NONE), "");
	assert_string_equal(approval_name(APPROVAL_ENDING), "ending");
}

static void
says(const struct approval *a, bool shell, enum lang lang, const char *want)
{
	struct text out = TEXT_INIT;
	bool any = (shell ? approval_say_shell : approval_say)(&out, a, 28600000, lang);

	assert_int_equal(any, want != NULL);
	if (want != NULL && strstr(text_str(&out), want) == NULL)
		fail_msg("\"%s\" is not in \"%s\"", want, text_str(&out));
	text_clear(&out);
}

static void
the_office_is_told_what_happens_and_what_to_type(void **state)
{
	struct approval a = lasting(28600000 + 10 * DATE_DAY, "");

	(void)state;
	says(&a, false, LANG_ZH, "A-2026 的批准有效期到 2026-12-31，还有 10 天");
	says(&a, false, LANG_EN, "10 days more");
	says(&a, true, LANG_EN, "manyi wave renew A-2026");
	a = lasting(1, "");
	says(&a, false, LANG_ZH, "已经过期，不收答卷");
	says(&a, true, LANG_ZH, "--lapsed-because");
	a.because = "续批中";
	says(&a, true, LANG_ZH, "理由：续批中");
	a = lasting(28600000 + 100 * DATE_DAY, "");
	says(&a, true, LANG_ZH, NULL);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(its_state_follows_from_the_day),
	cmocka_unit_test(the_office_is_told_what_happens_and_what_to_type),
};

CHECK_MAIN(tests)
