# tests of db
noinst_HEADERS += tests/db/db.h tests/db/files.h tests/db/tiny.h tests/db/tracker.h
DB_TESTS = tests/db/test_db tests/db/test_statement tests/db/test_columns tests/db/test_migrate tests/db/test_copy \
	tests/db/test_faults tests/db/test_survey tests/db/test_row tests/db/test_answers tests/db/test_batch \
	tests/db/test_screening tests/db/test_ticket tests/db/test_track tests/db/test_programme \
	tests/db/test_people
check_PROGRAMS += $(DB_TESTS)
TESTS += $(DB_TESTS)
DB_TEST_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
DB_TEST_LDADD = $(DB) $(FORMS) $(BASE) $(CMOCKA_LIBS)

tests_db_test_db_SOURCES = tests/db/test_db.c
tests_db_test_db_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_db_LDADD = $(DB_TEST_LDADD)
tests_db_test_statement_SOURCES = tests/db/test_statement.c
tests_db_test_statement_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_statement_LDADD = $(DB_TEST_LDADD)
tests_db_test_columns_SOURCES = tests/db/test_columns.c
tests_db_test_columns_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_columns_LDADD = $(DB_TEST_LDADD)
tests_db_test_migrate_SOURCES = tests/db/test_migrate.c
tests_db_test_migrate_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_migrate_LDADD = $(DB_TEST_LDADD)
tests_db_test_copy_SOURCES = tests/db/test_copy.c
tests_db_test_copy_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_copy_LDADD = $(DB_TEST_LDADD)
tests_db_test_faults_SOURCES = tests/db/test_faults.c
tests_db_test_faults_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_faults_LDADD = $(DB_TEST_LDADD)
tests_db_test_survey_SOURCES = tests/db/test_survey.c
tests_db_test_survey_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_survey_LDADD = $(DB_TEST_LDADD)
tests_db_test_row_SOURCES = tests/db/test_row.c
tests_db_test_row_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_row_LDADD = $(DB) $(LEDGER) $(FORMS) $(BASE) $(CMOCKA_LIBS)
tests_db_test_answers_SOURCES = tests/db/test_answers.c
tests_db_test_answers_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_answers_LDADD = $(DB_TEST_LDADD)
tests_db_test_batch_SOURCES = tests/db/test_batch.c
tests_db_test_batch_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_batch_LDADD = $(DB_TEST_LDADD)
tests_db_test_screening_SOURCES = tests/db/test_screening.c
tests_db_test_screening_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_screening_LDADD = $(DB_TEST_LDADD)
tests_db_test_ticket_SOURCES = tests/db/test_ticket.c
tests_db_test_ticket_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_ticket_LDADD = $(DB_TEST_LDADD)
tests_db_test_track_SOURCES = tests/db/test_track.c
tests_db_test_track_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_track_LDADD = $(DB_TEST_LDADD)
tests_db_test_people_SOURCES = tests/db/test_people.c
tests_db_test_people_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_people_LDADD = $(DB_TEST_LDADD)
tests_db_test_programme_SOURCES = tests/db/test_programme.c
tests_db_test_programme_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_programme_LDADD = $(DB_TEST_LDADD)
