/* A questionnaire file from anybody: a whole form, or a first fault with its place. */
#include <string.h>

#include "forms/response.h"
#include "fuzz/fuzz.h"

/* In each of its languages a text is some, or the form has none at all. */
static void
read_texts(const struct form *form, const struct texts *texts)
{
	FUZZ_TRUE(form->languages.n >= 1 && form->languages.n <= LANGUAGES_MAX);
	for (size_t i = 0; i < form->languages.n; i++)
		FUZZ_TRUE(texts_given(texts) == (texts_in(texts, i)[0] != '\0'));
	for (int lang = 0; lang < LANG_MAX; lang++)
		FUZZ_TRUE(texts_given(texts) == (texts_for(texts, lang)[0] != '\0'));
}

static void
use(const struct form *form, struct pool *pool)
{
	struct issue issue[ISSUES_MAX];
	struct answers none = { .pairs = 0 };
	struct response r;

	FUZZ_TRUE(form->items >= 1 && form->items <= FORM_ITEMS_MAX);
	for (size_t i = 0; i < form->items; i++) {
		const struct item *item = &form->item[i];

		FUZZ_TRUE(form_item(form, item->name) == (int)i && item->screen < form->screens);
		read_texts(form,
			form_label(form, item, item->choices > 0 ? item->choice[0].name : NULL));
		read_texts(form, &item->hint);
		read_texts(form, &item->low_words);
		for (size_t k = 0; k < item->choices; k++)
			read_texts(form, &form_choice(item, item->choice[k].name)->label);
	}
	(void)form_accept(form, &r, issue, &none, NULL, pool);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	const struct form *form = form_parse((const char *)bytes, n, "fuzz.json", &pool, &err);

	if (form != NULL)
		use(form, &pool);
	else
		FUZZ_TRUE(err.code != ERR_NONE && err.text[0] != '\0');
	pool_clear(&pool);
	return 0;
}
