/* Where answers come from: a drawn sample, or whoever scanned a poster.  The
 * two are never pooled. */
#ifndef FORMS_STREAM_H
#define FORMS_STREAM_H

#include "base/err.h"
#include "base/lang.h"

enum stream {
	STREAM_SAMPLED,		/* phone, household, ticket: a known design */
	STREAM_OPEN,		/* people who chose to answer: no design */
	STREAM_MAX
};

/* "sampled", "open" */
const char *stream_name(enum stream stream);
/* 0, or -1 and what may be written. */
int stream_parse(enum stream *stream, const char *name, struct err *err);
/* "群众扫码" */
struct words stream_words(enum stream stream);

/* What the open stream's numbers are not: wherever they are shown, in these words. */
#define STREAM_CAUTION_ZH	"自愿参与，不代表全体"
#define STREAM_CAUTION_EN	"voluntary participants, not representative"
/* The caution, and what its intervals are; "" for a sample. */
struct words stream_note(enum stream stream);

#endif
