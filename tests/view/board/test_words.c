/* Every page of the officials is in the words that officials use. */
#include "tests/view/board_pages.h"
#include "tests/view/board/words.h"
#include "view/board/words.h"

static void
read_page(const char *name, char *html)
{
	char *text = markup_text(html, true);

	assert_readable(name, text);
	free(text);
	free(html);
}

static void
each_row_is_in_office_words(void **state)
{
	(void)state;
	for (int lang = 0; lang < LANG_MAX; lang++)
		for (size_t i = 0; i < city.tracker.rows; i++) {
			const char *id = city.tracker.row[i].indicator->id;

			read_page(id, indicator((enum lang)lang, id));
		}
}

static void
the_board_and_each_departments_are_in_office_words(void **state)
{
	struct pool pool = POOL_INIT;
	const char **name;
	size_t n = track_departments(&city.tracker, &name, &pool);

	(void)state;
	for (int lang = 0; lang < LANG_MAX; lang++) {
		read_page("board", board((enum lang)lang, NULL, -1));
		for (size_t i = 0; i < n; i++)
			read_page(name[i], board((enum lang)lang, name[i], -1));
	}
	pool_clear(&pool);
}

static void
the_public_page_is_in_office_words(void **state)
{
	char *html;

	(void)state;
	for (int lang = 0; lang < LANG_MAX; lang++)
		read_page("public",
			public_page((enum lang)lang, city.published, FIXTURE_PUBLISHED));
	html = public_page(LANG_ZH, city.published, FIXTURE_PUBLISHED);
	assert_non_null(strstr(html, "城市服务业满意度连续 3 年提高"));
	assert_non_null(strstr(html, "消费者投诉率低于全国平均水平"));
	free(html);
	html = public_page(LANG_EN, city.published, FIXTURE_PUBLISHED);
	assert_non_null(strstr(html,
		"Satisfaction with the city’s services rises 3 years in a row"));
	assert_non_null(strstr(html, "Services improve and customer satisfaction rises"));
	free(html);
}

static void
every_word_of_ours_is_an_offices(void **state)
{
	(void)state;
	for (int w = 0; w < WORD_MAX; w++)
		assert_readable(board_word((enum word)w, LANG_EN),
			board_word((enum word)w, LANG_ZH));
}

/* Titles, chapters, clauses and departments are English on an English page; Chinese is left
 * where it is verbatim. */
static void
an_english_board_is_english(void **state)
{
	char *html = board(LANG_EN, NULL, -1);

	(void)state;
	assert_non_null(strstr(html, "Rising satisfaction with services"));
	assert_non_null(strstr(html, "Commerce Bureau"));
	for (size_t i = 0; i < city.tracker.rows; i++) {
		assert_null(strstr(html, city.tracker.row[i].indicator->title));
		assert_null(strstr(html, city.tracker.row[i].indicator->chapter_title));
	}
	free(html);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_row_is_in_office_words),
		cmocka_unit_test(the_board_and_each_departments_are_in_office_words),
		cmocka_unit_test(the_public_page_is_in_office_words),
		cmocka_unit_test(every_word_of_ours_is_an_offices),
		cmocka_unit_test(an_english_board_is_english),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
