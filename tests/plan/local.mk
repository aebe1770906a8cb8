# tests of plan
noinst_HEADERS += tests/plan/plan.h
PLAN_TESTS = tests/plan/test_areas tests/plan/test_ask tests/plan/test_calibrate \
	tests/plan/test_compare tests/plan/test_data tests/plan/test_design \
	tests/plan/test_estimate tests/plan/test_items tests/plan/test_many \
	tests/plan/test_ops tests/plan/test_peers tests/plan/test_plan tests/plan/test_rates \
	tests/plan/test_read tests/plan/test_say tests/plan/test_stored \
	tests/plan/test_trend
check_PROGRAMS += $(PLAN_TESTS)
TESTS += $(PLAN_TESTS)
PLAN_TEST = $(PLAN) $(BASE) $(CMOCKA_LIBS) -lm
tests_plan_test_areas_LDADD = $(PLAN_TEST)
tests_plan_test_ask_LDADD = $(PLAN_TEST)
tests_plan_test_calibrate_LDADD = $(PLAN_TEST)
tests_plan_test_compare_LDADD = $(PLAN_TEST)
tests_plan_test_data_LDADD = $(PLAN_TEST)
tests_plan_test_design_LDADD = $(PLAN_TEST)
tests_plan_test_estimate_LDADD = $(PLAN_TEST)
tests_plan_test_items_LDADD = $(PLAN_TEST)
tests_plan_test_many_LDADD = $(PLAN_TEST)
tests_plan_test_ops_LDADD = $(PLAN_TEST)
tests_plan_test_peers_LDADD = $(PLAN_TEST)
tests_plan_test_plan_LDADD = $(PLAN_TEST)
tests_plan_test_rates_LDADD = $(PLAN_TEST)
tests_plan_test_read_LDADD = $(PLAN_TEST)
tests_plan_test_say_LDADD = $(PLAN_TEST)
tests_plan_test_stored_LDADD = $(PLAN_TEST)
tests_plan_test_trend_LDADD = $(PLAN_TEST)

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
