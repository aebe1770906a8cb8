/* Commands of manyi track by which a person enters or signs, and what they answer
 * in the office's words. */
#ifndef CLI_TRACK_ENTERED_H
#define CLI_TRACK_ENTERED_H

#include "cli/cli.h"

/* track set, threshold, criterion, external. */
int track_run_set(struct cli *cli, struct err *err);
int track_run_threshold(struct cli *cli, struct err *err);
int track_run_criterion(struct cli *cli, struct err *err);
int track_run_external(struct cli *cli, struct err *err);
extern const struct args_option track_set_options[], track_threshold_options[],
	track_criterion_options[], track_external_options[];

/* For commands whose said has "indicator", "subtarget" or "clause", "sentence" {zh, en}
 * and what was stored. */
void track_show_set(struct text *out, const json_t *said);
void track_show_threshold(struct text *out, const json_t *said);
void track_show_criterion(struct text *out, const json_t *said);
void track_show_evidence(struct text *out, const json_t *said);
void track_show_review(struct text *out, const json_t *said);

#endif
