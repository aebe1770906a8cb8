/* Several answers in one cell. */
#include "tests/support/check.h"

#include "base/part.h"

static void
every_mark_parts_and_nothing_else_does(void **state)
{
	static const char *const mark[] = { " ", ";", ",", "|", "/", "\t", "、", "；", "，", "｜",
		"／", "\u3000", "\u00a0" };
	static const char *const none[] = { "", "a", "-", ".", ":", "。", "_", "\n", "满" };

	(void)state;
	for (size_t i = 0; i < sizeof(mark) / sizeof(mark[0]); i++) {
		char s[16];

		snprintf(s, sizeof(s), "%sx", mark[i]);
		assert_int_equal(part_mark(s), strlen(mark[i]));
	}
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		assert_int_equal(part_mark(none[i]), 0);
}

static void
the_parts_of_a_cell_come_in_order_and_empty_ones_never(void **state)
{
	static const struct { const char *cell, *parts; } row[] = {
		{ "", "" }, { "a", "[a]" }, { "a b", "[a][b]" }, { "、a，，b； ", "[a][b]" },
		{ " ;,|/", "" }, { "12345、网站/现场", "[12345][网站][现场]" },
		{ "a-b c.d", "[a-b][c.d]" }, { "满意\u3000不满意", "[满意][不满意]" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		const char *rest = row[i].cell, *part;
		char got[64] = "";
		size_t n;

		while ((part = part_next(&rest, &n)) != NULL)
			snprintf(got + strlen(got), sizeof(got) - strlen(got), "[%.*s]",
				(int)n, part);
		assert_string_equal(got, row[i].parts);
		assert_null(part_next(&rest, &n));	/* and so it stays */
	}
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(every_mark_parts_and_nothing_else_does),
	cmocka_unit_test(the_parts_of_a_cell_come_in_order_and_empty_ones_never),
};

CHECK_MAIN(tests)
