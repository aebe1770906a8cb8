/* Commands of manyi track that are about the programme's file. */
#ifndef CLI_TRACK_PROGRAMME_H
#define CLI_TRACK_PROGRAMME_H

#include "cli/cli.h"

/* track check FILE: {"file","ok","faults":[...]} and what it holds. */
int programme_run_check(struct cli *cli, struct err *err);
void programme_show_check(struct text *out, const json_t *said);
/* track load FILE. */
int programme_run_load(struct cli *cli, struct err *err);
void programme_show_load(struct text *out, const json_t *said);
/* track import FILE: the file itself, or written to --output and {"file","rows",...,"notes"}. */
int programme_run_import(struct cli *cli, struct err *err);
void programme_show_import(struct text *out, const json_t *said);
/* track loaded: which programmes there were. */
int programme_run_loaded(struct cli *cli, struct err *err);
void programme_show_loaded(struct text *out, const json_t *said);

extern const struct args_option programme_load_options[], programme_import_options[];

#endif
