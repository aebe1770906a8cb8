/* Margins speak of items of forms: a category that nobody can have answered would only be
 * found out when weighting. */
#ifndef CLI_CMD_MARGINS_CODES_H
#define CLI_CMD_MARGINS_CODES_H

#include "cli/cli.h"
#include "cli/rows.h"
#include "db/survey.h"

/*
 * Is each row's variable an item with choices of some stored form, and its category one of its
 * codes (98 and 99 are no category)?  What is not is listed in *errors with what may stand there.
 * 0, or -1 with *err.
 */
int margins_codes(struct rows_errors *errors, struct cli *cli, const struct csv *csv,
	const struct margin margin[], struct err *err);

#endif
