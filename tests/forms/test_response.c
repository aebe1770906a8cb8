/* Responses written down and read back. */
#include "base/json.h"
#include "tests/forms/forms.h"
#include "tests/forms/pool.h"

static const struct form *form[3];

static struct response
accepted(const struct form *f, const char *body, size_t n, struct pool *p)
{
	struct issue issue[ISSUES_MAX];
	struct response r;

	if (forms_submit(f, &r, issue, body, n, NULL, p) > 0)
		fail_msg("%s: %s %s", body, issue[0].name, issue_name(issue[0].code));
	return r;
}

static void
check_same(const struct response *a, const struct response *b)
{
	assert_true(a->form == b->form);
	assert_int_equal(a->flagged, b->flagged);
	assert_int_equal(a->work_order, b->work_order);
	for (size_t i = 0; i < a->form->items; i++) {
		const struct value *x = &a->value[i], *y = &b->value[i];

		assert_int_equal(x->state, y->state);
		assert_ptr_equal(x->choice, y->choice);
		assert_int_equal(x->count, y->count);
		for (size_t k = 0; k < x->count; k++)
			assert_ptr_equal(x->many[k], y->many[k]);
		assert_int_equal(x->text == NULL, y->text == NULL);
		if (x->text != NULL)
			assert_string_equal(x->text, y->text);
	}
}

/* Any accepted response, written and read, is itself; the bytes are valid JSON
 * and always the same. */
static void
what_is_written_reads_back(void **state)
{
	struct text body = TEXT_INIT, out = TEXT_INIT, again = TEXT_INIT;
	uint64_t random = 20240512;

	(void)state;
	for (int i = 0; i < 3000; i++) {
		const struct form *f = form[i % 3];
		struct pool p = POOL_INIT;
		struct err err = { 0 };
		struct response r, back;
		json_t *json;

		forms_honest(&body, f, &random);
		r = accepted(f, text_str(&body), body.n, &p);
		text_reset(&out);
		text_reset(&again);
		response_put_json(&out, &r);
		json = json_loads(out.s, 0, NULL);	/* jansson's own opinion */
		assert_non_null(json);
		assert_int_equal(json_array_size(json), f->items);
		json_decref(json);
		if (response_from_json(&back, f, out.s, &p, &err) != 0)
			fail_msg("%s: %s", out.s, err.text);
		check_same(&r, &back);
		assert_null(back.phone);
		response_put_json(&again, &back);
		assert_string_equal(out.s, again.s);
		pool_clear(&p);
	}
	text_clear(&body);
	text_clear(&out);
	text_clear(&again);
}

static void
the_order_of_sending_does_not_show(void **state)
{
	static const char *const bodies[] = {
		"resid=1&aided=12315&aided=month&sex=2&T=8",
		"T=8&aided=month&sex=2&aided=12315&resid=1",
	};
	struct text out[2] = { TEXT_INIT, TEXT_INIT };

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct response r = accepted(form[2], bodies[i], strlen(bodies[i]), &pool);

		response_put_json(&out[i], &r);
	}
	assert_string_equal(out[0].s, out[1].s);
	text_clear(&out[0]);
	text_clear(&out[1]);
}

static void
each_kind_has_its_own_shape(void **state)
{
	static const char body[] =
		"level=2&reason=30&reason=21&matter=98&text=%22a%5Cb%22%0Ac%E6%BB%A1&prompted=2"
		"&callback=1&town=210281113";
	struct response r = accepted(form[1], body, sizeof(body) - 1, &pool);
	struct text out = TEXT_INIT;

	(void)state;
	response_put_json(&out, &r);
	assert_string_equal(out.s,
		"[2,[21,30],98,\"\\\"a\\\\b\\\"\\nc满\",2,1,null,99,99,210281113]");
	text_clear(&out);
}

static void
sectors_are_stored_by_name(void **state)
{
	struct response r = accepted(form[0], "sector=S07", 10, &pool);
	struct text out = TEXT_INIT;

	(void)state;
	response_put_json(&out, &r);
	assert_int_equal(strncmp(out.s, "[\"S07\",99,", 10), 0);
	text_clear(&out);
}

static int
read_b(struct response *r, const char *json)
{
	struct err err = { 0 };
	int rc = response_from_json(r, form[1], json, &pool, &err);

	assert_int_equal(err.code, rc != 0 ? ERR_INPUT : ERR_NONE);
	if (rc != 0)
		assert_true(r->form == NULL && r->value == NULL);
	return rc;
}

static void
white_space_and_escapes_are_json(void **state)
{
	struct response r;

	(void)state;
	assert_int_equal(read_b(&r,
		" [ 2 ,\n[ 21 , 30 ],98,\"\\u6ee1\\ud83d\\ude00\\/\\t\\u0041\\u00E9\","
		" 2,1,null,99,99,97 ] \n"), 0);
	assert_string_equal(r.value[3].text, "满😀/\tAé");
	assert_true(r.work_order);
}

static void
arrays_that_do_not_fit_are_refused(void **state)
{
	static const char *const bad[] = {
		"", "null", "{}", "[", "[]", "[5]", "[5,99,99,99,99,null,null,99,99,99",
		"[5,99,99,99,99,null,null,99,99]", "[5,99,99,99,99,null,null,99,99,99,99]",
		"[5,99,99,99,99,null,null,99,99,99] x", "[6,99,99,99,99,null,null,99,99,99]",
		"[05,99,99,99,99,null,null,99,99,99]", "[5.0,99,99,99,99,null,null,99,99,99]",
		"[-1,99,99,99,99,null,null,99,99,99]", "[\"5\",99,99,99,99,null,null,99,99,99]",
		"[[5],99,99,99,99,null,null,99,99,99]", "[98,99,99,99,99,null,null,99,99,99]",
		"[true,99,99,99,99,null,null,99,99,99]", "[5,11,99,99,99,null,null,99,99,99]",
		"[5,[],99,99,99,null,null,99,99,99]", "[5,[12,11],99,99,99,null,null,99,99,99]",
		"[5,[11,11],99,99,99,null,null,99,99,99]", "[5,[11,],99,99,99,null,null,99,99,99]",
		"[5,[11,99],99,99,99,null,null,99,99,99]", "[5,[11],99,5,99,null,null,99,99,99]",
		"[5,[11],99,\"a,99,null,null,99,99,99]",
		"[5,99,99,\"\\u0000\",99,null,null,99,99,99]",
		"[5,99,99,\"\\ud83d\",99,null,null,99,99,99]",
		"[5,99,99,\"\\ude00\",99,null,null,99,99,99]",
		"[5,99,99,\"\\ud83d\\u0041\",99,null,null,99,99,99]",
		"[5,99,99,\"\\u\x10\x10\x14\x11\",99,null,null,99,99,99]",
		"[5,99,99,\"\\u00@1\",99,null,null,99,99,99]",
		"[5,99,99,\"\\u00g1\",99,null,null,99,99,99]",
		"[5,99,99,\"\\ud83d\\u\x14\x15\x10\x11\",99,null,null,99,99,99]",
		"[5,99,99,\"\\x\",99,null,null,99,99,99]",
		"[5,99,99,\"\\u12\",99,null,null,99,99,99]",
		"[5,99,99,\"\n\",99,null,null,99,99,99]",
		"[5,99,99,\"\xff\",99,null,null,99,99,99]",
		"[5,99,99,99,99,null,13812345678,99,99,99]",
		"[5,99,99,99,99,null,\"138\",99,99,99]", "[5,99,99,99,99,null,99,99,99,99]",
		"[5 99,99,99,99,null,null,99,99,99]", "[5,99,99,99,99,nul,null,99,99,99]",
		"[5,99,99,99,99,null,null,99,99,1234567890]",
		"[5,99,99,99,99,null,null,99,99,\"97\"]",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct response r;

		if (read_b(&r, bad[i]) == 0)
			fail_msg("%s was read", bad[i]);
	}
}

static void
a_stored_text_longer_than_asked_does_not_fit(void **state)
{
	struct text t = TEXT_INIT;
	struct response r;

	(void)state;
	for (int n = 200; n <= 201; n++) {
		text_reset(&t);
		text_puts(&t, "[5,99,99,\"");
		for (int i = 0; i < n; i++)
			text_puts(&t, "满");
		text_puts(&t, "\",99,null,null,99,99,99]");
		assert_int_equal(read_b(&r, t.s), n == 200 ? 0 : -1);
	}
	text_clear(&t);
}

/*
 * Every strict beginning of a stored row is refused, no byte changed can crash the reader, and what
 * it takes another reader of JSON takes too.
 */
static void
cut_and_flipped_rows_are_safe(void **state)
{
	static const char row[] =
		"[2,[21,30],98,\"\\\"a\\u6ee1\\ud83d\\ude00\\n满\",2,1,null,99,99,210281113]";
	struct response r;
	char copy[sizeof(row)];

	(void)state;
	assert_int_equal(read_b(&r, row), 0);
	for (size_t n = 0; n < sizeof(row) - 1; n++) {
		memcpy(copy, row, sizeof(row));
		copy[n] = '\0';
		assert_int_equal(read_b(&r, copy), -1);
	}
	for (size_t at = 0; at < sizeof(row) - 1; at++)
		for (int c = 1; c < 256; c++) {
			struct pool p = POOL_INIT;

			memcpy(copy, row, sizeof(row));
			copy[at] = (char)c;
			if (response_from_json(&r, form[1], copy, &p, NULL) == 0) {
				json_t *json = json_loads(copy, 0, NULL);

				if (json == NULL)
					fail_msg("byte %zu as %d: not JSON, and read", at, c);
				if (r.value[3].text != NULL)
					assert_string_equal(r.value[3].text,
						json_string_value(json_array_get(json, 3)));
				json_decref(json);
			}
			pool_clear(&p);
		}
}

static int
load_all(void **state)
{
	(void)state;
	form[0] = forms_load("A", &pool);
	form[1] = forms_load("B", &pool);
	form[2] = forms_load("C", &pool);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_reads_back),
		cmocka_unit_test(the_order_of_sending_does_not_show),
		cmocka_unit_test(each_kind_has_its_own_shape),
		cmocka_unit_test(sectors_are_stored_by_name),
		cmocka_unit_test(white_space_and_escapes_are_json),
		cmocka_unit_test(arrays_that_do_not_fit_are_refused),
		cmocka_unit_test(a_stored_text_longer_than_asked_does_not_fit),
		cmocka_unit_test(cut_and_flipped_rows_are_safe),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, load_all, clear_pool);
}
