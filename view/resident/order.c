/* Which screen comes when: decided by the submission's key, so that a resend looks the same. */
#include "view/resident/part.h"

#include <string.h>

#include "base/sha256.h"

/* Random words out of a key and a purpose: SHA-256 in counter mode. */
struct draw {
	const char *key, *purpose;
	unsigned char counter;
};

static uint32_t
draw_next(struct draw *d)
{
	unsigned char digest[32];
	struct sha256 s;

	sha256_init(&s);
	sha256_add(&s, d->purpose, strlen(d->purpose) + 1);
	sha256_add(&s, &d->counter, 1);
	if (d->key != NULL)
		sha256_add(&s, d->key, strlen(d->key));
	sha256_end(digest, &s);
	d->counter++;
	return (uint32_t)digest[0] << 24 | (uint32_t)digest[1] << 16 |
		(uint32_t)digest[2] << 8 | digest[3];
}

/* Fisher and Yates; n is at most FORM_ITEMS_MAX, so the bias of % is below 1e-7. */
static void
shuffle(int unit[], size_t n, struct draw *d)
{
	for (size_t i = n; i > 1; i--) {
		size_t j = draw_next(d) % i;
		int swap = unit[i - 1];

		unit[i - 1] = unit[j];
		unit[j] = swap;
	}
}

/* Add the screens of the block that begins at *s, unit by unit in random order. */
static void
add_block(size_t order[], size_t *n, const struct form *form, size_t *s, struct draw *d)
{
	int block = form->screen[*s].block, unit[FORM_ITEMS_MAX];
	size_t begin = *s, end = begin, units = 0;

	for (; end < form->screens && form->screen[end].block == block; end++)
		if (units == 0 || unit[units - 1] != form->screen[end].unit)
			unit[units++] = form->screen[end].unit;
	shuffle(unit, units, d);
	for (size_t u = 0; u < units; u++)
		for (size_t i = begin; i < end; i++)
			if (form->screen[i].unit == unit[u])
				order[(*n)++] = i;
	*s = end;
}

/* Does the screen hold nothing but the question the site has answered? */
static bool
screen_known(const struct plan *plan, size_t s)
{
	const struct screen *screen = &plan->form->screen[s];

	return plan->sector_item >= 0 && screen->items == 1 &&
		screen->first == (size_t)plan->sector_item;
}

static void
order_screens(struct plan *plan)
{
	struct draw d = { plan->page->key, "order", 0 };
	size_t all[FORM_ITEMS_MAX], n = 0;

	for (size_t s = 0; s < plan->form->screens;) {
		if (plan->form->screen[s].block > 0)
			add_block(all, &n, plan->form, &s, &d);
		else
			all[n++] = s++;
	}
	for (size_t i = 0; i < n; i++)
		if (!screen_known(plan, all[i]))
			plan->order[plan->screens++] = all[i];
}

/* A site's sector counts only where the form asks for it and has it as a choice. */
static void
settle_sector(struct plan *plan)
{
	const struct form *form = plan->form;
	const char *sector = plan->page->sector;
	int i = form->variant_by != NULL ? form_item(form, form->variant_by) : -1;

	plan->sector_item = -1;
	if (i < 0 || sector == NULL || form_choice(&form->item[i], sector) == NULL)
		return;
	plan->sector_item = i;
	plan->sector = sector;
}

size_t
plan_step(const struct plan *plan, const struct item *item)
{
	for (size_t i = 0; i < plan->screens; i++)
		if (plan->order[i] == item->screen)
			return plan->lead + i + 1;
	return 0;
}

const struct issue *
plan_issue(const struct plan *plan, const struct item *item)
{
	for (size_t i = 0; i < plan->page->issues; i++)
		if (plan->page->issue[i].item == (int)(item - plan->form->item))
			return &plan->page->issue[i];
	return NULL;
}

/* The first screen with a mistake; without one, the first of all. */
static size_t
first_step(const struct plan *plan)
{
	size_t first = 0;

	for (size_t i = 0; i < plan->page->issues; i++) {
		int item = plan->page->issue[i].item;
		size_t step = item >= 0 ? plan_step(plan, &plan->form->item[item]) : 0;

		if (step != 0 && (first == 0 || step < first))
			first = step;
	}
	return first != 0 ? first : 1;
}

void
plan_make(struct plan *plan, const struct resident_form *page, struct pool *pool)
{
	struct draw d = { page->key, "reverse", 0 };

	*plan = (struct plan){ .page = page, .form = page->form, .lang = page->frame.lang,
		.language = languages_find(&page->form->languages, frame_tag(&page->frame)),
		.pool = pool };
	plan->quick = page->form->minutes <= 1;
	plan->lead = plan->quick ? 0 : 1;
	plan->reversed = page->form->reverse_half && draw_next(&d) % 2 == 1;
	settle_sector(plan);
	order_screens(plan);
	plan->first = first_step(plan);
}
