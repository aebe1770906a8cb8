/* Help is made from the tables, so it cannot forget a command or an option. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "cli/cli.h"

/* Everything; one topic; one command of a topic. */
void help_program(struct text *out);
void help_topic(struct text *out, const struct topic *topic);
void help_command(struct text *out, const struct topic *topic, const struct command *command);

/* As deep as the caller has got: either may be NULL. */
void help_text(struct text *out, const struct topic *topic, const struct command *command);

/* Every command with its operands and options, for programs: an array. */
json_t *help_table(void);

#endif
