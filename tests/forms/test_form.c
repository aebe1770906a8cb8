/* Looking things up in a form. */
#include "tests/forms/forms.h"
#include "tests/forms/pool.h"

static void
labels_follow_the_sector(void **state)
{
	const struct form *form = forms_load("A", &pool);
	const struct item *item = forms_item(form, "q_s2"), *sat = forms_item(form, "sat");

	(void)state;
	assert_string_equal(item->sector_label, "q_s2");
	assert_null(sat->sector_label);
	assert_string_equal(texts_for(form_label(form, item, "S04"), LANG_ZH),
		"明码标价做得怎么样？");
	assert_string_equal(texts_for(form_label(form, item, "S77"), LANG_ZH),
		texts_for(&item->label, LANG_ZH));
	assert_string_equal(texts_for(form_label(form, item, NULL), LANG_EN),
		texts_for(&item->label, LANG_EN));
	assert_string_equal(texts_for(form_label(form, sat, "S04"), LANG_ZH),
		texts_for(&sat->label, LANG_ZH));
}

static void
choices_are_found_by_name_and_by_code(void **state)
{
	const struct form *form = forms_load("A", &pool);
	const struct item *sector = forms_item(form, "sector"), *town = forms_item(form, "town");

	(void)state;
	assert_int_equal(form_item(form, "nosuch"), -1);
	assert_int_equal(form_choice(sector, "S03")->code, -3);
	assert_int_equal(form_choice(sector, "98")->code, 98);
	assert_null(form_choice(sector, "S3"));
	assert_string_equal(texts_for(&form_choice_code(town, 210281113)->label, LANG_ZH),
		"红沿河镇");
	assert_string_equal(form_choice_code(town, 97)->name, "97");
	assert_null(form_choice_code(town, 5));
}

static void
indices_are_found_by_name(void **state)
{
	const struct form *form = forms_load("C", &pool);

	(void)state;
	assert_string_equal(form_index(form, "product")->name, "product");
	assert_true(form_index(form, "product")->items > 0);
	assert_null(form_index(form, "products"));
	assert_null(form_index(form, ""));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(labels_follow_the_sector),
		cmocka_unit_test(choices_are_found_by_name_and_by_code),
		cmocka_unit_test(indices_are_found_by_name),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, clear_pool);
}
