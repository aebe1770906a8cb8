# tests of the board and charts
check_PROGRAMS += tests/view/test_chart tests/view/test_chart_axis tests/view/test_fact
TESTS += tests/view/test_chart tests/view/test_chart_axis tests/view/test_fact
tests_view_test_chart_axis_SOURCES = tests/view/test_chart_axis.c
tests_view_test_chart_axis_CPPFLAGS = $(T_CPPFLAGS)
tests_view_test_chart_axis_LDADD = libview.a $(BASE) $(CMOCKA_LIBS) -lm
tests_view_test_fact_SOURCES = tests/view/test_fact.c
tests_view_test_fact_CPPFLAGS = $(T_CPPFLAGS)
tests_view_test_fact_LDADD = libview.a $(TRACK) $(FIGURE) $(STATS) $(DB) $(FORMS) $(BASE) $(CMOCKA_LIBS) -lm
tests_view_test_chart_SOURCES = tests/view/test_chart.c tests/support/markup.c tests/support/markup.h
tests_view_test_chart_CPPFLAGS = $(T_CPPFLAGS)
tests_view_test_chart_LDADD = libview.a $(BASE) $(CMOCKA_LIBS) -lm
EXTRA_DIST += tests/golden/chart_years.svg tests/golden/chart_rows.svg

# Pages to look at: srcdir=DIR tests/view/board_look FOLDER
check_PROGRAMS += tests/view/board_look
tests_view_board_look_SOURCES = tests/view/board_look.c tests/view/board_fixture.c tests/view/board_fixture.h
tests_view_board_look_CPPFLAGS = $(T_CPPFLAGS)
tests_view_board_look_LDADD = libview.a $(TRACK) $(FIGURE) $(STATS) $(DB) $(FORMS) $(BASE) -lm

BOARD_TESTS = tests/view/test_board tests/view/test_indicator tests/view/test_board_public tests/view/test_words
BOARD_SOURCES = tests/view/board_fixture.c tests/view/board_fixture.h tests/view/board_pages.h tests/support/markup.c tests/support/markup.h
check_PROGRAMS += $(BOARD_TESTS)
TESTS += $(BOARD_TESTS)
tests_view_test_board_SOURCES = tests/view/test_board.c $(BOARD_SOURCES)
tests_view_test_board_CPPFLAGS = $(T_CPPFLAGS)
tests_view_test_board_LDADD = libview.a $(TRACK) $(FIGURE) $(STATS) $(DB) $(FORMS) $(BASE) $(CMOCKA_LIBS) -lm
tests_view_test_indicator_SOURCES = tests/view/test_indicator.c $(BOARD_SOURCES)
tests_view_test_indicator_CPPFLAGS = $(T_CPPFLAGS)
tests_view_test_indicator_LDADD = $(tests_view_test_board_LDADD)
tests_view_test_board_public_SOURCES = tests/view/test_board_public.c $(BOARD_SOURCES)
tests_view_test_board_public_CPPFLAGS = $(T_CPPFLAGS)
tests_view_test_board_public_LDADD = $(tests_view_test_board_LDADD)
tests_view_test_words_SOURCES = tests/view/test_words.c tests/view/words.h $(BOARD_SOURCES)
tests_view_test_words_CPPFLAGS = $(T_CPPFLAGS)
tests_view_test_words_LDADD = $(tests_view_test_board_LDADD)
EXTRA_DIST += tests/data/published_43.json
