check_PROGRAMS += tests/test_html
TESTS += tests/test_html
tests_test_html_SOURCES = tests/test_html.c
tests_test_html_CPPFLAGS = $(T_CPPFLAGS)
tests_test_html_LDADD = libview.a $(BASE) $(CMOCKA_LIBS)
