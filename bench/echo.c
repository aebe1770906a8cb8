/* A FastCGI program that does nothing but answer, on our transport: echo SOCKET */
#include <stdio.h>

#include "cgi/server.h"

static void
answer(struct exchange *x, int thread, void *ctx)
{
	(void)thread;
	(void)ctx;
	reply_see_other(&x->reply, "/thanks");
	exchange_done(x);
}

int
main(int argc, char *argv[])
{
	struct server server = { .socket = argv[1], .listen_fd = -1, .body_max = 65536,
		.handle = answer };
	struct err err = { 0 };

	if (argc != 2)
		return 2;
	if (server_run(&server, &err) == 0)
		return 0;
	fprintf(stderr, "%s\n", err.text);
	return 3;
}
