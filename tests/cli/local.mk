# tests of cli: its parts here, each command through the whole program in a script of its name
# All that a command may call.
CLI_EVERY = libcli.a $(SERVE) $(DESK) $(INTAKE) $(CGI) $(SEAL) $(VIEW) $(TRACK) $(FIGURE) $(STORE) \
	 $(PLAN) $(DB) $(LEDGER) $(FORMS) $(PROC) $(BASE) $(CMOCKA_LIBS) -lm
CLI_TESTS = tests/cli/test_args tests/cli/demo/test_random tests/cli/demo/test_city tests/cli/demo/test_people tests/cli/demo/test_answers \
	tests/cli/test_show tests/cli/test_rows tests/cli/analyse/test_estimates tests/cli/cmd/test_users \
	tests/cli/cmd/test_sites tests/cli/demo/test_fill
check_PROGRAMS += $(CLI_TESTS)
TESTS += $(CLI_TESTS)
tests_cli_test_args_SOURCES = tests/cli/test_args.c
tests_cli_test_args_CPPFLAGS = $(T_CPPFLAGS)
tests_cli_test_args_LDADD = libcli.a $(FORMS) $(BASE) $(CMOCKA_LIBS)
tests_cli_demo_test_random_SOURCES = tests/cli/demo/test_random.c
tests_cli_demo_test_random_CPPFLAGS = $(T_CPPFLAGS)
tests_cli_demo_test_random_LDADD = libcli.a $(FORMS) $(STATS) $(BASE) $(CMOCKA_LIBS) -lm
tests_cli_demo_test_city_SOURCES = tests/cli/demo/test_city.c
tests_cli_demo_test_city_CPPFLAGS = $(T_CPPFLAGS)
tests_cli_demo_test_city_LDADD = libcli.a $(FORMS) $(STATS) $(BASE) $(CMOCKA_LIBS) -lm
tests_cli_demo_test_people_SOURCES = tests/cli/demo/test_people.c
tests_cli_demo_test_people_CPPFLAGS = $(T_CPPFLAGS)
tests_cli_demo_test_people_LDADD = libcli.a $(FORMS) $(STATS) $(BASE) $(CMOCKA_LIBS) -lm
tests_cli_demo_test_answers_SOURCES = tests/cli/demo/test_answers.c
tests_cli_demo_test_answers_CPPFLAGS = $(T_CPPFLAGS)
tests_cli_demo_test_answers_LDADD = libcli.a $(FORMS) $(STATS) $(BASE) $(CMOCKA_LIBS) -lm
tests_cli_test_show_SOURCES = tests/cli/test_show.c
tests_cli_test_show_CPPFLAGS = $(T_CPPFLAGS)
tests_cli_test_show_LDADD = libcli.a $(FORMS) $(BASE) $(CMOCKA_LIBS) -lm
tests_cli_test_rows_SOURCES = tests/cli/test_rows.c
tests_cli_test_rows_CPPFLAGS = $(T_CPPFLAGS)
tests_cli_test_rows_LDADD = libcli.a $(FORMS) $(BASE) $(CMOCKA_LIBS) -lm
tests_cli_analyse_test_estimates_SOURCES = tests/cli/analyse/test_estimates.c
tests_cli_analyse_test_estimates_CPPFLAGS = $(T_CPPFLAGS)
tests_cli_analyse_test_estimates_LDADD = $(CLI_EVERY)
tests_cli_cmd_test_users_SOURCES = tests/cli/cmd/test_users.c
tests_cli_cmd_test_users_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
tests_cli_cmd_test_users_LDADD = $(CLI_EVERY)
tests_cli_cmd_test_sites_SOURCES = tests/cli/cmd/test_sites.c
tests_cli_cmd_test_sites_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
tests_cli_cmd_test_sites_LDADD = libcli.a $(DB) $(LEDGER) $(FORMS) $(BASE) $(CMOCKA_LIBS) -lm
tests_cli_demo_test_fill_SOURCES = tests/cli/demo/test_fill.c
tests_cli_demo_test_fill_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
tests_cli_demo_test_fill_LDADD = $(CLI_EVERY)
# the program and its commands
CLI_PY = tests/cli/cli.py tests/cli/parse.py tests/cli/help.py tests/cli/cmd/version.py tests/cli/cmd/init.py \
	tests/cli/cmd/config.py tests/cli/cmd/user.py tests/cli/cmd/backup.py tests/cli/cmd/form.py tests/cli/cmd/wave.py \
	tests/cli/cmd/wave_open.py \
	tests/cli/cmd/site.py tests/cli/cmd/poster.py tests/cli/cmd/ticket.py tests/cli/cmd/screen.py tests/cli/cmd/daemon.py \
	tests/cli/cmd/export.py tests/cli/cmd/export_r.py tests/cli/cmd/callback.py tests/cli/cmd/office.py \
	tests/cli/cmd/ledger.py tests/cli/cmd/margins.py tests/cli/cmd/margins_codes.py tests/cli/track/track.py \
	tests/cli/track/entered.py tests/cli/track/evidence.py tests/cli/track/files.py \
	tests/cli/cmd/publish.py tests/cli/cmd/publish_rows.py tests/cli/demo/demo.py tests/cli/manual.py tests/cli/readonly.py
# analyses
CLI_PY += tests/cli/analyse/index.py tests/cli/analyse/analyse.py tests/cli/analyse/estimate.py tests/cli/analyse/rank.py tests/cli/analyse/rate.py \
	tests/cli/analyse/area.py tests/cli/analyse/model.py tests/cli/analyse/stored.py tests/cli/analyse/stored_rows.py tests/cli/analyse/stored_plan.py tests/cli/analyse/stored_versions.py \
	tests/cli/analyse/composite.py
# imports, with files as agencies send them
CLI_PY += tests/cli/import/import.py tests/cli/import/import_files.py tests/cli/import/import_rows.py
EXTRA_DIST += tests/data/formats
# published figures again, by R's survey; the library as it is installed
CLI_PY += tests/cli/recompute.py tests/cli/library.py
dist_check_SCRIPTS += $(CLI_PY) tests/attack/cli_hostile.py
TESTS += $(CLI_PY) tests/attack/cli_hostile.py
EXTRA_DIST += tests/support/cli_case.py tests/support/cli_wave.py tests/support/import_case.py tests/support/cli_year.py tests/support/analyse_case.py \
	tests/support/model_case.py tests/data/lsan.supp
