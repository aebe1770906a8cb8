/* A strict little reader of our own HTML and SVG. */
#include "tests/support/markup.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"

enum { NAMES = 4096, DEPTH = 64, NAME = 64 };

struct reader {
	const char *html, *s;
	char open[DEPTH][NAME];
	size_t depth;
	char (*id)[NAME], (*want)[NAME];
	size_t ids, wants;
	char (*label)[NAME], (*control)[NAME];	/* ids that labels name, that
						 * controls without one have */
	size_t labels, controls;
	int heading, h1;
	bool whole, legend_due;
};

static char fault[512];

static bool
wrong(const struct reader *r, const char *fmt, ...)
{
	va_list ap;
	size_t n;

	va_start(ap, fmt);
	vsnprintf(fault, sizeof(fault), fmt, ap);
	va_end(ap);
	n = strlen(fault);
	snprintf(fault + n, sizeof(fault) - n, " at byte %td: %.60s", r->s - r->html, r->s);
	return false;
}

static bool
is_void(const char *name)
{
	char padded[NAME + 2];

	snprintf(padded, sizeof(padded), " %s ", name);
	return strstr(" meta link input br img hr ", padded) != NULL;
}

static bool
keep(char (*list)[NAME], size_t *n, const char *s)
{
	if (*n == NAMES)
		abort();
	snprintf(list[(*n)++], NAME, "%.63s", s);
	return true;
}

static bool
keep_words(char (*list)[NAME], size_t *n, const char *words)
{
	char copy[2048], *save = NULL;

	snprintf(copy, sizeof(copy), "%s", words);
	for (char *s = strtok_r(copy, " ", &save); s != NULL; s = strtok_r(NULL, " ", &save))
		keep(list, n, s);
	return true;
}

static bool
read_name(struct reader *r, char name[NAME])
{
	size_t n = strspn(r->s,
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_:");

	if (n == 0 || n >= NAME)
		return wrong(r, "no name");
	memcpy(name, r->s, n);
	name[n] = '\0';
	r->s += n;
	return true;
}

static bool
check_entity(struct reader *r)
{
	static const char *const known[] = { "&amp;", "&lt;", "&gt;", "&quot;", "&#39;" };

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (strncmp(r->s, known[i], strlen(known[i])) == 0)
			return true;
	return wrong(r, "a bare &");
}

static bool
check_attribute(struct reader *r, const char *tag, const char *name, const char *value)
{
	if (strcmp(name, "style") == 0 || strncmp(name, "on", 2) == 0)
		return wrong(r, "%s has the attribute %s", tag, name);
	if (strcmp(name, "id") == 0) {
		for (size_t i = 0; i < r->ids; i++)
			if (strcmp(r->id[i], value) == 0)
				return wrong(r, "id %s twice", value);
		return keep(r->id, &r->ids, value);
	}
	if (strcmp(name, "for") == 0)
		keep(r->label, &r->labels, value);
	if (strcmp(name, "aria-describedby") == 0)
		return keep_words(r->want, &r->wants, value);
	if ((strcmp(name, "href") == 0 && value[0] == '#') || strcmp(name, "for") == 0)
		return keep(r->want, &r->wants, value + (value[0] == '#'));
	return true;
}

/* The value after "=" into value[room]. */
static bool
read_value(struct reader *r, const char *name, char *value, size_t room)
{
	static const char bare[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
	bool quoted = *++r->s == '"';
	size_t n = quoted ? strcspn(++r->s, "\"<") : strspn(r->s, bare);

	if (!quoted && (n == 0 || strchr(" \n>", r->s[n]) == NULL))
		return wrong(r, "%s is not quoted", name);
	if ((quoted && r->s[n] != '"') || n >= room)
		return wrong(r, "%s does not end", name);
	memcpy(value, r->s, n);
	value[n] = '\0';
	for (size_t i = 0; i < n; i++, r->s++)
		if (*r->s == '&' && !check_entity(r))
			return false;
	r->s += quoted;
	return true;
}

static bool
read_attributes(struct reader *r, const char *tag, char *all, size_t room)
{
	char name[NAME], value[2048], seen[NAME + 2];

	all[0] = '\0';
	for (;;) {
		r->s += strspn(r->s, " \n");
		if (*r->s == '>' || *r->s == '/')
			return true;
		if (!read_name(r, name))
			return false;
		snprintf(seen, sizeof(seen), " %s ", name);
		if (strstr(all, seen) != NULL)
			return wrong(r, "%s has %s twice", tag, name);
		value[0] = '\0';
		if (*r->s == '=' && !read_value(r, name, value, sizeof(value)))
			return false;
		if (!check_attribute(r, tag, name, value))
			return false;
		snprintf(all + strlen(all), room - strlen(all), " %s =%s ", name, value);
	}
}

static bool
in_label(const struct reader *r)
{
	for (size_t i = 0; i < r->depth; i++)
		if (strcmp(r->open[i], "label") == 0)
			return true;
	return false;
}

/* Something to fill in says what: inside its label, by aria-label, or by an
 * id that a label names. */
static bool
check_control(struct reader *r, const char *tag, const char *attributes)
{
	const char *id = strstr(attributes, " id =");

	if (strcmp(tag, "input") != 0 && strcmp(tag, "select") != 0 && strcmp(tag, "textarea") != 0)
		return true;
	if (in_label(r) || strstr(attributes, " aria-label =") != NULL ||
			strstr(attributes, " hidden =") != NULL ||
			strstr(attributes, " type =hidden ") != NULL)
		return true;
	if (id == NULL)
		return wrong(r, "%s without a label", tag);
	snprintf(r->control[r->controls], NAME, "%.*s", (int)strcspn(id + 5, " "), id + 5);
	if (++r->controls == NAMES)
		abort();
	return true;
}

static bool
check_element(struct reader *r, const char *tag, const char *attributes)
{
	if (strcmp(tag, "script") == 0 && (strstr(attributes, " src =") == NULL ||
			strncmp(r->s, "></script>", 10) != 0))
		return wrong(r, "a script on the page");
	if (r->legend_due && strcmp(tag, "legend") != 0)
		return wrong(r, "%s before the legend", tag);
	r->legend_due = strcmp(tag, "fieldset") == 0;
	if (!check_control(r, tag, attributes))
		return false;
	if (strcmp(tag, "th") == 0 && strstr(attributes, " scope ") == NULL)
		return wrong(r, "th without scope");
	if (strcmp(tag, "svg") == 0 && strstr(attributes, " role =img ") != NULL &&
			(strncmp(r->s, "><title>", 8) != 0 ||
			strncmp(r->s, "><title></", 10) == 0 || strstr(r->s, "<desc>") == NULL))
		return wrong(r, "a drawing without title and description");
	if (tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6' && tag[2] == '\0') {
		int level = tag[1] - '0';

		if (level > r->heading + 1)
			return wrong(r, "%s after h%d", tag, r->heading);
		r->heading = level;
		r->h1 += level == 1;
	}
	return true;
}

static bool
read_open(struct reader *r)
{
	char tag[NAME], attributes[8192];

	if (!read_name(r, tag) || !read_attributes(r, tag, attributes, sizeof(attributes)) ||
			!check_element(r, tag, attributes))
		return false;
	if (*r->s == '/') {
		r->s += 2;
		return true;
	}
	r->s++;
	if (is_void(tag))
		return true;
	if (r->depth == DEPTH)
		return wrong(r, "too deep");
	snprintf(r->open[r->depth++], NAME, "%s", tag);
	return true;
}

static bool
read_close(struct reader *r)
{
	char tag[NAME];

	r->s++;
	if (!read_name(r, tag))
		return false;
	if (r->depth == 0 || strcmp(r->open[r->depth - 1], tag) != 0)
		return wrong(r, "</%s> closes <%s>", tag, r->depth > 0 ? r->open[r->depth - 1] :
			"nothing");
	r->depth--;
	if (*r->s++ != '>')
		return wrong(r, "</%s does not end", tag);
	return true;
}

/* Is every name of want[n] among got[m]? */
static bool
check_names(const struct reader *r, char (*want)[NAME], size_t n, char (*got)[NAME], size_t m,
	const char *what)
{
	for (size_t i = 0, k; i < n; i++) {
		for (k = 0; k < m && strcmp(want[i], got[k]) != 0; k++)
			continue;
		if (k == m)
			return wrong(r, "nothing %s %s", what, want[i]);
	}
	return true;
}

static bool
check_bytes(struct reader *r)
{
	size_t n = strlen(r->html);

	r->s = r->html + utf8_valid(r->html, n);
	if (*r->s != '\0')
		return wrong(r, "not UTF-8");
	for (r->s = r->html; *r->s != '\0'; r->s++)
		if ((unsigned char)*r->s < 0x20 && strchr("\t\r\n", *r->s) == NULL)
			return wrong(r, "a control character");
	r->s = r->html;
	return true;
}

static bool
read_tags(struct reader *r)
{
	while (*r->s != '\0') {
		if (*r->s == '&' && !check_entity(r))
			return false;
		if (*r->s == '>')
			return wrong(r, "a bare >");
		if (*r->s++ != '<')
			continue;
		if (*r->s == '/' ? !read_close(r) : !read_open(r))
			return false;
	}
	return true;
}

static bool
read_all(struct reader *r)
{
	if (!check_bytes(r))
		return false;
	if (strncasecmp(r->s, "<!doctype html>", 15) == 0) {
		r->whole = true;
		r->s += 15;
	} else {
		r->heading = 9;
	}
	if (!read_tags(r))
		return false;
	if (r->depth > 0)
		return wrong(r, "<%s> is never closed", r->open[r->depth - 1]);
	if (r->whole && r->h1 != 1)
		return wrong(r, "%d h1", r->h1);
	return check_names(r, r->want, r->wants, r->id, r->ids, "has the id") &&
		check_names(r, r->control, r->controls, r->label, r->labels, "labels the control");
}

const char *
markup_fault(const char *html)
{
	struct reader r = { .html = html, .s = html };
	char (*names)[NAME] = calloc(4 * NAMES, NAME);
	bool good;

	r.id = names;
	r.want = names + NAMES;
	r.label = names + 2 * NAMES;
	r.control = names + 3 * NAMES;
	good = read_all(&r);
	free(names);
	return good ? NULL : fault;
}

/* Past the element whose start tag's ">" is at s. */
static const char *
past_element(const char *s, const char *tag)
{
	char open[NAME + 2], close[NAME + 4];
	int depth = 1;

	snprintf(open, sizeof(open), "<%s", tag);
	snprintf(close, sizeof(close), "</%s>", tag);
	while (*s != '\0' && depth > 0) {
		if (strncmp(s, close, strlen(close)) == 0)
			depth--;
		else if (strncmp(s, open, strlen(open)) == 0 && strchr(" >",
				s[strlen(open)]) != NULL)
			depth++;
		s++;
	}
	return *s != '\0' ? s - 1 + strlen(close) : s;
}

static char
entity(const char **s)
{
	static const struct { const char *name; char c; } known[] = {
		{ "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' }, { "&#39;",
			'\'' },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (strncmp(*s, known[i].name, strlen(known[i].name)) == 0) {
			*s += strlen(known[i].name);
			return known[i].c;
		}
	return *(*s)++;
}

char *
markup_text(const char *html, bool verbatim)
{
	char *text = malloc(strlen(html) + 1), *to = text, tag[NAME];
	const char *end;

	while (*html != '\0') {
		if (*html != '<') {
			*to++ = entity(&html);
			continue;
		}
		end = strchr(html, '>');
		snprintf(tag, sizeof(tag), "%.*s", (int)strcspn(html + 1, " >"), html + 1);
		if (!verbatim && memmem(html, (size_t)(end - html), " lang=\"zh-CN\"",
				13) != NULL &&
				strcmp(tag, "html") != 0)
			html = past_element(end, tag);
		else
			html = end + 1;
		*to++ = ' ';
	}
	*to = '\0';
	return text;
}

size_t
markup_count(const char *s, const char *needle)
{
	size_t n = 0;

	for (; (s = strstr(s, needle)) != NULL; s += strlen(needle))
		n++;
	return n;
}
