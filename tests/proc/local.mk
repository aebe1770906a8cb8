# What makes a mistake cost less: hardened programs, sandboxes, units.
dist_check_SCRIPTS += tests/serve/hardened.sh tests/serve/units.sh
TESTS += tests/serve/hardened.sh tests/serve/units.sh
check_PROGRAMS += tests/proc/test_sandbox
TESTS += tests/proc/test_sandbox
tests_proc_test_sandbox_SOURCES = tests/proc/test_sandbox.c
tests_proc_test_sandbox_CPPFLAGS = $(T_CPPFLAGS)
tests_proc_test_sandbox_LDADD = $(PROC) $(BASE) $(CMOCKA_LIBS)

PROC_TESTS = tests/proc/test_listen tests/proc/test_loop tests/proc/test_work
check_PROGRAMS += $(PROC_TESTS)
TESTS += $(PROC_TESTS)
tests_proc_test_listen_SOURCES = tests/proc/test_listen.c
tests_proc_test_listen_CPPFLAGS = $(T_CPPFLAGS)
tests_proc_test_listen_LDADD = $(PROC) $(BASE) $(CMOCKA_LIBS)
tests_proc_test_loop_SOURCES = tests/proc/test_loop.c
tests_proc_test_loop_CPPFLAGS = $(T_CPPFLAGS)
tests_proc_test_loop_LDADD = $(PROC) $(BASE) $(CMOCKA_LIBS)
tests_proc_test_work_SOURCES = tests/proc/test_work.c
tests_proc_test_work_CPPFLAGS = $(T_CPPFLAGS)
tests_proc_test_work_LDADD = $(PROC) $(BASE) $(CMOCKA_LIBS)
