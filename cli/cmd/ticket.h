/* The part of `manyi ticket` that makes them. */
#ifndef CLI_CMD_TICKET_H
#define CLI_CMD_TICKET_H

#include "cli/cli.h"

/* ---- ticket_make.c ---- */
int ticket_make(struct cli *cli, struct err *err);
void ticket_show_made(struct text *out, const json_t *said);

#endif
