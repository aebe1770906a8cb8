### cli: arguments in, text or JSON out; the supervisor; the demo city
include cli/serve.mk
noinst_LIBRARIES += libcli.a
libcli_a_SOURCES = $(SERVE_SOURCES) \
	cli/args.c cli/args.h cli/cli.h cli/parse.c cli/parse.h cli/help.c cli/help.h \
	cli/show.c cli/show.h cli/progress.c cli/progress.h cli/rows.c cli/rows.h \
	cli/waves.h \
	cli/cmd_form.c cli/cmd_index.c cli/cmd_site.c cli/cmd_track.c cli/cmd_wave.c \
	cli/track_files.c cli/track_files.h \
	cli/demo_random.c cli/demo_random.h cli/demo_city.c cli/demo_city.h \
	cli/demo_people.c cli/demo_people.h cli/demo_answers.c cli/demo_answers.h
libcli_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
