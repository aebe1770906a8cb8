check_PROGRAMS += tests/test_http tests/test_route
TESTS += tests/test_http tests/test_route
tests_test_http_SOURCES = tests/test_http.c
tests_test_http_CPPFLAGS = $(T_CPPFLAGS)
tests_test_http_LDADD = $(CGI) $(BASE) $(CMOCKA_LIBS)
tests_test_route_SOURCES = tests/test_route.c
tests_test_route_CPPFLAGS = $(T_CPPFLAGS)
tests_test_route_LDADD = $(CGI) $(BASE) $(CMOCKA_LIBS)
