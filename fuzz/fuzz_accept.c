/* The only door: what form_accept() lets through is stored, read back the same, and judged
 * the same by the store. */
#include <string.h>

#include "forms/builtin.h"
#include "forms/response.h"
#include "fuzz/fuzz.h"

static const struct form *
form_of(uint8_t which)
{
	static const char *const id[] = { "A", "B", "C" };
	static const struct form *form[3];
	static struct pool pool;
	struct err err = { 0 };

	which %= 3;
	if (form[which] == NULL)
		form[which] = form_builtin_load(id[which], &pool, &err);
	FUZZ_TRUE(form[which] != NULL);
	return form[which];
}

static void
put_and_get(const struct form *form, const struct response *r, struct pool *pool)
{
	struct text once = TEXT_INIT, twice = TEXT_INIT;
	struct response back;
	struct err err = { 0 };

	response_put_json(&once, r);
	FUZZ_TRUE(response_from_json(&back, form, text_str(&once), pool, &err) == 0);
	response_put_json(&twice, &back);
	FUZZ_TRUE(once.n == twice.n && memcmp(once.s, twice.s, once.n) == 0);
	FUZZ_TRUE(r->flagged == back.flagged);
	text_clear(&once);
	text_clear(&twice);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	struct issue issue[ISSUES_MAX];
	const struct form *form;
	struct response r;
	struct answers a;
	size_t issues;

	if (n < 1)
		return 0;
	form = form_of(bytes[0]);
	if (answers_parse(&a, (const char *)bytes + 1, n - 1, &pool, &err) == 0) {
		issues = form_accept(form, &r, issue, &a, bytes[0] & 4 ? "S03" : NULL, &pool);
		FUZZ_TRUE(issues <= form->items + 1);
		if (issues == 0)
			put_and_get(form, &r, &pool);
		for (size_t i = 0; i < issues; i++)
			FUZZ_TRUE(issue[i].item < (int)form->items &&
				issue_words(issue[i].code, LANG_ZH)[0] != '\0' &&
				(issue[i].name == NULL ||
				strlen(issue[i].name) <= FORM_NAME_MAX * 4));
	}
	pool_clear(&pool);
	return 0;
}
