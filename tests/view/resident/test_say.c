/* view/resident/say.c: every sentence is there in both languages and takes the same arguments. */
#include "tests/support/check.h"

#include "view/resident/say.h"

/* The conversions of a format, "zd" of "%zu of %d". */
static void
conversions(char out[16], const char *s)
{
	size_t n = 0;

	while ((s = strchr(s, '%')) != NULL && n < 15) {
		s++;
		s += strspn(s, "0123456789$lz");
		out[n++] = *s++;
	}
	out[n] = '\0';
}

static void
both_languages_have_each_with_the_same_holes(void **state)
{
	(void)state;
	for (int i = 0; i < SAY_MAX; i++) {
		const char *zh = say_resident((enum say)i, LANG_ZH),
			*en = say_resident((enum say)i, LANG_EN);
		char of_zh[16], of_en[16];

		conversions(of_zh, zh);
		conversions(of_en, en);
		if (strcmp(of_zh, of_en) != 0)
			fail_msg("“%s” and “%s” do not take the same", zh, en);
		assert_ptr_equal(say_both((enum say)i)->in[LANG_ZH], zh);
		assert_ptr_equal(say_both((enum say)i)->in[LANG_EN], en);
	}
}

static void
what_stands_alone_is_not_empty(void **state)
{
	static const enum say alone[] = { SAY_SURVEY, SAY_PRIVACY, SAY_NEXT, SAY_SUBMIT,
		SAY_MISTAKE, SAY_THANKS, SAY_RECEIPT,
		SAY_TICKET_ASK, SAY_FOUND, SAY_BUSY, SAY_AGREE, SAY_DECLINE };

	(void)state;
	for (size_t i = 0; i < sizeof(alone) / sizeof(alone[0]); i++)
		for (int lang = LANG_ZH; lang <= LANG_EN; lang++)
			assert_true(say_resident(alone[i], (enum lang)lang)[0] != '\0');
	assert_string_not_equal(say_resident(SAY_SUBMIT, LANG_ZH),
		say_resident(SAY_SUBMIT, LANG_EN));
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(both_languages_have_each_with_the_same_holes),
	cmocka_unit_test(what_stands_alone_is_not_empty),
};

CHECK_MAIN(tests)
