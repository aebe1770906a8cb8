/* view/poster: on paper no two things meet, nothing leaves its sheet, no name is cut. */
#include "tests/view/paper/paper.h"

#include "view/paper/poster.h"

static struct poster
poster_of(const struct place *p, const struct form *form, bool demo)
{
	return (struct poster){ .base_url = p->base, .code = "7K3M9P", .site_name = p->site,
		.window = p->window, .city = p->city, .agency = p->agency, .table_number = p->table,
		.approval = p->approval, .valid_until = "2025-12-31", .form = form, .demo = demo };
}

static void
posters_of_every_form_keep_apart(void **state)
{
	static const char *const ids[] = { "A", "B", "C" };

	(void)state;
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		for (size_t k = 0; k < 6; k++) {
			struct extents e = { .pool = &pool };
			struct poster poster = poster_of(&places[i], load(ids[k % 3]), k < 3);
			struct text pdf = TEXT_INIT;
			struct err err = { 0 };

			poster.extents = &e;
			if (poster_pdf(&pdf, &poster, 1, &err) != 0)
				fail_msg("%s: %s", poster.site_name, err.text);
			text_clear(&pdf);
			nothing_meets(&e);
			for (size_t n = 0; n < e.n; n++)
				inside(&e.extent[n], 5, 1, SHEET_W - 10, SHEET_H - 2);
			assert_true(says(&e, poster.site_name) && says(&e, poster.window) &&
				says(&e, "不要密码") && says(&e, "7K3M9P"));
		}
}

static void
what_a_poster_cannot_hold_is_refused_by_name(void **state)
{
	struct poster poster = poster_of(&places[0], load("B"), false);
	struct text pdf = TEXT_INIT;
	struct err err = { 0 };

	(void)state;
	poster.window = repeated("很长的窗口", 30);
	assert_int_equal(poster_pdf(&pdf, &poster, 1, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_non_null(strstr(err.text, "很长的窗口"));
	assert_int_equal(pdf.n, 0);
	text_clear(&pdf);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(posters_of_every_form_keep_apart),
		cmocka_unit_test(what_a_poster_cannot_hold_is_refused_by_name),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, done);
}
