/* Places among peers. */
#include "tests/plan/plan.h"

#include "plan/peers.h"

/* Far apart: nobody doubts the order. */
static void
peers_far_apart_have_their_places(void **state)
{
	const struct plan_peers peers = { .path = put("p.csv",
		"name,score,se,n\n甲市,70,0.1,400\n乙市,90,0.1,500\n丙市,80,0.1,600\n") };
	const struct rank_options o = { .top = 1, .draws = 500 };
	json_t *said = plan_rank(&peers, &o, &pool, &err);

	(void)state;
	assert_non_null(said);
	assert_string_equal(json_text_at(row_of(said, 0), "name"), "甲市");
	for (size_t i = 0; i < 3; i++) {
		static const double place[] = { 3, 1, 2 };

		assert_close(number_of(said, i, "rank"), place[i], 0);
		assert_close(number_of(said, i, "low"), place[i], 0);
		assert_close(number_of(said, i, "high_simultaneous"), place[i], 0);
	}
	assert_close(number_of(said, 1, "p_top"), 1, 1e-12);
	assert_close(number_of(said, 2, "n"), 600, 0);
	assert_close(json_number_at(said, "level"), 0.95, 0);
	assert_close(json_number_at(said, "draws"), 500, 0);
	json_decref(said);
}

/* Equal scores that cannot be told apart share the better place and may be anywhere. */
static void
peers_that_are_alike_may_be_anywhere(void **state)
{
	static const char *const name[] = { "a", "b" };
	static const double score[] = { 80, 80 }, cov[] = { 4, 0, 0, 4 };
	const struct plan_scores f = { .n = 2, .name = name, .score = score };
	json_t *said =
		plan_rank_scores(&f, cov, &(struct rank_options){ .draws = 500 }, &pool, &err);

	(void)state;
	assert_non_null(said);
	for (size_t i = 0; i < 2; i++) {
		assert_close(number_of(said, i, "rank"), 1, 0);
		assert_close(number_of(said, i, "low"), 1, 0);
		assert_close(number_of(said, i, "high"), 2, 0);
		assert_close(number_of(said, i, "se"), 2, 1e-15);	/* from the covariances */
	}
	assert_true(json_is_null(json_object_get(said, "top")));
	json_decref(said);
}

static void
what_is_missing_of_a_peer_is_named(void **state)
{
	static const struct { const char *file, *vcov, *part; } bad[] = {
		{ "name,score,se\n甲市,70,0.1\n乙市,,0.1\n", NULL, "乙市" },
		{ "name,score,se\n甲市,70,-1\n", NULL, "甲市" },
		{ "name,score\n甲市,70\n", NULL, "se" }, { "score,se\n70,1\n", NULL, "name" },
		{ "name,score,se\n甲市,x,1\n", NULL, "score" },
		{ "name,score\na,1\nb,2\n", "1,0\n0,1\n0,1\n", "第 3 行" },
		{ "name,score\na,1\nb,2\n", "1,0\n", "2" },
		{ "name,score\na,1\nb,2\n", "a,b\na,1,0\nb,1\n", "第 3 行" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct plan_peers peers = { .path = put("p.csv", bad[i].file),
			.vcov = bad[i].vcov != NULL ? put("v.csv", bad[i].vcov) : NULL };

		err = (struct err){ 0 };
		assert_null(plan_rank(&peers, &(struct rank_options){ .draws = 100 }, &pool, &err));
		if (strstr(err.text, bad[i].part) == NULL)
			fail_msg("%zu: %s", i, err.text);
	}
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_teardown(peers_far_apart_have_their_places, teardown),
	cmocka_unit_test_teardown(peers_that_are_alike_may_be_anywhere, teardown),
	cmocka_unit_test_teardown(what_is_missing_of_a_peer_is_named, teardown),
};

CHECK_MAIN(tests)
