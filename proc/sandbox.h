/* What a running process may still ask of the kernel. */
#ifndef PROC_SANDBOX_H
#define PROC_SANDBOX_H

#include <stdbool.h>

#include "base/err.h"

enum sandbox_kind {
	SANDBOX_INTAKE,		/* its sockets and memory; no file, no program, no network */
	SANDBOX_STORE,		/* and files below its folders; no new socket */
	SANDBOX_DESK		/* anything but programs, network, other processes and
				 * the kernel's own doors */
};

enum { SANDBOX_FOLDERS = 4 };

struct sandbox {
	enum sandbox_kind kind;
	/* Folders below which files may be read, made, changed and removed;
	 * "" and NULL are none. */
	const char *folder[SANDBOX_FOLDERS];
};

/*
 * Enter it, for good: call when everything is open, before threads exist and strangers are heard.
 * A system call that only a stranger's code would make ends the process (SIGSYS), one that is not
 * on the list is refused; where the kernel has Landlock, files outside the folders cannot be opened
 * (the desk may read them) and abstract sockets and processes outside cannot be reached.
 *
 * A kernel without one of the two costs that half and a line on standard error.
 * Does nothing in builds with sanitizers or coverage, which need more than any list.
 * Fails: ERR_SYSTEM where the kernel has it but refuses.
 */
int sandbox_enter(const struct sandbox *sandbox, struct err *err);

/* Do this build and this kernel have it? */
bool sandbox_has_seccomp(void);
int sandbox_landlock_version(void);	/* 0: none */

#endif
