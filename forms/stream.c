/* The two streams: their names, and what must be said beside the open one. */
#include "forms/stream.h"

#include <string.h>

static const struct {
	const char *name;
	struct words words, note;
} streams[STREAM_MAX] = {
	[STREAM_SAMPLED] = { "sampled", { { "抽样调查", "sampled" } }, { { "", "" } } },
	[STREAM_OPEN] = { "open", { { "群众扫码", "open" } },
		{ { STREAM_CAUTION_ZH "；区间按模型推断",
		STREAM_CAUTION_EN "; model-based interval" } } },
};

const char *
stream_name(enum stream stream)
{
	return streams[stream].name;
}

int
stream_parse(enum stream *stream, const char *name, struct err *err)
{
	for (int s = 0; s < STREAM_MAX; s++)
		if (strcmp(streams[s].name, name) == 0) {
			*stream = (enum stream)s;
			return 0;
		}
	return err_set(err, ERR_USAGE,
		"答卷来源只有 sampled（抽样调查）和 open（群众扫码），没有“%s”",
		"the streams are sampled and open, not \"%s\"", name);
}

struct words
stream_words(enum stream stream)
{
	return streams[stream].words;
}

struct words
stream_note(enum stream stream)
{
	return streams[stream].note;
}
