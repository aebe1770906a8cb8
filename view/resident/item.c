/* One question: its words, its buttons, and what was wrong with the answer. */
#include "view/resident/part.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "view/html.h"

/* ---- what was typed ---- */

static bool
pair_is(const struct pair *pair, const char *name, const char *value)
{
	return answers_named(pair, name) && (value == NULL || (pair->value_n == strlen(value) &&
		memcmp(pair->value, value, pair->value_n) == 0));
}

/* The first pair of that name, and of that value unless NULL; NULL: not sent. */
static const struct pair *
typed(const struct plan *plan, const char *name, const char *value)
{
	const struct answers *a = plan->page->typed;

	for (size_t i = 0; a != NULL && i < a->pairs; i++)
		if (pair_is(&a->pair[i], name, value))
			return &a->pair[i];
	return NULL;
}

static void
put_typed(struct text *out, const struct plan *plan, const struct item *item)
{
	const struct pair *pair = typed(plan, item->name, NULL);

	if (pair != NULL && (item->choices == 0 || !pair_is(pair, item->name, "98")))
		note_typed(out, pair, plan->pool);
}

/* ---- buttons ---- */

/* A word as wide as its row: a true radio or checkbox under it.  Names hold letters, digits, _ and
 * - only (forms/ sees to it) and so need no quotes: there are hundreds of these on a page. */
static void
put_button(struct text *out, const struct plan *plan, const struct item *item, const char *value,
	const struct relevant_node *when)
{
	html_lit(out, "<label");
	skip_attribute(out, plan->form, when);
	html_lit(out, "><input type=");
	text_puts(out, item->kind == KIND_MULTI || item->choices == 1 ? "checkbox" : "radio");
	html_lit(out, " name=");
	html_text(out, item->name);
	html_lit(out, " value=");
	html_text(out, value);
	if (typed(plan, item->name, value) != NULL)
		html_lit(out, " checked");
	if (item->kind == KIND_MULTI && plan_issue(plan, item) != NULL)
		html_lit(out, " aria-invalid=true");
}

static void
end_button(struct text *out)
{
	html_lit(out, "</b></label>");
}

static void
put_choice(struct text *out, const struct plan *plan, const struct item *item,
	const struct choice *choice)
{
	put_button(out, plan, item, choice->name,
		skip_choice(plan->form, item, choice, plan->pool));
	if ((choice->alone && item->kind == KIND_MULTI) || item->choices == 1)
		html_lit(out, " data-alone");
	html_lit(out, "><b>");
	html_text(out, texts_in(&choice->label, plan->language));
	end_button(out);
}

/* A number of the ten-point scale; what its ends mean is in the legend. */
static void
put_point(struct text *out, const struct plan *plan, const struct item *item,
	const struct choice *choice)
{
	put_button(out, plan, item, choice->name, NULL);
	html_lit(out, "><b>");
	html_int(out, choice->code);
	end_button(out);
}

/* Don't know, none of these, elsewhere: in a row of their own with "skip", as large as the rest. */
static bool
stands_apart(const struct item *item, const struct choice *choice)
{
	return choice->code == FORM_DONT_KNOW ||
		(item->kind == KIND_TOWNSHIP && choice->code >= 0 && choice->code < 100);
}

static void
put_apart(struct text *out, const struct plan *plan, const struct item *item)
{
	bool skip = !item->required && item->kind != KIND_MULTI && item->choices > 1, any = skip;

	for (size_t i = 0; i < item->choices; i++)
		any = any || stands_apart(item, &item->choice[i]);
	if (!any)
		return;
	html_lit(out, "<div class=\"opts apart\">\n");
	for (size_t i = 0; i < item->choices; i++)
		if (stands_apart(item, &item->choice[i]))
			put_choice(out, plan, item, &item->choice[i]);
	if (skip) {
		put_button(out, plan, item, "99", NULL);
		html_lit(out, "><b>");
		frame_say(out, &plan->page->frame, SAY_SKIP);
		end_button(out);
	}
	html_lit(out, "\n</div>\n");
}

/* ---- kinds ---- */

static bool
ten_points(const struct item *item)
{
	return item->kind == KIND_SCALE && item->high - item->low > 6;
}

static void
put_points(struct text *out, const struct plan *plan, const struct item *item)
{
	html_lit(out, "<div class=\"opts ten\">\n");
	for (size_t i = 0; i < item->choices; i++)
		if (!stands_apart(item, &item->choice[i]))
			put_point(out, plan, item, &item->choice[i]);
	html_lit(out, "\n</div>\n");
	put_apart(out, plan, item);
}

/* Two to a row where all labels are short; levels always stand one under the other. */
static bool
two_to_a_row(const struct plan *plan, const struct item *item)
{
	size_t longest = 0, n = 0;

	for (size_t i = 0; i < item->choices; i++) {
		const char *label = texts_in(&item->choice[i].label, plan->language);

		if (stands_apart(item, &item->choice[i]))
			continue;
		if (utf8_width(label) > longest)
			longest = utf8_width(label);
		n++;
	}
	return item->levels == 0 && item->kind != KIND_SCALE && (n == 2 || n > 3) && longest <= 13;
}

/* In the person's direction: levels from the low end for a half, where the form asks for it. */
static const struct choice *
choice_at(const struct plan *plan, const struct item *item, size_t i)
{
	if (plan->reversed && i < item->levels)
		i = item->levels - 1 - i;
	return &item->choice[i];
}

static void
put_list(struct text *out, const struct plan *plan, const struct item *item)
{
	text_puts(out,
		two_to_a_row(plan, item) ? "<div class=\"opts two\">\n" : "<div class=\"opts\">\n");
	for (size_t i = 0; i < item->choices; i++) {
		const struct choice *choice = choice_at(plan, item, i);

		if (!stands_apart(item, choice))
			put_choice(out, plan, item, choice);
	}
	html_lit(out, "\n</div>\n");
	put_apart(out, plan, item);
}

/* GB/T 10114: the third digit from the end tells a subdistrict (0), a town
 * (1), a township (2, 3). */
static int
township_kind(const struct choice *choice)
{
	int digit = choice->code > 0 ? choice->code / 100 % 10 : 0;

	return digit > 2 ? 2 : digit;
}

static void
put_townships(struct text *out, const struct plan *plan, const struct item *item)
{
	static const enum say head[] = { SAY_STREETS, SAY_TOWNS, SAY_COUNTRY };

	for (int kind = 0; kind < 3; kind++) {
		bool any = false;

		for (size_t i = 0; i < item->choices; i++) {
			const struct choice *choice = &item->choice[i];

			if (stands_apart(item, choice) || township_kind(choice) != kind)
				continue;
			if (!any) {
				html_lit(out, "<p class=\"kind\">");
				frame_say(out, &plan->page->frame, head[kind]);
				html_lit(out, "</p>\n<div class=\"opts many\">\n");
			}
			any = true;
			put_choice(out, plan, item, choice);
		}
		if (any)
			html_lit(out, "\n</div>\n");
	}
	put_apart(out, plan, item);
}

/* Does the field say how much fits?  A telephone number needs no count. */
static bool
is_counted(const struct item *item)
{
	return item->kind == KIND_TEXT && item->max_chars > 0;
}

static int
item_id(const struct plan *plan, const struct item *item)
{
	return (int)(item - plan->form->item);
}

/* What is said about the answer, by its ids: the mistake, the hint, that numbers are
 * masked, how much fits. */
static void
put_described(struct text *out, const struct plan *plan, const struct item *item)
{
	const struct { char mark; bool there; } part[] = {
		{ 'e', plan_issue(plan, item) != NULL }, { 'h', texts_given(&item->hint) },
		{ 'm', item->mask }, { 'l', is_counted(item) },
	};
	size_t n = 0;

	for (size_t i = 0; i < sizeof(part) / sizeof(part[0]); i++)
		if (part[i].there)
			text_fmt(out, "%s%c%d", n++ > 0 ? " " : " aria-describedby=\"",
				part[i].mark, item_id(plan, item));
	if (n > 0)
		html_lit(out, "\"");
}

/*
 * "aria-label" repeats the question: the legend names the group, not the field in it.  There is no
 * maxlength: it would cut what is pasted in silence, and counts some characters twice.
 */
static void
put_text_attributes(struct text *out, const struct plan *plan, const struct item *item)
{
	const struct texts *label = form_label(plan->form, item, plan->sector);

	html_lit(out, " name=\"");
	html_text(out, item->name);
	html_lit(out, "\" aria-label=\"");
	html_text(out, texts_in(label, plan->language));
	html_lit(out, "\"");
	put_described(out, plan, item);
	if (plan_issue(plan, item) != NULL)
		html_lit(out, " aria-invalid=\"true\"");
	if (is_counted(item))
		text_fmt(out, " data-max=\"%zu\"", item->max_chars);
}

/* How much fits; the script counts down in it, and shows what is over. */
static void
put_limit(struct text *out, const struct plan *plan, const struct item *item)
{
	if (!is_counted(item))
		return;
	text_fmt(out, "<p class=\"hint count\" id=\"l%d\" aria-live=\"polite\" data-left=\"",
		item_id(plan, item));
	html_text(out, say_resident(SAY_LEFT, plan->lang));
	html_lit(out, "\" data-over=\"");
	html_text(out, say_resident(SAY_OVER, plan->lang));
	html_lit(out, "\">");
	frame_aside(out, &plan->page->frame);
	text_fmt(out, say_resident(SAY_LIMIT, plan->lang), item->max_chars);
	frame_aside_end(out, &plan->page->frame);
	html_lit(out, "</p>\n");
}

/* What a field of one line says of itself, by kind. */
static const char *const field[KIND_MAX] = {
	[KIND_TEXT] = "type=\"text\"",
	[KIND_PHONE] = "type=\"tel\" autocomplete=\"tel\"",
};

static void
put_text(struct text *out, const struct plan *plan, const struct item *item)
{
	html_lit(out, "<p class=\"write\">");
	if (item->multiline) {
		html_lit(out, "<textarea rows=\"3\"");
		put_text_attributes(out, plan, item);
		html_lit(out, ">");
		put_typed(out, plan, item);
		html_lit(out, "</textarea>");
	} else {
		html_lit(out, "<input ");
		text_puts(out, field[item->kind]);
		put_text_attributes(out, plan, item);
		html_lit(out, " value=\"");
		put_typed(out, plan, item);
		html_lit(out, "\">");
	}
	html_lit(out, "</p>\n");
	put_limit(out, plan, item);
	put_apart(out, plan, item);
}

static void (*const put_kind[KIND_MAX])(struct text *, const struct plan *, const struct item *) = {
	[KIND_SCALE] = put_list,
	[KIND_SINGLE] = put_list,
	[KIND_MULTI] = put_list,
	[KIND_TEXT] = put_text,
	[KIND_TOWNSHIP] = put_townships,
	[KIND_PHONE] = put_text,
};

/* ---- the words ---- */

/* Which answers of variant_by lead to this wording: for readers without :has() and script. */
static void
put_variant_when(struct text *out, const struct plan *plan, const struct variant *first)
{
	const struct item *by = &plan->form->item[form_item(plan->form, plan->form->variant_by)];
	bool any = false;

	html_lit(out, "<i>");
	for (size_t v = 0; v < plan->form->variants; v++) {
		const struct variant *variant = &plan->form->variant[v];
		const struct choice *choice = form_choice(by, variant->when);

		if (choice == NULL || strcmp(variant->item, first->item) != 0 ||
				!texts_same(&variant->label, &first->label))
			continue;
		if (any)
			html_text(out, say_resident(SAY_LIST, plan->lang));
		html_text(out, texts_in(&choice->label, plan->language));
		any = true;
	}
	html_text(out, say_resident(SAY_COLON, plan->lang));
	html_lit(out, "</i>");
}

static void
put_wordings(struct text *out, const struct plan *plan, const struct item *item)
{
	const struct variant *first;
	const struct relevant_node *when;

	html_lit(out, "<span");
	skip_attribute(out, plan->form, skip_general(plan->form, item, plan->pool));
	html_lit(out, ">");
	html_text(out, texts_in(&item->label, plan->language));
	html_lit(out, "</span>");
	for (size_t i = 0; (when = skip_variant(plan->form, item, i, &first, plan->pool)) != NULL;
			i++) {
		html_lit(out, "\n<span class=\"wording\"");
		skip_attribute(out, plan->form, when);
		html_lit(out, ">");
		put_variant_when(out, plan, first);
		html_text(out, texts_in(&first->label, plan->language));
		html_lit(out, "</span>");
	}
}

/* "1 很差 ... 10 很好": over the buttons, and in the legend so that those who listen hear it. */
static void
put_ends(struct text *out, const struct plan *plan, const struct item *item)
{
	if (!ten_points(item) || !texts_given(&item->low_words) || !texts_given(&item->high_words))
		return;
	html_lit(out, "\n<span class=\"ends\"><span>");
	html_int(out, item->low);
	html_lit(out, " ");
	html_text(out, texts_in(&item->low_words, plan->language));
	html_lit(out, "</span> <span>");
	html_int(out, item->high);
	html_lit(out, " ");
	html_text(out, texts_in(&item->high_words, plan->language));
	html_lit(out, "</span></span>");
}

static void
put_legend(struct text *out, const struct plan *plan, const struct item *item)
{
	html_lit(out, "<legend>");
	if (plan->sector == NULL && item->sector_label != NULL)
		put_wordings(out, plan, item);
	else
		html_text(out,
			texts_in(form_label(plan->form, item, plan->sector), plan->language));
	put_ends(out, plan, item);
	html_lit(out, "</legend>\n");
}

static void
put_hints(struct text *out, const struct plan *plan, const struct item *item)
{
	const struct resident_frame *frame = &plan->page->frame;

	if (item->relevant_source != NULL && item->relevant.root != NULL) {
		html_lit(out, "<p class=\"only\">");
		frame_aside(out, frame);
		html_text(out, say_resident(SAY_ONLY_IF, plan->lang));
		skip_words(out, plan, item->relevant.root,
			plan->form->screen[item->screen].relevant.root);
		html_text(out, say_resident(SAY_ONLY_END, plan->lang));
		frame_aside_end(out, frame);
		html_lit(out, "</p>\n");
	}
	if (texts_given(&item->hint)) {
		text_fmt(out, "<p class=\"hint\" id=\"h%d\">", item_id(plan, item));
		html_text(out, texts_in(&item->hint, plan->language));
		html_lit(out, "</p>\n");
	}
	if (item->mask) {
		text_fmt(out, "<p class=\"hint\" id=\"m%d\">", item_id(plan, item));
		frame_say(out, &plan->page->frame, SAY_MASKS);
		html_lit(out, "</p>\n");
	}
}

/* Where s goes on after n characters. */
static const char *
after(const char *s, size_t n)
{
	size_t left = strlen(s), len;

	for (; n > 0 && left > 0; n--, s += len, left -= len)
		utf8_next(s, left, &len);
	return s;
}

/* How much is too much, and which words it is: the same as the script says while one writes. */
static void
put_over(struct text *out, const struct plan *plan, const struct item *item)
{
	const struct pair *pair = typed(plan, item->name, NULL);
	const char *text = pair != NULL ? answers_text(pair, plan->pool) : NULL;
	size_t n = text != NULL ? utf8_count(text, strlen(text)) : 0;
	struct text words = TEXT_INIT;

	if (n <= item->max_chars)
		return;
	text_fmt(&words, say_resident(SAY_OVER, plan->lang), (int)(n - item->max_chars),
		after(text, item->max_chars));
	html_lit(out, "<br>");
	frame_word(out, &plan->page->frame, text_str(&words));
	text_clear(&words);
}

static void
put_wrong(struct text *out, const struct plan *plan, const struct item *item,
	const struct issue *issue)
{
	if (issue == NULL)
		return;
	text_fmt(out, "<p class=\"wrong\" id=\"e%d\">", item_id(plan, item));
	frame_word(out, &plan->page->frame, issue_words(issue->code, plan->lang));
	if (issue->code == ISSUE_TOO_LONG)
		put_over(out, plan, item);
	html_lit(out, "</p>\n");
}

/* The group bears what the buttons in it cannot: that one of them must be chosen, that
 * the choice is wrong. */
static void
put_group(struct text *out, const struct plan *plan, const struct item *item,
	const struct issue *issue)
{
	bool radios = item->kind != KIND_MULTI && item->choices > 1;

	text_puts(out, issue != NULL ? "<fieldset class=\"q bad\"" : "<fieldset class=\"q\"");
	if (radios && (issue != NULL || item->required))
		html_lit(out, " role=\"radiogroup\"");
	if (radios && item->required)
		html_lit(out, " aria-required=\"true\"");
	if (radios && issue != NULL)
		html_lit(out, " aria-invalid=\"true\"");
	if (!kind_written(item->kind))
		put_described(out, plan, item);		/* of the others the field itself says it */
}

void
item_put(struct text *out, const struct plan *plan, const struct item *item)
{
	const struct issue *issue = plan_issue(plan, item);

	put_group(out, plan, item, issue);
	if (item->required)
		html_lit(out, " data-need");
	skip_attribute(out, plan->form, item->relevant.root);
	html_lit(out, ">\n");
	put_legend(out, plan, item);
	put_wrong(out, plan, item, issue);
	put_hints(out, plan, item);
	if (ten_points(item))
		put_points(out, plan, item);
	else
		put_kind[item->kind](out, plan, item);
	html_lit(out, "</fieldset>\n");
}
