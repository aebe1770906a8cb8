# tests of stats
noinst_HEADERS += tests/stats/oracle.h tests/stats/api.h tests/stats/weight/margins.h \
	tests/stats/basic.h tests/stats/small.h
EXTRA_DIST += tests/reference
STATS_TESTS = tests/stats/compare/test_area tests/stats/path/test_boot tests/stats/weight/test_calibrate \
	tests/stats/test_design tests/stats/test_dist tests/stats/test_edges \
	tests/stats/test_estimate tests/stats/test_factor \
	tests/stats/test_fault tests/stats/test_frame tests/stats/path/test_gram tests/stats/path/test_inner tests/stats/test_interval \
	tests/stats/test_linear tests/stats/sample/test_lonely tests/stats/test_parallel \
	tests/stats/path/test_pls tests/stats/sample/test_quantile tests/stats/weight/test_rake \
	tests/stats/test_random tests/stats/compare/test_rank tests/stats/compare/test_rate \
	tests/stats/compare/test_regress tests/stats/test_reliability tests/stats/sample/test_replicate \
	tests/stats/sample/test_sample \
	tests/stats/test_stats tests/stats/test_sum tests/stats/sample/test_sums tests/stats/sample/test_exact \
	tests/stats/test_table \
	tests/stats/compare/test_trend
check_PROGRAMS += $(STATS_TESTS)
TESTS += $(STATS_TESTS)
STATS_TEST = $(STATS) $(BASE) $(CMOCKA_LIBS) -lm
tests_stats_compare_test_area_LDADD = $(STATS_TEST)
tests_stats_path_test_boot_LDADD = $(STATS_TEST)
tests_stats_weight_test_calibrate_LDADD = $(STATS_TEST)
tests_stats_test_design_LDADD = $(STATS_TEST)
tests_stats_test_dist_LDADD = $(STATS_TEST)
tests_stats_test_edges_LDADD = $(STATS_TEST)
tests_stats_test_estimate_LDADD = $(STATS_TEST)
tests_stats_test_factor_LDADD = $(STATS_TEST)
tests_stats_test_fault_LDADD = $(STATS_TEST)
tests_stats_test_frame_LDADD = $(STATS_TEST)
tests_stats_path_test_gram_LDADD = $(STATS_TEST)
tests_stats_path_test_inner_LDADD = $(STATS_TEST)
tests_stats_test_interval_LDADD = $(STATS_TEST)
tests_stats_test_linear_LDADD = $(STATS_TEST)
tests_stats_sample_test_lonely_LDADD = $(STATS_TEST)
tests_stats_test_parallel_LDADD = $(STATS_TEST)
tests_stats_path_test_pls_LDADD = $(STATS_TEST)
tests_stats_sample_test_quantile_LDADD = $(STATS_TEST)
tests_stats_weight_test_rake_LDADD = $(STATS_TEST)
tests_stats_test_random_LDADD = $(STATS_TEST)
tests_stats_compare_test_rank_LDADD = $(STATS_TEST)
tests_stats_compare_test_rate_LDADD = $(STATS_TEST)
tests_stats_compare_test_regress_LDADD = $(STATS_TEST)
tests_stats_test_reliability_LDADD = $(STATS_TEST)
tests_stats_sample_test_replicate_LDADD = $(STATS_TEST)
tests_stats_sample_test_sample_LDADD = $(STATS_TEST)
tests_stats_test_stats_LDADD = $(STATS_TEST)
tests_stats_test_sum_LDADD = $(STATS_TEST)
tests_stats_sample_test_sums_LDADD = $(STATS_TEST)
tests_stats_sample_test_exact_LDADD = $(STATS_TEST)
tests_stats_test_table_LDADD = $(STATS_TEST)
tests_stats_compare_test_trend_LDADD = $(STATS_TEST)
