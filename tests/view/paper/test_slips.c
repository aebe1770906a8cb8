/* view/paper/slips.c: on a sheet of slips no two things meet, nothing leaves its
 * slip, no name is cut. */
#include "tests/view/paper/paper.h"

#include "view/paper/slips.h"

static struct slips
slips_of(const struct place *p, const struct form *form, struct extents *e)
{
	return (struct slips){ .base_url = p->base, .city = p->city, .agency = p->agency,
		.table_number = p->table, .approval = p->approval,
		.valid_until = p->table[0] != '\0' ? "2025-12-31" : "", .place = p->site,
		.until = "2026-12-31", .form = form, .english = true, .demo = true, .code = code,
		.n = sizeof(code) / sizeof(code[0]), .extents = e };
}

/* The slips: two columns of five, 10 mm from the edge of the sheet. */
static void
stays_on_its_slip(const struct extent *e)
{
	double x = 10 + (e->x > 105 ? 95 : 0), y = 10;

	while (y + 277 / 5. <= e->y)
		y += 277 / 5.;
	inside(e, x + 2, y + 2, 95 - 4, 277 / 5. - 4);
}

static void
slips_keep_apart(const struct slips *slips)
{
	struct text pdf = TEXT_INIT;
	struct err err = { 0 };
	const struct extents *e = slips->extents;

	if (slips_pdf(&pdf, slips, &err) != 0)
		fail_msg("form %s at %s: %s", slips->form->id, slips->place, err.text);
	text_clear(&pdf);
	assert_true(e->n >= slips->n * 6);
	nothing_meets(e);
	for (size_t i = 0; i < e->n; i++)
		stays_on_its_slip(&e->extent[i]);
	assert_true(says(e, slips->place) && says(e, texts_for(&slips->form->title, LANG_ZH)) &&
		says(e, "只能用一次"));
	assert_true(says(e, "MMMM-MMMM-MMMM") && says(e, "QQQQ-QQQQ-QQQQ"));
	assert_true(slips->approval[0] == '\0' || says(e, slips->approval));
}

static void
slips_of_every_form_keep_apart(void **state)
{
	static const char *const ids[] = { "A", "B", "C" };

	(void)state;
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		for (size_t k = 0; k < 12; k++) {
			struct extents e = { .pool = &pool };
			struct slips slips = slips_of(&places[i], load(ids[k % 3]), &e);

			slips.english = k < 6;
			slips.demo = k / 3 % 2;
			if (!slips.demo)
				slips.until = "";
			slips_keep_apart(&slips);
		}
}

static void
what_a_slip_cannot_hold_is_refused_by_name(void **state)
{
	struct slips slips = slips_of(&places[0], load("B"), NULL);
	struct text pdf = TEXT_INIT;
	struct err err = { 0 };

	(void)state;
	slips.place = repeated("很长的名字", 60);
	assert_int_equal(slips_pdf(&pdf, &slips, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_non_null(strstr(err.text, "很长的名字"));
	assert_int_equal(pdf.n, 0);
	text_clear(&pdf);
}

/* The line of English may make words smaller, but never keep a slip from being printed. */
static void
what_fits_in_chinese_fits_with_english(void **state)
{
	struct text pdf = TEXT_INIT;

	(void)state;
	for (size_t n = 10; n <= 90; n += 2) {
		struct slips slips = slips_of(&places[1], load("C"), NULL);
		struct err err = { 0 };

		slips.n = 1;
		slips.place = repeated("名", n);
		slips.english = false;
		if (slips_pdf(&pdf, &slips, &err) != 0)
			break;
		slips.english = true;
		if (slips_pdf(&pdf, &slips, &err) != 0)
			fail_msg("a name of %zu characters: %s", n, err.text);
	}
	text_clear(&pdf);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(slips_of_every_form_keep_apart),
		cmocka_unit_test(what_fits_in_chinese_fits_with_english),
		cmocka_unit_test(what_a_slip_cannot_hold_is_refused_by_name),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, done);
}
