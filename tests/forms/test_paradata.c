/* How an answer was filled in: coarse, and nothing beyond its range. */
#include "tests/forms/forms.h"

#include "forms/paradata.h"

static void
seconds_are_cut_to_what_cannot_be_looked_up(void **state)
{
	static const struct { int64_t is, kept; } took[] = { { -1, -1 }, { -9, -1 }, { 0, 0 },
		{ 4, 0 }, { 5, 5 }, { 119, 115 }, { 120, 120 }, { 134, 120 }, { 135, 135 },
		{ 599, 585 }, { 601, 600 }, { 3599, 3540 }, { 3600, 3600 }, { 86400, 3600 } };

	(void)state;
	for (size_t i = 0; i < sizeof(took) / sizeof(took[0]); i++)
		assert_int_equal(paradata_seconds(took[i].is), took[i].kept);
}

static void
nothing_beyond_its_range_is_valid(void **state)
{
	static const char *const word[] = { "", "phone", "tablet", "desktop", "wechat",
		"other", NULL };
	static const struct paradata good[] = { { -1, -1, -1, 0, "" }, { 99, 64, 9, 3, "other" },
		{ 0, 0, 0, 0, NULL } },
		bad[] = { { 100, 0, 0, 0, "" }, { -2, 0, 0, 0, "" }, { 0, 65, 0, 0, "" },
		{ 0, -2, 0, 0, "" }, { 0, 0, 10, 0, "" }, { 0, 0, -2, 0, "" }, { 0, 0, 0, 4, "" },
		{ 0, 0, 0, -1, "" }, { 0, 0, 0, 0, "iPhone 15" }, { 0, 0, 0, 0, "Phone" } };

	(void)state;
	assert_true(paradata_valid(&PARADATA_NONE));
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_true(paradata_valid(&good[i]));
	for (size_t i = 0; i < sizeof(word) / sizeof(word[0]); i++)
		assert_true(paradata_valid(&(struct paradata){ .client = word[i] }));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (paradata_valid(&bad[i]))
			fail_msg("case %zu is valid", i);
}

/* The words in the header, which every leaf with them holds. */
static void
its_text_is_that_of_the_leaf_and_none_is_nothing(void **state)
{
	struct text t = TEXT_INIT;

	(void)state;
	paradata_put(&t, &PARADATA_NONE);
	assert_string_equal(text_str(&t), "");
	paradata_put(&t, &(struct paradata){ .screens = 5, .dont_know = 2, .client = "phone" });
	assert_string_equal(text_str(&t), "screens=5 dont_know=2 resends=0 client=phone rush=0");
	text_reset(&t);
	paradata_put(&t, &(struct paradata){ .screens = -1, .dont_know = -1, .resends = -1,
		.rush = RUSH_SITE });
	assert_string_equal(text_str(&t), "screens=-1 dont_know=-1 resends=-1 client= rush=2");
	text_clear(&t);
}

static void
dont_knows_are_counted_in_the_answers(void **state)
{
	struct pool pool = POOL_INIT;
	const struct form *form = forms_load("A", &pool);
	struct issue issue[ISSUES_MAX];
	struct response r;

	(void)state;
	assert_int_equal(forms_submit(form, &r, issue,
		"sector=S01&sat=98&q_s1=98", 25, NULL, &pool), 0);
	assert_int_equal(paradata_dont_know(&r), 2);
	assert_int_equal(forms_submit(form, &r, issue, "sector=S01&sat=9", 16, NULL, &pool), 0);
	assert_int_equal(paradata_dont_know(&r), 0);
	pool_clear(&pool);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(seconds_are_cut_to_what_cannot_be_looked_up),
	cmocka_unit_test(nothing_beyond_its_range_is_valid),
	cmocka_unit_test(its_text_is_that_of_the_leaf_and_none_is_nothing),
	cmocka_unit_test(dont_knows_are_counted_in_the_answers),
};

CHECK_MAIN(tests)
