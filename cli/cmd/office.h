/* What paper and messages say of the office, from the settings. */
#ifndef CLI_CMD_OFFICE_H
#define CLI_CMD_OFFICE_H

#include <stdbool.h>

#include "cli/cli.h"

/* Strings are never NULL. */
struct office {
	const char *city, *base_url, *agency, *table_number, *approval, *valid_until;
	bool demo;
};

struct office office_load(struct cli *cli);

#endif
