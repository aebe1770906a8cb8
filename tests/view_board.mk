# tests of the board and charts
check_PROGRAMS += tests/test_chart
TESTS += tests/test_chart
tests_test_chart_SOURCES = tests/test_chart.c tests/markup.c tests/markup.h
tests_test_chart_CPPFLAGS = $(T_CPPFLAGS)
tests_test_chart_LDADD = libview.a $(BASE) $(CMOCKA_LIBS) -lm
EXTRA_DIST += tests/golden/chart_years.svg tests/golden/chart_rows.svg

# Pages to look at: srcdir=DIR tests/board_look FOLDER
check_PROGRAMS += tests/board_look
tests_board_look_SOURCES = tests/board_look.c tests/board_fixture.c tests/board_fixture.h
tests_board_look_CPPFLAGS = $(T_CPPFLAGS)
tests_board_look_LDADD = libview.a $(TRACK) $(FIGURE) $(STATS) $(DB) $(FORMS) $(BASE) -lm

BOARD_TESTS = tests/test_board tests/test_board_indicator tests/test_board_public tests/test_words
BOARD_SOURCES = tests/board_fixture.c tests/board_fixture.h tests/board_pages.h tests/markup.c tests/markup.h
check_PROGRAMS += $(BOARD_TESTS)
TESTS += $(BOARD_TESTS)
tests_test_board_SOURCES = tests/test_board.c $(BOARD_SOURCES)
tests_test_board_CPPFLAGS = $(T_CPPFLAGS)
tests_test_board_LDADD = libview.a $(TRACK) $(FIGURE) $(STATS) $(DB) $(FORMS) $(BASE) $(CMOCKA_LIBS) -lm
tests_test_board_indicator_SOURCES = tests/test_board_indicator.c $(BOARD_SOURCES)
tests_test_board_indicator_CPPFLAGS = $(T_CPPFLAGS)
tests_test_board_indicator_LDADD = $(tests_test_board_LDADD)
tests_test_board_public_SOURCES = tests/test_board_public.c $(BOARD_SOURCES)
tests_test_board_public_CPPFLAGS = $(T_CPPFLAGS)
tests_test_board_public_LDADD = $(tests_test_board_LDADD)
tests_test_words_SOURCES = tests/test_words.c tests/words.h $(BOARD_SOURCES)
tests_test_words_CPPFLAGS = $(T_CPPFLAGS)
tests_test_words_LDADD = $(tests_test_board_LDADD)
EXTRA_DIST += tests/data/published_43.json
