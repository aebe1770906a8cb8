# tests of cli: its parts here, the whole program in tests/cli_*.py
check_PROGRAMS += tests/cli/test_args tests/cli/test_demo
TESTS += tests/cli/test_args tests/cli/test_demo
tests_cli_test_args_SOURCES = tests/cli/test_args.c
tests_cli_test_args_CPPFLAGS = $(T_CPPFLAGS)
tests_cli_test_args_LDADD = libcli.a $(BASE) $(CMOCKA_LIBS)
tests_cli_test_demo_SOURCES = tests/cli/test_demo.c
tests_cli_test_demo_CPPFLAGS = $(T_CPPFLAGS)
tests_cli_test_demo_LDADD = libcli.a $(FORMS) $(STATS) $(BASE) $(CMOCKA_LIBS) -lm
dist_check_SCRIPTS += tests/cli/basics.py tests/attack/cli_hostile.py tests/cli/survey.py tests/cli/track.py tests/cli/publish_rows.py tests/cli/demo.py tests/cli/manual.py tests/cli/ticket.py tests/cli/wave.py tests/cli/screen.py
TESTS += tests/cli/basics.py tests/attack/cli_hostile.py tests/cli/survey.py tests/cli/track.py tests/cli/publish_rows.py tests/cli/demo.py tests/cli/manual.py tests/cli/ticket.py tests/cli/wave.py tests/cli/screen.py
dist_check_SCRIPTS += tests/cli/readonly.py
TESTS += tests/cli/readonly.py
EXTRA_DIST += tests/support/cli_case.py tests/data/lsan.supp
# published figures again, by R's survey
dist_check_SCRIPTS += tests/cli/recompute.py
TESTS += tests/cli/recompute.py
# the library as it is installed
dist_check_SCRIPTS += tests/cli/library.py
TESTS += tests/cli/library.py
# imports, with files as agencies send them
dist_check_SCRIPTS += tests/cli/import.py
TESTS += tests/cli/import.py
EXTRA_DIST += tests/data/formats
