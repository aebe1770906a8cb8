/* A strict reader of the HTML our pages write. */
#include "tests/html_check.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

enum { DEPTH = 64, IDS = 2048, NAME = 64, VALUE = 512, ATTRIBUTES = 24 };

struct attribute { char name[NAME], value[VALUE]; };
struct tag {
	char name[NAME];
	bool end, empty;	/* </a>, <a/> */
	struct attribute attribute[ATTRIBUTES];
	size_t attributes;
};

static struct {
	char fault[1200];
	char open[DEPTH][NAME];
	size_t depth, labels;
	char id[IDS][NAME], wanted[IDS][NAME], labelled[IDS][NAME], control[IDS][NAME];
	size_t ids, wants, labelleds, controls;
	bool legend_due;
} in;

static void
fault(const char *what, const char *where)
{
	if (in.fault[0] == '\0')
		snprintf(in.fault, sizeof(in.fault), "%s: %.200s", what, where);
}

static const char *
attribute(const struct tag *tag, const char *name)
{
	for (size_t i = 0; i < tag->attributes; i++)
		if (strcmp(tag->attribute[i].name, name) == 0)
			return tag->attribute[i].value;
	return NULL;
}

static bool
one_of(const char *name, const char *list)
{
	const char *at = strstr(list, name);
	size_t n = strlen(name);

	while (at != NULL && !((at == list || at[-1] == ' ') && (at[n] == ' ' || at[n] == '\0')))
		at = strstr(at + 1, name);
	return at != NULL;
}

static void
remember(char list[][NAME], size_t *n, const char *s)
{
	if (*n < IDS)
		snprintf(list[(*n)++], NAME, "%.63s", s);
	else
		fault("too many ids", s);
}

static bool
found(char list[][NAME], size_t n, const char *s)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i], s) == 0)
			return true;
	return false;
}

/* A reference like &amp; at s; nothing else may follow an ampersand. */
static void
check_reference(const char *s)
{
	size_t n = strspn(s + 1, "#abcdefghijklmnopqrstuvwxyz0123456789");

	if (n == 0 || s[n + 1] != ';')
		fault("bare &", s);
}

static const char *
read_value(struct attribute *a, const char *s)
{
	const char *end;
	size_t n;

	if (*s == '"') {
		end = strchr(++s, '"');
		if (end == NULL) {
			fault("quote never closes", s);
			return s + strlen(s);
		}
		n = (size_t)(end - s);
		end++;
	} else {
		n = strcspn(s, " \t\n>");
		if (n == 0 || strcspn(s, "\"'=<>`") < n)
			fault("odd unquoted value", s);
		end = s + n;
	}
	snprintf(a->value, VALUE, "%.*s", (int)(n < VALUE - 1 ? n : VALUE - 1), s);
	for (size_t i = 0; i < n; i++) {
		if (s[i] == '&')
			check_reference(s + i);
		if (s[i] == '<')
			fault("< in an attribute", s);
	}
	return end;
}

static const char *
read_attributes(struct tag *tag, const char *s)
{
	for (;;) {
		struct attribute *a = &tag->attribute[tag->attributes];
		size_t n;

		s += strspn(s, " \t\n");
		tag->empty = s[0] == '/' && s[1] == '>';
		if (tag->empty)
			return s + 1;
		if (*s == '>' || *s == '\0')
			return s;
		n = strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-:0123456789");
		if (n == 0 || n >= NAME || tag->attributes == ATTRIBUTES - 1) {
			fault("odd attribute", s);
			return s + strcspn(s, ">");
		}
		snprintf(a->name, NAME, "%.*s", (int)n, s);
		a->value[0] = '\0';
		if (attribute(tag, a->name) != NULL)
			fault("attribute twice", s);
		tag->attributes++;
		s += n;
		if (*s == '=')
			s = read_value(a, s + 1);
	}
}

/* A tag at s ("<"); returns what follows ">". */
static const char *
read_tag(struct tag *tag, const char *s)
{
	size_t n;

	memset(tag, 0, sizeof(*tag));
	tag->end = s[1] == '/';
	s += tag->end ? 2 : 1;
	n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");
	if (n == 0 || n >= NAME)
		fault("bare <", s);
	snprintf(tag->name, NAME, "%.*s", (int)n, s);
	s = read_attributes(tag, s + n);
	if (*s != '>')
		fault("tag never ends", tag->name);
	return *s == '>' ? s + 1 : s;
}

static void
check_control(const struct tag *tag)
{
	const char *type = attribute(tag, "type"), *id = attribute(tag, "id");

	if (!one_of(tag->name, "input select textarea"))
		return;
	if (type != NULL && strcmp(type, "hidden") == 0)
		return;
	if (attribute(tag, "hidden") != NULL || in.labels > 0 || attribute(tag, "aria-label") != NULL)
		return;
	if (id == NULL)
		fault("control without a label", attribute(tag, "name"));
	else
		remember(in.control, &in.controls, id);
}

static void
want_ids(const char *list)
{
	char copy[VALUE], *save = NULL;

	snprintf(copy, sizeof(copy), "%s", list);
	for (char *s = strtok_r(copy, " ", &save); s != NULL; s = strtok_r(NULL, " ", &save))
		remember(in.wanted, &in.wants, s);
}

static void
check_attributes(const struct tag *tag)
{
	const char *id = attribute(tag, "id"), *href = attribute(tag, "href");

	for (size_t i = 0; i < tag->attributes; i++)
		if (strcmp(tag->attribute[i].name, "style") == 0 ||
		    strncmp(tag->attribute[i].name, "on", 2) == 0)
			fault("inline style or script", tag->attribute[i].name);
	if (id != NULL && found(in.id, in.ids, id))
		fault("id twice", id);
	if (id != NULL)
		remember(in.id, &in.ids, id);
	if (attribute(tag, "for") != NULL) {
		want_ids(attribute(tag, "for"));
		remember(in.labelled, &in.labelleds, attribute(tag, "for"));
	}
	if (attribute(tag, "aria-describedby") != NULL)
		want_ids(attribute(tag, "aria-describedby"));
	if (attribute(tag, "aria-labelledby") != NULL)
		want_ids(attribute(tag, "aria-labelledby"));
	if (href != NULL && href[0] == '#')
		want_ids(href + 1);
	if (strcmp(tag->name, "img") == 0 && attribute(tag, "alt") == NULL)
		fault("img without alt", "");
}

static void
open_tag(const struct tag *tag)
{
	static const char empty[] = "area base br col embed hr img input link meta source track wbr";

	if (in.legend_due && strcmp(tag->name, "legend") != 0)
		fault("fieldset without a legend first", tag->name);
	in.legend_due = strcmp(tag->name, "fieldset") == 0;
	check_attributes(tag);
	check_control(tag);
	if (tag->empty || one_of(tag->name, empty))
		return;
	if (strcmp(tag->name, "label") == 0)
		in.labels++;
	if (in.depth == DEPTH)
		fault("too deep", tag->name);
	else
		snprintf(in.open[in.depth++], NAME, "%s", tag->name);
}

static void
close_tag(const struct tag *tag)
{
	if (in.depth == 0 || strcmp(in.open[in.depth - 1], tag->name) != 0) {
		fault(in.depth > 0 ? in.open[in.depth - 1] : "nothing", tag->name);
		return;
	}
	in.depth--;
	if (strcmp(tag->name, "label") == 0)
		in.labels--;
}

static void
check_words(const char *s, size_t n)
{
	bool raw = in.depth > 0 && one_of(in.open[in.depth - 1], "script style");

	for (size_t i = 0; i < n; i++) {
		if (s[i] == '&')
			check_reference(s + i);
		if (s[i] == '>')
			fault("bare >", s);
		if (raw)
			fault("inline style or script", s);
		if (in.legend_due && !isspace((unsigned char)s[i]))
			fault("words in a fieldset before its legend", s);
	}
}

static void
check_bytes(const char *html)
{
	size_t n = strlen(html);

	if (utf8_valid(html, n) != n)
		fault("not UTF-8", html + utf8_valid(html, n));
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)html[i] < 0x20 && !isspace((unsigned char)html[i]))
			fault("control character", html + i);
}

static void
check_ids(void)
{
	for (size_t i = 0; i < in.wants; i++)
		if (!found(in.id, in.ids, in.wanted[i]))
			fault("no such id", in.wanted[i]);
	for (size_t i = 0; i < in.controls; i++)
		if (!found(in.labelled, in.labelleds, in.control[i]))
			fault("control without a label", in.control[i]);
}

const char *
html_fault(const char *html)
{
	const char *s = html;
	struct tag tag;

	memset(&in, 0, sizeof(in));
	check_bytes(html);
	if (strncmp(s, "<!DOCTYPE html>", 15) != 0)
		fault("no doctype", s);
	else
		s += 15;
	while (*s != '\0' && in.fault[0] == '\0') {
		size_t n = strcspn(s, "<");

		check_words(s, n);
		s += n;
		if (*s == '\0')
			break;
		s = read_tag(&tag, s);
		if (tag.end)
			close_tag(&tag);
		else
			open_tag(&tag);
	}
	if (in.depth > 0)
		fault("never closed", in.open[in.depth - 1]);
	check_ids();
	return in.fault[0] != '\0' ? in.fault : NULL;
}
