noinst_HEADERS += tests/cgi/fcgi.h tests/cgi/request.h
CGI_TESTS = tests/cgi/test_server tests/cgi/test_http tests/cgi/test_http_odd tests/cgi/test_record tests/cgi/test_route
check_PROGRAMS += $(CGI_TESTS)
TESTS += $(CGI_TESTS)
tests_cgi_test_server_SOURCES = tests/cgi/test_server.c
tests_cgi_test_server_CPPFLAGS = $(T_CPPFLAGS)
tests_cgi_test_server_LDADD = $(CGI) $(PROC) $(BASE) $(CMOCKA_LIBS)
tests_cgi_test_http_SOURCES = tests/cgi/test_http.c
tests_cgi_test_http_CPPFLAGS = $(T_CPPFLAGS)
tests_cgi_test_http_LDADD = $(CGI) $(PROC) $(BASE) $(CMOCKA_LIBS)
tests_cgi_test_http_odd_SOURCES = tests/cgi/test_http_odd.c
tests_cgi_test_http_odd_CPPFLAGS = $(T_CPPFLAGS)
tests_cgi_test_http_odd_LDADD = $(CGI) $(PROC) $(BASE) $(CMOCKA_LIBS)
tests_cgi_test_record_SOURCES = tests/cgi/test_record.c
tests_cgi_test_record_CPPFLAGS = $(T_CPPFLAGS)
tests_cgi_test_record_LDADD = $(CGI) $(PROC) $(BASE) $(CMOCKA_LIBS)
tests_cgi_test_route_SOURCES = tests/cgi/test_route.c
tests_cgi_test_route_CPPFLAGS = $(T_CPPFLAGS)
tests_cgi_test_route_LDADD = $(CGI) $(PROC) $(BASE) $(CMOCKA_LIBS)

# A hostile client on the sockets of the real programs.
TESTS += tests/attack/hostile.py
dist_check_SCRIPTS += tests/attack/hostile.py
