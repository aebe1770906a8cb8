/* One day, and what follows from it. */
#include "view/approval.h"

#include "base/date.h"

enum approval_state
approval_state(const struct approval *a, int64_t now)
{
	if (a->valid_until[0] == '\0')
		return APPROVAL_NONE;
	if (a->lapse == 0)
		return APPROVAL_UNREADABLE;
	if (now >= a->lapse)
		return a->because[0] != '\0' ? APPROVAL_OVERRIDDEN : APPROVAL_LAPSED;
	return a->lapse - now <= APPROVAL_WARN_DAYS * DATE_DAY ? APPROVAL_ENDING : APPROVAL_VALID;
}

const char *
approval_name(enum approval_state state)
{
	static const char *const name[] = {
		[APPROVAL_NONE] = "", [APPROVAL_VALID] = "valid", [APPROVAL_ENDING] = "ending",
		[APPROVAL_LAPSED] = "lapsed",
		[APPROVAL_OVERRIDDEN] = "overridden", [APPROVAL_UNREADABLE] = "unreadable",
	};

	return name[state];
}

int64_t
approval_days(const struct approval *a, int64_t now)
{
	if (a->lapse == 0)
		return -1;
	return now >= a->lapse ? 0 : (a->lapse - now + DATE_DAY - 1) / DATE_DAY;
}

bool
approval_say(struct text *out, const struct approval *a, int64_t now, enum lang lang)
{
	bool zh = lang == LANG_ZH;

	switch (approval_state(a, now)) {
	case APPROVAL_ENDING:
		text_fmt(out,
			zh ? "%s 的批准有效期到 %s，还有 %lld 天，到期后不再收答卷，请及时续批" :
			"the approval of %s lasts until %s, %lld days more; then it"
			" takes no answers: renew it in time", a->wave,
			a->valid_until, (long long)approval_days(a, now));
		return true;
	case APPROVAL_LAPSED:
		text_fmt(out, zh ? "%s 的批准有效期到 %s，已经过期，不收答卷" :
			"the approval of %s ended on %s: it takes no answers", a->wave,
			a->valid_until);
		return true;
	case APPROVAL_OVERRIDDEN:
		text_fmt(out, zh ? "%s 的批准有效期到 %s，已经过期，仍在进行，理由：%s" :
			"the approval of %s ended on %s; it goes on because: %s", a->wave,
			a->valid_until, a->because);
		return true;
	case APPROVAL_UNREADABLE:
		text_fmt(out, zh ? "%s 的有效期“%s”不是 2026-12-31 这样的日期，到期前无法提醒" :
			"what %s is said to be valid until, \"%s\", is no day as 2026-12-31,"
			" so nobody can be warned", a->wave, a->valid_until);
		return true;
	default:
		return false;
	}
}

bool
approval_say_shell(struct text *out, const struct approval *a, int64_t now, enum lang lang)
{
	bool zh = lang == LANG_ZH;

	if (!approval_say(out, a, now, lang))
		return false;
	if (approval_state(a, now) != APPROVAL_OVERRIDDEN)
		text_fmt(out,
			zh ? "；续批后运行 manyi wave renew %s --valid-until 日期 --approval 文号" :
			"; then run manyi wave renew %s --valid-until DAY --approval NUMBER",
			a->wave);
	if (approval_state(a, now) == APPROVAL_LAPSED)
		text_puts(out, zh ? "，确有理由继续的用 --lapsed-because 理由" :
			", or with a reason to go on --lapsed-because REASON");
	return true;
}
