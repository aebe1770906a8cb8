/* A command of `manyi`: what it is called, what it takes, what it says. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/json.h"
#include "base/lang.h"
#include "base/pool.h"
#include "base/text.h"
#include "cli/args.h"
#include "db/db.h"

struct cli;

/* What main() opens before a command runs. */
enum cli_need {
	CLI_ALONE,	/* no database */
	CLI_PATH,	/* the database's path, unopened: init, daemons */
	CLI_READ,	/* the database, for reading */
	CLI_KEEP,	/* the database, for reading; where it may be written, what was computed is
			 * kept and who asked is entered */
	CLI_WAVE,	/* none, or with --wave the database as for CLI_KEEP,
			 * nothing being entered */
	CLI_WRITE	/* the database, for writing; the command is entered in the audit trail */
};

/*
 * One command: a row of its file's table, which ends with a NULL name.
 * What a command says is one JSON value: --json prints it, and show() turns the
 * same value into text, so the two can never disagree.
 */
struct command {
	const char *name;	/* second word, "open"; "" where the first word is the command */
	struct words help;	/* one line */
	const char *operands;	/* as in a synopsis: "ID", or ""; FILE... is one to read,
				 * checked before run() */
	size_t least, most;	/* how many operands */
	enum cli_need need;
	bool quiet;		/* changes nothing worth an entry in the audit trail */
	const struct args_option *option;
	struct words more;	/* further lines of its help; .in[] may be NULL */
	/* Sets cli->said.  Returns 0 (done, yes), 1 (done, and the answer is
	 * no) or -1 with *err. */
	int (*run)(struct cli *cli, struct err *err);
	/* NULL: cli->said is an object whose members are shown line by line. */
	void (*show)(struct text *out, const json_t *said);
};

/* Commands that share a first word. */
struct topic {
	const char *name;	/* "wave" */
	struct words help;	/* one line */
	const struct command *command;
};

/* One run of the program. */
struct cli {
	const struct topic *topic;
	const struct command *command;
	struct args args;
	const char *db_path;	/* from --db or MANYI_DB; NULL: neither */
	bool json;
	struct db *db;		/* as the command's need says; else NULL */
	bool unready;		/* it could not be opened */
	struct pool pool;	/* lives as long as the run */
	json_t *said;		/* what the command has to say; owned */
};

/* The operand i, which the table promised. */
const char *cli_operand(const struct cli *cli, size_t i);
/* The person at the terminal, for `who` columns: the account that called, through sudo if so. */
const char *cli_who(void);
/*
 * The account of the operating system that runs the program, from the kernel and from no variable:
 * for batches.  "uid N" where it has no name that is text.
 */
const char *cli_account(void);
/* Can a file be read?  0, or -1 with *err (ERR_IO). */
int cli_readable(const char *path, struct err *err);
/* Where the ledger's key of a database lies: "ledger.key" beside it, in pool. */
const char *cli_key_path(const char *db_path, struct pool *pool);

/* Every topic, ending with a NULL name. */
extern const struct topic cli_topics[];

extern const struct command cmd_init[], cmd_form[], cmd_site[], cmd_wave[], cmd_poster[],
	cmd_qr[], cmd_ticket[], cmd_screen[], cmd_callback[], cmd_import[], cmd_export[],
	cmd_index[], cmd_track[], cmd_margins[],
	cmd_publish[], cmd_user[], cmd_serve[], cmd_intake[], cmd_store[], cmd_desk[],
	cmd_nginx[], cmd_backup[], cmd_ledger[], cmd_config[], cmd_demo[], cmd_version[],
	cmd_analyse[], cmd_estimate[], cmd_rank[], cmd_rate[], cmd_area[], cmd_model[], cmd_help[];

#endif
