/* What a person has entered or signed, confirmed in the office's words. */
#ifndef CLI_CMD_TRACK_ENTERED_H
#define CLI_CMD_TRACK_ENTERED_H

#include "base/json.h"
#include "base/text.h"

/* For commands whose said has "indicator", "subtarget" or "clause", "sentence" {zh, en} and what was stored. */
void track_show_set(struct text *out, const json_t *said);
void track_show_threshold(struct text *out, const json_t *said);
void track_show_criterion(struct text *out, const json_t *said);
void track_show_evidence(struct text *out, const json_t *said);
void track_show_review(struct text *out, const json_t *said);

#endif
