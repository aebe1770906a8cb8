/* seal/sealed.c: the files of a published figure, and what they do not hold. */
#include "tests/seal/city.h"

#include "base/sha256.h"
#include "seal/sealed.h"

static void
its_rows_are_in_the_order_of_their_text_with_their_hash(void **state)
{
	struct db *db = seal_open();
	struct published_row row;
	struct sealed s;
	char hex[65];
	const char *last = NULL;
	size_t lines = 0;

	(void)state;
	seal_wave(db, 2024);
	must(seal_publish(&row, db, "43", 2024, oops));
	must(sealed_make(&s, db, &row, &city_pool, oops));
	assert_int_equal(s.n, SEAL_PEOPLE);
	sha256_hex(hex, text_str(&s.rows), s.rows.n);
	assert_string_equal(s.rows_sha256, hex);
	assert_non_null(strstr(row.provenance, hex));
	for (char *p = strchr(text_str(&s.rows), '\n') + 1; *p != '\0'; lines++) {
		char *line = p;

		p = strchr(p, '\n');
		*p++ = '\0';
		assert_true(last == NULL || strcmp(last, line) <= 0);
		last = line;
	}
	assert_int_equal(lines, SEAL_PEOPLE);
	assert_true(s.figures > 0);
	assert_non_null(strstr(text_str(&s.script), "library(survey)"));
	assert_int_equal(s.margins.n, 0);
	sealed_clear(&s);
	seal_close(db);
}

static void
nothing_in_it_leads_to_a_person(void **state)
{
	static const char *const secret[] = { "key", "receipt", "minute", "seconds",
		"leaf", "client" };
	struct db *db = seal_open();
	struct published_row row;
	struct sealed s;

	(void)state;
	seal_wave(db, 2024);
	must(seal_publish(&row, db, "43", 2024, oops));
	must(sealed_make(&s, db, &row, &city_pool, oops));
	*strchr(text_str(&s.rows), '\n') = '\0';
	for (size_t i = 0; i < sizeof(secret) / sizeof(secret[0]); i++)
		if (strstr(text_str(&s.rows), secret[i]) != NULL)
			fail_msg("%s is a column: %s", secret[i], text_str(&s.rows));
	assert_non_null(strstr(text_str(&s.rows), "weight"));
	sealed_clear(&s);
	seal_close(db);
}

static void
what_comes_later_is_no_part_of_it(void **state)
{
	struct db *db = seal_open();
	struct published_row row;
	struct sealed before, after;
	struct wave wave = seal_wave(db, 2024);
	json_t *was, *is;

	(void)state;
	was = sealed_inputs(db, &city_pool, NULL);
	must(seal_publish(&row, db, "43", 2024, oops));
	must(sealed_make(&before, db, &row, &city_pool, oops));
	four_put(db, city_form(db, "A"), wave.id, 1, 1);
	must(db_put_exclusion(db, 1, "fast", "1", "li", 28600000, oops));
	must(sealed_make(&after, db, &row, &city_pool, oops));
	assert_string_equal(before.rows_sha256, after.rows_sha256);
	is = sealed_inputs(db, &city_pool, NULL);
	assert_int_equal(json_integer_value(json_object_get(was, "last_response")), SEAL_PEOPLE);
	assert_int_equal(json_integer_value(json_object_get(is, "last_response")), SEAL_PEOPLE + 1);
	assert_int_equal(json_integer_value(json_object_get(is, "last_exclusion")), 1);
	json_decref(was);
	json_decref(is);
	sealed_clear(&before);
	sealed_clear(&after);
	seal_close(db);
}

static void
a_figure_without_its_inputs_is_refused(void **state)
{
	struct db *db = seal_open();
	struct published_row row;
	struct sealed s;
	struct err err = { 0 };

	(void)state;
	seal_wave(db, 2024);
	must(seal_publish(&row, db, "43", 2024, oops));
	row.provenance = "{}";
	assert_int_equal(sealed_make(&s, db, &row, &city_pool, &err), -1);
	assert_int_equal(err.code, ERR_REFUSED);
	seal_close(db);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(its_rows_are_in_the_order_of_their_text_with_their_hash),
	cmocka_unit_test(nothing_in_it_leads_to_a_person),
	cmocka_unit_test(what_comes_later_is_no_part_of_it),
	cmocka_unit_test(a_figure_without_its_inputs_is_refused),
};

CHECK_MAIN(tests)
