/* What a stranger in the intake may say to the store, and what a stranger in
 * the store may answer. */
#include <string.h>

#include "forms/builtin.h"
#include "forms/response.h"
#include "fuzz/fuzz.h"
#include "store/client.h"

static const struct form *
form_b(void)
{
	static const struct form *form;
	static struct pool pool;
	struct err err = { 0 };

	if (form == NULL)
		form = form_builtin_load("B", &pool, &err);
	FUZZ_TRUE(form != NULL);
	return form;
}

/* What is understood can be said again in the same bytes. */
static void
say_again(const struct store_submission *s, const unsigned char *fields, size_t n)
{
	struct text out = TEXT_INIT;
	size_t begin = wire_begin(&out, WIRE_PUT);
	/* What is out of range stays so, as another number. */
	bool other = s->paradata.screens == INT16_MAX || s->paradata.resends == INT16_MAX ||
		s->paradata.rush == INT16_MAX;

	store_submission_put(&out, s);
	wire_end(&out, begin);
	/* A number may have come as "007". */
	FUZZ_TRUE(other ||
		(out.n - 5 <= n && (out.n - 5 != n || memcmp(out.s + 5, fields, n) == 0)));
	text_clear(&out);
}

static void
take(struct wire wire, struct pool *pool)
{
	struct store_submission s;
	struct catalogue c;
	struct response r;
	struct err err = { 0 };
	struct wire whole = wire;

	if (wire.type == WIRE_PUT) {
		if (store_submission_get(&s, &wire, pool) == 0) {
			say_again(&s, whole.p, whole.n);
			(void)response_from_json(&r, form_b(), s.answers, pool, &err);
		}
	} else if (wire.type == WIRE_OK) {
		if (catalogue_get(&c, &wire, pool, &err) == 0)
			for (size_t i = 0; i < c.sites; i++)
				FUZZ_TRUE(catalogue_site(&c, c.site[i].code) != NULL);
		else
			FUZZ_TRUE(err.code != ERR_NONE);
	} else {
		(void)wire_get_text(&wire, pool);
		(void)wire_get_number(&wire);
		FUZZ_TRUE(!wire.bad || !wire_done(&wire));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct pool pool = POOL_INIT;
	struct wire wire;
	long length;

	while ((length = wire_frame(&wire, bytes, n, WIRE_REQUEST_MAX)) > 0) {
		FUZZ_TRUE((size_t)length <= n);
		take(wire, &pool);
		bytes += length;
		n -= (size_t)length;
	}
	pool_clear(&pool);
	return 0;
}
