# tests of plan: its readers, and plans on sums of a made-up provider
PLAN_TESTS = tests/test_plan_read tests/test_plan_stored
check_PROGRAMS += $(PLAN_TESTS)
TESTS += $(PLAN_TESTS)
tests_test_plan_read_SOURCES = tests/test_plan_read.c
tests_test_plan_read_CPPFLAGS = $(T_CPPFLAGS)
tests_test_plan_read_LDADD = $(PLAN) $(BASE) $(CMOCKA_LIBS) -lm
tests_test_plan_stored_SOURCES = tests/test_plan_stored.c
tests_test_plan_stored_CPPFLAGS = $(T_CPPFLAGS)
tests_test_plan_stored_LDADD = $(PLAN) $(BASE) $(CMOCKA_LIBS) -lm

# through the shell, against R's survey
EXTRA_DIST += tests/analyse_case.py
dist_check_SCRIPTS += tests/analyse.py tests/analyse_error.py tests/analyse_choices.py tests/rank_rate.py tests/area.py tests/wave.py
TESTS += tests/analyse.py tests/analyse_error.py tests/analyse_choices.py tests/rank_rate.py tests/area.py tests/wave.py
tests/analyse.log tests/analyse_error.log tests/analyse_choices.log tests/rank_rate.log tests/area.log tests/wave.log: manyi

# the manual
dist_check_SCRIPTS += tests/plan_manual.py
TESTS += tests/plan_manual.py
tests/plan_manual.log: manyi

# named errors, tests by group, numerics
dist_check_SCRIPTS += tests/refusals.py
TESTS += tests/refusals.py
tests/refusals.log: manyi

# every leaf of the reference answers
dist_check_SCRIPTS += tests/oracles.py tests/oracles_small.py
TESTS += tests/oracles.py tests/oracles_small.py
tests/oracles.log tests/oracles_small.log: manyi
EXTRA_DIST += tests/oracle.py

# path models
dist_check_SCRIPTS += tests/model.py tests/model_resample.py tests/model_refuse.py tests/model_wave.py tests/oracles_pls.py \
	tests/model_manual.py
TESTS += tests/model.py tests/model_resample.py tests/model_refuse.py tests/model_wave.py tests/oracles_pls.py \
	tests/model_manual.py
tests/model.log tests/model_resample.log tests/model_refuse.log tests/model_wave.log \
	tests/oracles_pls.log tests/model_manual.log: manyi
