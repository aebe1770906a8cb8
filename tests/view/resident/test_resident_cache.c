/* A form page whose parts are kept is byte for byte the page made anew. */
#include "tests/view/resident/resident_page.h"

/* The page as it comes with that cache; in the pool. */
static const char *
made(struct resident_form *page, struct resident_cache *cache)
{
	page->cache = cache;
	text_reset(&out);
	resident_form(&out, page);
	return pool_strndup(&pool, out.s, out.n);
}

static void
compare(struct resident_form *page, struct resident_cache *cache)
{
	const char *anew = made(page, NULL);

	assert_string_equal(made(page, cache), anew);
	assert_string_equal(made(page, cache), anew);
	pool_clear(&pool);
}

/* Every key has its own order and turn of levels; all share one cache. */
static void
compare_all(const char *id)
{
	static struct pool forms;
	struct resident_cache *cache = resident_cache_new();
	struct pool keep = pool;
	const struct form *form;
	char key[32];

	pool = forms;
	form = load(id);
	forms = pool;		/* outlives the pages, which take their own pool each */
	pool = keep;
	for (int i = 0; i < 160; i++) {
		struct resident_form page = page_of(form, i & 1 ? LANG_EN : LANG_ZH);
		int by = form->variant_by != NULL ? form_item(form, form->variant_by) : -1;

		snprintf(key, sizeof(key), "0123456789abcdef%d", i / 8);
		page.key = key;
		page.started += i;
		page.frame.elder = i & 2;
		page.ticket = i & 4;
		page.open = i % 3 == 0;
		page.site_name = i % 5 != 0 ? "瓦房店市政务服务中心" : "另一处";
		page.sector = by >= 0 && i % 3 != 0 ?
			form->item[by].choice[(size_t)i % form->item[by].choices].name : NULL;
		compare(&page, cache);
	}
	resident_cache_free(cache);
	pool_clear(&forms);
}

static void
pages_from_kept_parts_are_the_pages_made_anew(void **state)
{
	(void)state;
	compare_all("A");
	compare_all("B");
	compare_all("C");
}

static void
what_was_typed_never_comes_from_a_kept_part_nor_into_one(void **state)
{
	struct resident_cache *cache = resident_cache_new();
	struct resident_form page = page_of(load("B"), LANG_ZH);
	static const char typed[] = "level=1&text=%E7%A7%81%E4%BA%8B";
	struct answers answers;
	const char *clean, *mine;

	(void)state;
	assert_int_equal(answers_parse(&answers, typed, strlen(typed), &pool, NULL), 0);
	page.typed = &answers;
	mine = made(&page, cache);
	assert_shows(mine, "私事");
	page.typed = NULL;
	clean = made(&page, cache);
	assert_hides(clean, "私事");
	page.typed = &answers;
	assert_string_equal(made(&page, cache), mine);
	resident_cache_free(cache);
	pool_clear(&pool);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(pages_from_kept_parts_are_the_pages_made_anew),
	cmocka_unit_test(what_was_typed_never_comes_from_a_kept_part_nor_into_one),
};

int
main(void)
{
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, pages_done);
}
