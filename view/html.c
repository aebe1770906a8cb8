/* Escaping: the one place where someone's words become markup. */
#include "view/html.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *
escape(char c)
{
	switch (c) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '"': return "&quot;";
	case '\'': return "&#39;";
	default: return NULL;
	}
}

void
html_text(struct text *out, const char *s)
{
	const char *from = s;

	if (s == NULL)
		return;
	for (; *s != '\0'; s++) {
		const char *instead = escape(*s);

		if (instead == NULL)
			continue;
		text_add(out, from, (size_t)(s - from));
		text_puts(out, instead);
		from = s + 1;
	}
	text_add(out, from, (size_t)(s - from));
}

void
html_words(struct text *out, const struct words *w, enum lang lang)
{
	html_text(out, w->in[lang]);
}

void
html_number(struct text *out, double x, int decimals)
{
	char s[400];

	if (!isfinite(x)) {
		text_puts(out, isnan(x) ? "—" : x > 0 ? "∞" : "−∞");
		return;
	}
	snprintf(s, sizeof(s), "%.*f", decimals, fabs(x));
	/* A value that rounds to zero has no sign to show. */
	if (x < 0 && strspn(s, "0.") != strlen(s))
		text_puts(out, "−");
	text_puts(out, s);
}

void
html_int(struct text *out, long long n)
{
	if (n < 0)
		text_puts(out, "−");
	text_fmt(out, "%llu", n < 0 ? 0ULL - (unsigned long long)n : (unsigned long long)n);
}

void
html_url(struct text *out, const char *s)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
		"0123456789-._~";

	if (s == NULL)
		return;
	for (; *s != '\0'; s++) {
		if (strchr(plain, *s) != NULL)
			text_putc(out, *s);
		else
			text_fmt(out, "%%%02X", (unsigned char)*s);
	}
}
