/* What is known, as JSON: the shape that scripts and other programs rely on, on the
 * command line and the web. */
#ifndef VIEW_FACT_H
#define VIEW_FACT_H

#include <stdbool.h>

#include "base/json.h"
#include "track/track.h"

/*
 * {"indicator","form","index","domain","year","stream","value","se","low","high","level","df",
 * "n","n_eff","kish_n","deff","uncertain","mapping","method","population", and more}, or the first
 * six with {"error":{"code","message","zh","en"}}; label, domain_label and note are {"zh","en"}.
 * What is undefined is null. note is what must stand beside the value wherever it goes: that
 * volunteers do not represent everybody, and the like.  New reference.
 */
json_t *fact_figure(const struct figure *m);
/* Differences and p-values of a yearly series. */
json_t *fact_series(const struct series *s);
/* One clause of an indicator: {"number","text","sentence","literal","strength",...}: text is the
 * rule, sentence {"zh","en"} what people read; strength is null or
 * {"text","zh","en","proven"} and a series' members. */
json_t *fact_clause(const struct clause *c);
/* {"literal","tested","both","governs"}: the two readings of a row; the last three null where there
 * is one only, or nobody has signed. */
json_t *fact_readings(const struct track_row *row);
/* {"rows","met","missed",…,"documented"}. */
json_t *fact_count(const struct track_count *count);
/* The same of a list of fact_row(), for whoever has the JSON alone. */
struct track_count fact_counted(const json_t *rows);
/* [{"department","lead":{…},"cooperate":{…}}], counted apart. */
json_t *fact_departments(const struct tracker *tracker);
/* A row of the tracker as `track list` gives it. */
json_t *fact_row(const struct track_row *row);
/* The same with everything known about it, as `track show` gives it. */
json_t *fact_indicator(const struct tracker *tracker, const struct track_row *row);
/* A recognised third party's result; null for NULL. */
json_t *fact_external(const struct external_row *e);
/* A published figure with its provenance; body and provenance are the JSON that was frozen. */
json_t *fact_published(const struct published_row *row);

/*
 * The same without what is said in the process's language alone: of an object with "zh" and "en"
 * the single sentence goes ("text", "message"), and "reasons" takes the place of "reason".  For
 * what is frozen and must be the same whoever freezes it.
 */
void fact_neutral(json_t *o);

/* {"zh","en"}. */
json_t *fact_words(const struct words *w);

/* Has any object of the list this member equal to value, or true where value is NULL? */
bool fact_any(const json_t *list, const char *key, const char *value);

/* "a;b" as ["a","b"]. */
json_t *fact_names(const char *names);

#endif
