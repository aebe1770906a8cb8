/*
 * Random damage, the same on every run: bodies, form files and stored rows are mutated
 * and handed to the door.  Whatever comes out must keep the promises of the headers; the
 * sanitizers of --enable-sanitize see the rest.  Each test takes about a second at most.
 */
#include <time.h>

#include "base/utf8.h"
#include "tests/forms/forms.h"
#include "tests/forms/pool.h"

static const struct form *form[3];

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Pieces that have broken parsers before. */
static const struct { const char *s; size_t n; } hostile[] = {
	{ "%", 1 }, { "%0", 2 }, { "%00", 3 }, { "&", 1 }, { "=", 1 }, { "&&==", 4 }, { "+", 1 },
	{ "\0", 1 }, { "\xff", 1 }, { "%ff%fe", 6 }, { "99", 2 }, { "98", 2 }, { "-1", 2 },
	{ "4294967297", 10 }, { "&level=5", 8 }, { "&aided=none", 11 }, { "%F0%9F%98%80", 12 },
	{ "\"", 1 }, { "\\", 1 }, { "\\u0000", 6 }, { "\\ud800", 6 }, { "[", 1 }, { "]", 1 },
	{ "{", 1 }, { "}", 1 }, { ",", 1 }, { ":", 1 }, { "null", 4 }, { "true", 4 },
	{ "1e999", 5 }, { "${level}", 8 }, { "not(", 4 }, { ")", 1 }, { "'", 1 },
	{ "begin_group", 11 }, { "end_group", 9 }, { "select_one", 10 }, { "relevant", 8 },
	{ "\n", 1 }, { "瓦", 3 },
};

/* One random change: a byte flipped, a piece cut, doubled, moved or put in. */
static size_t
mutate(char *s, size_t n, size_t room, uint64_t *random)
{
	size_t at = n > 0 ? forms_below(random, n) : 0,
		len = n > at ? 1 + forms_below(random, n - at) : 0;
	size_t k = forms_below(random, sizeof(hostile) / sizeof(hostile[0]));

	if (len > 200)
		len = 200;
	switch (forms_below(random, 5)) {
	case 0:
		if (n > 0)
			s[at] = (char)(s[at] ^ 1 << forms_below(random, 8));
		return n;
	case 1:
		memmove(s + at, s + at + len, n - at - len);
		return n - len;
	case 2:
		if (n + len > room)
			return n;
		memmove(s + at + len, s + at, n - at);
		return n + len;
	case 3:
		if (n > 0)
			s[at] = (char)forms_random(random);
		return n;
	default:
		if (n + hostile[k].n > room)
			return n;
		memmove(s + at + hostile[k].n, s + at, n - at);
		memcpy(s + at, hostile[k].s, hostile[k].n);
		return n + hostile[k].n;
	}
}

/* What form_accept() promises of a response. */
static void
check_response(const struct form *f, const struct response *r)
{
	assert_ptr_equal(r->form, f);
	for (size_t i = 0; i < f->items; i++) {
		const struct item *item = &f->item[i];
		const struct value *v = &r->value[i];

		if (!relevant_true(&item->relevant, f, r) || item->kind == KIND_PHONE)
			assert_int_equal(v->state, VALUE_NOT_ASKED);
		else
			assert_true(v->state != VALUE_NOT_ASKED &&
				!(item->required && v->state == VALUE_SKIPPED));
		if (v->state == VALUE_GIVEN)
			assert_int_equal((v->choice != NULL) + (v->many != NULL) +
				(v->text != NULL), 1);
		else
			assert_true(v->many == NULL && v->text == NULL);
		if (v->choice != NULL)
			assert_true(v->choice >= item->choice &&
				v->choice < item->choice + item->choices);
		if (v->many != NULL)
			assert_true(v->count >= 1 && v->count <= item->choices);
		if (v->text != NULL)
			assert_true(utf8_valid(v->text, strlen(v->text)) == strlen(v->text) &&
				*v->text != '\0' &&
				utf8_count(v->text, strlen(v->text)) <= item->max_chars);
	}
}

/* And what it promises of issues: ordered, one per item, in range, printable. */
static void
check_issues(const struct form *f, const struct response *r, const struct issue issue[], size_t n)
{
	int last = -1;

	assert_true(n <= f->items + 1);
	assert_null(r->value);
	for (size_t i = 0; i < n; i++) {
		if (issue[i].item >= 0)
			assert_true(issue[i].item > last && issue[i].item < (int)f->items);
		else
			assert_true(issue[i].code == ISSUE_UNKNOWN && i + 1 == n);
		last = issue[i].item;
		assert_int_equal(utf8_valid(issue[i].name, strlen(issue[i].name)),
			strlen(issue[i].name));
		assert_true(utf8_count(issue[i].name, strlen(issue[i].name)) <= FORM_NAME_MAX);
		assert_non_null(issue_words(issue[i].code, LANG_ZH));
	}
}

static bool
try_body(const struct form *f, const char *s, size_t n)
{
	struct pool p = POOL_INIT;
	struct issue issue[ISSUES_MAX];
	struct text out = TEXT_INIT;
	struct response r, back;
	struct answers a;
	size_t issues;
	bool passed = false;

	if (answers_parse(&a, s, n, &p, NULL) == 0) {
		issues = form_accept(f, &r, issue, &a, "S03", &p);
		passed = issues == 0;
		if (passed) {
			check_response(f, &r);
			response_put_json(&out, &r);
			assert_int_equal(response_from_json(&back, f, out.s, &p, NULL), 0);
			check_response(f, &back);
		} else {
			check_issues(f, &r, issue, issues);
		}
	}
	text_clear(&out);
	pool_clear(&p);
	return passed;
}

static void
damaged_submissions_keep_the_promises(void **state)
{
	static char s[8192];
	struct text body = TEXT_INIT;
	uint64_t random = 1;
	double end = seconds() + 0.8;
	size_t tries = 0, passed = 0, n;

	(void)state;
	while (tries < 60000 && seconds() < end) {
		const struct form *f = form[tries % 3];

		forms_honest(&body, f, &random);
		n = body.n < 6000 ? body.n : 6000;
		memcpy(s, text_str(&body), n);
		for (size_t k = forms_below(&random, 6); k > 0; k--)
			n = mutate(s, n, sizeof(s), &random);
		passed += try_body(f, s, n);
		tries++;
	}
	/* neither everything nor nothing passes, or the damage is of the wrong size */
	assert_true(tries > 50);
	assert_true(passed > tries / 20 && passed < tries * 19 / 20);
	text_clear(&body);
}

/* Bytes without any sense at all. */
static void
noise_is_refused_without_harm(void **state)
{
	static const char alphabet[] = "=&%+0123456789abcdefABCDEF_level\xff\xc2\x80\n";
	char s[300];
	uint64_t random = 2;

	(void)state;
	for (int i = 0; i < 5000; i++) {
		size_t n = forms_below(&random, sizeof(s));

		for (size_t k = 0; k < n; k++)
			s[k] = alphabet[forms_below(&random, sizeof(alphabet))];
		try_body(form[i % 3], s, n);
	}
}

/* A damaged form either has faults or is a form that works. */
static bool
try_form(const char *s, size_t n, uint64_t *random)
{
	struct pool p = POOL_INIT;
	struct err err = { 0 };
	const struct form *f = form_parse(s, n, "x.json", &p, &err);
	struct text body = TEXT_INIT;

	if (f == NULL) {
		assert_int_equal(err.code, ERR_INPUT);
		assert_int_equal(utf8_valid(err.text, strlen(err.text)), strlen(err.text));
	} else {
		forms_honest(&body, f, random);
		try_body(f, text_str(&body), body.n);
	}
	text_clear(&body);
	pool_clear(&p);
	return f != NULL;
}

static void
damaged_forms_are_refused_or_work(void **state)
{
	static char s[40000];
	uint64_t random = 3;
	double end = seconds() + 1.0;
	size_t tries = 0, passed = 0, n;

	(void)state;
	while (tries < 4000 && seconds() < end) {
		const struct form *f = form[1 + tries % 2];

		n = f->body_n;
		memcpy(s, f->body, n);
		for (size_t k = 1 + forms_below(&random, 3); k > 0; k--)
			n = mutate(s, n, sizeof(s), &random);
		passed += try_form(s, n, &random);
		tries++;
	}
	assert_true(tries > 20 && passed < tries);
}

static void
damaged_rows_are_refused_or_fit(void **state)
{
	static char s[8192];
	struct text body = TEXT_INIT, out = TEXT_INIT, again = TEXT_INIT;
	uint64_t random = 4;
	double end = seconds() + 0.5;
	size_t n;

	(void)state;
	for (int i = 0; i < 20000 && seconds() < end; i++) {
		const struct form *f = form[i % 3];
		struct pool p = POOL_INIT;
		struct issue issue[ISSUES_MAX];
		struct response r;

		forms_honest(&body, f, &random);
		assert_int_equal(forms_submit(f, &r, issue, text_str(&body), body.n, NULL, &p), 0);
		text_reset(&out);
		response_put_json(&out, &r);
		n = out.n;
		memcpy(s, out.s, n);
		for (size_t k = 1 + forms_below(&random, 3); k > 0; k--)
			n = mutate(s, n, sizeof(s) - 1, &random);
		s[n] = '\0';
		if (response_from_json(&r, f, s, &p, NULL) == 0) {
			/* what was read writes a row that reads the same */
			text_reset(&out);
			text_reset(&again);
			response_put_json(&out, &r);
			assert_int_equal(response_from_json(&r, f, out.s, &p, NULL), 0);
			response_put_json(&again, &r);
			assert_string_equal(out.s, again.s);
		}
		pool_clear(&p);
	}
	text_clear(&body);
	text_clear(&out);
	text_clear(&again);
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
		cmocka_unit_test(damaged_submissions_keep_the_promises),
		cmocka_unit_test(noise_is_refused_without_harm),
		cmocka_unit_test(damaged_forms_are_refused_or_work),
		cmocka_unit_test(damaged_rows_are_refused_or_fit),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, load_all, clear_pool);
}
