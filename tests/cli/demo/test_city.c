/* cli/demo/city.c: real townships, a poster of each form in every sector. */
#include "tests/support/check.h"

#include "cli/demo/city.h"

/* The list of 32 comes from the table of divisions, names and codes alike. */
static void
townships_are_the_real_ones(void **state)
{
	FILE *f = fopen(check_path("tests/data/townships.tsv"), "r");
	char line[128], code[16], name[64];
	int n = 0;

	(void)state;
	assert_non_null(f);
	assert_non_null(fgets(line, sizeof(line), f));
	while (fgets(line, sizeof(line), f) != NULL) {
		assert_int_equal(sscanf(line, "%15s %63s", code, name), 2);
		assert_true(n < DEMO_TOWNSHIPS);
		assert_string_equal(demo_township[n].code, code);
		assert_string_equal(demo_township[n].name, name);
		n++;
	}
	fclose(f);
	assert_int_equal(n, DEMO_TOWNSHIPS);
}

static void
every_sector_has_five_sites_and_posters_of_each_form(void **state)
{
	int count[DEMO_SECTORS + 1][3] = { { 0 } };

	(void)state;
	for (int i = 0; i < DEMO_SITES; i++)
		count[demo_site[i].sector][demo_site[i].form[0] - 'A']++;
	for (int s = 1; s <= DEMO_SECTORS; s++) {
		assert_int_equal(count[s][0], 2);
		assert_int_equal(count[s][1], 2);
		assert_int_equal(count[s][2], 1);
	}
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(townships_are_the_real_ones),
	cmocka_unit_test(every_sector_has_five_sites_and_posters_of_each_form),
};

CHECK_MAIN(tests)
