/* How each kind of question reads what was sent.  Inside forms/ only. */
#ifndef FORMS_KIND_H
#define FORMS_KIND_H

#include "forms/response.h"

/* Everything a kind may look at. */
struct reading {
	const struct form *form;
	const struct item *item;
	const struct response *so_far;		/* answers to earlier items */
	const struct pair *const *sent;		/* sent[n], n >= 1: the item's
						 * non-empty pairs, as sent */
	size_t n;
	struct pool *pool;
};

#define READ_FINE (-1)

/*
 * Fill *v, or return the issue_code.  Leaves VALUE_SKIPPED for 99 and for text that is blank.
 * A phone number comes back as v->text; form_accept() moves it out of the values.
 */
int kind_read(struct value *v, const struct reading *in);

/* ---- response.c ---- */
/* r->flagged and r->work_order from its values. */
void response_judge(struct response *r);

#endif
