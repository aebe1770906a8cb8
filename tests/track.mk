# tests of track
check_PROGRAMS += tests/test_rule
TESTS += tests/test_rule
tests_test_rule_SOURCES = tests/test_rule.c
tests_test_rule_CPPFLAGS = $(T_CPPFLAGS)
tests_test_rule_LDADD = $(TRACK) $(BASE) $(CMOCKA_LIBS) -lm

check_PROGRAMS += tests/test_rule_sentence
TESTS += tests/test_rule_sentence
tests_test_rule_sentence_SOURCES = tests/test_rule_sentence.c
tests_test_rule_sentence_CPPFLAGS = $(T_CPPFLAGS)
tests_test_rule_sentence_LDADD = $(TRACK) $(BASE) $(CMOCKA_LIBS) -lm

check_PROGRAMS += tests/test_gap
TESTS += tests/test_gap
tests_test_gap_SOURCES = tests/test_gap.c
tests_test_gap_CPPFLAGS = $(T_CPPFLAGS)
tests_test_gap_LDADD = $(TRACK) $(BASE) $(CMOCKA_LIBS) -lm

check_PROGRAMS += tests/test_verdict
TESTS += tests/test_verdict
tests_test_verdict_SOURCES = tests/test_verdict.c
tests_test_verdict_CPPFLAGS = $(T_CPPFLAGS)
tests_test_verdict_LDADD = $(TRACK) $(BASE) $(CMOCKA_LIBS) -lm

noinst_HEADERS += tests/track_city.h tests/track_board.h tests/track_people.h
MEASURE_TESTS = tests/test_measure tests/test_measure_refuse tests/test_scan tests/test_fold
check_PROGRAMS += $(MEASURE_TESTS)
TESTS += $(MEASURE_TESTS)
tests_test_measure_SOURCES = tests/test_measure.c
tests_test_measure_CPPFLAGS = $(T_CPPFLAGS)
tests_test_measure_LDADD = $(TRACK) $(FIGURE) $(STATS) $(DB) $(FORMS) $(BASE) $(CMOCKA_LIBS) -lm
tests_test_measure_refuse_SOURCES = tests/test_measure_refuse.c
tests_test_measure_refuse_CPPFLAGS = $(T_CPPFLAGS)
tests_test_measure_refuse_LDADD = $(tests_test_measure_LDADD)
tests_test_scan_SOURCES = tests/test_scan.c
tests_test_scan_CPPFLAGS = $(T_CPPFLAGS)
tests_test_scan_LDADD = $(tests_test_measure_LDADD)
tests_test_fold_SOURCES = tests/test_fold.c
tests_test_fold_CPPFLAGS = $(T_CPPFLAGS)
tests_test_fold_LDADD = $(tests_test_measure_LDADD)
tests_test_fold_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=db_each_answer

check_PROGRAMS += tests/test_track tests/test_track_rows tests/test_track_year tests/test_track_claims tests/test_method
TESTS += tests/test_track tests/test_track_rows tests/test_track_year tests/test_track_claims tests/test_method
tests_test_track_SOURCES = tests/test_track.c
tests_test_track_CPPFLAGS = $(T_CPPFLAGS)
tests_test_track_LDADD = $(TRACK) $(FIGURE) $(STATS) $(DB) $(FORMS) $(BASE) $(CMOCKA_LIBS) -lm
tests_test_method_SOURCES = tests/test_method.c
tests_test_method_CPPFLAGS = $(T_CPPFLAGS)
tests_test_method_LDADD = $(tests_test_track_LDADD)
tests_test_track_year_SOURCES = tests/test_track_year.c
tests_test_track_year_CPPFLAGS = $(T_CPPFLAGS)
tests_test_track_year_LDADD = $(tests_test_track_LDADD)
tests_test_track_claims_SOURCES = tests/test_track_claims.c
tests_test_track_claims_CPPFLAGS = $(T_CPPFLAGS)
tests_test_track_claims_LDADD = $(tests_test_track_LDADD)
tests_test_track_rows_SOURCES = tests/test_track_rows.c
tests_test_track_rows_CPPFLAGS = $(T_CPPFLAGS)
tests_test_track_rows_LDADD = $(tests_test_track_LDADD)
