/* Markup is ours or theirs, and the compiler knows which. */
#ifndef VIEW_HTML_H
#define VIEW_HTML_H

#include <stdbool.h>

#include "base/lang.h"
#include "base/text.h"

/* Only a string literal compiles. */
#define html_lit(out, literal) text_add((out), "" literal "", sizeof(literal) - 1)

/* Someone's words: & < > " ' escaped; NULL adds nothing. */
void html_text(struct text *out, const char *s);
/* The words in the page's language. */
void html_words(struct text *out, const struct words *w, enum lang lang);
/* A number: fixed decimals, minus as U+2212; NAN is an em dash. */
void html_number(struct text *out, double x, int decimals);
void html_int(struct text *out, long long n);
/* For a query string or path segment: percent-encoded. */
void html_url(struct text *out, const char *s);

#endif
