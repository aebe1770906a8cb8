/* What a process that meets strangers gives up before it does. */
#ifndef PROC_GUARD_H
#define PROC_GUARD_H

#include <stddef.h>

#include "base/err.h"

/*
 * No new privileges by any program it might be made to start, no core file
 * with somebody's answers or password in it, no debugger attached by its own account, no
 * unlimited descriptors, and at most memory bytes of data (0: no limit).  Call before
 * any thread exists.
 */
int guard_self(size_t memory, struct err *err);

#endif
