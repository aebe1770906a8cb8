### store: the only writer of residents' answers, and the socket it listens on
# The intake's side: no database in what it links.
noinst_LIBRARIES += libstoreclient.a
libstoreclient_a_SOURCES = store/catalogue.c store/catalogue.h store/client.c store/client.h \
	store/wire.c store/wire.h
libstoreclient_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
STORE_CLIENT = libstoreclient.a
noinst_LIBRARIES += libstore.a
libstore_a_SOURCES = store/book.c store/book.h store/book_ticket.c store/once.c store/once.h \
	store/peer.c store/peer.h store/pen.c store/pen.h store/store.c store/store.h \
	store/writer.c store/writer.h
libstore_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
STORE = libstore.a $(STORE_CLIENT)
