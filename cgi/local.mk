### cgi: HTTP as values, and the FastCGI transport
noinst_LIBRARIES += libcgi.a
libcgi_a_SOURCES = cgi/http.c cgi/http.h cgi/route.c cgi/route.h cgi/record.c cgi/record.h \
	cgi/conn.c cgi/conn.h cgi/server.c cgi/server.h
CGI = libcgi.a
