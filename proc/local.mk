### proc: a process and its sockets: sandbox, guard, loop, listener, worker threads
noinst_LIBRARIES += libproc.a
libproc_a_SOURCES = proc/guard.c proc/guard.h proc/listen.c proc/listen.h proc/loop.c proc/loop.h \
	proc/sandbox.c proc/sandbox.h proc/work.c proc/work.h
PROC = libproc.a
