noinst_HEADERS += tests/fcgi.h tests/request.h
CGI_TESTS = tests/test_http tests/test_http_odd tests/test_record tests/test_route
check_PROGRAMS += $(CGI_TESTS)
TESTS += $(CGI_TESTS)
tests_test_http_SOURCES = tests/test_http.c
tests_test_http_CPPFLAGS = $(T_CPPFLAGS)
tests_test_http_LDADD = $(CGI) $(PROC) $(BASE) $(CMOCKA_LIBS)
tests_test_http_odd_SOURCES = tests/test_http_odd.c
tests_test_http_odd_CPPFLAGS = $(T_CPPFLAGS)
tests_test_http_odd_LDADD = $(CGI) $(PROC) $(BASE) $(CMOCKA_LIBS)
tests_test_record_SOURCES = tests/test_record.c
tests_test_record_CPPFLAGS = $(T_CPPFLAGS)
tests_test_record_LDADD = $(CGI) $(PROC) $(BASE) $(CMOCKA_LIBS)
tests_test_route_SOURCES = tests/test_route.c
tests_test_route_CPPFLAGS = $(T_CPPFLAGS)
tests_test_route_LDADD = $(CGI) $(PROC) $(BASE) $(CMOCKA_LIBS)

# A hostile client on the sockets of the real programs.
TESTS += tests/hostile.py
dist_check_SCRIPTS += tests/hostile.py
