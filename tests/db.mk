# tests of db
noinst_HEADERS += tests/db.h
DB_TESTS = tests/test_db tests/test_db_survey tests/test_db_track
check_PROGRAMS += $(DB_TESTS)
TESTS += $(DB_TESTS)

tests_test_db_SOURCES = tests/test_db.c
tests_test_db_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
tests_test_db_LDADD = $(DB) $(FORMS) $(BASE) $(CMOCKA_LIBS)
tests_test_db_survey_SOURCES = tests/test_db_survey.c
tests_test_db_survey_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
tests_test_db_survey_LDADD = $(DB) $(FORMS) $(BASE) $(CMOCKA_LIBS)
tests_test_db_track_SOURCES = tests/test_db_track.c
tests_test_db_track_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
tests_test_db_track_LDADD = $(DB) $(FORMS) $(BASE) $(CMOCKA_LIBS)
