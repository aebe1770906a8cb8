### cli: arguments in, text or JSON out; the supervisor; the demo city
noinst_LIBRARIES += libcli.a
libcli_a_SOURCES = cli/args.c cli/args.h cli/cli.h cli/parse.c cli/parse.h \
	cli/help.c cli/help.h cli/show.c cli/show.h cli/rows.c cli/rows.h cli/city.c cli/city.h \
	cli/commands.c cli/sites.h cli/users.h cli/track_files.c cli/track_files.h \
	cli/track_entered.c cli/track_entered.h cli/estimates.c cli/estimates.h cli/stored.c \
	cli/stored.h cli/stored_rows.c cli/stored_rows.h cli/cmd_analyse.c cli/cmd_estimate.c \
	cli/cmd_rank.c cli/cmd_rate.c cli/cmd_area.c cli/cmd_model.c cli/cmd_backup.c \
	cli/cmd_callback.c cli/cmd_config.c cli/cmd_daemon.c cli/cmd_demo.c cli/cmd_export.c \
	cli/export_r.c cli/export_r.h cli/cmd_form.c cli/cmd_import.c cli/import.h \
	cli/import_alike.c cli/import_batch.c cli/import_cells.c cli/import_design.c \
	cli/import_rows.c cli/margins_codes.c cli/margins_codes.h cli/cmd_index.c cli/cmd_init.c \
	cli/cmd_ledger.c cli/cmd_margins.c cli/cmd_poster.c cli/cmd_publish.c cli/cmd_site.c \
	cli/sites.c cli/cmd_ticket.c cli/ticket_make.c cli/ticket.h cli/cmd_screen.c \
	cli/office.c cli/office.h cli/cmd_track.c cli/cmd_user.c cli/cmd_version.c \
	cli/cmd_wave.c cli/demo_random.c cli/demo_random.h cli/demo_city.c cli/demo_city.h \
	cli/demo_people.c cli/demo_people.h cli/demo_answers.c cli/demo_answers.h \
	cli/demo_fill.c cli/demo_fill.h cli/demo_track.c
libcli_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)

bin_PROGRAMS += manyi
manyi_SOURCES = cli/main.c
manyi_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
manyi_LDADD = libcli.a $(SERVE) $(DESK) $(INTAKE) $(CGI) $(SEAL) $(VIEW) $(TRACK) $(FIGURE) $(STORE) $(DB) $(LEDGER) $(PLAN) \
	$(FORMS) $(PROC) $(BASE) -lm

dist_man_MANS += cli/manyi.1
bashcompletiondir = $(datadir)/bash-completion/completions
install-data-local: install-completion
install-completion:
	$(MKDIR_P) '$(DESTDIR)$(bashcompletiondir)'
	$(INSTALL_DATA) $(srcdir)/cli/manyi.bash '$(DESTDIR)$(bashcompletiondir)/manyi'
uninstall-local: uninstall-completion
uninstall-completion:
	rm -f '$(DESTDIR)$(bashcompletiondir)/manyi'
.PHONY: install-completion uninstall-completion
EXTRA_DIST += cli/manyi.bash
