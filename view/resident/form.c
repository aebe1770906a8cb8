/* The form: consent, a screen per question group, submit. */
#include "view/resident/part.h"

#include <stdio.h>

#include "view/html.h"

static size_t
steps(const struct plan *plan)
{
	return plan->lead + plan->screens;
}

/* Targets stand before all screens and at the top of the page: choosing one shows its screen
 * (#s2:target ~ .p2) and scrolls to the top, in any browser and without a script. */
static void
put_targets(struct text *out, const struct plan *plan)
{
	for (size_t step = 1; step <= steps(plan); step++)
		text_fmt(out, "<span class=\"at\" id=\"s%zu\"></span>", step);
	html_lit(out, "\n");
}

/* The way back and how far one is.  low: below all else, where a form of a minute
 * opens with its question. */
static void
put_step(struct text *out, const struct plan *plan, size_t step, bool low)
{
	const struct resident_frame *frame = &plan->page->frame;

	text_puts(out, low ? "<p class=\"step low\">" : "<p class=\"step\">");
	if (step > 1) {
		text_fmt(out, "<a class=\"back\" href=\"#s%zu\">", step - 1);
		frame_say(out, &plan->page->frame, SAY_BACK);
		html_lit(out, "</a> ");
	}
	html_lit(out, "<span>");
	frame_aside(out, frame);
	text_fmt(out, say_resident(SAY_STEP, plan->lang), step, steps(plan));
	frame_aside_end(out, frame);
	text_fmt(out,
		"</span> <progress value=\"%zu\" max=\"%zu\""
		" aria-hidden=\"true\"></progress></p>\n", step, steps(plan));
}

static bool
opens_with_question(const struct plan *plan, size_t step)
{
	return plan->quick && step == 1;
}

static void
open_step(struct text *out, const struct plan *plan, size_t step)
{
	text_fmt(out, "<section class=\"p p%zu%s\" tabindex=\"-1\" aria-label=\"", step,
		step == plan->first ? " now" : "");
	text_fmt(out, say_resident(SAY_STEP, plan->lang), step, steps(plan));
	html_lit(out, "\">\n");
	if (!opens_with_question(plan, step))
		put_step(out, plan, step, false);
}

static void
close_step(struct text *out, const struct plan *plan, size_t step)
{
	if (opens_with_question(plan, step))
		put_step(out, plan, step, true);
	html_lit(out, "</section>\n");
}

/* ---- a mistake ---- */

/* Does an earlier issue stand on the same screen? */
static bool
step_named(const struct plan *plan, size_t i, size_t step)
{
	for (size_t j = 0; j < i; j++) {
		int item = plan->page->issue[j].item;

		if (item >= 0 && plan_step(plan, &plan->form->item[item]) == step)
			return true;
	}
	return false;
}

static void
put_mistakes(struct text *out, const struct plan *plan)
{
	const struct resident_form *page = plan->page;

	if (page->issues == 0)
		return;
	html_lit(out,
		"<div class=\"wrong\" role=\"alert\" id=\"wrong\" tabindex=\"-1\" data-one=\"");
	html_text(out, say_resident(SAY_MISTAKE, plan->lang));
	html_lit(out, "\">\n<p>");
	frame_aside(out, &page->frame);
	text_fmt(out, say_resident(page->issues == 1 ? SAY_MISTAKE : SAY_MISTAKES, plan->lang),
		page->issues);
	frame_aside_end(out, &page->frame);
	html_lit(out, "</p>\n");
	for (size_t i = 0; i < page->issues; i++) {
		int item = page->issue[i].item;
		size_t step = item >= 0 ? plan_step(plan, &plan->form->item[item]) : 0;

		if (step == 0) {
			html_lit(out, "<p>");
			frame_word(out, &page->frame, issue_words(page->issue[i].code, plan->lang));
			html_lit(out, "</p>\n");
		} else if (!step_named(plan, i, step)) {
			text_fmt(out, "<a class=\"tool\" href=\"#s%zu\">", step);
			frame_aside(out, &page->frame);
			text_fmt(out, say_resident(SAY_MISTAKE_AT, plan->lang), step);
			frame_aside_end(out, &page->frame);
			html_lit(out, "</a>\n");
		}
	}
	html_lit(out, "</div>\n");
}

/* Why it is shown again, where that is no mistake of an answer. */
static void
put_again(struct text *out, const struct plan *plan)
{
	enum resident_again again = plan->page->again;

	if (again != AGAIN_ELSEWHERE && again != AGAIN_NO_KEY && again != AGAIN_NO_CONSENT)
		return;
	html_lit(out, "<div class=\"wrong\" role=\"alert\">\n");
	frame_paragraph(out, &plan->page->frame, again == AGAIN_ELSEWHERE ? SAY_FROM_ELSEWHERE :
		again == AGAIN_NO_KEY ? SAY_NO_KEY : SAY_NOT_SUBMITTED);
	/* He had pressed it, on this page: once more is enough.  From elsewhere it
	 * may have been another. */
	if (again == AGAIN_NO_KEY) {
		html_lit(out, "<button class=\"button\" name=\"_consent\" value=\"yes\">");
		frame_say(out, &plan->page->frame, SAY_SUBMIT);
		html_lit(out, "</button>\n");
	}
	html_lit(out, "</div>\n");
}

/* The next screen after step with a mistake, 0: none; *here tells whether step has one itself. */
static size_t
next_mistake(const struct plan *plan, size_t step, bool *here)
{
	size_t next = 0;

	*here = false;
	for (size_t i = 0; i < plan->page->issues; i++) {
		int item = plan->page->issue[i].item;
		size_t at = item >= 0 ? plan_step(plan, &plan->form->item[item]) : 0;

		*here = *here || at == step;
		if (at > step && (next == 0 || at < next))
			next = at;
	}
	return next;
}

/* ---- buttons at thumb height ---- */

static void
put_submit(struct text *out, const struct plan *plan, const struct relevant_node *when)
{
	text_puts(out, when != NULL ? "<button class=\"main end\"" : "<button class=\"main\"");
	skip_attribute(out, plan->form, when);
	html_lit(out, " name=\"_consent\" value=\"yes\">");
	frame_say(out, &plan->page->frame, SAY_SUBMIT);
	html_lit(out, "</button>\n");
}

static void
put_next(struct text *out, const struct plan *plan, size_t step, const struct relevant_node *when)
{
	text_puts(out, plan->quick ? "<a class=\"next\"" : "<a class=\"main next\"");
	skip_attribute(out, plan->form, when);
	text_fmt(out, " href=\"#s%zu\">", step + 1);
	frame_say(out, &plan->page->frame, plan->quick && step == 1 ? SAY_MORE : SAY_NEXT);
	html_lit(out, "</a>\n");
}

/* Next; submit on the last screen, on every screen of a quick form, and wherever the answers so
 * far leave nothing more to ask.  A screen with a mistake leads to the next one, the last of them
 * to the end: whoever forgot one answer does not walk through all the others again. */
static void
put_bar(struct text *out, const struct plan *plan, size_t step, size_t screen)
{
	const struct relevant_node *end = NULL;
	bool mended;
	size_t next = next_mistake(plan, step, &mended);

	html_lit(out, "<p class=\"bar\">\n");
	if (mended && next != 0) {
		text_fmt(out, "<a class=\"main fix\" href=\"#s%zu\">", next);
		frame_say(out, &plan->page->frame, SAY_MISTAKE_NEXT);
		html_lit(out, "</a>\n</p>\n");
		return;
	}
	if (step < steps(plan)) {
		if (!plan->quick)
			end = skip_end(plan->form, screen, plan->pool);
		put_next(out, plan, step, end != NULL ? skip_not(end, plan->pool) : NULL);
	}
	if (plan->quick || step == steps(plan) || mended)
		put_submit(out, plan, NULL);
	else if (end != NULL)
		put_submit(out, plan, end);
	html_lit(out, "</p>\n");
}

/* ---- screens ---- */

static void
put_sector(struct text *out, const struct plan *plan)
{
	const struct choice *choice;

	if (plan->sector == NULL)
		return;
	choice = form_choice(&plan->form->item[plan->sector_item], plan->sector);
	html_lit(out, "<p>");
	frame_say(out, &plan->page->frame, SAY_SECTOR);
	html_text(out, texts_in(&choice->label, plan->language));
	html_lit(out, "</p>\n");
}

/* The site's sector takes part in the skip logic like any answer, but is not asked. */
static void
put_known(struct text *out, const struct plan *plan)
{
	if (plan->sector == NULL)
		return;
	html_lit(out, "<input type=\"radio\" name=\"");
	html_text(out, plan->form->variant_by);
	html_lit(out, "\" value=\"");
	html_text(out, plan->sector);
	html_lit(out, "\" checked hidden>\n");
}

/* Where the code hangs: a city's survey is not about this place, but may ask about its sector. */
static void
put_scanned(struct text *out, const struct plan *plan)
{
	const struct resident_form *page = plan->page;

	if (page->site_name == NULL || *page->site_name == '\0')
		return;
	html_lit(out, "<p>");
	frame_say(out, &plan->page->frame, SAY_SCANNED);
	frame_site(out, page);
	if (!page->ticket) {
		html_lit(out, " ");
		frame_elsewhere(out, &page->frame);
	}
	html_lit(out, "</p>\n");
}

/* What a ticket means for him who came with one, or goes on without. */
static void
put_ticket(struct text *out, const struct plan *plan)
{
	if (plan->page->ticket)
		frame_paragraph(out, &plan->page->frame,
			plan->page->open ? SAY_TICKET_OPEN_NOTE : SAY_TICKET_NOTE);
}

static void
put_consent(struct text *out, const struct plan *plan)
{
	const struct resident_frame *frame = &plan->page->frame;

	open_step(out, plan, 1);
	html_lit(out, "<div class=\"notice\">\n<h2>");
	html_text(out, texts_in(&plan->form->title, plan->language));
	html_lit(out, "</h2>\n");
	frame_notice(out, frame, texts_in(&plan->form->consent, plan->language),
		plan->form->minutes);
	put_ticket(out, plan);
	put_scanned(out, plan);
	put_sector(out, plan);
	frame_promise(out, frame);
	html_lit(out, "</div>\n<p class=\"bar stay\">\n<a class=\"even\" href=\"#s2\">");
	frame_say(out, &plan->page->frame, SAY_AGREE);
	html_lit(out, "</a>\n<a class=\"even\" href=\"");
	frame_href(out, frame, frame->self, "consent=no");
	html_lit(out, "\">");
	frame_say(out, &plan->page->frame, SAY_DECLINE);
	html_lit(out, "</a>\n</p>\n");
	close_step(out, plan, 1);
}

/* The quick form's consent: a line over the button that gives it, the whole of it one tap away. */
static void
put_quick_consent(struct text *out, const struct plan *plan)
{
	html_lit(out, "<details class=\"notice\"><summary>");
	frame_say(out, &plan->page->frame, SAY_QUICK);
	html_lit(out, "</summary>\n");
	frame_notice(out, &plan->page->frame, texts_in(&plan->form->consent, plan->language),
		plan->form->minutes);
	put_ticket(out, plan);
	frame_promise(out, &plan->page->frame);
	html_lit(out, "</details>\n");
}

static void
put_heading(struct text *out, const struct plan *plan, const struct screen *screen)
{
	if (texts_given(&screen->label)) {
		html_lit(out, "<h2>");
		html_text(out, texts_in(&screen->label, plan->language));
		html_lit(out, "</h2>\n");
	}
	if (texts_given(&screen->hint)) {
		html_lit(out, "<p class=\"hint\">");
		html_text(out, texts_in(&screen->hint, plan->language));
		html_lit(out, "</p>\n");
	}
	if (screen->relevant.root != NULL) {
		html_lit(out, "<p class=\"none\"");
		skip_attribute(out, plan->form, skip_not(screen->relevant.root, plan->pool));
		html_lit(out, ">");
		frame_say(out, &plan->page->frame, SAY_NOT_HERE);
		html_lit(out, "</p>\n");
	}
}

static void
put_screen(struct text *out, const struct plan *plan, size_t i)
{
	const struct screen *screen = &plan->form->screen[plan->order[i]];
	size_t step = plan->lead + i + 1;

	open_step(out, plan, step);
	if (plan->quick && step == 2)
		frame_paragraph(out, &plan->page->frame, SAY_REST);
	put_heading(out, plan, screen);
	for (size_t j = 0; j < screen->items; j++)
		if ((int)(screen->first + j) != plan->sector_item)
			item_put(out, plan, &plan->form->item[screen->first + j]);
	if (plan->quick && step == 1)
		put_quick_consent(out, plan);
	put_bar(out, plan, step, plan->order[i]);
	close_step(out, plan, step);
}

/*
 * What a screen looks like hangs on its place, on the turn of its levels, on language and edition,
 * on the site's sector and on the ticket.  Nothing typed and no mistake may show.
 */
static uint64_t
screen_key(const struct plan *plan, size_t i)
{
	const struct item *by = plan->sector != NULL ? &plan->form->item[plan->sector_item] : NULL;
	uint64_t sector = by != NULL ? (uint64_t)(form_choice(by, plan->sector) - by->choice) + 1 :
		0;

	return 1 | (uint64_t)plan->reversed << 1 | (uint64_t)plan->page->frame.elder << 2 |
		(uint64_t)plan->page->ticket << 3 | (uint64_t)plan->page->open << 4 |
		(uint64_t)plan->language << 5 |
		(uint64_t)i << 8 | (uint64_t)plan->order[i] << 20 | sector << 32;
}

static void
put_screen_once(struct text *out, const struct plan *plan, size_t i)
{
	const struct resident_form *page = plan->page;
	struct resident_cache *cache = page->typed == NULL && page->issues == 0 ? page->cache :
		NULL;
	size_t begin = out->n;

	if (cache_put(out, cache, screen_key(plan, i)))
		return;
	put_screen(out, plan, i);
	cache_keep(cache, screen_key(plan, i), out->s + begin, out->n - begin);
}

void
resident_form(struct text *out, const struct resident_form *given)
{
	const struct languages *languages = &given->form->languages;
	struct resident_form whole = *given;
	const struct resident_form *page = &whole;
	struct pool pool = POOL_INIT;
	struct plan plan;

	whole.frame.language = &languages->of[languages_find(languages, frame_tag(&given->frame))];
	plan_make(&plan, page, &pool);
	frame_open_form(out, page);
	put_targets(out, &plan);
	frame_place(out, page);
	put_again(out, &plan);
	put_mistakes(out, &plan);
	put_known(out, &plan);
	if (plan.lead > 0)
		put_consent(out, &plan);
	for (size_t i = 0; i < plan.screens; i++)
		put_screen_once(out, &plan, i);
	frame_close_form(out, page);
	pool_clear(&pool);
}
