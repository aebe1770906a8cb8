/* What the files behind view/resident/resident.h share.  Inside view/ only. */
#ifndef VIEW_RESIDENT_PART_H
#define VIEW_RESIDENT_PART_H

#include <stdbool.h>

#include "base/pool.h"
#include "view/resident/resident.h"
#include "view/resident/say.h"

/* ---- the frame around every page (frame.c) ---- */

/*
 * From <!doctype> to the page's header and first heading.  title: heading and <title>;
 * plain NULL.  frame_close() ends what frame_open() began.
 *
 * A form page passes itself: frame_open_form() writes <form>, hidden fields and files,
 * frame_place() the header.  What chooses a screen stands between the two, as it takes the header
 * away: on a later screen, and in large print, the tools stand below (frame_close_form() writes
 * them a second time), so that a question and all its answers are in view when its screen opens.
 */
void frame_open(struct text *out, const struct resident_frame *frame, const char *title);
void frame_open_form(struct text *out, const struct resident_form *page);
void frame_close(struct text *out, const struct resident_frame *frame);
void frame_place(struct text *out, const struct resident_form *page);
void frame_close_form(struct text *out, const struct resident_form *page);

/* Name and window of the form's site; "Not this place?". */
void frame_site(struct text *out, const struct resident_form *page);
void frame_elsewhere(struct text *out, const struct resident_frame *frame);

/*
 * One of our sentences, escaped; and as a paragraph.  On a form in a language the frame does not
 * speak they are marked as what they are, so that they are read and set right.  In an attribute
 * nothing can be: html_text() there.
 */
void frame_say(struct text *out, const struct resident_frame *frame, enum say what);
void frame_paragraph(struct text *out, const struct resident_frame *frame, enum say what);
/* Words of ours that are no sentence of the table. */
void frame_word(struct text *out, const struct resident_frame *frame, const char *word);
/* The mark itself, around what the caller writes; and inside it a text of the form again. */
void frame_aside(struct text *out, const struct resident_frame *frame);
void frame_aside_end(struct text *out, const struct resident_frame *frame);
void frame_inside(struct text *out, const struct resident_frame *frame, const char *text);
/* What the reader's language is called in an address. */
const char *frame_tag(const struct resident_frame *frame);
/* ' lang="ug" dir="rtl"' */
void frame_language(struct text *out, const struct language *language);
/* Escaped: the path with the query and, where they are not the usual, language and edition. */
void frame_href(struct text *out, const struct resident_frame *frame, const char *path,
	const char *query);
/* A link that looks like a button. */
void frame_link(struct text *out, const struct resident_frame *frame, const char *path,
	enum say what);
/* The same with a query. */
void frame_link_query(struct text *out, const struct resident_frame *frame, const char *path,
	const char *query, enum say what);
/* That nothing is asked for but answers, and where to read what becomes of them. */
void frame_promise(struct text *out, const struct resident_frame *frame);
/* The text of a notice: a paragraph a line, {fields} filled from the frame, {minutes} as given. */
void frame_notice(struct text *out, const struct resident_frame *frame, const char *text,
	int minutes);

/* ---- which screen comes when (order.c) ---- */

/*
 * What is decided once about a form page.  A step is what a person counts as a screen:
 * the consent, where it has one of its own, then the screens in the order of this key.
 */
struct plan {
	const struct resident_form *page;
	const struct form *form;
	enum lang lang;		/* of the words around it */
	size_t language;	/* of form->languages: its own */
	struct pool *pool;
	const char *sector;	/* known from the site: a choice of form->variant_by; or NULL */
	int sector_item;	/* the item it answers, or -1 */
	bool quick;		/* a minute or less: consent in a line, submit on every screen */
	bool reversed;		/* this person gets levels from the low end */
	size_t lead;		/* steps before the first screen: 1 with a consent screen, else 0 */
	size_t screens;		/* screens shown */
	size_t order[FORM_ITEMS_MAX];	/* order[screens]: indices of form->screen */
	size_t first;		/* step shown when the page opens, from 1 */
};

void plan_make(struct plan *plan, const struct resident_form *page, struct pool *pool);
/* Step (from 1) of an item's screen; 0 if its screen is not shown. */
size_t plan_step(const struct plan *plan, const struct item *item);
/* The issue of an item, or NULL. */
const struct issue *plan_issue(const struct plan *plan, const struct item *item);

/* ---- skip logic as conditions the page carries (skip.c) ---- */

/*
 * Every part of the page that comes and goes has data-if="..." with its condition in
 * reverse Polish: "level<3 callback=2 &".  The style sheet of the form hides it by the very
 * same attribute, the script by evaluating it.  NULL: always there.
 */
const struct relevant_node *skip_not(const struct relevant_node *a, struct pool *pool);
const struct relevant_node *skip_choice(const struct form *form, const struct item *item,
	const struct choice *choice, struct pool *pool);
/* The i-th wording of an item that has wordings, *first its first variant; NULL after the last. */
const struct relevant_node *skip_variant(const struct form *form, const struct item *item, size_t i,
	const struct variant **first, struct pool *pool);
/* None of the wordings holds. */
const struct relevant_node *skip_general(const struct form *form, const struct item *item,
	struct pool *pool);
/* Nothing that follows screen s is asked; NULL: something always may be, as long as s itself is. */
const struct relevant_node *skip_end(const struct form *form, size_t s, struct pool *pool);

/* Call fn with every condition any page of this form may carry.  asks: on a question or a choice,
 * which stays in view while it has a mistake to show; else on words or a button. */
void skip_each(const struct form *form, struct pool *pool,
	void (*fn)(const struct relevant_node *node, bool asks, void *ctx), void *ctx);

void skip_tokens(struct text *out, const struct form *form, const struct relevant_node *node);
/* ' data-if="..."', or nothing for NULL. */
void skip_attribute(struct text *out, const struct form *form, const struct relevant_node *node);
/* A selector for the form element, true when the condition is not.  False: CSS cannot tell. */
bool skip_css_not(struct text *out, const struct form *form, const struct relevant_node *node);
/* Is the number of a choice one the comparison asks for? */
bool skip_fits(const struct relevant_node *node, const struct choice *choice);

/* ---- skip_words.c ---- */
/* In words (skip_words.c), escaped; the part a person has already met (known) is left out. */
void skip_words(struct text *out, const struct plan *plan, const struct relevant_node *node,
	const struct relevant_node *known);

/* ---- one question (item.c) ---- */

void item_put(struct text *out, const struct plan *plan, const struct item *item);

/* ---- parts of kind pages (note.c) ---- */

/* A field to type a code in, sent as GET action?name=... */
struct ask {
	const char *action, *name;
	enum say label, hint, wrong, go;
};
/* typed: what was typed and is wrong; or NULL. */
void note_ask(struct text *out, const struct resident_frame *frame, const struct ask *ask,
	const char *typed);
/* "It was stored at 2026-11-30 05:09". */
void note_minute(struct text *out, const struct resident_frame *frame, enum say what,
	int64_t minute);

/* ---- what goes around (fields.c) ---- */

/* What was typed in words, escaped, as far as it is text at all. */
void note_typed(struct text *out, const struct pair *pair, struct pool *pool);
/* What was typed as hidden fields, in the language of that tag; _r counts how often they went
 * around so. */
void note_fields(struct text *out, const struct answers *typed, const char *tag);

/* ---- what is written once (cache.c) ---- */

/* Write the piece of this key (not 0) if it is kept; false if not, or there is no cache. */
bool cache_put(struct text *out, struct resident_cache *cache, uint64_t key);
void cache_keep(struct resident_cache *cache, uint64_t key, const char *bytes, size_t n);

/* ---- files (file.c) ---- */

/* Of the style sheet and the script all forms share; digested once. */
const char *file_css_path(void);
const char *file_js_path(void);

/* "/s/HASH.css" of bytes. */
void file_path(struct text *out, const char *bytes, size_t n, const char *ending);

#endif
