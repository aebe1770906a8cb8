/* What was handed in before, or too late: that nothing was stored, and what to do. */
#include "view/resident/part.h"

#include <string.h>

#include "base/utf8.h"
#include "view/html.h"

void
resident_kept(struct text *out, const struct resident_frame *frame, int64_t minute,
	enum resident_kept phone)
{
	struct resident_frame still = *frame;
	enum lang lang = frame->lang;

	still.self = NULL;	/* a language link would open another sheet */
	still.over = true;
	frame_open(out, &still, say_resident(SAY_KEPT, lang));
	if (phone != KEPT_NO_PHONE)
		frame_paragraph(out, frame,
			phone == KEPT_PHONE ? SAY_KEPT_PHONE : SAY_KEPT_PHONE_NOT);
	note_minute(out, frame, SAY_KEPT_AT, minute);
	frame_paragraph(out, frame, SAY_KEPT_TEXT);
	if (frame->self != NULL) {
		frame_paragraph(out, frame, SAY_KEPT_ANEW);
		frame_link(out, frame, frame->self, SAY_FRESH);
	}
	frame_close(out, frame);
}

/* ---- too late ---- */

static const struct words titles[] = {
	[LATE_OVER] = { { "没有保存：这一轮调查已经结束",
		"Not stored: this round of the survey is over" } },
	[LATE_LAPSED] = { { "没有保存：这项调查的批准有效期已过",
		"Not stored: the approval of this survey is over" } },
	[LATE_SITE] = { { "没有保存：这个评价点已经停用",
		"Not stored: this place is no longer rated" } },
};

/* It may have been put back while he answered: not he was late. */
static const struct words lapsed = { {
	"这不是您的原因：这项调查的批准有效期到 {valid_until} 为止，"
		"没有续批以前不能收答卷，所以这一份没有保存。很抱歉让您白填了。"
		"有疑问请打 {contact}。",
	"You did nothing wrong: this survey was approved until {valid_until} and may not"
		" take answers before that is renewed, so yours were not stored. We are sorry that"
		" you filled it in for nothing. For questions call {contact}."
} };

static bool
is_answer(const struct pair *pair, const char *name)
{
	return pair->value_n > 0 && answers_named(pair, name) &&
		!(pair->value_n == 2 && memcmp(pair->value, "99", 2) == 0);
}

/* That the form was filled in. */
static size_t
late_language(const struct resident_late *late)
{
	return languages_find(&late->form->languages, frame_tag(&late->frame));
}

static void
put_item(struct text *out, const struct resident_late *late, const struct item *item,
	struct pool *pool)
{
	size_t language = late_language(late);
	bool any = false;

	for (size_t i = 0; i < late->typed->pairs; i++) {
		const struct pair *pair = &late->typed->pair[i];
		const struct choice *choice;

		if (!is_answer(pair, item->name))
			continue;
		choice = form_choice(item, pair->value);
		if (!any) {
			html_lit(out, "<dt>");
			html_text(out, texts_in(form_label(late->form, item, NULL), language));
			html_lit(out, "</dt>\n");
		}
		any = true;
		html_lit(out, "<dd>");
		if (choice != NULL)
			html_text(out, texts_in(&choice->label, language));
		else
			note_typed(out, pair, pool);
		html_lit(out, "</dd>\n");
	}
}

/* Nobody knows the questions any more: what was written in words, as it is. */
static void
put_written(struct text *out, const struct answers *typed, struct pool *pool)
{
	for (size_t i = 0; i < typed->pairs; i++) {
		const struct pair *pair = &typed->pair[i];

		if (pair->name_n == 0 || pair->name[0] == '_' ||
				utf8_count(pair->value, utf8_valid(pair->value, pair->value_n)) < 4)
			continue;
		html_lit(out, "<dd>");
		note_typed(out, pair, pool);
		html_lit(out, "</dd>\n");
	}
}

/* The questions are in the form's language where the page is not. */
static void
put_marks(struct text *out, const struct resident_late *late)
{
	const struct language *language = &late->form->languages.of[late_language(late)];

	if (strcmp(language->page, lang_tag(late->frame.lang)) != 0)
		frame_language(out, language);
}

void
resident_late(struct text *out, const struct resident_late *late)
{
	const struct resident_frame *frame = &late->frame;
	struct resident_frame still = *frame;
	enum lang lang = still.lang;
	struct pool pool = POOL_INIT;

	still.self = NULL;	/* a language link would lose what was typed */
	still.over = true;
	frame_open(out, &still, titles[late->why].in[lang]);
	if (late->why != LATE_LAPSED && late->minute != 0)
		note_minute(out, frame, SAY_ENDED_AT, late->minute);
	if (late->why == LATE_LAPSED)
		frame_notice(out, frame, lapsed.in[lang], 0);
	else
		frame_paragraph(out, frame, SAY_LATE_SORRY);
	if (late->may_go_on)
		frame_link(out, frame, frame->self, SAY_LATE_OPEN);
	html_lit(out, "<h2>");
	frame_say(out, frame, SAY_LATE_ANSWERS);
	html_lit(out, "</h2>\n<dl");
	if (late->form != NULL)
		put_marks(out, late);
	html_lit(out, ">\n");
	for (size_t i = 0; late->form != NULL && i < late->form->items; i++)
		put_item(out, late, &late->form->item[i], &pool);
	if (late->form == NULL)
		put_written(out, late->typed, &pool);
	html_lit(out, "</dl>\n");
	frame_close(out, frame);
	pool_clear(&pool);
}
