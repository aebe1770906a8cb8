### cli: the program manyi: arguments in, text or JSON out; the demo city
noinst_LIBRARIES += libcli.a
libcli_a_SOURCES = cli/analyse/analyse.c cli/analyse/area.c cli/analyse/estimate.c \
	cli/analyse/estimates.c cli/analyse/estimates.h cli/analyse/index.c cli/analyse/model.c \
	cli/analyse/rank.c cli/analyse/rate.c cli/analyse/stored.c cli/analyse/stored.h \
	cli/analyse/stored_plan.c cli/args.c cli/args.h cli/city.c \
	cli/city.h cli/cli.c cli/cli.h cli/cmd/backup.c cli/cmd/callback.c cli/cmd/config.c \
	cli/cmd/daemon.c cli/cmd/export.c cli/cmd/export_r.c cli/cmd/export_r.h cli/cmd/form.c \
	cli/cmd/init.c cli/cmd/ledger.c cli/cmd/margins.c cli/cmd/margins_codes.c \
	cli/cmd/margins_codes.h cli/cmd/office.c cli/cmd/office.h cli/cmd/poster.c \
	cli/cmd/publish.c cli/cmd/screen.c cli/cmd/site.c cli/cmd/sites.c cli/cmd/sites.h \
	cli/cmd/ticket.c cli/cmd/ticket.h cli/cmd/ticket_make.c cli/cmd/user.c cli/cmd/users.h \
	cli/cmd/version.c cli/cmd/wave.c cli/commands.c cli/demo/answers.c cli/demo/answers.h \
	cli/demo/city.c cli/demo/city.h cli/demo/demo.c cli/demo/fill.c cli/demo/fill.h \
	cli/demo/people.c cli/demo/people.h cli/demo/random.c cli/demo/random.h cli/demo/track.c \
	cli/help.c cli/help.h cli/import/alike.c cli/import/batch.c cli/import/cells.c \
	cli/import/design.c cli/import/import.c cli/import/import.h cli/import/rows.c \
	cli/parse.c cli/parse.h cli/rows.c cli/rows.h cli/show.c cli/show.h cli/track/entered.c \
	cli/track/entered.h cli/track/evidence.c cli/track/evidence.h cli/track/files.c \
	cli/track/files.h cli/track/programme.c cli/track/programme.h cli/track/track.c
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
