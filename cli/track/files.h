/* Series of years and cities that come as CSV files. */
#ifndef CLI_TRACK_FILES_H
#define CLI_TRACK_FILES_H

#include "cli/cli.h"

/* Commands `track complaints` and `track peers`: {"rows"} or {"errors"} and nothing stored. */
int track_complaints(struct cli *cli, struct err *err);
int track_peers(struct cli *cli, struct err *err);
void track_show_import(struct text *out, const json_t *said);

extern const struct args_option track_file_options[], track_complaint_options[];

#endif
