# What should never cost an answer: killed processes, lost power, failing disks.  Short in `make check`, whole in `make torture`.
noinst_HEADERS += tests/disk.h
TORTURE_LDADD = $(STORE) $(DB) $(LEDGER) $(FORMS) $(PROC) $(BASE) $(CMOCKA_LIBS)
TORTURE_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
TORTURE_TESTS = tests/torture_power tests/torture_fault tests/torture_host
check_PROGRAMS += $(TORTURE_TESTS)
TESTS += $(TORTURE_TESTS) tests/torture_serve.py tests/torture_fold.py tests/torture_import.py
dist_check_SCRIPTS += tests/torture_serve.py tests/torture_fold.py tests/torture_import.py

tests_torture_power_SOURCES = tests/torture_power.c tests/disk.c
tests_torture_power_CPPFLAGS = $(TORTURE_CPPFLAGS)
tests_torture_power_LDADD = $(TORTURE_LDADD)
tests_torture_fault_SOURCES = tests/torture_fault.c tests/disk.c
tests_torture_fault_CPPFLAGS = $(TORTURE_CPPFLAGS)
tests_torture_fault_LDADD = $(TORTURE_LDADD)
tests_torture_host_SOURCES = tests/torture_host.c
tests_torture_host_CPPFLAGS = $(TORTURE_CPPFLAGS)
tests_torture_host_LDADD = $(TORTURE_LDADD)
tests_torture_host_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=time
