/* Is this a whole HTML document?  A small checker for tests of pages. */
#ifndef TESTS_HTML_CHECK_H
#define TESTS_HTML_CHECK_H

/*
 * NULL, or what is wrong first (static storage).  Wrong is: bytes that are not UTF-8 or a
 * control character; a tag that does not close, or closes another; an attribute twice, an unquoted value
 * with odd characters; a bare & or <; an id twice; for, aria-describedby, href="#..." that
 * name no id; style=, on...= or words inside <script> or <style> (the pages' security policy
 * forbids them); a fieldset without a legend first; a control outside a label that has
 * no aria-label and no label for it.
 */
const char *html_fault(const char *html);

#endif
