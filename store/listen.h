/* The socket the store listens on. */
#ifndef STORE_LISTEN_H
#define STORE_LISTEN_H

#include "base/err.h"

/*
 * Listen at path: mode 0660, backlog 1024.  A stale socket is replaced; one that answers, or a
 * file that is no socket, is ERR_CONFLICT.  Returns a descriptor, or -1.
 */
int store_listen(const char *path, struct err *err);

#endif
