# What should never cost an answer: killed processes, lost power, failing disks.  Short in `make check`, whole in `make torture`.
noinst_HEADERS += tests/attack/disk.h
TORTURE_LDADD = $(STORE) $(DB) $(LEDGER) $(FORMS) $(PROC) $(BASE) $(CMOCKA_LIBS)
TORTURE_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
TORTURE_TESTS = tests/attack/torture_power tests/attack/torture_fault tests/attack/torture_host
check_PROGRAMS += $(TORTURE_TESTS)
TESTS += $(TORTURE_TESTS) tests/attack/torture_serve.py tests/attack/torture_wave.py tests/attack/torture_import.py
dist_check_SCRIPTS += tests/attack/torture_serve.py tests/attack/torture_wave.py tests/attack/torture_import.py

tests_attack_torture_power_SOURCES = tests/attack/torture_power.c tests/attack/disk.c
tests_attack_torture_power_CPPFLAGS = $(TORTURE_CPPFLAGS)
tests_attack_torture_power_LDADD = $(TORTURE_LDADD)
tests_attack_torture_fault_SOURCES = tests/attack/torture_fault.c tests/attack/disk.c
tests_attack_torture_fault_CPPFLAGS = $(TORTURE_CPPFLAGS)
tests_attack_torture_fault_LDADD = $(TORTURE_LDADD)
tests_attack_torture_host_SOURCES = tests/attack/torture_host.c
tests_attack_torture_host_CPPFLAGS = $(TORTURE_CPPFLAGS)
tests_attack_torture_host_LDADD = $(TORTURE_LDADD)
tests_attack_torture_host_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=time
