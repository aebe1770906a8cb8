### serve: the supervisor: nginx, sockets, the processes
noinst_LIBRARIES += libserve.a
libserve_a_SOURCES = serve/child.c serve/child.h serve/door.c serve/door.h serve/nginx.c \
	serve/nginx.h serve/serve.c serve/serve.h
libserve_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
SERVE = libserve.a
