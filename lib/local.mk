### lib: libmanyi-stats, the statistics for other programs behind one header
# No libtool: two libraries from one archive.
# Everything is hidden but what manyi-stats.h declares.  The soname's number changes when the header breaks.
if !SANITIZE
noinst_LIBRARIES += libmanyistats.a
libmanyistats_a_SOURCES = lib/manyi-stats.h lib/in.h lib/start.c lib/sample.c lib/table.c lib/apart.c lib/model.c \
	$(STATS_NUMBERS) base/err.c base/lang.c base/pool.c base/text.c base/utf8.c
libmanyistats_a_CPPFLAGS = $(AM_CPPFLAGS) $(GSL_CFLAGS)
libmanyistats_a_CFLAGS = $(AM_CFLAGS) -fPIC -fvisibility=hidden
WHOLE_STATS = -Wl,--whole-archive libmanyistats.a -Wl,--no-whole-archive

statslibdir = $(libdir)
statslib_PROGRAMS = libmanyi-stats.so.0.1.0
libmanyi_stats_so_0_1_0_SOURCES =
libmanyi_stats_so_0_1_0_LDADD = libmanyistats.a
libmanyi_stats_so_0_1_0_LINK = $(CC) $(CFLAGS) -shared -Wl,-soname,libmanyi-stats.so.0 -Wl,-z,relro -Wl,-z,now \
	-Wl,-z,defs $(LDFLAGS) -o $@ $(WHOLE_STATS) $(GSL_LIBS) -lm -lpthread

# One object whose hidden names are made local: a program that links it keeps its own err_set() or pool_take().
libmanyi-stats.a: libmanyistats.a
	$(AM_V_AR)rm -f $@ && $(CC) -r -nostdlib -o manyi-stats.tmp.o $(WHOLE_STATS) && \
	$(OBJCOPY) --localize-hidden manyi-stats.tmp.o manyi-stats.o && rm -f manyi-stats.tmp.o && \
	$(AR) cr $@ manyi-stats.o && $(RANLIB) $@
statslib_DATA = libmanyi-stats.a
CLEANFILES += libmanyi-stats.a manyi-stats.o manyi-stats.tmp.o

STATS_LINKS = install-stats-links
include_HEADERS = lib/manyi-stats.h
pkgconfigdir = $(libdir)/pkgconfig
pkgconfig_DATA = lib/manyi-stats.pc
endif

install-exec-local: $(STATS_LINKS)
install-stats-links:
	$(MKDIR_P) '$(DESTDIR)$(libdir)'
	cd '$(DESTDIR)$(libdir)' && ln -sf libmanyi-stats.so.0.1.0 libmanyi-stats.so.0 && \
	ln -sf libmanyi-stats.so.0 libmanyi-stats.so
uninstall-local: uninstall-stats-links
uninstall-stats-links:
	cd '$(DESTDIR)$(libdir)' 2>/dev/null && rm -f libmanyi-stats.so.0 libmanyi-stats.so || :

# The library alone, without the programs.
install-library: install-statslibPROGRAMS install-statslibDATA install-includeHEADERS install-pkgconfigDATA install-stats-links
uninstall-library: uninstall-statslibPROGRAMS uninstall-statslibDATA uninstall-includeHEADERS uninstall-pkgconfigDATA \
	uninstall-stats-links
.PHONY: install-stats-links uninstall-stats-links install-library uninstall-library
EXTRA_DIST += lib/manyi-stats.h lib/manyi-stats.pc.in
