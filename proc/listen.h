/* The Unix socket at which a program is asked: made at a path, or held open by a supervisor. */
#ifndef PROC_LISTEN_H
#define PROC_LISTEN_H

#include "base/err.h"

/*
 * A descriptor that listens, never blocks and does not outlive an exec.  inherited >= 0 is one that
 * a supervisor holds, and path is left alone; else it is made at path: mode 0660 from its first
 * moment, backlog 1024, bound as path~ and renamed, so that there is no moment without a socket
 * either.
 *
 * Only a socket at which nobody listens any more is replaced.
 * Fails: ERR_CONFLICT (somebody listens there, or may: we are not allowed to ask; or a file that is
 * no socket is in the way), ERR_INPUT (the path is too long; what was inherited does
 * not listen), ERR_IO.
 */
int listen_open(const char *path, int inherited, struct err *err);

enum {
	LISTEN_NOBODY = -1,	/* waits there */
	LISTEN_FULL = -2	/* somebody waits, and no descriptor or memory is left for him */
};

/* One who waits there: a descriptor that never blocks; or one of the above.  Who hung up
 * meanwhile is passed over. */
int listen_accept(int listener);

#endif
