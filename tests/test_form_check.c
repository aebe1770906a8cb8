/* Broken form files: every fault is found, at its place, with what to write instead. */
#include <ctype.h>
#include <unistd.h>

#include "base/file.h"
#include "base/lang.h"
#include "forms/fault.h"
#include "tests/forms.h"

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
	"   {\"name\": \"g\", \"label\": {\"zh\": \"好\", \"en\": \"Good\"}, \"filter\": \"good\"},\n"
	"   {\"name\": \"b\", \"label\": {\"zh\": \"坏\", \"en\": \"Bad\"}, \"filter\": \"bad\"},\n"
	"   {\"name\": \"none\", \"label\": {\"zh\": \"都没有\", \"en\": \"None\"}}]\n"
	" },\n"
	" \"survey\": [\n"
	"  {\"type\": \"begin_group\", \"name\": \"one\"},\n"
	"  {\"type\": \"select_one kinds\", \"name\": \"kind\", \"label\": {\"zh\": \"哪种？\", \"en\": \"Which?\"}, \"required\": true},\n"
	"  {\"type\": \"select_one levels\", \"name\": \"level\", \"label\": {\"zh\": \"好吗？\", \"en\": \"Good?\"}, \"appearance\": \"scale\"},\n"
	"  {\"type\": \"end_group\", \"name\": \"one\"},\n"
	"  {\"type\": \"begin_group\", \"name\": \"two\", \"relevant\": \"${kind} != '98'\"},\n"
	"  {\"type\": \"select_multiple reasons\", \"name\": \"why\", \"label\": {\"zh\": \"为什么？\", \"en\": \"Why?\"},\n"
	"   \"choice_filter\": \"filter = if(${level} <= 2, 'bad', 'good')\", \"constraint\": \"not(selected(., 'none') and count-selected(.) > 1)\"},\n"
	"  {\"type\": \"text\", \"name\": \"say\", \"label\": {\"zh\": \"还有吗？\", \"en\": \"More?\"}, \"constraint\": \"string-length(.) <= 20\"},\n"
	"  {\"type\": \"end_group\"},\n"
	"  {\"type\": \"begin_group\", \"name\": \"dims\", \"parameters\": \"randomize=true\"},\n"
	"   {\"type\": \"begin_group\", \"name\": \"d1\"},\n"
	"   {\"type\": \"select_one levels\", \"name\": \"x\", \"label\": {\"zh\": \"甲？\", \"en\": \"X?\"}, \"appearance\": \"scale\"},\n"
	"   {\"type\": \"end_group\"},\n"
	"   {\"type\": \"begin_group\", \"name\": \"d2\"},\n"
	"   {\"type\": \"select_one levels\", \"name\": \"y\", \"label\": {\"zh\": \"乙？\", \"en\": \"Y?\"}, \"appearance\": \"scale\"},\n"
	"   {\"type\": \"end_group\"},\n"
	"  {\"type\": \"end_group\"}\n"
	" ],\n"
	" \"indices\": [{\"name\": \"i\", \"label\": {\"zh\": \"指数\", \"en\": \"Index\"}, \"items\": [\"x\", \"y\"], \"weights\": [1, 2], \"min_items\": 1, \"person\": true}],\n"
	" \"variants\": [{\"item\": \"level\", \"when\": \"1\", \"label\": {\"zh\": \"甲好吗？\", \"en\": \"Is A good?\"}}]}\n";

/* In to, @ marks where the fault must be; it is taken out. */
static const struct fault_case {
	const char *from, *to;
	size_t faults;			/* how many in all */
	const char *what, *instead;	/* parts of the English words; NULL: no fault at all */
} cases[] = {
	/* keys and types */
	{ "\"seconds\": 30", "\"seconds\": 30, \"secconds\": @3", 1, "unknown key secconds", "did you mean seconds" },
	{ "\"title\": {", "\"titel\": @{", 2, "unknown key titel", "did you mean title" },
	{ "\"minutes\": 1", "\"minutes\": @\"1\"", 1, "wrong type", "a whole number" },
	{ "\"minutes\": 1", "\"minutes\": @999", 1, "out of range", "0 to 60" },
	{ "\"minutes\": 1", "\"minutes\": @1.5", 1, "wrong type", "a whole number" },
	{ "\"form_id\": \"T\"", "\"form_id\": @\"T 1\"", 1, "form_id is not well formed", "letters, digits" },
	{ "\"form_id\": \"T\"", "\"form_id\": @\"\"", 1, "form_id is empty", "write some text" },
	{ "\"version\": \"1\"", "\"version\": @\"../1\"", 1, "version is not well formed", "letters" },
	{ "\"mapping\": \"plain-1-5\", ", "", 1, "mapping is missing", "add \"mapping\"" },
	{ "{city}同意", "{citty}同意", 1, "unknown {citty}", "did you mean city" },
	{ "Consent of {city}", "Consent of {city", 1, "unknown {city}", "did you mean city" },
	{ "\"en\": \"Try\"", "\"xx\": @\"Try\"", 2, "unknown key xx", "zh en" },
	{ "\"title\": {\"zh\": \"试\", \"en\": \"Try\"}", "\"title\": @{\"zh\": \"试\"}", 1,
	  "title lacks the language en", "add \"en\"" },
	{ "\"title\": {\"zh\": \"试\", \"en\": \"Try\"}", "\"title\": @\"试\"", 1, "title is of the wrong type", "\"zh\"" },
	{ "\"zh\": \"试\"", "\"zh\": @\"试\\u0007\"", 1, "control character", "take it out" },
	{ "\"required\": true", "\"required\": @\"maybe\"", 1, "required is of the wrong type", "true or false" },
	{ "\"required\": true", "\"requierd\": @true", 1, "unknown key requierd", "did you mean required" },
	/* syntax */
	{ "\"minutes\": 1,", "\"minutes\": 1,,", 1, "not JSON", "commas" },
	{ "\"minutes\": 1,", "\"minutes\": 1, \"minutes\": 2,", 1, "a key stands twice", "take one out" },
	{ "\"en\": \"Is A good?\"}}]}", "", 1, "breaks off", "close" },
	{ "\"zh\": \"试\"", "\"zh\": \"\xff\"", 1, "not UTF-8", "UTF-8" },
	/* choice lists */
	{ "\"reasons\": [\n", "\"reasons\": [@7,\n", 1, "a choice is an object", "name" },
	{ " \"choices\": {\n", " \"choices\": {\"1x\": @[{\"name\": \"1\", \"label\": {\"zh\": \"甲\", \"en\": \"a\"}}],\n", 1,
	  "1x cannot name a list", "begin with a letter" },
	{ " \"choices\": {\n", " \"choices\": {\"a~/b\": @[],\n", 1, "a~/b cannot name a list", "begin with a letter" },
	{ "select_one kinds", "select_one kind", 1, "no choice list kind", "did you mean kinds" },
	{ "\"select_one kinds\"", "@\"select_one\"", 1, "lacks the name of its list", "yes_no" },
	{ "{\"name\": \"2\", \"label\": {\"zh\": \"乙\"", "{\"name\": @\"1\", \"label\": {\"zh\": \"乙\"", 2,
	  "choice 1 stands twice", "another name" },
	{ "{\"name\": \"2\", \"label\": {\"zh\": \"乙\"", "{\"name\": @\"99\", \"label\": {\"zh\": \"乙\"", 2,
	  "kept for \"skipped\"", "by itself" },
	{ "{\"name\": \"g\"", "{\"name\": @\"g g\"", 1, "cannot name a choice", "letters" },
	{ "{\"name\": \"g\", ", "@{", 1, "name is missing", "add \"name\"" },
	{ "   {\"name\": \"3\"", "   @{\"name\": \"30\"", 3, "out of the scale's order", "without a gap" },
	{ "   {\"name\": \"5\", \"label\": {\"zh\": \"很好\", \"en\": \"5\"}},\n", "", 3,
	  "wrong number of levels", "1 to 10" },
	{ "   {\"name\": \"1\", \"label\": {\"zh\": \"甲\"", "   @{\"name\": \"98\", \"label\": {\"zh\": \"甲\"", 3,
	  "not last", "move it to the end" },
	{ "\"kinds\": [", "\"kinds\": @3, \"rest\": [", 1, "holds no choices", "name" },
	/* rows */
	{ "\"type\": \"text\"", "\"type\": @\"txt\"", 1, "type not supported: txt", "did you mean text" },
	{ "\"type\": \"text\"", "\"type\": @\"note\"", 1, "type not supported: note", "label or hint" },
	{ "\"type\": \"text\"", "\"type\": @\"integer\"", 1, "type not supported: integer", "select_one" },
	{ "\"type\": \"begin_group\", \"name\": \"one\"", "\"type\": @\"begin group\", \"name\": \"one\"", 9,
	  "type not supported: begin group", "begin_group" },
	{ "\"name\": \"say\"", "\"name\": @\"why\"", 1, "why is used twice", "why_2" },
	{ "\"name\": \"say\"", "\"name\": @\"weight\"", 1, "column of the data", "weight_1" },
	{ "\"name\": \"say\"", "\"name\": @\"_say\"", 1, "cannot name a row", "begin with a letter" },
	{ "\"name\": \"say\"", "\"name\": @\"a-b\"", 1, "cannot name a row", "begin with a letter" },
	{ "\"name\": \"say\"", "\"name\": @\"abcdefghijklmnopqrstuvwxyz123456\"", 1, "cannot name a row", "31" },
	{ "\"name\": \"say\", ", "\"hint\": {\"zh\": \"提\", \"en\": \"h\"}, ", 1, "name is missing", "add" },
	{ "\"name\": \"d1\"},", "\"name\": \"d1\", \"label\": @{\"zh\": \"x\"}},", 1, "lacks the language en", "both" },
	/* groups */
	{ "\"type\": \"end_group\", \"name\": \"one\"", "\"type\": @\"end group\", \"name\": \"one\"", 4,
	  "type not supported: end group", "end_group" },
	{ "  {\"type\": \"end_group\", \"name\": \"one\"}", "  {\"type\": \"end_group\", \"name\": @\"two\"}", 1,
	  "the group that ends here is one", "write one" },
	{ "  {\"type\": \"end_group\", \"name\": \"one\"},\n", "", 3, "both questions and groups", "of their own" },
	{ "  {\"type\": \"end_group\"}\n ],", "  {\"type\": \"end_group\"}, @{\"type\": \"end_group\"}\n ],", 1,
	  "one end_group too many", "begin_group" },
	{ "  {\"type\": \"end_group\"}\n ],", "  {\"type\": \"begin_group\", \"name\": \"z\"}, {\"type\": \"end_group\"}, "
	  "{\"type\": \"end_group\"}\n ],", 1, "group z is empty", "put a question in" },
	{ " \"survey\": [\n  {\"type\": \"begin_group\"", " \"survey\": [\n  @{\"type\": \"text\", \"name\": \"t\", \"label\": "
	  "{\"zh\": \"问\", \"en\": \"Q\"}}, {\"type\": \"begin_group\"", 1, "outside any group", "a group is a screen" },
	{ "\"name\": \"one\"},\n", "\"name\": \"one\", \"appearance\": @\"table\"},\n", 1, "appearance not supported on a group",
	  "field-list" },
	/* conditions */
	{ "\"${kind} != '98'", "@\"${knd} != '98'", 1, "no question named knd", "did you mean kind" },
	{ "\"${kind} != '98'", "@\"${say} != '98'", 1, "no question named say", "say is asked later" },
	{ "${kind} != '98'", "${kind} != '97'", 1, "no choice '97'", "98" },
	{ "${kind} != '98'", "${kind} @!! '98'", 1, "expected a comparison", "for example" },
	{ "${kind} = '2'", "${kind} = '2' @&& ${x} = 1", 1, "expected and, or or the end", "for example" },
	{ "${kind} = '2'", "${why} < 2", 1, "not numbers", "selected(${why}" },
	{ "\"name\": \"d2\"", "\"name\": \"d2\", \"relevant\": @\"${x} > 2\"", 1, "may come later", "randomize" },
	{ "\"parameters\": \"randomize=true\"", "\"parameters\": @\"random=1\"", 1, "parameters not supported", "randomize=true" },
	{ "\"name\": \"d1\"}", "\"name\": \"d1\", \"parameters\": @\"randomize=true\"}", 1, "holds another", "inner" },
	{ "\"name\": \"one\"},\n", "\"name\": \"one\", \"parameters\": \"randomize=true\"},\n", 2, "holds a question directly",
	  "give it a group" },
	/* filters and constraints */
	{ "filter = if(${level} <= 2, 'bad', 'good')", "level = 2", 1, "choice_filter not supported", "filter = if(" },
	{ "'bad', 'good')", "'bad', 'fine')", 1, "choice g has the filter good", "choice_filter has" },
	{ "if(${level} <= 2", "if(@${levl} <= 2", 1, "no question named levl", "did you mean level" },
	{ "\"choice_filter\": \"filter = if(${level} <= 2, 'bad', 'good')\", ", "", 1, "no choice_filter", "filter = if(" },
	{ "string-length(.) <= 20", "string-length(.) <= 99999", 1, "constraint not supported", "2000" },
	{ "string-length(.) <= 20", "regex(., '[0-9]+')", 1, "constraint not supported", "string-length" },
	{ "selected(., 'none')", "selected(., 'nil')", 1, "constraint not supported", "count-selected" },
	{ "\"required\": true", "\"constraint\": @\". > 1\"", 1, "constraint not supported", "already limits" },
	{ "\"appearance\": \"scale\"},\n  {\"type\": \"end_group\", \"name\": \"one\"}",
	  "\"appearance\": @\"scael\"},\n  {\"type\": \"end_group\", \"name\": \"one\"}", 1, "appearance not supported", "scale" },
	{ "\"required\": true", "\"appearance\": @\"likert\"", 1, "do not begin with ordered levels", "likert" },
	{ "if(${level} <= 2, 'bad', 'good')", "if(not(${level} > 2) and (${kind} = '1'), 'bad', 'good')", 0, NULL, NULL },
	{ "if(${level} <= 2, 'bad', 'good')", "if(${level} <= 2, \\\"bad\\\" , \\\"good\\\" ) ", 0, NULL, NULL },
	{ "if(${level} <= 2, 'bad', 'good')", "if(${level} <= 2, 'bad', 'good', 'fine')", 1, "choice_filter not supported", "if(" },
	{ "if(${level} <= 2, 'bad', 'good')", "if(${level} <= 2, 'bad')", 1, "choice_filter not supported", "if(" },
	{ "if(${level} <= 2, 'bad', 'good')", "if(${level} <= 2, bad, good)", 1, "choice_filter not supported", "if(" },
	{ "if(${level} <= 2, 'bad', 'good')", "if(${level} <= 2, 'bad', 'good') or 1", 1, "choice_filter not supported", "if(" },
	{ "if(${level} <= 2, 'bad', 'good')", "if(${level} <= 2, 'bad', 'good'", 1, "choice_filter not supported", "if(" },
	{ "filter = if(${level} <= 2, 'bad', 'good')", "filter = ${level", 1, "choice_filter not supported", "if(" },
	{ "\"filter = if(${level} <= 2, 'bad', 'good')", "@\"filter = ${levl}", 1, "no question named levl", "mean level" },
	{ "filter = if(${level} <= 2, 'bad', 'good')", "filter = ${level}", 2, "choice b has the filter bad", "choice_filter has" },
	{ "string-length(.) <= 20", " string-length( . )<21 ", 0, NULL, NULL },
	{ "string-length(.) <= 20", "string-length(.) <= 20 or true()", 1, "constraint not supported", "string-length" },
	{ "string-length(.) <= 20", "string-length(.) < 1", 1, "constraint not supported", "string-length" },
	{ "string-length(.) <= 20", "string-length(.) <= -1", 1, "constraint not supported", "string-length" },
	{ "string-length(.) <= 20", "string-length(.) <=", 1, "constraint not supported", "string-length" },
	{ "and count-selected(.) > 1", "", 1, "constraint not supported", "count-selected" },
	{ "\"constraint\": \"string-length(.) <= 20\"},\n  {\"type\": \"end_group\"},\n  {\"type\": \"begin_group\", \"name\": \"dims\",",
	  "\"appearance\": \"callback\"},\n  {\"type\": \"end_group\"},\n  {\"type\": \"begin_group\", \"name\": \"dims\", "
	  "\"relevant\": @\"${say} != ''\",", 1, "cannot use the phone question say", "offers the call" },
	{ "string-length(.) <= 20\"}", "string-length(.) <= 20\", \"coding\": @\"unaided\"}", 1, "unknown coding rule", "unaided-1" },
	{ "string-length(.) <= 20\"}", "string-length(.) <= 20\", \"mask\": \"yes\"}", 0, NULL, NULL },
	{ "string-length(.) <= 20\"}", "string-length(.) <= 20\", \"mask\": @1}", 1, "mask is of the wrong type", "true or false" },
	/* indices and variants */
	{ "[\"x\", \"y\"]", "@[]", 1, "wrong number of items", "1 to 8" },
	{ "{\"name\": \"i\"", "{\"name\": @\"i-1\"", 1, "cannot name an index", "letters" },
	{ "\"indices\": [", "\"indices\": [@3, ", 1, "an index is an object", "items" },
	{ "\"indices\": [", "\"indices\": [{\"name\": \"i\", \"label\": {\"zh\": \"甲\", \"en\": \"a\"}, \"items\": [\"x\"], "
	  "\"weights\": [1], \"min_items\": 1, \"person\": false}, ", 1, "the index i stands twice", "another name" },
	{ "\"weights\": [1, 2], ", "", 1, "weights is missing", "add" },
	{ "\"variants\": [", "\"variants\": [@null, ", 1, "a variant is an object", "label" },
	{ "\"when\": \"1\", ", "", 1, "when is missing", "add" },
	{ "\"variant_by\": \"kind\"", "\"variant_by\": @\"why\"", 1, "why is no select_one", "select_one" },
	{ "\"variants\": [", "\"variants\": @{}, \"rest\": [", 2, "variants is of the wrong type", "an array" },
	{ "[\"x\", \"y\"]", "[\"x\", @\"z\"]", 1, "no question named z", "known here" },
	{ "[\"x\", \"y\"]", "[\"x\", @\"kind\"]", 1, "is no scale", "appearance scale" },
	{ "plain-1-5", "acsi-1-10", 2, "has not the levels of mapping acsi-1-10", "settings.mapping" },
	{ "[\"x\", \"y\"]", "[\"x\", @\"x\"]", 1, "stands twice in the index", "weight" },
	{ "[1, 2]", "@[1]", 1, "as many weights as items", "write 2" },
	{ "[1, 2]", "[1, @0]", 1, "whole number from 1", "1000" },
	{ "\"min_items\": 1", "\"min_items\": @3", 1, "out of range", "1 to 2" },
	{ ", \"person\": true", "", 1, "person is missing", "add" },
	{ "\"item\": \"level\", \"when\": \"1\"", "\"item\": @\"kind\", \"when\": \"1\"", 1, "asked before", "earlier answers" },
	{ "\"item\": \"level\", \"when\": \"1\"", "\"item\": \"level\", \"when\": @\"7\"", 1, "has no choice '7'", "1 2 98" },
	{ "\"variants\": [", "\"variants\": [{\"item\": \"level\", \"when\": \"1\", \"label\": {\"zh\": \"甲\", \"en\": \"a\"}}, @", 1,
	  "stands twice", "take one out" },
	{ "\"variant_by\": \"kind\"", "\"variant_by\": @\"kin\"", 1, "no question named kin", "did you mean kind" },
	{ ", \"variant_by\": \"kind\"", "", 1, "without settings.variant_by", "variant_by" },
};

/* The form with one place changed; line and column of the mark, 0 without one. */
static char *
broken(const struct fault_case *c, size_t *line, size_t *column, struct pool *pool)
{
	const char *at = strstr(good, c->from);
	char *s, *mark;

	assert_non_null(at);
	s = pool_fmt(pool, "%.*s%s%s", (int)(at - good), good, c->to, at + strlen(c->from));
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

/* form_check() reads files: hand it one. */
static const struct form *
check(const char *body, size_t n, const struct fault **fault, size_t *faults, struct pool *pool)
{
	char path[] = "/tmp/manyi-form-XXXXXX";
	struct err err = { 0 };
	const struct form *form;
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, body, n), n);
	close(fd);
	form = form_check(path, fault, faults, pool, &err);
	unlink(path);
	assert_int_equal(err.code, ERR_NONE);
	assert_true((form == NULL) == (*faults > 0));
	return form;
}

static void
list_faults(const char *title, const struct fault *f, size_t n)
{
	fprintf(stderr, "# %s\n", title);
	for (size_t i = 0; i < n; i++)
		fprintf(stderr, "#  %zu:%zu %s | %s; %s\n", f[i].line, f[i].column, f[i].where, f[i].what,
		    f[i].instead);
}

static bool
case_fits(const struct fault_case *c)
{
	struct pool pool = POOL_INIT;
	const struct fault *f;
	size_t n, line, column;
	const char *s = broken(c, &line, &column, &pool);
	bool found = false;

	check(s, strlen(s), &f, &n, &pool);
	for (size_t i = 0; i < n; i++)
		found |= c->what != NULL && strstr(f[i].what, c->what) != NULL && strstr(f[i].instead, c->instead) != NULL &&
		    (line == 0 || (f[i].line == line && f[i].column == column));
	found = c->what == NULL ? n == 0 : found && n == c->faults;
	if (!found) {
		list_faults(c->to, f, n);
		fprintf(stderr, "# want %zu faults, one \"%s\" at %zu:%zu\n", c->faults, c->what, line, column);
	}
	for (size_t i = 1; i < n; i++)
		assert_true(f[i - 1].line < f[i].line ||
		    (f[i - 1].line == f[i].line && f[i - 1].column <= f[i].column));
	pool_clear(&pool);
	return found;
}

static void
the_small_form_has_no_fault(void **state)
{
	struct pool pool = POOL_INIT;
	const struct fault *f;
	size_t n;

	(void)state;
	check(good, strlen(good), &f, &n, &pool);
	list_faults("good", f, n);
	assert_int_equal(n, 0);
	pool_clear(&pool);
}

static void
each_fault_is_named_at_its_place(void **state)
{
	size_t misfits = 0;

	(void)state;
	lang_set(LANG_EN);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		misfits += !case_fits(&cases[i]);
	lang_set(LANG_ZH);
	assert_int_equal(misfits, 0);
}

/* The same faults in Chinese: as many, at the same places, and in Chinese words. */
static void
faults_read_the_same_in_chinese(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct pool pool = POOL_INIT;
		const struct fault *zh, *en;
		size_t nz, ne, line, column;
		const char *s = broken(&cases[i], &line, &column, &pool);

		lang_set(LANG_EN);
		check(s, strlen(s), &en, &ne, &pool);
		lang_set(LANG_ZH);
		check(s, strlen(s), &zh, &nz, &pool);
		assert_int_equal(nz, ne);
		for (size_t k = 0; k < nz; k++) {
			bool chinese = false;

			assert_int_equal(zh[k].line, en[k].line);
			for (const char *p = zh[k].what; *p != '\0'; p++)
				chinese |= (unsigned char)*p >= 0xe4;
			assert_true(chinese);
			assert_true(zh[k].instead[0] != '\0');
		}
		pool_clear(&pool);
	}
}

static void
all_faults_are_reported_at_once_in_file_order(void **state)
{
	static const char three[] =
		"{\"settings\": {\"form_id\": \"T\"},\n"
		" \"choices\": {\"c\": [{\"name\": \"1\"}]},\n"
		" \"survey\": [{\"type\": \"dance\"}],\n"
		" \"extra\": 1}\n";
	struct pool pool = POOL_INIT;
	const struct fault *f;
	size_t n, last = 0;

	(void)state;
	check(three, strlen(three), &f, &n, &pool);
	assert_true(n >= 9);
	for (size_t i = 0; i < n; i++) {
		assert_true(f[i].line >= last);
		last = f[i].line;
	}
	assert_int_equal(last, 4);
	pool_clear(&pool);
}

static void
the_first_fault_becomes_the_error(void **state)
{
	static const char body[] = "{\"settings\": {},\n \"survey\": [], \"x\": 1}";
	struct pool pool = POOL_INIT;
	struct err err = { 0 };

	(void)state;
	lang_set(LANG_EN);
	assert_null(form_parse(body, strlen(body), "t.json", &pool, &err));
	lang_set(LANG_ZH);
	assert_int_equal(err.code, ERR_INPUT);
	assert_int_equal(strncmp(err.text, "t.json:1:", 9), 0);
	assert_non_null(strstr(err.text, "more)"));
	pool_clear(&pool);
}

/* Alone, it says nothing of others. */
static void
a_single_fault_is_the_whole_error(void **state)
{
	static const struct fault_case c = { "\"minutes\": 1", "\"minutes\": 61", 1, "", "" };
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	size_t line, column;
	const char *s = broken(&c, &line, &column, &pool);

	(void)state;
	lang_set(LANG_EN);
	assert_null(form_parse(s, strlen(s), "t.json", &pool, &err));
	lang_set(LANG_ZH);
	assert_string_equal(err.text,
	    "t.json:4:14: minutes is out of range; write a whole number from 0 to 60");
	pool_clear(&pool);
}

static void
five_levels_and_ten_points_never_share_an_index(void **state)
{
	struct pool pool = POOL_INIT;
	const struct fault *f;
	struct text t = TEXT_INIT;
	const char *lists = strstr(good, "  \"reasons\""), *y = strstr(good, "levels\", \"name\": \"y\"");
	size_t n;

	(void)state;
	text_add(&t, good, (size_t)(lists - good));
	text_puts(&t, "  \"tens\": [");
	for (int i = 1; i <= 10; i++)
		text_fmt(&t, "%s{\"name\": \"%d\", \"label\": {\"zh\": \"%d\", \"en\": \"%d\"}}", i > 1 ? "," : "", i, i, i);
	text_puts(&t, "],\n");
	text_add(&t, lists, (size_t)(y - lists));
	text_puts(&t, "tens");
	text_puts(&t, y + strlen("levels"));
	check(t.s, t.n, &f, &n, &pool);
	assert_int_equal(n, 1);
	assert_string_equal(f[0].where, "/indices/0/items/1");
	assert_non_null(strstr(f[0].what, "级数和前面的不同"));
	text_clear(&t);
	pool_clear(&pool);
}

static void
arrays_without_end_are_refused(void **state)
{
	static const struct { const char *key, *one; int n; } floods[] = {
		{ "indices", "{}", 33 }, { "variants", "{}", 1001 }, { "survey", "{}", 1001 },
	};
	struct text t = TEXT_INIT;

	(void)state;
	for (int k = 0; k < 3; k++) {
		struct pool pool = POOL_INIT;
		const struct fault *f;
		bool found = false;
		size_t n;

		text_reset(&t);
		text_fmt(&t, "{\"%s\": [", floods[k].key);
		for (int i = 0; i < floods[k].n; i++)
			text_fmt(&t, "%s%s", i > 0 ? "," : "", floods[k].one);
		text_puts(&t, "]}");
		check(t.s, t.n, &f, &n, &pool);
		assert_true(n < 10);
		for (size_t i = 0; i < n; i++)
			found |= strstr(f[i].what, "太多") != NULL && strstr(f[i].where, floods[k].key) != NULL;
		assert_true(found);
		pool_clear(&pool);
	}
	text_clear(&t);
}

static void
long_texts_and_large_files_are_refused(void **state)
{
	struct pool pool = POOL_INIT;
	struct text t = TEXT_INIT;
	struct err err = { 0 };
	const struct fault *f;
	bool found = false;
	size_t n;

	(void)state;
	text_puts(&t, "{\"settings\": {\"form_id\": \"");
	for (int i = 0; i < 8001; i++)
		text_putc(&t, 'x');
	text_puts(&t, "\"}}");
	check(t.s, t.n, &f, &n, &pool);
	for (size_t i = 0; i < n; i++)
		found |= strstr(f[i].what, "form_id 太长") != NULL;
	assert_true(found);
	while (t.n <= FORM_FILE_MAX)
		text_putc(&t, ' ');
	assert_null(form_parse(t.s, t.n, "big.json", &pool, &err));
	assert_non_null(strstr(err.text, "big.json"));
	err = (struct err){ 0 };
	assert_null(form_load("/nonexistent/form.json", &pool, &err));
	assert_true(err.code != ERR_NONE);
	text_clear(&t);
	pool_clear(&pool);
}

static void
a_file_that_cannot_be_read_is_an_error_not_a_fault(void **state)
{
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	const struct fault *f;
	size_t n = 9;

	(void)state;
	assert_null(form_check("/nonexistent/form.json", &f, &n, &pool, &err));
	assert_int_equal(n, 0);
	assert_true(err.code != ERR_NONE && err.code != ERR_INPUT);
	pool_clear(&pool);
}

static void
a_flood_of_faults_is_cut_and_counted(void **state)
{
	struct pool pool = POOL_INIT;
	struct text t = TEXT_INIT;
	const struct fault *f;
	size_t n;

	(void)state;
	text_puts(&t, "{\"survey\": [");
	for (int i = 0; i < 900; i++)
		text_fmt(&t, "%s{\"type\": \"x%d\"}", i > 0 ? ",\n" : "", i);
	text_puts(&t, "]}");
	check(t.s, t.n, &f, &n, &pool);
	assert_int_equal(n, FORM_FAULTS_MAX + 1);
	assert_int_equal(f[n - 1].line, 0);
	assert_non_null(strstr(f[n - 1].what, "702"));
	text_clear(&t);
	pool_clear(&pool);
}

/* n questions in groups of four, each with a list of so many choices. */
static void
large_form(struct text *t, size_t items, size_t choices)
{
	const char *cut = strstr(good, " \"choices\"");

	text_reset(t);
	text_add(t, good, (size_t)(cut - good));
	text_puts(t, "\"choices\": {\"c\": [");
	for (size_t i = 0; i < choices; i++)
		text_fmt(t, "%s{\"name\": \"c%zu\", \"label\": {\"zh\": \"选%zu\", \"en\": \"c\"}}", i > 0 ? "," : "", i, i);
	text_puts(t, "]},\n\"survey\": [");
	for (size_t i = 0; i < items; i++)
		text_fmt(t, "%s{\"type\": \"begin_group\", \"name\": \"g%zu\"}, {\"type\": \"select_one c\", \"name\": \"%s%zu\","
		    " \"label\": {\"zh\": \"问\", \"en\": \"q\"}}, {\"type\": \"end_group\"}\n", i > 0 ? "," : "", i,
		    i == 0 ? "kind" : "q", i);
	text_puts(t, "]}\n");
}

static void
limits_are_kept_to_the_last_one(void **state)
{
	static const struct { size_t items, choices; const char *what; } sizes[] = {
		{ FORM_ITEMS_MAX, FORM_CHOICES_MAX, NULL }, { FORM_ITEMS_MAX + 1, 3, "题目太多" },
		{ 3, FORM_CHOICES_MAX + 1, "选项太多" }, { 0, 3, "问卷里没有题目" },
	};
	struct text t = TEXT_INIT;

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct pool pool = POOL_INIT;
		const struct fault *f;
		size_t n, expected = 2;		/* flag and variant_by name "kind", the first item is kind0 */
		bool found = false;

		large_form(&t, sizes[i].items, sizes[i].choices);
		check(t.s, t.n, &f, &n, &pool);
		for (size_t k = 0; sizes[i].what != NULL && k < n; k++)
			found |= strstr(f[k].what, sizes[i].what) != NULL;
		assert_int_equal(found, sizes[i].what != NULL);
		if (sizes[i].what == NULL)
			assert_int_equal(n, expected);
		pool_clear(&pool);
	}
	text_clear(&t);
}

static void
nested_groups_have_a_limit(void **state)
{
	struct pool pool = POOL_INIT;
	struct text t = TEXT_INIT;
	const struct fault *f;
	bool found = false;
	size_t n;

	(void)state;
	text_puts(&t, "{\"survey\": [");
	for (int i = 0; i < 200; i++)
		text_fmt(&t, "{\"type\": \"begin_group\", \"name\": \"g%d\"},\n", i);
	text_puts(&t, "{\"type\": \"text\", \"name\": \"t\", \"label\": {\"zh\": \"问\", \"en\": \"q\"}}]}");
	check(t.s, t.n, &f, &n, &pool);
	for (size_t i = 0; i < n; i++)
		found |= strstr(f[i].what, "太深") != NULL;
	assert_true(found);
	text_clear(&t);
	pool_clear(&pool);
}

static void
odd_files_are_refused_quietly(void **state)
{
	static const struct { const char *body; size_t n; } odd[] = {
		{ "", 0 }, { "\0", 1 }, { "[]", 2 }, { "null", 4 }, { "\"x\"", 3 }, { "{}", 2 }, { "\xef\xbb\xbf{}", 5 },
		{ "{\"survey\": {}}", 14 }, { "{\"survey\": [[], 1, null, {}]}", 29 }, { "{\"choices\": []}", 15 },
		{ "{\"settings\": [], \"survey\": [{\"type\": 3, \"name\": []}]}", 53 }, { "{\"a\": \"b\0\"}", 11 },
		{ "{\"indices\": [3], \"variants\": [null]}", 36 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
		struct pool pool = POOL_INIT;
		const struct fault *f;
		size_t n;

		assert_null(check(odd[i].body, odd[i].n, &f, &n, &pool));
		assert_true(n > 0 && f[0].what[0] != '\0');
		pool_clear(&pool);
	}
}

static void
every_fault_has_its_words(void **state)
{
	(void)state;
	for (int id = 0; id < FAULT_MAX; id++)
		for (int lang = 0; lang < LANG_MAX; lang++) {
			assert_non_null(fault_words[id].what.in[lang]);
			assert_non_null(fault_words[id].instead.in[lang]);
		}
}

static void
html_in_texts_is_text(void **state)
{
	static const struct fault_case c = { "\"en\": \"Try\"", "\"en\": \"<b>Try</b> & <script>\"", 0, "", "" };
	struct pool pool = POOL_INIT;
	const struct fault *f;
	size_t n, line, column;
	const char *s = broken(&c, &line, &column, &pool);
	const struct form *form = check(s, strlen(s), &f, &n, &pool);

	(void)state;
	assert_non_null(form);
	assert_string_equal(form->title.in[LANG_EN], "<b>Try</b> & <script>");
	pool_clear(&pool);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_small_form_has_no_fault),
		cmocka_unit_test(each_fault_is_named_at_its_place),
		cmocka_unit_test(faults_read_the_same_in_chinese),
		cmocka_unit_test(all_faults_are_reported_at_once_in_file_order),
		cmocka_unit_test(the_first_fault_becomes_the_error),
		cmocka_unit_test(a_single_fault_is_the_whole_error),
		cmocka_unit_test(five_levels_and_ten_points_never_share_an_index),
		cmocka_unit_test(arrays_without_end_are_refused),
		cmocka_unit_test(long_texts_and_large_files_are_refused),
		cmocka_unit_test(a_file_that_cannot_be_read_is_an_error_not_a_fault),
		cmocka_unit_test(a_flood_of_faults_is_cut_and_counted),
		cmocka_unit_test(limits_are_kept_to_the_last_one),
		cmocka_unit_test(nested_groups_have_a_limit),
		cmocka_unit_test(odd_files_are_refused_quietly),
		cmocka_unit_test(every_fault_has_its_words),
		cmocka_unit_test(html_in_texts_is_text),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
