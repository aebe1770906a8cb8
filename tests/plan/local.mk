# tests of plan: its readers, and plans on sums of a made-up provider
PLAN_TESTS = tests/plan/test_read tests/plan/test_stored
check_PROGRAMS += $(PLAN_TESTS)
TESTS += $(PLAN_TESTS)
tests_plan_test_read_SOURCES = tests/plan/test_read.c
tests_plan_test_read_CPPFLAGS = $(T_CPPFLAGS)
tests_plan_test_read_LDADD = $(PLAN) $(BASE) $(CMOCKA_LIBS) -lm
tests_plan_test_stored_SOURCES = tests/plan/test_stored.c
tests_plan_test_stored_CPPFLAGS = $(T_CPPFLAGS)
tests_plan_test_stored_LDADD = $(PLAN) $(BASE) $(CMOCKA_LIBS) -lm

# through the shell, against R's survey
dist_check_SCRIPTS += tests/plan/analyse.py tests/plan/analyse_error.py tests/plan/analyse_choices.py
TESTS += tests/plan/analyse.py tests/plan/analyse_error.py tests/plan/analyse_choices.py
tests/plan/analyse.log tests/plan/analyse_error.log tests/plan/analyse_choices.log: manyi

# the manual
dist_check_SCRIPTS += tests/plan/plan_manual.py
TESTS += tests/plan/plan_manual.py
tests/plan/plan_manual.log: manyi

# named errors, tests by group, numerics
dist_check_SCRIPTS += tests/plan/refusals.py
TESTS += tests/plan/refusals.py
tests/plan/refusals.log: manyi

# every leaf of the reference answers
dist_check_SCRIPTS += tests/oracle/oracles.py tests/oracle/oracles_small.py
TESTS += tests/oracle/oracles.py tests/oracle/oracles_small.py
tests/oracle/oracles.log tests/oracle/oracles_small.log: manyi
EXTRA_DIST += tests/oracle/oracle.py

# path models
dist_check_SCRIPTS += tests/plan/model.py tests/plan/model_resample.py tests/plan/model_refuse.py tests/plan/model_wave.py tests/oracle/oracles_pls.py \
	tests/plan/model_manual.py
TESTS += tests/plan/model.py tests/plan/model_resample.py tests/plan/model_refuse.py tests/plan/model_wave.py tests/oracle/oracles_pls.py \
	tests/plan/model_manual.py
tests/plan/model.log tests/plan/model_resample.log tests/plan/model_refuse.log tests/plan/model_wave.log \
	tests/oracle/oracles_pls.log tests/plan/model_manual.log: manyi
