# tests of track
check_PROGRAMS += tests/track/test_rule
TESTS += tests/track/test_rule
tests_track_test_rule_SOURCES = tests/track/test_rule.c
tests_track_test_rule_CPPFLAGS = $(T_CPPFLAGS)
tests_track_test_rule_LDADD = $(TRACK) $(BASE) $(CMOCKA_LIBS) -lm

noinst_HEADERS += tests/track/programme.h
EXTRA_DIST += tests/data/programme_faulty.json
check_PROGRAMS += tests/track/test_programme
TESTS += tests/track/test_programme
tests_track_test_programme_SOURCES = tests/track/test_programme.c
tests_track_test_programme_CPPFLAGS = $(T_CPPFLAGS)
tests_track_test_programme_LDADD = $(tests_track_test_track_LDADD)

check_PROGRAMS += tests/track/test_import
TESTS += tests/track/test_import
tests_track_test_import_SOURCES = tests/track/test_import.c
tests_track_test_import_CPPFLAGS = $(T_CPPFLAGS)
tests_track_test_import_LDADD = $(tests_track_test_track_LDADD)

check_PROGRAMS += tests/track/test_put
TESTS += tests/track/test_put
tests_track_test_put_SOURCES = tests/track/test_put.c
tests_track_test_put_CPPFLAGS = $(T_CPPFLAGS)
tests_track_test_put_LDADD = $(tests_track_test_track_LDADD)

check_PROGRAMS += tests/track/test_sentence
TESTS += tests/track/test_sentence
tests_track_test_sentence_SOURCES = tests/track/test_sentence.c
tests_track_test_sentence_CPPFLAGS = $(T_CPPFLAGS)
tests_track_test_sentence_LDADD = $(tests_track_test_track_LDADD)

check_PROGRAMS += tests/track/test_gap
TESTS += tests/track/test_gap
tests_track_test_gap_SOURCES = tests/track/test_gap.c
tests_track_test_gap_CPPFLAGS = $(T_CPPFLAGS)
tests_track_test_gap_LDADD = $(tests_track_test_track_LDADD)

check_PROGRAMS += tests/track/test_verdict
TESTS += tests/track/test_verdict
tests_track_test_verdict_SOURCES = tests/track/test_verdict.c
tests_track_test_verdict_CPPFLAGS = $(T_CPPFLAGS)
tests_track_test_verdict_LDADD = $(TRACK) $(BASE) $(CMOCKA_LIBS) -lm

noinst_HEADERS += tests/track/city.h tests/track/board.h tests/track/people.h

check_PROGRAMS += tests/track/test_track tests/track/test_rows tests/track/test_year tests/track/test_claims
TESTS += tests/track/test_track tests/track/test_rows tests/track/test_year tests/track/test_claims
tests_track_test_track_SOURCES = tests/track/test_track.c
tests_track_test_track_CPPFLAGS = $(T_CPPFLAGS)
tests_track_test_track_LDADD = $(TRACK) $(FIGURE) $(STATS) $(DB) $(FORMS) $(BASE) $(CMOCKA_LIBS) -lm
tests_track_test_year_SOURCES = tests/track/test_year.c
tests_track_test_year_CPPFLAGS = $(T_CPPFLAGS)
tests_track_test_year_LDADD = $(tests_track_test_track_LDADD)
tests_track_test_claims_SOURCES = tests/track/test_claims.c
tests_track_test_claims_CPPFLAGS = $(T_CPPFLAGS)
tests_track_test_claims_LDADD = $(tests_track_test_track_LDADD)
tests_track_test_rows_SOURCES = tests/track/test_rows.c
tests_track_test_rows_CPPFLAGS = $(T_CPPFLAGS)
tests_track_test_rows_LDADD = $(tests_track_test_track_LDADD)

check_PROGRAMS += tests/track/test_clause_survey
TESTS += tests/track/test_clause_survey
tests_track_test_clause_survey_SOURCES = tests/track/test_clause_survey.c
tests_track_test_clause_survey_CPPFLAGS = $(T_CPPFLAGS)
tests_track_test_clause_survey_LDADD = $(tests_track_test_track_LDADD)
