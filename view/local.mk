### view: values in; pages, charts, posters out; never fetches
noinst_LIBRARIES += libview.a
libview_a_SOURCES = view/fact.c view/fact.h view/html.c view/html.h
libview_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS) $(QR_CFLAGS) $(PANGO_CFLAGS)
VIEW = libview.a $(QR_LIBS) $(PANGO_LIBS)
include view/resident/local.mk
include view/board/local.mk
