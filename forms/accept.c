/* The door: what was sent, judged question by question. */
#include <string.h>

#include "base/utf8.h"
#include "forms/kind.h"

/* One submission on its way through. */
struct accept {
	const struct form *form;
	const struct answers *a;
	const char *sector;
	struct pool *pool;
	struct response *r;
	struct value *value;		/* r->value, writable */
	struct issue *issue;
	size_t issues;
	bool faulty[FORM_ITEMS_MAX];	/* has an issue, or hangs on one that
					 * has: not to be judged by */
	bool any_faulty;
	int first[FORM_ITEMS_MAX];	/* index of the item's first non-empty pair, or -1 */
	int last[FORM_ITEMS_MAX];
	size_t sent[FORM_ITEMS_MAX];	/* how many */
	int *next;			/* next[pair]: the item's next pair, or -1 */
	const struct pair **together;	/* room for the pairs of one item */
	const struct pair *unknown;	/* first pair that no item asked for */
};

/* Pages send items in form order: look where the last one was found, then onward. */
static int
find_item(const struct form *form, const struct pair *p, size_t *hint)
{
	for (size_t k = 0; k < form->items; k++) {
		size_t i = *hint + k < form->items ? *hint + k : *hint + k - form->items;
		const char *name = form->item[i].name;

		if (name[0] == p->name[0] && strlen(name) == p->name_n &&
				memcmp(name, p->name, p->name_n) == 0) {
			*hint = i;
			return (int)i;
		}
	}
	return -1;
}

/* Hang each pair on its item. */
static void
sort_pairs(struct accept *in)
{
	size_t hint = 0;

	memset(in->first, -1, sizeof(in->first));
	in->next = pool_array(in->pool, in->a->pairs + 1, sizeof(in->next[0]));
	in->together = pool_array(in->pool, in->a->pairs + 1, sizeof(in->together[0]));
	for (size_t i = 0; i < in->a->pairs; i++) {
		const struct pair *p = &in->a->pair[i];
		int item;

		if (p->name_n > 0 && p->name[0] == '_')
			continue;
		item = p->name_n <= FORM_NAME_MAX ? find_item(in->form, p, &hint) : -1;
		if (item < 0) {
			if (in->unknown == NULL)
				in->unknown = p;
			continue;
		}
		if (p->value_n == 0)
			continue;
		in->next[i] = -1;
		if (in->first[item] < 0)
			in->first[item] = (int)i;
		else
			in->next[in->last[item]] = (int)i;
		in->last[item] = (int)i;
		in->sent[item]++;
	}
}

/* C0, DEL, C1, and bytes that are no character at all. */
static bool
shown(const char *s, size_t n, size_t *len)
{
	uint32_t c = utf8_next(s, n, len);

	return c >= 0x20 && !(c >= 0x7f && c < 0xa0) && !(c == 0xfffd && *len == 1);
}

/* The name as sent, fit to be shown. */
static const char *
printable(const char *s, size_t n, struct pool *pool)
{
	char *out = pool_take(pool, FORM_NAME_MAX * 4 + 1), *to = out;
	size_t len;

	for (size_t i = 0, count = 0; i < n && count < FORM_NAME_MAX; i += len, count++) {
		if (!shown(s + i, n - i, &len)) {
			*to++ = '?';
		} else {
			memcpy(to, s + i, len);
			to += len;
		}
	}
	*to = '\0';
	return out;
}

static void
complain(struct accept *in, enum issue_code code, int item, const char *name)
{
	in->issue[in->issues++] = (struct issue){ code, item, name };
	if (item >= 0)
		in->faulty[item] = in->any_faulty = true;
}

/* Does the condition look at an answer that has an issue? */
static bool
hangs(const struct accept *in, const struct relevant_node *node)
{
	if (node == NULL)
		return false;
	if (node->item >= 0)
		return in->faulty[node->item];
	return hangs(in, node->a) || hangs(in, node->b);
}

static bool
unclear(const struct accept *in, const struct item *item)
{
	if (!in->any_faulty)
		return false;
	return hangs(in, item->relevant.root) || hangs(in, item->filter.when.root) ||
		(item->filter.item >= 0 && in->faulty[item->filter.item]);
}

/* Anything but "skipped" to a question that was not asked? */
static bool
said_something(const struct accept *in, size_t item)
{
	for (int i = in->first[item]; i >= 0; i = in->next[i])
		if (in->a->pair[i].value_n != 2 || memcmp(in->a->pair[i].value, "99", 2) != 0)
			return true;
	return false;
}

/* A choice of the item that earlier answers took away after it was ticked. */
static bool
outdated(const struct accept *in, const struct item *item, const struct pair *p)
{
	const struct choice *choice;

	if (in->a->typed_up || memchr(p->value, '\0', p->value_n) != NULL)
		return false;
	choice = form_choice(item, p->value);
	return choice != NULL && !relevant_offered(in->form, item, choice, in->r);
}

/* Nothing was sent: the site may know the answer. */
static void
prefill(struct accept *in, size_t i)
{
	const struct item *item = &in->form->item[i];
	const struct choice *choice;

	in->value[i].state = VALUE_SKIPPED;
	if (in->sector == NULL || in->form->variant_by == NULL ||
			strcmp(item->name, in->form->variant_by) != 0)
		return;
	choice = form_choice(item, in->sector);
	if (choice != NULL && choice->code != FORM_DONT_KNOW)
		in->value[i] = (struct value){ .state = VALUE_GIVEN, .choice = choice };
}

static int
read_sent(struct accept *in, size_t i)
{
	struct reading reading = { .form = in->form, .item = &in->form->item[i], .so_far = in->r,
		.sent = in->together, .pool = in->pool };

	if (in->sent[i] > FORM_CHOICES_MAX)
		return ISSUE_DOUBLED;
	for (int k = in->first[i]; k >= 0; k = in->next[k])
		if (!outdated(in, reading.item, &in->a->pair[k]))
			in->together[reading.n++] = &in->a->pair[k];
	if (reading.n > 0)
		return kind_read(&in->value[i], &reading);
	prefill(in, i);
	return READ_FINE;
}

static void
judge_asked(struct accept *in, size_t i)
{
	const struct item *item = &in->form->item[i];
	struct value *v = &in->value[i];
	int issue = READ_FINE;

	if (in->sent[i] > 0)
		issue = read_sent(in, i);
	else
		prefill(in, i);
	if (issue == READ_FINE && item->required && v->state == VALUE_SKIPPED)
		issue = ISSUE_MISSING;
	if (issue != READ_FINE)
		complain(in, (enum issue_code)issue, (int)i, item->name);
	in->r->masked |= v->masked;
	if (item->kind == KIND_PHONE) {
		in->r->phone = v->state == VALUE_GIVEN ? v->text : NULL;
		*v = (struct value){ .state = VALUE_NOT_ASKED };
	}
}

static void
judge(struct accept *in, size_t i)
{
	const struct item *item = &in->form->item[i];

	if (unclear(in, item)) {
		in->faulty[i] = true;
		in->value[i].state = VALUE_SKIPPED;
	} else if (relevant_true(&item->relevant, in->form, in->r)) {
		judge_asked(in, i);
	} else if (in->a->typed_up && said_something(in, i)) {
		complain(in, ISSUE_NOT_ASKED, (int)i, item->name);
	}
}

size_t
form_accept(const struct form *form, struct response *r, struct issue issue[],
	const struct answers *a, const char *sector, struct pool *pool)
{
	struct accept in = { .form = form, .a = a, .sector = sector, .pool = pool, .r = r,
		.issue = issue };

	in.value = pool_array(pool, form->items, sizeof(in.value[0]));
	*r = (struct response){ .form = form, .value = in.value };
	sort_pairs(&in);
	for (size_t i = 0; i < form->items; i++)
		judge(&in, i);
	if (in.unknown != NULL)
		complain(&in, ISSUE_UNKNOWN, -1,
			printable(in.unknown->name, in.unknown->name_n, pool));
	if (in.issues > 0)
		*r = (struct response){ 0 };
	else
		response_judge(r);
	return in.issues;
}
