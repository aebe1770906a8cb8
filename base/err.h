/* What went wrong in the world, as a value: a code to act on, a sentence to show. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "base/lang.h"

/* Codes are stable; cgi maps them to a status and cli to an exit code, each in one table. */
enum err_code {
	ERR_NONE,
	ERR_USAGE,	/* the command line is wrong */
	ERR_INPUT,	/* a file or value from a person is wrong */
	ERR_MISSING,	/* the named thing does not exist */
	ERR_CONFLICT,	/* it exists already, is frozen or closed */
	ERR_DENIED,	/* not allowed to this person */
	ERR_REFUSED,	/* a figure that must not be shown: placeholder margins, too few answers */
	ERR_IO,		/* a file or socket failed */
	ERR_FULL,	/* no room on the disk */
	ERR_BUSY,	/* try again later */
	ERR_VERSION,	/* written by a newer program */
	ERR_DB,		/* the database failed otherwise */
	ERR_SYSTEM,	/* a program or a system call failed */
	ERR_MAX
};

enum { ERR_TEXT = 640 };

/* Zeroed memory means "nothing wrong".  Copied freely. */
struct err {
	enum err_code code;
	char text[ERR_TEXT];	/* UTF-8 and printable whatever it quotes, one line, no
				 * final period or newline */
	char other[ERR_TEXT];	/* the same in the language that is not the
				 * process's; "": nobody said */
};

/*
 * Fill *err with the sentence in the process's language; both formats take
 * the same arguments (use %1$s where the order differs).  A NULL err is
 * allowed and forgets the message.  A first error is kept: later calls on a
 * filled err add nothing, so the cause reaches the person.
 * Returns -1, so that "return err_set(...)" reads well.
 */
int err_set(struct err *err, enum err_code code, const char *zh, const char *en, ...)
	__attribute__((format(printf, 3, 5), format(printf, 4, 5)));

/* Like err_set with ": strerror(errno)" appended; ENOSPC and EDQUOT turn code into ERR_FULL. */
int err_set_errno(struct err *err, enum err_code code, const char *zh, const char *en, ...)
	__attribute__((format(printf, 3, 5), format(printf, 4, 5)));

/* The sentence in a reader's language; text where there is no other. */
const char *err_in(const struct err *err, enum lang lang);

/* The code as a word for JSON: "usage", "input", "missing", ... */
const char *err_name(enum err_code code);

/* Out of memory and other impossible things: one line on stderr, then abort(). */
_Noreturn void err_die(const char *what);

#endif
