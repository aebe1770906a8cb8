/* Skip logic in words, for who reads a page without it. */
#include "view/resident/part.h"

#include <string.h>

#include "view/html.h"

/* A form's text among the frame's words. */
static void
words_quote(struct text *out, const struct plan *plan, const struct texts *texts)
{
	text_puts(out, say_resident(SAY_QUOTE, plan->lang));
	frame_inside(out, &plan->page->frame, texts_in(texts, plan->language));
	text_puts(out, say_resident(SAY_UNQUOTE, plan->lang));
}

static void
words_choice(struct text *out, const struct plan *plan, const struct choice *choice, bool *any)
{
	if (*any)
		text_puts(out, say_resident(SAY_LIST, plan->lang));
	words_quote(out, plan, &choice->label);
	*any = true;
}

static void
words_compare(struct text *out, const struct plan *plan, const struct relevant_node *node)
{
	const struct item *item = &plan->form->item[node->item];
	bool number = node->op >= RELEVANT_LT && node->op <= RELEVANT_GE, any = false;
	bool empty = !number && (*node->name == '\0' || strcmp(node->name, "99") == 0);

	words_quote(out, plan, &item->label);
	if (empty && node->op != RELEVANT_NE) {
		text_puts(out, say_resident(SAY_EMPTY, plan->lang));
		return;
	}
	text_puts(out,
		say_resident(node->op == RELEVANT_NE && !empty ? SAY_IS_NOT : SAY_IS, plan->lang));
	for (size_t i = 0; i < item->choices; i++)
		if (number ? skip_fits(node, &item->choice[i])
				: empty || strcmp(item->choice[i].name, node->name) == 0)
			words_choice(out, plan, &item->choice[i], &any);
	if (!any && !number)
		html_text(out, node->name);
}

void
skip_words(struct text *out, const struct plan *plan, const struct relevant_node *node,
	const struct relevant_node *known)
{
	switch (node->op) {
	case RELEVANT_NOT:
		text_puts(out, say_resident(SAY_NOT, plan->lang));
		skip_words(out, plan, node->a, known);
		return;
	case RELEVANT_OR:
	case RELEVANT_AND:
		if (node->op == RELEVANT_AND && (node->a == known || node->b == known)) {
			skip_words(out, plan, node->a == known ? node->b : node->a, known);
			return;
		}
		skip_words(out, plan, node->a, known);
		text_puts(out,
			say_resident(node->op == RELEVANT_AND ? SAY_AND : SAY_OR, plan->lang));
		skip_words(out, plan, node->b, known);
		return;
	default:
		words_compare(out, plan, node);
	}
}
