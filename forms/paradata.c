/* How an answer was filled in. */
#include "forms/paradata.h"

#include <string.h>

static const char *const clients[] = { "", "phone", "tablet", "desktop", "wechat", "other" };

static const char *
client_of(const struct paradata *p)
{
	return p->client != NULL ? p->client : "";
}

bool
paradata_valid(const struct paradata *p)
{
	size_t i = 0, n = sizeof(clients) / sizeof(clients[0]);

	while (i < n && strcmp(client_of(p), clients[i]) != 0)
		i++;
	return i < n && p->screens >= -1 && p->screens <= PARADATA_SCREENS && p->dont_know >= -1 &&
		p->dont_know <= FORM_ITEMS_MAX && p->resends >= -1 &&
		p->resends <= PARADATA_RESENDS &&
		p->rush >= 0 && p->rush <= (RUSH_NETWORK | RUSH_SITE);
}

static bool
is_none(const struct paradata *p)
{
	return p->screens == -1 && p->dont_know == -1 && p->resends == -1 && p->rush == 0 &&
		client_of(p)[0] == '\0';
}

void
paradata_put(struct text *out, const struct paradata *p)
{
	if (is_none(p))
		return;
	text_puts(out, "screens=");
	text_number(out, p->screens);
	text_puts(out, " dont_know=");
	text_number(out, p->dont_know);
	text_puts(out, " resends=");
	text_number(out, p->resends);
	text_puts(out, " client=");
	text_puts(out, client_of(p));
	text_puts(out, " rush=");
	text_number(out, p->rush);
}

int64_t
paradata_seconds(int64_t seconds)
{
	static const struct { int64_t under, step; } cut[] = { { 120, 5 }, { 600, 15 },
		{ 3600, 60 } };

	if (seconds < 0)
		return -1;
	for (size_t i = 0; i < sizeof(cut) / sizeof(cut[0]); i++)
		if (seconds < cut[i].under)
			return seconds - seconds % cut[i].step;
	return 3600;
}

int
paradata_dont_know(const struct response *r)
{
	int n = 0;

	for (size_t i = 0; i < r->form->items; i++)
		n += r->value[i].state == VALUE_DONT_KNOW;
	return n;
}
