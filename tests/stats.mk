# tests of stats
STATS_LDADD = $(STATS) $(BASE) $(CMOCKA_LIBS) -lm
noinst_HEADERS += tests/stats_oracle.h tests/stats_api.h tests/stats_margins.h tests/stats_tally.h
STATS_TESTS = tests/test_stats_tally tests/test_stats_domains tests/test_stats_tally_api tests/test_stats_sample tests/test_stats_edges \
	tests/test_stats_weights tests/test_stats_replicate tests/test_stats_engines \
	tests/test_stats_small tests/test_stats_rank tests/test_stats_lonely tests/test_stats_sums
check_PROGRAMS += $(STATS_TESTS)
TESTS += $(STATS_TESTS)
tests_test_stats_tally_SOURCES = tests/test_stats_tally.c
tests_test_stats_tally_CPPFLAGS = $(T_CPPFLAGS)
tests_test_stats_tally_LDADD = $(STATS_LDADD)
tests_test_stats_domains_SOURCES = tests/test_stats_domains.c
tests_test_stats_domains_CPPFLAGS = $(T_CPPFLAGS)
tests_test_stats_domains_LDADD = $(STATS_LDADD)
tests_test_stats_tally_api_SOURCES = tests/test_stats_tally_api.c
tests_test_stats_tally_api_CPPFLAGS = $(T_CPPFLAGS)
tests_test_stats_tally_api_LDADD = $(STATS_LDADD)
tests_test_stats_sample_SOURCES = tests/test_stats_sample.c
tests_test_stats_sample_CPPFLAGS = $(T_CPPFLAGS)
tests_test_stats_sample_LDADD = $(STATS_LDADD)
tests_test_stats_edges_SOURCES = tests/test_stats_edges.c
tests_test_stats_edges_CPPFLAGS = $(T_CPPFLAGS)
tests_test_stats_edges_LDADD = $(STATS_LDADD)
tests_test_stats_weights_SOURCES = tests/test_stats_weights.c
tests_test_stats_weights_CPPFLAGS = $(T_CPPFLAGS)
tests_test_stats_weights_LDADD = $(STATS_LDADD)
tests_test_stats_replicate_SOURCES = tests/test_stats_replicate.c
tests_test_stats_replicate_CPPFLAGS = $(T_CPPFLAGS)
tests_test_stats_replicate_LDADD = $(STATS_LDADD)
tests_test_stats_engines_SOURCES = tests/test_stats_engines.c
tests_test_stats_engines_CPPFLAGS = $(T_CPPFLAGS)
tests_test_stats_engines_LDADD = $(STATS_LDADD)
tests_test_stats_small_SOURCES = tests/test_stats_small.c
tests_test_stats_small_CPPFLAGS = $(T_CPPFLAGS)
tests_test_stats_small_LDADD = $(STATS_LDADD)
tests_test_stats_rank_SOURCES = tests/test_stats_rank.c
tests_test_stats_rank_CPPFLAGS = $(T_CPPFLAGS)
tests_test_stats_rank_LDADD = $(STATS_LDADD)
tests_test_stats_lonely_SOURCES = tests/test_stats_lonely.c
tests_test_stats_lonely_CPPFLAGS = $(T_CPPFLAGS)
tests_test_stats_lonely_LDADD = $(STATS_LDADD)
tests_test_stats_sums_SOURCES = tests/test_stats_sums.c
tests_test_stats_sums_CPPFLAGS = $(T_CPPFLAGS)
tests_test_stats_sums_LDADD = $(STATS_LDADD)
EXTRA_DIST += tests/reference

check_PROGRAMS += tests/test_pls
TESTS += tests/test_pls
tests_test_pls_SOURCES = tests/test_pls.c
tests_test_pls_CPPFLAGS = $(T_CPPFLAGS)
tests_test_pls_LDADD = $(STATS_LDADD)

check_PROGRAMS += tests/test_pls_gram
TESTS += tests/test_pls_gram
tests_test_pls_gram_SOURCES = tests/test_pls_gram.c
tests_test_pls_gram_CPPFLAGS = $(T_CPPFLAGS)
tests_test_pls_gram_LDADD = $(STATS_LDADD)
