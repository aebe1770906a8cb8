# tests of stats
STATS_LDADD = $(STATS) $(BASE) $(CMOCKA_LIBS) -lm
noinst_HEADERS += tests/stats/oracle.h tests/stats/api.h tests/stats/margins.h tests/stats/tally.h
STATS_TESTS = tests/stats/test_tally tests/stats/test_domains tests/stats/test_tally_api tests/stats/test_sample tests/stats/test_edges \
	tests/stats/test_weights tests/stats/test_replicate tests/stats/test_engines \
	tests/stats/test_small tests/stats/test_rank tests/stats/test_lonely tests/stats/test_sums
check_PROGRAMS += $(STATS_TESTS)
TESTS += $(STATS_TESTS)
tests_stats_test_tally_SOURCES = tests/stats/test_tally.c
tests_stats_test_tally_CPPFLAGS = $(T_CPPFLAGS)
tests_stats_test_tally_LDADD = $(STATS_LDADD)
tests_stats_test_domains_SOURCES = tests/stats/test_domains.c
tests_stats_test_domains_CPPFLAGS = $(T_CPPFLAGS)
tests_stats_test_domains_LDADD = $(STATS_LDADD)
tests_stats_test_tally_api_SOURCES = tests/stats/test_tally_api.c
tests_stats_test_tally_api_CPPFLAGS = $(T_CPPFLAGS)
tests_stats_test_tally_api_LDADD = $(STATS_LDADD)
tests_stats_test_sample_SOURCES = tests/stats/test_sample.c
tests_stats_test_sample_CPPFLAGS = $(T_CPPFLAGS)
tests_stats_test_sample_LDADD = $(STATS_LDADD)
tests_stats_test_edges_SOURCES = tests/stats/test_edges.c
tests_stats_test_edges_CPPFLAGS = $(T_CPPFLAGS)
tests_stats_test_edges_LDADD = $(STATS_LDADD)
tests_stats_test_weights_SOURCES = tests/stats/test_weights.c
tests_stats_test_weights_CPPFLAGS = $(T_CPPFLAGS)
tests_stats_test_weights_LDADD = $(STATS_LDADD)
tests_stats_test_replicate_SOURCES = tests/stats/test_replicate.c
tests_stats_test_replicate_CPPFLAGS = $(T_CPPFLAGS)
tests_stats_test_replicate_LDADD = $(STATS_LDADD)
tests_stats_test_engines_SOURCES = tests/stats/test_engines.c
tests_stats_test_engines_CPPFLAGS = $(T_CPPFLAGS)
tests_stats_test_engines_LDADD = $(STATS_LDADD)
tests_stats_test_small_SOURCES = tests/stats/test_small.c
tests_stats_test_small_CPPFLAGS = $(T_CPPFLAGS)
tests_stats_test_small_LDADD = $(STATS_LDADD)
tests_stats_test_rank_SOURCES = tests/stats/test_rank.c
tests_stats_test_rank_CPPFLAGS = $(T_CPPFLAGS)
tests_stats_test_rank_LDADD = $(STATS_LDADD)
tests_stats_test_lonely_SOURCES = tests/stats/test_lonely.c
tests_stats_test_lonely_CPPFLAGS = $(T_CPPFLAGS)
tests_stats_test_lonely_LDADD = $(STATS_LDADD)
tests_stats_test_sums_SOURCES = tests/stats/test_sums.c
tests_stats_test_sums_CPPFLAGS = $(T_CPPFLAGS)
tests_stats_test_sums_LDADD = $(STATS_LDADD)
EXTRA_DIST += tests/reference

check_PROGRAMS += tests/stats/test_pls
TESTS += tests/stats/test_pls
tests_stats_test_pls_SOURCES = tests/stats/test_pls.c
tests_stats_test_pls_CPPFLAGS = $(T_CPPFLAGS)
tests_stats_test_pls_LDADD = $(STATS_LDADD)

check_PROGRAMS += tests/stats/test_pls_gram
TESTS += tests/stats/test_pls_gram
tests_stats_test_pls_gram_SOURCES = tests/stats/test_pls_gram.c
tests_stats_test_pls_gram_CPPFLAGS = $(T_CPPFLAGS)
tests_stats_test_pls_gram_LDADD = $(STATS_LDADD)
