### cgi: HTTP in and out as values; the transport
noinst_LIBRARIES += libcgi.a
libcgi_a_SOURCES = cgi/http.c cgi/http.h cgi/route.c cgi/route.h cgi/server.c cgi/server.h \
	cgi/guard.c cgi/guard.h
CGI = libcgi.a $(FCGI_LIBS)
