/* What commands share about waves and sites. */
#ifndef CLI_WAVES_H
#define CLI_WAVES_H

#include "base/pool.h"
#include "cli/cli.h"
#include "db/db_survey.h"

/* "A-2024", in pool. */
const char *waves_name(const struct wave *wave, struct pool *pool);

/* Where a site's code leads: "http://127.0.0.1:8080/Q/7K3M9P", in pool. */
const char *waves_url(struct cli *cli, const char *code);

#endif
