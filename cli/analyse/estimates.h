/* The answers of an analysis as tables for a terminal. */
#ifndef CLI_ANALYSE_ESTIMATES_H
#define CLI_ANALYSE_ESTIMATES_H

#include "base/json.h"
#include "base/text.h"

/* One table per result of {"results": [...]}, headed by its request. */
void estimates_show(struct text *out, const json_t *said);

/* A number in at most six significant digits, "" where null; a new reference. */
json_t *estimates_number(const json_t *value);

#endif
