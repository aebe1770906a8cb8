/* The words of the two states. */
#include "track/track.h"

static const struct { const char *name; struct words words; } standing_table[STANDING_MAX] = {
	[STANDING_MET] = { "met", { { "达成", "Met" } } },
	[STANDING_MISSED] = { "missed", { { "未达成", "Not met" } } },
	[STANDING_UNPROVEN] = { "unproven", { { "证据不足", "Not proven" } } },
	[STANDING_UNSET] = { "unset", { { "阈值未定", "No threshold" } } },
	[STANDING_NONE] = { "none", { { "不适用", "Not applicable" } } },
};

static const struct { const char *name; struct words words; } evidence_table[EVIDENCE_MAX] = {
	[EVIDENCE_NONE] = { "none", { { "无", "None" } } },
	[EVIDENCE_UPLOADED] = { "uploaded", { { "已上传", "Uploaded" } } },
	[EVIDENCE_ACCEPTED] = { "accepted", { { "已通过", "Accepted" } } },
};

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
