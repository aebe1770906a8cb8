### intake: the public process: forms out, answers in; no database
noinst_LIBRARIES += libintake.a
libintake_a_SOURCES = intake/intake.c intake/intake.h intake/call.c intake/call.h intake/shelf.c intake/shelf.h \
	intake/link.c intake/link.h intake/rate.c intake/rate.h \
	intake/post.c intake/post.h intake/ticket_pages.c intake/form_pages.c intake/other_pages.c
libintake_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
INTAKE = libintake.a
