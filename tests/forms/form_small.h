/* What the tests of broken form files share: a whole small form, one place of it
 * changed, its faults. */
#ifndef TESTS_FORMS_FORM_SMALL_H
#define TESTS_FORMS_FORM_SMALL_H

#include <unistd.h>

#include "base/lang.h"
#include "forms/load/fault.h"
#include "tests/forms/forms.h"

/* A whole small form; each case changes one place of it. */
static const char good[] =
	"{\"settings\": {\"form_id\": \"T\", \"version\": \"1\",\n"
	"  \"title\": {\"zh\": \"试\", \"en\": \"Try\"},\n"
	"  \"population\": {\"zh\": \"人\", \"en\": \"People\"},\n"
	"  \"minutes\": 1, \"seconds\": 30, \"mapping\": \"plain-1-5\", \"indicators\": \"\",\n"
	"  \"consent\": {\"zh\": \"{city}同意\", \"en\": \"Consent of {city}\"},\n"
	"  \"flag\": \"${kind} = '2'\", \"variant_by\": \"kind\"},\n"
	" \"choices\": {\n"
	"  \"kinds\": [\n"
	"   {\"name\": \"1\", \"label\": {\"zh\": \"甲\", \"en\": \"A\"}},\n"
	"   {\"name\": \"2\", \"label\": {\"zh\": \"乙\", \"en\": \"B\"}},\n"
	"   {\"name\": \"98\", \"label\": {\"zh\": \"不清楚\", \"en\": \"Don't know\"}}],\n"
	"  \"levels\": [\n"
	"   {\"name\": \"5\", \"label\": {\"zh\": \"很好\", \"en\": \"5\"}},\n"
	"   {\"name\": \"4\", \"label\": {\"zh\": \"好\", \"en\": \"4\"}},\n"
	"   {\"name\": \"3\", \"label\": {\"zh\": \"中\", \"en\": \"3\"}},\n"
	"   {\"name\": \"2\", \"label\": {\"zh\": \"差\", \"en\": \"2\"}},\n"
	"   {\"name\": \"1\", \"label\": {\"zh\": \"很差\", \"en\": \"1\"}}],\n"
	"  \"reasons\": [\n"
	"   {\"name\": \"g\", \"label\": {\"zh\": \"好\", \"en\": \"Good\"},"
	" \"filter\": \"good\"},\n"
	"   {\"name\": \"b\", \"label\": {\"zh\": \"坏\", \"en\": \"Bad\"}, \"filter\": \"bad\"},\n"
	"   {\"name\": \"none\", \"label\": {\"zh\": \"都没有\", \"en\": \"None\"}}]\n"
	" },\n"
	" \"survey\": [\n"
	"  {\"type\": \"begin_group\", \"name\": \"one\"},\n"
	"  {\"type\": \"select_one kinds\", \"name\": \"kind\", \"label\": {\"zh\": \"哪种？\","
	" \"en\": \"Which?\"}, \"required\": true},\n"
	"  {\"type\": \"select_one levels\", \"name\": \"level\", \"label\": {\"zh\": \"好吗？\","
	" \"en\": \"Good?\"}, \"appearance\": \"scale\"},\n"
	"  {\"type\": \"end_group\", \"name\": \"one\"},\n"
	"  {\"type\": \"begin_group\", \"name\": \"two\", \"relevant\": \"${kind} != '98'\"},\n"
	"  {\"type\": \"select_multiple reasons\", \"name\": \"why\","
	" \"label\": {\"zh\": \"为什么？\", \"en\": \"Why?\"},\n"
	"   \"choice_filter\": \"filter = if(${level} <= 2, 'bad', 'good')\","
	" \"constraint\": \"not(selected(., 'none') and count-selected(.) > 1)\"},\n"
	"  {\"type\": \"text\", \"name\": \"say\", \"label\": {\"zh\": \"还有吗？\","
	" \"en\": \"More?\"}, \"constraint\": \"string-length(.) <= 20\"},\n"
	"  {\"type\": \"end_group\"},\n"
	"  {\"type\": \"begin_group\", \"name\": \"dims\", \"parameters\": \"randomize=true\"},\n"
	"   {\"type\": \"begin_group\", \"name\": \"d1\"},\n"
	"   {\"type\": \"select_one levels\", \"name\": \"x\", \"label\": {\"zh\": \"甲？\","
	" \"en\": \"X?\"}, \"appearance\": \"scale\"},\n"
	"   {\"type\": \"end_group\"},\n"
	"   {\"type\": \"begin_group\", \"name\": \"d2\"},\n"
	"   {\"type\": \"select_one levels\", \"name\": \"y\", \"label\": {\"zh\": \"乙？\","
	" \"en\": \"Y?\"}, \"appearance\": \"scale\"},\n"
	"   {\"type\": \"end_group\"},\n"
	"  {\"type\": \"end_group\"}\n"
	" ],\n"
	" \"indices\": [{\"name\": \"i\", \"label\": {\"zh\": \"指数\", \"en\": \"Index\"},"
	" \"items\": [\"x\", \"y\"], \"weights\": [1, 2], \"min_items\": 1, \"person\": true}],\n"
	" \"variants\": [{\"item\": \"level\", \"when\": \"1\", \"label\": {\"zh\": \"甲好吗？\","
	" \"en\": \"Is A good?\"}}]}\n";

/* In to, @ marks where the fault must be; it is taken out. */
struct fault_case {
	const char *from, *to;
	size_t faults;			/* how many in all */
	const char *what, *instead;	/* parts of the English words; NULL: no fault at all */
};

/* The form with one place changed; line and column of the mark, 0 without one. */
static inline char *
broken_of(const char *whole, const struct fault_case *c, size_t *line, size_t *column,
	struct pool *pool)
{
	const char *at = strstr(whole, c->from);
	char *s, *mark;

	if (at == NULL)
		fail_msg("there is no %s", c->from);
	s = pool_fmt(pool, "%.*s%s%s", (int)(at - whole), whole, c->to, at + strlen(c->from));
	mark = strchr(s, '@');
	*line = *column = 0;
	if (mark == NULL)
		return s;
	*line = *column = 1;
	for (const char *p = s; p < mark; p++) {
		if (*p == '\n') {
			++*line;
			*column = 1;
		} else if (((unsigned char)*p & 0xc0) != 0x80) {
			++*column;
		}
	}
	memmove(mark, mark + 1, strlen(mark));
	return s;
}

static inline char *
broken(const struct fault_case *c, size_t *line, size_t *column, struct pool *pool)
{
	return broken_of(good, c, line, column, pool);
}

/* path ends in XXXXXX. */
static inline void
write_file(char *path, const char *body, size_t n)
{
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, body, n), n);
	close(fd);
}

/* form_check() reads files: hand it one. */
static inline const struct form *
check(const char *body, size_t n, const struct fault **fault, size_t *faults, struct pool *pool)
{
	char path[] = "/tmp/manyi-form-XXXXXX";
	struct err err = { 0 };
	const struct form *form;

	write_file(path, body, n);
	form = form_check(path, fault, faults, pool, &err);
	unlink(path);
	assert_int_equal(err.code, ERR_NONE);
	assert_true((form == NULL) == (*faults > 0));
	return form;
}

static inline void
list_faults(const char *title, const struct fault *f, size_t n)
{
	fprintf(stderr, "# %s\n", title);
	for (size_t i = 0; i < n; i++)
		fprintf(stderr, "#  %zu:%zu %s | %s; %s\n", f[i].line, f[i].column, f[i].where,
			f[i].what, f[i].instead);
}

#endif
