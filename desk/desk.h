/* The staff's process: logged in, reads everything aggregated, writes users, sessions and audit. */
#ifndef DESK_DESK_H
#define DESK_DESK_H

#include "base/err.h"

int desk_run(const char *db_path, const char *socket, int listen_fd, int threads, struct err *err);

#endif
