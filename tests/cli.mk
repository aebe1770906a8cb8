# tests of cli: its parts here, the whole program in tests/cli_*.py
check_PROGRAMS += tests/test_args tests/test_demo
TESTS += tests/test_args tests/test_demo
tests_test_args_SOURCES = tests/test_args.c
tests_test_args_CPPFLAGS = $(T_CPPFLAGS)
tests_test_args_LDADD = libcli.a $(BASE) $(CMOCKA_LIBS)
tests_test_demo_SOURCES = tests/test_demo.c
tests_test_demo_CPPFLAGS = $(T_CPPFLAGS)
tests_test_demo_LDADD = libcli.a $(FORMS) $(STATS) $(BASE) $(CMOCKA_LIBS) -lm
dist_check_SCRIPTS += tests/cli_basics.py tests/cli_hostile.py tests/cli_survey.py tests/cli_track.py tests/publish_rows.py tests/cli_demo.py tests/cli_manual.py tests/cli_ticket.py tests/cli_wave.py tests/cli_screen.py
TESTS += tests/cli_basics.py tests/cli_hostile.py tests/cli_survey.py tests/cli_track.py tests/publish_rows.py tests/cli_demo.py tests/cli_manual.py tests/cli_ticket.py tests/cli_wave.py tests/cli_screen.py
dist_check_SCRIPTS += tests/cli_readonly.py
TESTS += tests/cli_readonly.py
EXTRA_DIST += tests/cli_case.py tests/data/lsan.supp
# published figures again, by R's survey
dist_check_SCRIPTS += tests/recompute.py
TESTS += tests/recompute.py
# the library as it is installed
dist_check_SCRIPTS += tests/library.py
TESTS += tests/library.py
# imports, with files as agencies send them
dist_check_SCRIPTS += tests/cli_import.py
TESTS += tests/cli_import.py
EXTRA_DIST += tests/data/formats
