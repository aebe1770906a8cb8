/* The words of the two states. */
#include "track/track.h"

#include <string.h>

static const struct { const char *name; struct words words; } standing_table[STANDING_MAX] = {
	[STANDING_MET] = { "met", { { "达标", "Met" } } },
	[STANDING_MISSED] = { "missed", { { "未达标", "Not met" } } },
	[STANDING_UNFILLED] = { "unfilled", { { "未填报", "Not reported" } } },
	[STANDING_UNPROVEN] = { "unproven", { { "暂不能认定", "Cannot be told yet" } } },
	[STANDING_UNSET] = { "unset", { { "标准未定", "Standard not set" } } },
	[STANDING_AWAITING] = { "awaiting", { { "待外部结果确认", "Awaits an outside result" } } },
	[STANDING_JUDGED] = { "judged", { { "由专家评定", "Judged by experts" } } },
	[STANDING_NONE] = { "none", { { "不适用", "Not applicable" } } },
	[STANDING_CANCELLED] = { "cancelled", { { "评价依据已取消", "Yardstick abolished" } } },
};

static const struct { const char *name; struct words words; } evidence_table[EVIDENCE_MAX] = {
	[EVIDENCE_NONE] = { "none", { { "无", "None" } } },
	[EVIDENCE_WAITING] = { "waiting", { { "待审", "Waiting" } } },
	[EVIDENCE_RETURNED] = { "returned", { { "已退回", "Returned" } } },
	[EVIDENCE_ACCEPTED] = { "accepted", { { "已通过", "Accepted" } } },
};

static const struct { const char *name; struct words words; } governs_table[GOVERNS_MAX] = {
	[GOVERNS_UNSIGNED] = { "", { { "尚未审定", "not yet signed" } } },
	[GOVERNS_LITERAL] = { "literal", { { "条文口径", "the literal reading" } } },
	[GOVERNS_STATISTICAL] = { "statistical", { { "统计检验", "the statistical test" } } },
};

const char *
governs_name(enum governs governs)
{
	return governs_table[governs].name;
}

struct words
governs_words(enum governs governs)
{
	return governs_table[governs].words;
}

struct words
standing_words(enum standing standing)
{
	return standing_table[standing].words;
}

const char *
standing_name(enum standing standing)
{
	return standing_table[standing].name;
}

struct words
evidence_words(enum evidence evidence)
{
	return evidence_table[evidence].words;
}

const char *
evidence_name(enum evidence evidence)
{
	return evidence_table[evidence].name;
}

enum evidence
evidence_file(const struct evidence_row *file)
{
	return strcmp(file->state, "accepted") == 0 ? EVIDENCE_ACCEPTED :
	    strcmp(file->state, "returned") == 0 ? EVIDENCE_RETURNED : EVIDENCE_WAITING;
}
