/* A stream of a wave as named columns: what plans, models and tables of it start from. */
#ifndef FIGURE_SURVEY_FRAME_H
#define FIGURE_SURVEY_FRAME_H

#include "figure/survey.h"
#include "stats/frame.h"

/*
 * The columns of `manyi export`, row i that of the survey:
 *     key		only where asked for
 *     mode, site	site: its code
 *     minute		accepted, "2024-05-06T07:08"
 *     seconds		taken
 *     stratum, cluster	as drawn; "-" and "row 17" (its id) where none was
 *     weight		before calibration; "0" out of the main estimate
 *     sector, township	of the site, where the form does not ask for them
 *     items		choices by name, several parted by spaces; written ones only where asked for
 * 98, 99 and what was not asked are missing.  A column is made when it is first read.
 *
 * written: keys and written words, too, which are read from the rows and take a
 * text a row.  Lives in the survey's pool.  Fails: ERR_DB.
 */
int survey_frame(struct frame **frame, struct survey *s, bool written, struct err *err);

/* Has the name one of the columns that are there only where asked for? */
bool survey_frame_written(const struct form *form, const char *name);

#endif
