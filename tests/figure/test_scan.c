/* The scanner of stored answers: what forms store is read, nothing else, and no damage harms. */
#include "tests/support/check.h"

#include "tests/track/city.h"
#include "figure/scan.h"

static void
the_scanner_reads_what_forms_store(void **state)
{
	struct db *db = city_open();
	const struct form *form = city_form(db, "C");
	const struct scan *scan = scan_make(form, &city_pool);
	uint8_t code[FORM_ITEMS_MAX];
	struct scan_set set[FORM_ITEMS_MAX];
	struct scan_text text[FORM_ITEMS_MAX];
	struct city_value v[] = {
		{ "P", "10" }, { "E", "98" }, { "S", "99" }, { "unaided", "\"a\\\"b\\u4e2d\"" },
		{ "aided", "[12315, 12365,\"none\"]" }, { "town", "210281212" },
	};
	int unaided = form_item(form, "unaided"), town = form_item(form, "town"),
		p = form_item(form, "P"), aided = form_item(form, "aided");
	char out[16];
	size_t n;

	(void)state;
	assert_int_equal(scan_row(scan, city_answers(form, v, 6), code, set, text), 0);
	assert_string_equal(form->item[p].choice[code[p]].name, "10");
	assert_int_equal(code[form_item(form, "E")], SCAN_DONT_KNOW);
	assert_int_equal(code[form_item(form, "S")], SCAN_SKIPPED);
	assert_int_equal(code[form_item(form, "N")], SCAN_NONE);
	assert_int_equal(code[aided], 0);
	assert_int_equal(set[aided].bit[0], 1 | 4 | 64);
	assert_int_equal(set[aided].bit[1], 0);
	assert_string_equal(form->item[town].choice[code[town]].name, "210281212");
	assert_int_equal(code[unaided], 0);
	n = scan_unescape(out, sizeof(out), text[unaided]);
	out[n] = '\0';
	assert_string_equal(out, "a\"b中");
	city_close(db);
}

static void
the_scanner_refuses_what_is_not_the_forms(void **state)
{
	struct db *db = city_open();
	const struct form *form = city_form(db, "C");
	const struct scan *scan = scan_make(form, &city_pool);
	static const struct city_value bad[] = {
		{ "P", "11" }, { "P", "\"x\"" }, { "P", "1.5" }, { "P", "[1]" }, { "P", "-1" },
		{ "P", "true" }, { "P", "" }, { "P", "1 1" }, { "aided", "5" }, { "aided", "[5]" },
		{ "aided", "[12315" }, { "aided", "[12315 12345]" }, { "aided", "[98]" },
		{ "town", "210281999" }, { "unaided", "\"x" },
		{ "town", "2102812120000000000" },
	};
	static const char *const broken[] = { "", "[", "[]", "{}", "null", "[1,2]" };
	uint8_t code[FORM_ITEMS_MAX];
	char *json;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (scan_row(scan, city_answers(form, &bad[i], 1), code, NULL, NULL) == 0)
			fail_msg("%s = %s was read", bad[i].name, bad[i].json);
	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++)
		assert_int_equal(scan_row(scan, broken[i], code, NULL, NULL), -1);
	json = pool_strdup(&city_pool, city_answers(form, NULL, 0));
	assert_int_equal(scan_row(scan, json, code, NULL, NULL), 0);
	assert_int_equal(scan_row(scan, pool_fmt(&city_pool, "%s ", json), code, NULL, NULL), 0);
	assert_int_equal(scan_row(scan, pool_fmt(&city_pool, "%s]", json), code, NULL, NULL), -1);
	json[strlen(json) - 1] = ',';
	assert_int_equal(scan_row(scan, json, code, NULL, NULL), -1);
	city_close(db);
}

/* Every prefix of a good row, and every row with one byte changed, is read or
 * refused without harm. */
static void
damaged_rows_do_no_harm(void **state)
{
	struct db *db = city_open();
	const struct form *form = city_form(db, "C");
	const struct scan *scan = scan_make(form, &city_pool);
	struct city_value v[] = { { "P", "10" }, { "unaided", "\"\\u4e2d\\ud83d\\ude00\\\"\"" },
		{ "aided", "[12315]" } };
	char *good = pool_strdup(&city_pool, city_answers(form, v, 3)), *bad, out[64];
	struct scan_text text[FORM_ITEMS_MAX];
	uint8_t code[FORM_ITEMS_MAX];
	int unaided = form_item(form, "unaided");
	size_t n = strlen(good);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		/* exactly as long, so that a sanitizer sees a byte too far */
		bad = malloc(i + 1);
		memcpy(bad, good, i);
		bad[i] = '\0';
		assert_int_equal(scan_row(scan, bad, code, NULL, text), -1);
		free(bad);
	}
	for (size_t i = 0; i < 20000; i++) {
		bad = malloc(n + 1);
		memcpy(bad, good, n + 1);
		bad[city_below((int)n)] = (char)city_below(256);
		if (scan_row(scan, bad, code, NULL, text) == 0 && code[unaided] == 0)
			assert_true(scan_unescape(out, sizeof(out), text[unaided]) <= sizeof(out));
		free(bad);
	}
	city_close(db);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(the_scanner_reads_what_forms_store),
	cmocka_unit_test(the_scanner_refuses_what_is_not_the_forms),
	cmocka_unit_test(damaged_rows_do_no_harm),
};

CHECK_MAIN(tests)
