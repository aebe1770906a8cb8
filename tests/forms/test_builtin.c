/* The questionnaires inside the program. */
#include "tests/forms/forms.h"

static struct pool pool;

static void
built_in_forms_are_the_files(void **state)
{
	struct form_builtin b;
	struct err err = { 0 };
	size_t n = 0;

	(void)state;
	for (; form_builtin_at(&b, n); n++) {
		const struct form *form = form_builtin_load(b.id, &pool, &err),
			*file = forms_load(b.id, &pool);

		assert_non_null(form);
		assert_string_equal(form->sha256, file->sha256);
		assert_string_equal(form->id, b.id);
		assert_int_equal(b.n, file->body_n);
		assert_int_equal(b.body[b.n], 0);
	}
	assert_int_equal(n, 3);
	pool_clear(&pool);
}

static void
a_form_that_is_not_built_in_is_named_with_those_that_are(void **state)
{
	struct form_builtin b = { .id = "before" };
	struct err err = { 0 };

	(void)state;
	assert_true(form_builtin_find(&b, "C"));
	assert_string_equal(b.id, "C");
	assert_false(form_builtin_find(&b, "D"));
	assert_false(form_builtin_find(&b, ""));
	b.id = "before";
	assert_false(form_builtin_at(&b, 3));
	assert_string_equal(b.id, "before");
	assert_null(form_builtin_load("D", &pool, &err));
	assert_int_equal(err.code, ERR_MISSING);
	assert_non_null(strstr(err.text, "A、B、C"));
	pool_clear(&pool);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(built_in_forms_are_the_files),
	cmocka_unit_test(a_form_that_is_not_built_in_is_named_with_those_that_are),
};

CHECK_MAIN(tests)
