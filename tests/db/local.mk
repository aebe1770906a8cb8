# tests of db
noinst_HEADERS += tests/db/db.h tests/db/files.h tests/db/tiny.h
DB_TESTS = tests/db/test_db tests/db/test_faults tests/db/test_survey tests/db/test_answers tests/db/test_track
check_PROGRAMS += $(DB_TESTS)
TESTS += $(DB_TESTS)

tests_db_test_db_SOURCES = tests/db/test_db.c
tests_db_test_db_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
tests_db_test_db_LDADD = $(DB) $(FORMS) $(BASE) $(CMOCKA_LIBS)
tests_db_test_faults_SOURCES = tests/db/test_faults.c
tests_db_test_faults_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
tests_db_test_faults_LDADD = $(DB) $(FORMS) $(BASE) $(CMOCKA_LIBS)
tests_db_test_survey_SOURCES = tests/db/test_survey.c
tests_db_test_survey_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
tests_db_test_survey_LDADD = $(DB) $(FORMS) $(BASE) $(CMOCKA_LIBS)
tests_db_test_answers_SOURCES = tests/db/test_answers.c
tests_db_test_answers_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
tests_db_test_answers_LDADD = $(DB) $(FORMS) $(BASE) $(CMOCKA_LIBS)
tests_db_test_track_SOURCES = tests/db/test_track.c
tests_db_test_track_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
tests_db_test_track_LDADD = $(DB) $(FORMS) $(BASE) $(CMOCKA_LIBS)
