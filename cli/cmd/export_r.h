/* manyi export --r: a published figure as a folder that an outside agency can recompute. */
#ifndef CLI_CMD_EXPORT_R_H
#define CLI_CMD_EXPORT_R_H

#include "cli/cli.h"

/*
 * Write the bundle of --indicator, --year and --edition (the newest without) into the folder of
 * --r, which is made and must be empty: answers.csv, published.csv, recompute.R, figure.json,
 * SHA256SUMS, and margins.csv and complaints.csv where they are needed.  cli->said:
 * {"folder","indicator","year", "version","rows","rows_sha256","figures"}.
 * Fails: ERR_USAGE, ERR_MISSING (nothing published), ERR_CONFLICT (the folder is not empty, or the
 * rows are no longer those whose hash was frozen), ERR_REFUSED (seal/sealed.h).
 */
int export_r(struct cli *cli, struct err *err);
void export_r_show(struct text *out, const json_t *said);

#endif
