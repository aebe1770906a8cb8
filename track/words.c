/* The words of the states, and their names back. */
#include "track/track.h"

#include <string.h>

struct named {
	const char *name;
	struct words words;
};

static const struct named standing_table[STANDING_MAX] = {
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

static const struct named evidence_table[EVIDENCE_MAX] = {
	[EVIDENCE_NONE] = { "none", { { "无", "None" } } },
	[EVIDENCE_WAITING] = { "waiting", { { "待审", "Waiting" } } },
	[EVIDENCE_RETURNED] = { "returned", { { "已退回", "Returned" } } },
	[EVIDENCE_ACCEPTED] = { "accepted", { { "已通过", "Accepted" } } },
};

static const struct named governs_table[GOVERNS_MAX] = {
	[GOVERNS_UNSIGNED] = { "", { { "尚未审定", "not yet signed" } } },
	[GOVERNS_LITERAL] = { "literal", { { "条文口径", "the literal reading" } } },
	[GOVERNS_STATISTICAL] = { "statistical", { { "统计检验", "the statistical test" } } },
};

/* The place of a name, n where it is none. */
static size_t
find(const struct named table[], size_t n, const char *name)
{
	size_t i = 0;

	while (i < n && strcmp(table[i].name, name) != 0)
		i++;
	return i;
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

enum standing
standing_find(const char *name)
{
	return (enum standing)find(standing_table, STANDING_MAX, name);
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
evidence_find(const char *name)
{
	return (enum evidence)find(evidence_table, EVIDENCE_MAX, name);
}

struct words
governs_words(enum governs governs)
{
	return governs_table[governs].words;
}

const char *
governs_name(enum governs governs)
{
	return governs_table[governs].name;
}

enum governs
governs_find(const char *name)
{
	return (enum governs)find(governs_table, GOVERNS_MAX, name);
}

enum evidence
evidence_file(const struct evidence_row *file)
{
	return strcmp(file->state, "accepted") == 0 ? EVIDENCE_ACCEPTED :
		strcmp(file->state, "returned") == 0 ? EVIDENCE_RETURNED : EVIDENCE_WAITING;
}
