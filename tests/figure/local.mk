# tests of figure: what a tiny wave gives, known by hand
noinst_HEADERS += tests/figure/four.h
FIGURE_TESTS = tests/figure/test_figure tests/figure/test_refuse tests/figure/test_scan \
	tests/figure/test_method tests/figure/test_figures tests/figure/test_margins \
	tests/figure/test_definition tests/figure/test_screen tests/figure/test_series tests/figure/test_session \
	tests/figure/test_inquiry tests/figure/test_scores tests/figure/test_block tests/figure/test_keep \
	tests/figure/test_level tests/figure/test_survey
check_PROGRAMS += $(FIGURE_TESTS)
TESTS += $(FIGURE_TESTS)
FIGURE_TEST_LDADD = $(FIGURE) $(STATS) $(DB) $(FORMS) $(BASE) $(CMOCKA_LIBS) -lm
tests_figure_test_figure_SOURCES = tests/figure/test_figure.c
tests_figure_test_figure_CPPFLAGS = $(T_CPPFLAGS)
tests_figure_test_figure_LDADD = $(FIGURE_TEST_LDADD)
tests_figure_test_refuse_SOURCES = tests/figure/test_refuse.c
tests_figure_test_refuse_CPPFLAGS = $(T_CPPFLAGS)
tests_figure_test_refuse_LDADD = $(FIGURE_TEST_LDADD)
tests_figure_test_scan_SOURCES = tests/figure/test_scan.c
tests_figure_test_scan_CPPFLAGS = $(T_CPPFLAGS)
tests_figure_test_scan_LDADD = $(FIGURE_TEST_LDADD)
tests_figure_test_method_SOURCES = tests/figure/test_method.c
tests_figure_test_method_CPPFLAGS = $(T_CPPFLAGS)
tests_figure_test_method_LDADD = $(TRACK) $(FIGURE_TEST_LDADD)
tests_figure_test_figures_SOURCES = tests/figure/test_figures.c
tests_figure_test_figures_CPPFLAGS = $(T_CPPFLAGS)
tests_figure_test_figures_LDADD = $(FIGURE_TEST_LDADD)
tests_figure_test_margins_SOURCES = tests/figure/test_margins.c
tests_figure_test_margins_CPPFLAGS = $(T_CPPFLAGS)
tests_figure_test_margins_LDADD = $(FIGURE_TEST_LDADD)
tests_figure_test_definition_SOURCES = tests/figure/test_definition.c
tests_figure_test_definition_CPPFLAGS = $(T_CPPFLAGS)
tests_figure_test_definition_LDADD = $(FIGURE_TEST_LDADD)
tests_figure_test_screen_SOURCES = tests/figure/test_screen.c
tests_figure_test_screen_CPPFLAGS = $(T_CPPFLAGS)
tests_figure_test_screen_LDADD = $(FIGURE_TEST_LDADD)
tests_figure_test_series_SOURCES = tests/figure/test_series.c
tests_figure_test_series_CPPFLAGS = $(T_CPPFLAGS)
tests_figure_test_series_LDADD = $(FIGURE_TEST_LDADD)
tests_figure_test_session_SOURCES = tests/figure/test_session.c
tests_figure_test_session_CPPFLAGS = $(T_CPPFLAGS)
tests_figure_test_session_LDADD = $(FIGURE_TEST_LDADD)
tests_figure_test_inquiry_SOURCES = tests/figure/test_inquiry.c
tests_figure_test_inquiry_CPPFLAGS = $(T_CPPFLAGS)
tests_figure_test_inquiry_LDADD = $(FIGURE_TEST_LDADD)
tests_figure_test_scores_SOURCES = tests/figure/test_scores.c
tests_figure_test_scores_CPPFLAGS = $(T_CPPFLAGS)
tests_figure_test_scores_LDADD = $(FIGURE_TEST_LDADD)
tests_figure_test_block_SOURCES = tests/figure/test_block.c
tests_figure_test_block_CPPFLAGS = $(T_CPPFLAGS)
tests_figure_test_block_LDADD = $(FIGURE_TEST_LDADD)
tests_figure_test_keep_SOURCES = tests/figure/test_keep.c
tests_figure_test_keep_CPPFLAGS = $(T_CPPFLAGS)
tests_figure_test_keep_LDADD = $(FIGURE_TEST_LDADD)
tests_figure_test_level_SOURCES = tests/figure/test_level.c
tests_figure_test_level_CPPFLAGS = $(T_CPPFLAGS)
tests_figure_test_level_LDADD = $(FIGURE_TEST_LDADD)
tests_figure_test_survey_SOURCES = tests/figure/test_survey.c
tests_figure_test_survey_CPPFLAGS = $(T_CPPFLAGS)
tests_figure_test_survey_LDADD = $(FIGURE_TEST_LDADD)
