/* view/board/tile.c: a row of the tracker as a tile and as a line. */
#include "tests/view/board_pages.h"
#include "view/board/words.h"

static void
every_tile_has_number_shape_word_and_evidence_mark(void **state)
{
	char *html = board(LANG_ZH, NULL, -1), *tile = html;
	size_t tiles = 0;

	(void)state;
	while ((tile = strstr(tile + 1, "<a class=\"tile is-")) != NULL) {
		char name[16], want[256], *end = strstr(tile, "</a>");
		const char *shape;

		sscanf(tile, "<a class=\"tile is-%15[a-z]", name);
		*end = '\0';
		snprintf(want, sizeof(want), "<use href=\"#%s\"/></svg><span>", name);
		shape = strstr(tile, want);
		assert_non_null(shape);
		assert_true(has_chinese(shape));
		assert_non_null(strstr(tile, "<use href=\"#file-"));
		assert_non_null(strstr(tile, "<span class=\"tip\">"));
		*end = '<';
		tiles++;
	}
	assert_int_equal(tiles, 52);
	free(html);
}

static void
all_fifty_two_titles_stand_in_the_list_verbatim(void **state)
{
	char *html = board(LANG_ZH, NULL, -1), *text = markup_text(strstr(html,
		"<table class=\"list"), true);

	(void)state;
	for (size_t i = 0; i < city.tracker.rows; i++)
		assert_non_null(strstr(text, city.tracker.row[i].indicator->title));
	assert_int_equal(markup_count(html, "scope=\"rowgroup\""), 10);
	free(text);
	free(html);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_tile_has_number_shape_word_and_evidence_mark),
		cmocka_unit_test(all_fifty_two_titles_stand_in_the_list_verbatim),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
