/* From argv to a command with its arguments. */
#ifndef CLI_PARSE_H
#define CLI_PARSE_H

#include "cli/cli.h"

/* Options every command takes, wherever they stand before "--". */
enum cli_global { GLOBAL_DB, GLOBAL_JSON, GLOBAL_LANG, GLOBAL_HELP, GLOBAL_VERSION, GLOBAL_MAX };
extern const struct args_option cli_global[GLOBAL_MAX + 1];

/* What a command line asks for. */
struct parsed {
	const char *global[GLOBAL_MAX];		/* values as in struct args */
	const struct topic *topic;		/* NULL: none named */
	const struct command *command;		/* NULL: none named */
	struct args args;			/* of the command */
};

/*
 * Parse argv.  Needs no database and prints nothing.  With --help the line may
 * be incomplete: then topic and command are as far as it went.
 * Fails (ERR_USAGE) naming what is wrong and, where something is near, what was
 * probably meant; parsed->global is filled even then.
 */
int parse_line(struct parsed *parsed, int argc, char *const argv[], struct pool *pool,
	struct err *err);

/*
 * Is this text?  UTF-8 without control characters (line ends and tabs may be); else ERR_USAGE, with
 * the bytes in letters.  name says what it is: parse_line() asks it of every word, others of what
 * comes from the environment.
 */
int parse_word(const char *name, const char *word, struct err *err);

/* The topic of a word, or NULL. */
const struct topic *parse_topic(const char *word);
/* The command of a topic that the words begin with, the longest; *took words belong to its name. */
const struct command *parse_command(const struct topic *topic, const char *const word[],
	size_t words, size_t *took);

#endif
