# The supervisor of `manyi serve`, part of the program.
SERVE_SOURCES = cli/serve.c cli/serve.h cli/child.c cli/child.h cli/door.c cli/door.h cli/nginx.c cli/nginx.h
