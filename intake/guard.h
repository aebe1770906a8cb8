/* What the public process gives up before it meets the public. */
#ifndef INTAKE_GUARD_H
#define INTAKE_GUARD_H

#include "base/err.h"

/*
 * No new privileges by any program it might be made to start, no core file
 * with somebody's answers in it, no debugger attached by its own account, no
 * unlimited memory or descriptors.  Call before any thread exists.
 */
int guard_self(struct err *err);

#endif
