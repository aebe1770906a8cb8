/* nginx's configuration: limits, buffering and TLS stand here, our programs behind it. */
#ifndef SERVE_NGINX_H
#define SERVE_NGINX_H

#include <stdbool.h>

#include "base/err.h"
#include "base/text.h"

/*
 * What the configuration is made of.  Strings are written in quotes, so paths may hold blanks and
 * Chinese; what nginx would still read as its own language (" \ $ ; { } control
 * characters) is refused.
 */
struct nginx_options {
	const char *address;		/* "127.0.0.1", "[::1]", "*" */
	int port;			/* 1..65535 */
	const char *intake, *desk;	/* paths of their sockets */
	bool https_outside;		/* a proxy before us ends TLS: pages say https */
	/* for `manyi serve`: one whole configuration with everything under runtime */
	const char *runtime;		/* NULL: only the http-level part for /etc/nginx/conf.d */
	const char *user;		/* account of nginx's workers; NULL:
					 * do not say (not root) */
	/* for a real domain, with runtime NULL */
	const char *server_name;	/* "zl.wafangdian.gov.cn"; NULL: "_" */
	const char *certificate, *certificate_key;	/* NULL: no TLS */
};

/* Write the configuration.  ERR_INPUT names an option with a character nginx would misread. */
int nginx_config(struct text *out, const struct nginx_options *options, struct err *err);

/* Path of nginx: MANYI_NGINX if set, else in PATH, then /usr/sbin, /usr/local/sbin,
 * /usr/local/nginx/sbin.  Static; NULL and *err (what to install) if there is none. */
const char *nginx_find(struct err *err);

#endif
