/* view/resident_skip, _order, _file: what comes and goes, in which order, and
 * the files that do it. */
#include "tests/view/resident/resident_page.h"

#include "base/sha256.h"
#include "view/resident/part.h"

static const char *const ids[] = { "A", "B", "C" };

/* ---- conditions as the page carries them ---- */

static const char *
tokens(const struct form *form, const struct relevant_node *node)
{
	struct text t = TEXT_INIT;
	const char *s;

	skip_tokens(&t, form, node);
	s = pool_strdup(&pool, text_str(&t));
	text_clear(&t);
	return s;
}

static const char *
selector_not(const struct form *form, const struct relevant_node *node)
{
	struct text t = TEXT_INIT;
	const char *s;

	s = skip_css_not(&t, form, node) ? pool_strdup(&pool, text_str(&t)) : NULL;
	text_clear(&t);
	return s;
}

static const struct item *
item_of(const struct form *form, const char *name)
{
	return &form->item[form_item(form, name)];
}

static void
conditions_are_written_in_reverse_polish(void **state)
{
	const struct form *a = load("A"), *b = load("B");

	(void)state;
	assert_string_equal(tokens(a, item_of(a, "handled")->relevant.root),
		"sector!=98 problem=3 &");
	assert_string_equal(tokens(b, item_of(b, "phone")->relevant.root), "level<=2 callback=2 &");
	assert_string_equal(tokens(b, skip_not(item_of(b, "callback")->relevant.root, &pool)),
		"level<=2 !");
}

static void
a_condition_becomes_a_selector_of_the_buttons_that_make_it_true(void **state)
{
	const struct form *a = load("A"), *b = load("B");

	(void)state;
	assert_string_equal(selector_not(a, item_of(a, "img")->relevant.root),
		":has([name=sector][value=\"98\"]:checked)");
	assert_string_equal(selector_not(b, item_of(b, "callback")->relevant.root),
		":not(:has([name=level][value=\"2\"]:checked,[name=level][value=\"1\"]:checked))");
	assert_string_equal(selector_not(b, item_of(b, "phone")->relevant.root),
		":is(:not(:has([name=level][value=\"2\"]:checked,[name=level]"
		"[value=\"1\"]:checked)),:not(:has([name=callback][value=\"2\"]:checked)))");
}

/* A comparison as the form loader would make it. */
static const struct relevant_node *
compare(const struct form *form, const char *name, enum relevant_op op, const char *value)
{
	struct relevant_node *node = pool_take(&pool, sizeof(*node));

	*node = (struct relevant_node){ .op = op, .item = form_item(form, name), .name = value,
		.number = strtod(value, NULL) };
	return node;
}

static void
no_answer_and_skip_are_the_same_to_a_selector(void **state)
{
	const struct form *form = load("C");

	(void)state;
	assert_string_equal(selector_not(form, compare(form, "used", RELEVANT_EQ, "")),
		":has([name=used]:checked:not([value=\"99\"]))");
	assert_string_equal(selector_not(form, compare(form, "used", RELEVANT_NE, "99")),
		":not(:has([name=used]:checked:not([value=\"99\"])))");
}

static void
dont_know_is_no_number_to_a_selector(void **state)
{
	const struct form *form = load("C");
	const char *above = selector_not(form, compare(form, "T", RELEVANT_GT, "9"));

	(void)state;
	assert_string_equal(above, ":not(:has([name=T][value=\"10\"]:checked))");
	assert_string_equal(selector_not(form, compare(form, "T", RELEVANT_GT, "10")),
		":not(:has([nowhere]))");
}

static void
typed_words_and_whole_lists_are_beyond_a_selector(void **state)
{
	const struct form *form = load("C");

	(void)state;
	assert_null(selector_not(form, compare(form, "unaided", RELEVANT_EQ, "12345")));
	assert_null(selector_not(form, compare(form, "aided", RELEVANT_EQ, "12345")));
	assert_string_equal(selector_not(form, compare(form, "aided", RELEVANT_SELECTED, "12345")),
		":not(:has([name=aided][value=\"12345\"]:checked))");
}

static void
a_question_says_in_words_when_it_is_meant(void **state)
{
	struct resident_form page = page_of(load("A"), LANG_ZH);

	(void)state;
	assert_shows(shown(&page), "<p class=\"only\">（只有“最近 12 个月遇到过质量问题吗？”选了"
		"“有，投诉过”，才需要回答。）</p>");
	page = page_of(load("B"), LANG_EN);
	assert_shows(shown(&page),
		"<p class=\"only\">(Answer only if “Would you like us to call you back?”"
		" is “Yes, please call”.)</p>");
}

/* Undo the escapes html_text() made. */
static const char *
plain(const char *s, size_t n)
{
	static const char *const from[] = { "&lt;", "&gt;", "&amp;" }, to[] = "<>&";
	char *copy = pool_strndup(&pool, s, n), *w = copy;

	for (const char *r = copy; *r != '\0';) {
		size_t k = 0;

		while (k < 3 && strncmp(r, from[k], strlen(from[k])) != 0)
			k++;
		*w++ = k < 3 ? to[k] : *r;
		r += k < 3 ? strlen(from[k]) : 1;
	}
	*w = '\0';
	return copy;
}

static void
every_condition_on_a_page_has_its_rule_in_the_forms_sheet(void **state)
{
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		const struct form *form = load(ids[i]);
		struct text css = TEXT_INIT;
		struct resident_form page = page_of(form, LANG_ZH);
		size_t n = 0;

		resident_form_css(&css, form);
		for (const char *s = shown(&page); (s = strstr(s, "data-if=\"")) != NULL; n++) {
			const char *rule;

			s += 9;
			rule = pool_fmt(&pool, " [data-if=\"%s\"]", plain(s, strcspn(s, "\"")));
			if (strstr(text_str(&css), rule) == NULL)
				fail_msg("form %s: no rule for %s", ids[i], rule);
		}
		assert_true(n > 3);
		text_clear(&css);
	}
}

static void
where_nothing_more_is_asked_the_button_sends(void **state)
{
	struct resident_form page = page_of(load("C"), LANG_ZH);
	const char *who = between(shown(&page), "<section class=\"p p2\"", "</section>");

	(void)state;
	assert_shows(who, "<a class=\"main next\" data-if=\"resid!=3\" href=\"#s3\">");
	assert_shows(who,
		"<button class=\"main end\" data-if=\"resid=3\" name=\"_consent\" value=\"yes\">");
}

static void
a_screen_that_is_not_asked_says_so(void **state)
{
	struct resident_form page = page_of(load("B"), LANG_ZH);
	const char *call = between(shown(&page), "<section class=\"p p4\"", "</section>");

	(void)state;
	assert_shows(call, "<p class=\"none\" data-if=\"level&lt;=2 !\">");
}

static void
reasons_follow_the_level(void **state)
{
	struct resident_form page = page_of(load("B"), LANG_ZH);
	const char *html = shown(&page);

	(void)state;
	assert_shows(html,
		"<label data-if=\"level&lt;=2\"><input type=checkbox name=reason value=21>");
	assert_shows(html,
		"<label data-if=\"level&lt;=2 !\"><input type=checkbox name=reason value=11>");
	assert_shows(html, "<span class=\"wording\" data-if=\"level=5 level=4 | level=3 |\">");
	assert_shows(html, "<i>非常满意、满意、基本满意：</i>哪里做得好？可多选</span>");
	assert_shows(html, "<i>不满意、非常不满意：</i>哪里需要改进？可多选</span>");
}

/* ---- order ---- */

enum { KEYS = 1000, DIMENSIONS = 5 };

static const char *const whole[DIMENSIONS] = { "P", "E", "S", "N", "G" };

/* Place of a dimension among the five, by where its total stands in the page. */
static int
place_of(const char *html, int dimension)
{
	const char *at[DIMENSIONS];
	int place = 0;

	for (int i = 0; i < DIMENSIONS; i++) {
		at[i] = strstr(html, pool_fmt(&pool, " name=%s value=1>", whole[i]));
		assert_non_null(at[i]);
	}
	for (int i = 0; i < DIMENSIONS; i++)
		place += at[i] < at[dimension];
	return place;
}

static void
every_dimension_comes_in_every_place_equally_often(void **state)
{
	struct resident_form page = page_of(load("C"), LANG_ZH);
	int seen[DIMENSIONS][DIMENSIONS] = { { 0 } };
	double chi2 = 0, expected = (double)KEYS / DIMENSIONS;

	(void)state;
	for (int k = 0; k < KEYS; k++) {
		char key[32];

		snprintf(key, sizeof(key), "key %d", k);
		page.key = key;
		text_reset(&out);
		resident_form(&out, &page);
		for (int d = 0; d < DIMENSIONS; d++)
			seen[d][place_of(text_str(&out), d)]++;
	}
	for (int d = 0; d < DIMENSIONS; d++)
		for (int p = 0; p < DIMENSIONS; p++)
			chi2 += (seen[d][p] - expected) * (seen[d][p] - expected) / expected;
	/* 16 degrees of freedom; 39.25 is the 0.999 quantile (Pearson's table).  The factor (5-1)/5
	 * corrects for drawing without replacement. */
	assert_true(chi2 * (DIMENSIONS - 1) / DIMENSIONS < 39.25);
}

static void
specifics_stand_before_the_total_and_fixed_screens_stay(void **state)
{
	struct resident_form page = page_of(load("C"), LANG_ZH);

	(void)state;
	for (int k = 0; k < 50; k++) {
		const char *html;
		char key[32];

		snprintf(key, sizeof(key), "%d", k);
		page.key = key;
		html = shown(&page);
		assert_true(strstr(html, "name=p1 ") < strstr(html, "name=p2 "));
		assert_true(strstr(html, "name=p2 ") < strstr(html, "name=P "));
		assert_true(strstr(html, "name=g2 ") < strstr(html, "name=G "));
		assert_true(strstr(html, "name=resid ") < strstr(html, "name=p1 "));
		for (int d = 0; d < DIMENSIONS; d++)
			assert_true(strstr(html, pool_fmt(&pool, "name=%s ", whole[d])) <
				strstr(html, "name=T "));
	}
}

static void
the_same_key_gives_the_same_page(void **state)
{
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct resident_form page = page_of(load(ids[i]), LANG_ZH);
		const char *first = pool_strdup(&pool, shown(&page));

		assert_string_equal(shown(&page), first);
	}
}

static void
levels_are_turned_round_for_half_and_never_in_the_site_form(void **state)
{
	struct resident_form a = page_of(load("A"), LANG_ZH), b = page_of(load("B"), LANG_ZH);
	int turned = 0;

	(void)state;
	for (int k = 0; k < KEYS; k++) {
		const char *html;
		char key[32];

		snprintf(key, sizeof(key), "%d", k);
		a.key = b.key = key;
		text_reset(&out);
		resident_form(&out, &a);
		html = text_str(&out);
		turned += strstr(html, "name=handled value=1>") <
			strstr(html, "name=handled value=5>");
		/* "Not settled yet" is no level: it stays last. */
		assert_true(strstr(html, "name=handled value=1>") <
			strstr(html, "name=handled value=6>"));
		assert_true(strstr(html, "name=handled value=5>") <
			strstr(html, "name=handled value=6>"));
		text_reset(&out);
		resident_form(&out, &b);
		html = text_str(&out);
		assert_true(strstr(html, "name=level value=5>") <
			strstr(html, "name=level value=1>"));
	}
	/* Binomial(1000, 1/2): 4.9 standard deviations are 77. */
	assert_true(turned > KEYS / 2 - 77 && turned < KEYS / 2 + 77);
}

/* ---- files ---- */

static void
every_file_a_page_names_is_served_under_its_digest(void **state)
{
	const struct form *form[3];

	(void)state;
	for (size_t i = 0; i < 3; i++)
		form[i] = load(ids[i]);
	for (size_t i = 0; i < 3; i++) {
		struct resident_form page = page_of(form[i], LANG_ZH);
		size_t files = 0;

		for (const char *s = shown(&page); (s = strstr(s, "\"/s/")) != NULL; files++) {
			const char *path = pool_strndup(&pool, s + 1, strcspn(s + 1, "\"")), *type;
			struct text bytes = TEXT_INIT;
			char hex[65];

			s++;
			assert_int_equal(resident_file(&bytes, &type, path, form, 3), 0);
			sha256_hex(hex, bytes.s, bytes.n);
			assert_memory_equal(path + 3, hex, 16);
			assert_string_equal(type, strstr(path, ".js") != NULL ?
				"text/javascript; charset=utf-8" : "text/css; charset=utf-8");
			text_clear(&bytes);
		}
		assert_int_equal(files, 3);
	}
}

static void
other_paths_are_not_files(void **state)
{
	static const char *const path[] = { "", "/", "/s/", "/s/x.css",
		"/s/../etc/passwd", "/s/.css" };
	const struct form *form = load("B");
	struct text bytes = TEXT_INIT;
	const char *type;

	(void)state;
	for (size_t i = 0; i < sizeof(path) / sizeof(path[0]); i++)
		assert_int_equal(resident_file(&bytes, &type, path[i], &form, 1), -1);
	assert_int_equal(bytes.n, 0);
	text_clear(&bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(conditions_are_written_in_reverse_polish),
		cmocka_unit_test(a_condition_becomes_a_selector_of_the_buttons_that_make_it_true),
		cmocka_unit_test(no_answer_and_skip_are_the_same_to_a_selector),
		cmocka_unit_test(dont_know_is_no_number_to_a_selector),
		cmocka_unit_test(typed_words_and_whole_lists_are_beyond_a_selector),
		cmocka_unit_test(a_question_says_in_words_when_it_is_meant),
		cmocka_unit_test(every_condition_on_a_page_has_its_rule_in_the_forms_sheet),
		cmocka_unit_test(where_nothing_more_is_asked_the_button_sends),
		cmocka_unit_test(a_screen_that_is_not_asked_says_so),
		cmocka_unit_test(reasons_follow_the_level),
		cmocka_unit_test(every_dimension_comes_in_every_place_equally_often),
		cmocka_unit_test(specifics_stand_before_the_total_and_fixed_screens_stay),
		cmocka_unit_test(the_same_key_gives_the_same_page),
		cmocka_unit_test(levels_are_turned_round_for_half_and_never_in_the_site_form),
		cmocka_unit_test(every_file_a_page_names_is_served_under_its_digest),
		cmocka_unit_test(other_paths_are_not_files),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, pages_done);
}
