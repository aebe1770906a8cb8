/* A form's body as browsers send it: names and values out, nothing outside the bytes. */
#include "forms/answers.h"
#include "forms/form.h"
#include "fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	struct answers a;
	size_t held = 0;

	if (answers_parse(&a, (const char *)bytes, n, &pool, &err) == 0) {
		FUZZ_TRUE(a.pairs <= ANSWERS_PAIRS_MAX && n <= FORM_BODY_MAX);
		for (size_t i = 0; i < a.pairs; i++) {
			held += a.pair[i].name_n + a.pair[i].value_n;
			FUZZ_TRUE(a.pair[i].name[a.pair[i].name_n] == '\0' &&
				a.pair[i].value[a.pair[i].value_n] == '\0');
			/* it walks over all pairs: asking for each is slow where there are many */
			if (i % 16 == 0)
				(void)answers_get(&a, a.pair[i].name);
		}
		FUZZ_TRUE(held <= n);		/* decoding never makes more of it */
	} else {
		FUZZ_TRUE(err.code == ERR_INPUT && err.text[0] != '\0');
	}
	pool_clear(&pool);
	return 0;
}
