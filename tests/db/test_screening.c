/* db/screening.c: rules registered once, before they are applied, and what they set aside. */
#include "tests/db/tiny.h"

#include "db/screening.h"

static void
a_rule_is_registered_once_with_the_answers_there_were(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("rule.db");
	int64_t wave = db_wave_of(db, tiny("T", "1", "一", &pool), 2024);
	int64_t other = db_wave_of(db, tiny("U", "1", "一", &pool), 2024);
	struct screening *rule;
	bool fresh;
	size_t n;

	(void)state;
	db_fill(db, wave, 0, 7);
	assert_ok(db_put_screening(db, wave, "straight", "1", "li", 28000000, &fresh, &err));
	assert_true(fresh);
	db_fill(db, wave, 7, 9);
	assert_ok(db_put_screening(db, wave, "fast", "2", "li", 28000001, &fresh, &err));
	assert_ok(db_put_screening(db, wave, "straight", "2", "wang", 28000002, &fresh, &err));
	assert_false(fresh);
	assert_ok(db_list_screening(db, wave, &rule, &n, &pool, &err));
	assert_int_equal(n, 2);
	assert_string_equal(rule[0].rule, "straight");
	assert_string_equal(rule[0].version, "1");
	assert_string_equal(rule[0].who, "li");
	assert_int_equal(rule[0].answers, 7);
	assert_int_equal(rule[1].answers, 9);
	assert_ok(db_list_screening(db, other, &rule, &n, &pool, &err));
	assert_int_equal(n, 0);
	assert_int_equal(db_put_screening(db, 99, "fast", "1", "li", 1, &fresh, &err), -1);
	db_close(db);
	pool_clear(&pool);
}

static void
what_was_set_aside_is_known_and_counted_by_rule(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("aside.db");
	int64_t wave = db_wave_of(db, tiny("T", "1", "一", &pool), 2024);
	struct exclusion_count *count;
	bool has;
	size_t n;

	(void)state;
	db_fill(db, wave, 0, 9);
	assert_ok(db_put_exclusion(db, 2, "fast", "1", "li", 28000000, &err));
	assert_ok(db_put_exclusion(db, 3, "fast", "1", "li", 28000000, &err));
	assert_ok(db_put_exclusion(db, 3, "straight", "1", "li", 28000000, &err));
	assert_ok(db_has_exclusion(db, 3, "straight", "1", &has, &err));
	assert_true(has);
	assert_ok(db_has_exclusion(db, 3, "straight", "2", &has, &err));
	assert_false(has);
	assert_ok(db_has_exclusion(db, 2, "straight", "1", &has, &err));
	assert_false(has);
	assert_ok(db_count_exclusions(db, wave, &count, &n, &pool, &err));
	assert_int_equal(n, 2);
	assert_string_equal(count[0].rule, "fast");
	assert_int_equal(count[0].n, 2);
	assert_int_equal(count[1].n, 1);
	db_close(db);
	pool_clear(&pool);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_rule_is_registered_once_with_the_answers_there_were),
		cmocka_unit_test(what_was_set_aside_is_known_and_counted_by_rule),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, db_folder_make, db_folder_drop);
}
