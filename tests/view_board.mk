# tests of the board and charts
check_PROGRAMS += tests/test_chart
TESTS += tests/test_chart
tests_test_chart_SOURCES = tests/test_chart.c tests/markup.c tests/markup.h
tests_test_chart_CPPFLAGS = $(T_CPPFLAGS)
tests_test_chart_LDADD = libview.a $(BASE) $(CMOCKA_LIBS) -lm
EXTRA_DIST += tests/golden/chart_years.svg tests/golden/chart_rows.svg
