/* Figures as JSON: the shape scripts rely on. */
#ifndef CLI_FIGURES_H
#define CLI_FIGURES_H

#include <stdbool.h>

#include "base/json.h"
#include "track/track.h"

/*
 * {"indicator","form","index","domain","year","stream","value","se","low","high","level","df",
 * "n","n_eff","deff","mapping","method","population", and more}, or the first six with
 * {"error":{"code","message"}}.  What is undefined is null.  New reference.
 */
json_t *figures_measure(const struct measure *m);
/* Differences and p-values of a yearly series. */
json_t *figures_series(const struct series *s);
/* One clause of an indicator: {"number","text","literal","strength",...}. */
json_t *figures_clause(const struct clause *c);
/* A row of the tracker as `track list` gives it. */
json_t *figures_row(const struct track_row *row);

/* Has any object of the list this member equal to value, or true where value is NULL? */
bool figures_any(const json_t *list, const char *key, const char *value);

/* "a;b" as ["a","b"]. */
json_t *figures_names(const char *names);

#endif
