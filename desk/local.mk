### desk: the staff's process, logged in, and the public figures
noinst_LIBRARIES += libdesk.a
libdesk_a_SOURCES = desk/desk.c desk/desk.h desk/visit.c desk/visit.h desk/routes.c desk/login.c desk/next.c \
	desk/board_pages.c desk/indicator_page.c desk/public_pages.c desk/files.c desk/api.c
libdesk_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
DESK = libdesk.a
