/* What commands share about sites. */
#ifndef CLI_CMD_SITES_H
#define CLI_CMD_SITES_H

#include "cli/cli.h"
#include "db/survey.h"

/* Where a site's code leads: "http://127.0.0.1:8080/Q/7K3M9P", in pool. */
const char *sites_url(struct cli *cli, const char *code);

/* A code as a person typed it, brought into form; what is no code stays as typed, to
 * be named in the error. */
const char *sites_code(struct cli *cli, const char *typed);

/* Say on standard error, once a form, where no wave is open and so a poster
 * leads to a closed survey. */
void sites_warn(struct cli *cli, const struct site site[], size_t n);

#endif
