# What makes a mistake cost less: hardened programs, sandboxes, units.
dist_check_SCRIPTS += tests/serve/hardened.sh tests/serve/units.sh
TESTS += tests/serve/hardened.sh tests/serve/units.sh

# tests of proc
PROC_TESTS = tests/proc/test_guard tests/proc/test_listen tests/proc/test_loop tests/proc/test_sandbox \
	tests/proc/test_work
check_PROGRAMS += $(PROC_TESTS)
TESTS += $(PROC_TESTS)
PROC_TEST = $(PROC) $(BASE) $(CMOCKA_LIBS)
tests_proc_test_guard_LDADD = $(PROC_TEST)
tests_proc_test_listen_LDADD = $(PROC_TEST)
tests_proc_test_loop_LDADD = $(PROC_TEST)
tests_proc_test_sandbox_LDADD = $(PROC_TEST)
tests_proc_test_work_LDADD = $(PROC_TEST)
