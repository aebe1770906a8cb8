/* The port residents come in by: chosen, opened and knocked at. */
#ifndef SERVE_DOOR_H
#define SERVE_DOOR_H

#include <stdbool.h>

#include "base/err.h"

/*
 * Listen on address (an IP) and the port wanted, or for 0 on the first free one of
 * 8080..8130; *port gets it.  The socket is handed to nginx, so that between choosing a port
 * and listening on it nobody else can take it.  Returns the socket, or -1: ERR_BUSY (in use: which,
 * and what to do), ERR_USAGE (no IP address), ERR_SYSTEM.
 */
int door_open(int *port, const char *address, int wanted, struct err *err);

/* An address one can connect to: 127.0.0.1 for 0.0.0.0. */
const char *door_visible(const char *address);

/* Does /healthz answer 200?  Waits two seconds at most. */
bool door_answers(const char *address, int port);

#endif
