# tests of cli: its parts here, each command through the whole program in a script of its name
# All that a command may call.
CLI_EVERY = libcli.a $(SERVE) $(DESK) $(INTAKE) $(CGI) $(SEAL) $(VIEW) $(TRACK) $(FIGURE) $(STORE) \
	 $(PLAN) $(DB) $(LEDGER) $(FORMS) $(PROC) $(BASE) $(CMOCKA_LIBS) -lm
CLI_TESTS = tests/cli/test_args tests/cli/test_random tests/cli/test_city tests/cli/test_people tests/cli/test_answers \
	tests/cli/test_show tests/cli/test_rows tests/cli/test_estimates tests/cli/test_users \
	tests/cli/test_sites tests/cli/test_fill
check_PROGRAMS += $(CLI_TESTS)
TESTS += $(CLI_TESTS)
tests_cli_test_args_SOURCES = tests/cli/test_args.c
tests_cli_test_args_CPPFLAGS = $(T_CPPFLAGS)
tests_cli_test_args_LDADD = libcli.a $(FORMS) $(BASE) $(CMOCKA_LIBS)
tests_cli_test_random_SOURCES = tests/cli/test_random.c
tests_cli_test_random_CPPFLAGS = $(T_CPPFLAGS)
tests_cli_test_random_LDADD = libcli.a $(FORMS) $(STATS) $(BASE) $(CMOCKA_LIBS) -lm
tests_cli_test_city_SOURCES = tests/cli/test_city.c
tests_cli_test_city_CPPFLAGS = $(T_CPPFLAGS)
tests_cli_test_city_LDADD = libcli.a $(FORMS) $(STATS) $(BASE) $(CMOCKA_LIBS) -lm
tests_cli_test_people_SOURCES = tests/cli/test_people.c
tests_cli_test_people_CPPFLAGS = $(T_CPPFLAGS)
tests_cli_test_people_LDADD = libcli.a $(FORMS) $(STATS) $(BASE) $(CMOCKA_LIBS) -lm
tests_cli_test_answers_SOURCES = tests/cli/test_answers.c
tests_cli_test_answers_CPPFLAGS = $(T_CPPFLAGS)
tests_cli_test_answers_LDADD = libcli.a $(FORMS) $(STATS) $(BASE) $(CMOCKA_LIBS) -lm
tests_cli_test_show_SOURCES = tests/cli/test_show.c
tests_cli_test_show_CPPFLAGS = $(T_CPPFLAGS)
tests_cli_test_show_LDADD = libcli.a $(FORMS) $(BASE) $(CMOCKA_LIBS) -lm
tests_cli_test_rows_SOURCES = tests/cli/test_rows.c
tests_cli_test_rows_CPPFLAGS = $(T_CPPFLAGS)
tests_cli_test_rows_LDADD = libcli.a $(FORMS) $(BASE) $(CMOCKA_LIBS) -lm
tests_cli_test_estimates_SOURCES = tests/cli/test_estimates.c
tests_cli_test_estimates_CPPFLAGS = $(T_CPPFLAGS)
tests_cli_test_estimates_LDADD = $(CLI_EVERY)
tests_cli_test_users_SOURCES = tests/cli/test_users.c
tests_cli_test_users_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
tests_cli_test_users_LDADD = $(CLI_EVERY)
tests_cli_test_sites_SOURCES = tests/cli/test_sites.c
tests_cli_test_sites_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
tests_cli_test_sites_LDADD = libcli.a $(DB) $(LEDGER) $(FORMS) $(BASE) $(CMOCKA_LIBS) -lm
tests_cli_test_fill_SOURCES = tests/cli/test_fill.c
tests_cli_test_fill_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
tests_cli_test_fill_LDADD = $(CLI_EVERY)
# the program and its commands
CLI_PY = tests/cli/cli.py tests/cli/parse.py tests/cli/help.py tests/cli/version.py tests/cli/init.py \
	tests/cli/config.py tests/cli/user.py tests/cli/backup.py tests/cli/form.py tests/cli/wave.py \
	tests/cli/wave_open.py \
	tests/cli/site.py tests/cli/poster.py tests/cli/ticket.py tests/cli/screen.py tests/cli/daemon.py \
	tests/cli/export.py tests/cli/export_r.py tests/cli/callback.py tests/cli/office.py \
	tests/cli/ledger.py tests/cli/margins.py tests/cli/margins_codes.py tests/cli/track.py \
	tests/cli/entered.py tests/cli/evidence.py tests/cli/files.py \
	tests/cli/publish.py tests/cli/publish_rows.py tests/cli/demo.py tests/cli/manual.py tests/cli/readonly.py
# analyses
CLI_PY += tests/cli/index.py tests/cli/analyse.py tests/cli/estimate.py tests/cli/rank.py tests/cli/rate.py \
	tests/cli/area.py tests/cli/model.py tests/cli/stored.py tests/cli/stored_rows.py tests/cli/stored_plan.py tests/cli/stored_versions.py \
	tests/cli/composite.py
# imports, with files as agencies send them
CLI_PY += tests/cli/import.py tests/cli/import_files.py tests/cli/import_rows.py
EXTRA_DIST += tests/data/formats
# published figures again, by R's survey; the library as it is installed
CLI_PY += tests/cli/recompute.py tests/cli/library.py
dist_check_SCRIPTS += $(CLI_PY) tests/attack/cli_hostile.py
TESTS += $(CLI_PY) tests/attack/cli_hostile.py
EXTRA_DIST += tests/support/cli_case.py tests/support/cli_wave.py tests/support/import_case.py tests/support/cli_year.py tests/support/analyse_case.py \
	tests/support/model_case.py tests/data/lsan.supp
