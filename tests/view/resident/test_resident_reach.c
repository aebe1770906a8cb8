/* Resident pages for those who listen, magnify or use their own colours: landmarks, names, mistakes
 * tied to their fields. */
#include "tests/view/resident/resident_page.h"

static const char *const ids[] = { "A", "B", "C" };

/* The value of the attribute at s ('name="'), up to its quote; in the pool. */
static const char *
value_at(const char *s)
{
	const char *begin = strchr(s, '"') + 1;

	return pool_strndup(&pool, begin, strcspn(begin, "\""));
}

static size_t
ids_like(const char *html, const char *id)
{
	return count(html, pool_fmt(&pool, " id=\"%s\"", id));
}

/* Every id stands once, and whatever points to one finds it. */
static void
references_hold(const char *html)
{
	static const char *const by[] = { " aria-describedby=\"", " for=\"",
		" aria-labelledby=\"" };

	for (const char *s = html; (s = strstr(s, " id=\"")) != NULL; s++)
		if (ids_like(html, value_at(s)) != 1)
			fail_msg("id %s stands %zu times", value_at(s),
				ids_like(html, value_at(s)));
	for (size_t i = 0; i < sizeof(by) / sizeof(by[0]); i++)
		for (const char *s = html; (s = strstr(s, by[i])) != NULL; s++) {
			char *list = pool_strdup(&pool, value_at(s)), *id;

			while ((id = strsep(&list, " ")) != NULL)
				if (ids_like(html, id) != 1)
					fail_msg("%s%s\" points nowhere", by[i], id);
		}
}

/* What holds of any page. */
static const char *
page_is_sound(void)
{
	const char *html = pool_strdup(&pool, text_str(&out)), *fault = markup_fault(html);

	if (fault != NULL)
		fail_msg("%s", fault);
	assert_int_equal(count(html, "<main"), 1);
	assert_int_equal(count(html, "<h1"), 1);
	assert_shows(html, "<html lang=\"");
	assert_hides(html, "maxlength");
	assert_int_equal(count(html, "<section"), count(html, "tabindex=\"-1\" aria-label=\""));
	references_hold(html);
	return html;
}

static void
every_form_is_sound_in_every_edition(void **state)
{
	(void)state;
	for (size_t i = 0; i < 3; i++)
		for (int k = 0; k < 8; k++) {
			struct resident_form page =
				page_of(load(ids[i]), k & 1 ? LANG_EN : LANG_ZH);
			const char *html;

			page.frame.elder = k & 2;
			page.sector = k & 4 ? "S04" : NULL;
			shown(&page);
			html = page_is_sound();
			assert_hides(html, "aria-invalid");
			assert_hides(html, k & 1 ? "<title>1 answer" : "<title>有");
		}
}

static void
every_kind_page_is_sound(void **state)
{
	(void)state;
	for (int lang = 0; lang < LANG_MAX; lang++) {
		struct resident_frame frame = frame_in(lang);

		for (int note = 0; note < NOTE_MAX; note++) {
			text_reset(&out);
			resident_note(&out, &frame, (enum resident_note)note);
			page_is_sound();
		}
		for (int why = 0; why < RESIDENT_TICKETS; why++) {
			text_reset(&out);
			resident_ticket(&out, &frame, (enum resident_ticket)why, NULL, true);
			page_is_sound();
		}
		for (int state_ = -1; state_ <= 1; state_++) {
			text_reset(&out);
			resident_receipt(&out, &frame, "7K3M9PXQ2ABCD4EF", state_, 28600000, 0, 1);
			page_is_sound();
		}
		text_reset(&out);
		resident_thanks(&out, &frame, "7K3M9PXQ2ABCD4EF", 28600000,
			(struct resident_end){ .masked = true });
		assert_shows(page_is_sound(), lang == LANG_ZH ? "保存前已经遮住" : "it was masked");
		text_reset(&out);
		resident_thanks(&out, &frame, "7K3M9PXQ2ABCD4EF", 28600000,
			(struct resident_end){ 0 });
		assert_hides(page_is_sound(), lang == LANG_ZH ? "遮住" : "masked");
		text_reset(&out);
		resident_declined(&out, &frame);
		page_is_sound();
		text_reset(&out);
		resident_privacy(&out, &frame);
		page_is_sound();
	}
}

static void
a_code_that_is_wrong_is_said_in_title_and_field(void **state)
{
	static void (*const form[])(struct text *, const struct resident_frame *, const char *) = {
		resident_code_form, resident_ticket_form, resident_receipt_form
	};
	struct resident_frame frame = frame_in(LANG_ZH);

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		const char *html;

		text_reset(&out);
		form[i](&out, &frame, NULL);
		html = page_is_sound();
		assert_hides(html, "aria-invalid");
		assert_shows(html, "aria-describedby=\"hint\"");
		text_reset(&out);
		form[i](&out, &frame, "xyz");
		html = page_is_sound();
		assert_shows(html, "<title>有 1 处需要修改 · ");
		assert_shows(html, "aria-describedby=\"wrong hint\" aria-invalid=\"true\"");
		assert_shows(html, "value=\"xyz\"");
	}
}

/* ---- a form with mistakes ---- */

static const char *
with_issues(const char *id, struct issue issue[], size_t n, const struct answers *typed)
{
	struct resident_form page = page_of(load(id), LANG_ZH);

	for (size_t i = 0; i < n; i++)
		issue[i].item = form_item(page.form, issue[i].name);
	page.typed = typed;
	page.issue = issue;
	page.issues = n;
	shown(&page);
	return page_is_sound();
}

static void
mistakes_are_said_in_the_title_and_tied_to_their_fields(void **state)
{
	struct issue issue[] = { { ISSUE_MISSING, 0, "level" }, { ISSUE_TOGETHER, 0, "reason" },
		{ ISSUE_TOO_LONG, 0, "text" }, { ISSUE_PHONE, 0, "phone" } };
	const char *html = with_issues("B", issue, 4, NULL), *field;
	const struct form *form = load("B");

	(void)state;
	assert_shows(html, "<title>有 4 处需要修改 · 现场一分钟评价</title>");
	assert_shows(html, "role=\"alert\" id=\"wrong\" tabindex=\"-1\"");
	field = pool_fmt(&pool,
		"<fieldset class=\"q bad\" role=\"radiogroup\" aria-required=\"true\""
		" aria-invalid=\"true\" aria-describedby=\"e%d\"", form_item(form, "level"));
	assert_shows(html, field);
	assert_shows(html, "value=21 aria-invalid=true");
	field = between(html, "<textarea", ">");
	assert_shows(field, pool_fmt(&pool, "aria-describedby=\"e%d m%d l%d\"",
		form_item(form, "text"), form_item(form, "text"), form_item(form, "text")));
	assert_shows(field, "aria-invalid=\"true\"");
	field = between(html, "<input type=\"tel\"", ">");
	assert_shows(field, "autocomplete=\"tel\"");
	assert_shows(field, "aria-invalid=\"true\"");
	assert_shows(field, pool_fmt(&pool, "aria-describedby=\"e%d h%d\"",
		form_item(form, "phone"), form_item(form, "phone")));
}

static const char *
repeated(const char *what, size_t n)
{
	char *s = pool_take(&pool, strlen(what) * n + 1);

	for (size_t i = 0; i < n; i++)
		memcpy(s + i * strlen(what), what, strlen(what) + 1);
	return s;
}

/* 250 characters where 200 fit: it says how many are too many and which, and keeps them all. */
static void
what_is_too_long_is_kept_and_what_is_over_is_named(void **state)
{
	const char *text = pool_join(&pool, repeated("好", 200), repeated("超", 50));
	struct pair pair[] = { { "level", 5, "2", 1 }, { "text", 4, text, strlen(text) } };
	struct answers typed = { pair, 2, false };
	struct issue issue[] = { { ISSUE_TOO_LONG, 0, "text" } };
	const char *html = with_issues("B", issue, 1, &typed),
		*wrong = between(html, "<p class=\"wrong\"", "</p>");

	(void)state;
	assert_shows(wrong, issue_words(ISSUE_TOO_LONG, LANG_ZH));
	assert_shows(wrong,
		pool_fmt(&pool, "多了 50 字，请删短。多出的是：“%s”", repeated("超", 50)));
	assert_shows(html, pool_fmt(&pool, ">%s</textarea>", text));
	assert_shows(html, ">最多 200 字。</p>");
}

static void
fields_of_words_say_that_numbers_are_masked_and_how_much_fits(void **state)
{
	(void)state;
	for (int lang = 0; lang < LANG_MAX; lang++) {
		struct resident_form page = page_of(load("B"), lang);
		const char *html = shown(&page);

		assert_shows(html, lang == LANG_ZH ? "保存前会自动遮住；日期、时间、金额不遮" :
			"dates, times and sums are not");
		assert_shows(html, lang == LANG_ZH ? "最多 200 字。" : "At most 200 characters.");
		assert_shows(html, "data-max=\"200\"");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form_is_sound_in_every_edition),
		cmocka_unit_test(every_kind_page_is_sound),
		cmocka_unit_test(a_code_that_is_wrong_is_said_in_title_and_field),
		cmocka_unit_test(mistakes_are_said_in_the_title_and_tied_to_their_fields),
		cmocka_unit_test(what_is_too_long_is_kept_and_what_is_over_is_named),
		cmocka_unit_test(fields_of_words_say_that_numbers_are_masked_and_how_much_fits),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, pages_done);
}
