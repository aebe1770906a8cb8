/* seal/proof.c: heads over what is stored, and rows that are no longer what their leaf says. */
#include "tests/db/tiny.h"

#include "base/json.h"
#include "db/row.h"
#include "ledger/leaf.h"
#include "seal/proof.h"

static const struct form *form;
static int64_t wave;

/* Answers [from, to), each with the leaf it must have. */
static void
answer(struct db *db, int from, int to)
{
	struct err err = { 0 };

	for (int i = from; i < to; i++) {
		char key[32];
		struct response_row row = db_row(wave, i, key);
		bool fresh;

		row.paradata = PARADATA_NONE;
		row_leaf(row.leaf, &row, "T-2024", form->sha256, "");
		leaf_receipt(row.receipt, row.leaf);
		assert_ok(db_put_responses(db, &row, &fresh, 1, &err));
	}
}

/* A database of five answers and a key beside it. */
static struct db *
ready(const char *name, const char **key, struct pool *pool)
{
	struct err err = { 0 };
	struct db *db = db_fresh(name);

	form = tiny("T", "1", "一", pool);
	wave = db_wave_of(db, form, 2024);
	answer(db, 0, 5);
	*key = pool_fmt(pool, "%s.key", db_path(name));
	assert_ok(head_key_make(*key, &err));
	return db;
}

static json_t *
verified(struct db *db, const char *key, bool ok, struct pool *pool)
{
	struct err err = { 0 };
	json_t *report = proof_verify(db, pool_fmt(pool, "%s.pub", key), pool, &err);

	if (report == NULL)
		fail_msg("%s", err.text);
	assert_int_equal(json_is_true(json_object_get(report, "ok")), ok);
	return report;
}

static void
a_head_is_signed_once_for_the_same_answers(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	const char *key;
	struct db *db = ready("head.db", &key, &pool);
	unsigned char public[32];
	struct head first, again;
	json_t *o;
	bool fresh;

	(void)state;
	assert_ok(proof_head(db, key, 28000000, &first, &fresh, public, &err));
	assert_true(fresh && first.size == 5);
	assert_true(head_verify(&first, public));
	assert_ok(proof_head(db, key, 28000009, &again, &fresh, NULL, &err));
	assert_false(fresh);
	assert_memory_equal(again.signature, first.signature, sizeof(first.signature));
	assert_int_equal(again.minute, 28000000);
	answer(db, 5, 6);
	assert_ok(proof_head(db, key, 28000010, &again, &fresh, NULL, &err));
	assert_true(fresh && again.size == 6);
	o = proof_head_json(&first);
	assert_int_equal(json_integer_value(json_object_get(o, "size")), 5);
	assert_int_equal(strlen(json_text_at(o, "signature")), 128);
	json_decref(o);
	json_decref(verified(db, key, true, &pool));
	assert_fails(proof_head(db, db_path("none.key"), 1, &first, &fresh, NULL, &err), ERR_IO);
	db_close(db);
	pool_clear(&pool);
}

static void
a_changed_row_is_named(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	const char *key;
	struct db *db = ready("changed.db", &key, &pool);
	struct head head;
	const json_t *changed;
	json_t *report;
	bool fresh;

	(void)state;
	assert_ok(proof_head(db, key, 28000000, &head, &fresh, NULL, &err));
	assert_int_equal(db_shell(db_path("changed.db"), "DROP TRIGGER response_fixed"), SQLITE_OK);
	assert_int_equal(db_shell(db_path("changed.db"),
		"UPDATE response SET weight = 2000000 WHERE id = 3"), SQLITE_OK);
	report = verified(db, key, false, &pool);
	changed = json_object_get(report, "changed");
	assert_int_equal(json_array_size(changed), 1);
	assert_int_equal(json_integer_value(json_array_get(changed, 0)), 3);
	/* The leaves are still those that were signed. */
	assert_true(json_is_true(
		json_object_get(json_array_get(json_object_get(report, "heads"), 0), "root_ok")));
	json_decref(report);
	db_close(db);
	pool_clear(&pool);
}

static void
another_key_or_a_missing_row_breaks_the_head(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	const char *key, *other = pool_strdup(&pool, db_path("other.key"));
	struct db *db = ready("gone.db", &key, &pool);
	struct head head;
	const json_t *of;
	json_t *report;
	bool fresh;

	(void)state;
	assert_ok(proof_head(db, key, 28000000, &head, &fresh, NULL, &err));
	assert_ok(head_key_make(other, &err));
	report = verified(db, other, false, &pool);
	of = json_array_get(json_object_get(report, "heads"), 0);
	assert_true(json_is_true(json_object_get(of, "root_ok")));
	assert_true(json_is_false(json_object_get(of, "signature_ok")));
	json_decref(report);
	assert_int_equal(db_shell(db_path("gone.db"),
		"DROP TRIGGER response_kept; DELETE FROM response WHERE id = 5"), SQLITE_OK);
	report = verified(db, key, false, &pool);
	of = json_array_get(json_object_get(report, "heads"), 0);
	assert_true(json_is_false(json_object_get(of, "root_ok")));
	assert_true(json_is_true(json_object_get(of, "signature_ok")));
	json_decref(report);
	assert_null(proof_verify(db, db_path("gone.db"), &pool, &err));	/* no public key */
	assert_int_equal(err.code, ERR_INPUT);
	db_close(db);
	pool_clear(&pool);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_head_is_signed_once_for_the_same_answers),
		cmocka_unit_test(a_changed_row_is_named),
		cmocka_unit_test(another_key_or_a_missing_row_breaks_the_head),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, db_folder_make, db_folder_drop);
}
