/* Is a page well made?  A strict little reader of our own HTML and SVG. */
#ifndef TESTS_SUPPORT_MARKUP_H
#define TESTS_SUPPORT_MARKUP_H

#include <stdbool.h>
#include <stddef.h>

/*
 * NULL if all of this holds, else what is wrong and where (static text):
 * UTF-8 without control characters; every tag closed in order (void elements stand alone),
 * attributes named once, unquoted only around letters and digits, ids unique; every #reference,
 * label and aria-describedby leads to an id; & only in entities we write; no script but by src, no
 * style or on... attribute; every SVG with role=img begins with <title> and <desc>, every th has a
 * scope, every fieldset begins with its legend, every control has a label; in whole documents one
 * h1, and no heading more than one level deeper than the last.
 */
const char *markup_fault(const char *html);

/* The text alone, tags out and entities resolved, in malloced memory.  verbatim false: leaves out
 * what stands in elements marked lang="zh-CN". */
char *markup_text(const char *html, bool verbatim);

/* How often needle stands in s. */
size_t markup_count(const char *s, const char *needle);

#endif
