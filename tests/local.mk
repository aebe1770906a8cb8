### tests: one file per module, whole journeys, reference answers
TEST_EXTENSIONS = .sh .py
TAP = $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
LOG_DRIVER = $(TAP)
SH_LOG_DRIVER = $(TAP)
PY_LOG_DRIVER = $(TAP)
SH_LOG_COMPILER = $(SHELL)
# The system's own Python: the one that apt gives selenium to.
PY_LOG_COMPILER = /usr/bin/python3
# What scripts share lies in tests/support; a served city in tests/serve.
TESTS_PYTHONPATH = $(abs_srcdir)/tests/support:$(abs_srcdir)/tests/serve
AM_TESTS_ENVIRONMENT = srcdir='$(srcdir)' builddir='$(builddir)' MANYI='$(abs_builddir)/manyi' PYTHONPATH='$(TESTS_PYTHONPATH)'; \
	export srcdir builddir MANYI PYTHONPATH;
TEST_PY = srcdir='$(srcdir)' builddir='$(builddir)' MANYI='$(abs_builddir)/manyi' PYTHONPATH='$(TESTS_PYTHONPATH)' /usr/bin/python3
noinst_HEADERS += tests/support/check.h
# A test of one source needs its name in its folder's list and one line, what it links: X_LDADD; the rest is everybody's.
AM_CPPFLAGS += $(JANSSON_CFLAGS) $(CMOCKA_CFLAGS)
T_CPPFLAGS = $(AM_CPPFLAGS)
EXTRA_DIST += $(dist_check_SCRIPTS)

dist_check_SCRIPTS += tests/layers.sh tests/style.sh
TESTS += tests/layers.sh tests/style.sh

include tests/oracle/local.mk
include tests/docs/local.mk

if HAVE_CMOCKA
# A module's test links its layer and those below, so that a forbidden call fails to link too.
include tests/base/local.mk
include tests/forms/local.mk
include tests/stats/local.mk
include tests/db/local.mk
include tests/ledger/local.mk
include tests/store/local.mk
include tests/attack/local.mk
include tests/proc/local.mk
include tests/figure/local.mk
include tests/track/local.mk
include tests/view/local.mk
include tests/seal/local.mk
include tests/cgi/local.mk
include tests/intake/local.mk
include tests/desk/local.mk
include tests/cli/local.mk
include tests/plan/local.mk
include tests/serve/local.mk
include tests/journey/local.mk
else
# Half a check that says "0 failed" is no check.
check-local:
	@echo 'make check: cmocka is not installed: build-aux/install-packages test (libcmocka-dev), then configure again' >&2
	@exit 1
endif

# The module tests alone (no browser, no service): what the sanitizer build runs.
.PHONY: check-modules
check-modules:
	LSAN_OPTIONS="print_suppressions=0:suppressions=$(abs_srcdir)/tests/data/lsan.supp" $(MAKE) check TESTS="`echo $(TESTS) | tr ' ' '\012' | grep -v '[.]' | tr '\012' ' '`"

# All of it: minutes to an hour.  KILLS, IMAGES, TORTURE_SECONDS and SEED may be given.
.PHONY: torture
torture: tests/attack/torture_kill tests/attack/torture_power tests/attack/torture_fault tests/attack/torture_host manyi
	IMAGES=$${IMAGES:-6000} srcdir='$(srcdir)' ./tests/attack/torture_power
	FULL=1 srcdir='$(srcdir)' ./tests/attack/torture_fault
	KILLS=$${KILLS:-10000} srcdir='$(srcdir)' ./tests/attack/torture_kill
	srcdir='$(srcdir)' ./tests/attack/torture_host
	KILLS=$${KILLS:-10000} TORTURE_SECONDS=$${TORTURE_SECONDS:-3600} $(TEST_PY) $(srcdir)/tests/attack/torture_serve.py
	FULL=1 $(TEST_PY) $(srcdir)/tests/attack/torture_wave.py
	FULL=1 $(TEST_PY) $(srcdir)/tests/attack/torture_import.py
	FULL=1 $(TEST_PY) $(srcdir)/tests/attack/abuse.py

# The README's two commands on bare Debians, and the production path in a machine of its own: systemd, separate
# accounts, a kernel with Landlock.  As root; an hour.
.PHONY: bare vm
bare:
	$(SHELL) $(srcdir)/build-aux/bare bookworm '$(builddir)/bare'
	$(SHELL) $(srcdir)/build-aux/bare trixie '$(builddir)/bare'
vm: bare
	$(SHELL) $(srcdir)/tests/vm/run '$(srcdir)' '$(builddir)'
EXTRA_DIST += tests/vm

# What reads the sources for mistakes, and what the tests leave untried of the readers of strangers' bytes.
PARSERS = base/csv.c base/json.c base/utf8.c cgi/http.c cgi/record.c cgi/route.c forms/accept.c forms/answers.c \
	forms/load forms/relevant.c forms/response.c store/catalogue.c store/client.c store/wire.c
.PHONY: analyze coverage
analyze:
	$(SHELL) $(srcdir)/build-aux/analyze '$(srcdir)' '$(builddir)'
coverage:
	$(SHELL) $(srcdir)/build-aux/coverage '$(srcdir)' '$(abs_builddir)/coverage-build' $(PARSERS)
EXTRA_DIST += tests/tsan.supp tests/valgrind.supp build-aux/analyze build-aux/coverage build-aux/cppcheck.cfg
