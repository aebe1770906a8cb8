# tests of db
noinst_HEADERS += tests/db.h tests/db_files.h tests/db_tiny.h
DB_TESTS = tests/test_db tests/test_db_faults tests/test_db_survey tests/test_db_answers tests/test_db_track
check_PROGRAMS += $(DB_TESTS)
TESTS += $(DB_TESTS)

tests_test_db_SOURCES = tests/test_db.c
tests_test_db_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
tests_test_db_LDADD = $(DB) $(FORMS) $(BASE) $(CMOCKA_LIBS)
tests_test_db_faults_SOURCES = tests/test_db_faults.c
tests_test_db_faults_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
tests_test_db_faults_LDADD = $(DB) $(FORMS) $(BASE) $(CMOCKA_LIBS)
tests_test_db_survey_SOURCES = tests/test_db_survey.c
tests_test_db_survey_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
tests_test_db_survey_LDADD = $(DB) $(FORMS) $(BASE) $(CMOCKA_LIBS)
tests_test_db_answers_SOURCES = tests/test_db_answers.c
tests_test_db_answers_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
tests_test_db_answers_LDADD = $(DB) $(FORMS) $(BASE) $(CMOCKA_LIBS)
tests_test_db_track_SOURCES = tests/test_db_track.c
tests_test_db_track_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
tests_test_db_track_LDADD = $(DB) $(FORMS) $(BASE) $(CMOCKA_LIBS)
