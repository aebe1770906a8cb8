/* Broken form files, one fault at a time: each is found at its place, with
 * what to write instead. */
#include "tests/forms/form_small.h"

static const struct fault_case cases[] = {
	/* keys and types */
	{ "\"seconds\": 30", "\"seconds\": 30, \"secconds\": @3", 1, "unknown key secconds",
		"did you mean seconds" },
	{ "\"title\": {", "\"titel\": @{", 2, "unknown key titel", "did you mean title" },
	{ "\"minutes\": 1", "\"minutes\": @\"1\"", 1, "wrong type", "a whole number" },
	{ "\"minutes\": 1", "\"minutes\": @999", 1, "out of range", "0 to 60" },
	{ "\"minutes\": 1", "\"minutes\": @1.5", 1, "wrong type", "a whole number" },
	{ "\"form_id\": \"T\"", "\"form_id\": @\"T 1\"", 1,
		"form_id is not well formed", "letters, digits" },
	{ "\"form_id\": \"T\"", "\"form_id\": @\"\"", 1, "form_id is empty", "write some text" },
	{ "\"version\": \"1\"", "\"version\": @\"../1\"", 1,
		"version is not well formed", "letters" },
	{ "\"mapping\": \"plain-1-5\", ", "", 1, "mapping is missing", "add \"mapping\"" },
	{ "{city}同意", "{citty}同意", 1, "unknown {citty}", "did you mean city" },
	{ "Consent of {city}", "Consent of {city", 1, "unknown {city}", "did you mean city" },
	{ "\"en\": \"Try\"", "\"xx\": @\"Try\"", 2, "unknown key xx", "zh en" },
	{ "\"title\": {\"zh\": \"试\", \"en\": \"Try\"}", "\"title\": @{\"zh\": \"试\"}", 1,
		"title lacks the language en", "add \"en\"" },
	{ "\"title\": {\"zh\": \"试\", \"en\": \"Try\"}", "\"title\": @\"试\"", 1,
		"title is of the wrong type", "\"zh\"" },
	{ "\"zh\": \"试\"", "\"zh\": @\"试\\u0007\"", 1, "control character", "take it out" },
	{ "\"required\": true", "\"required\": @\"maybe\"", 1,
		"required is of the wrong type", "true or false" },
	{ "\"required\": true", "\"requierd\": @true", 1, "unknown key requierd",
		"did you mean required" },
	/* syntax */
	{ "\"minutes\": 1,", "\"minutes\": 1,,", 1, "not JSON", "commas" },
	{ "\"minutes\": 1,",
		"\"minutes\": 1, \"minutes\": 2,", 1, "a key stands twice", "take one out" },
	{ "\"en\": \"Is A good?\"}}]}", "", 1, "breaks off", "close" },
	{ "\"zh\": \"试\"", "\"zh\": \"\xff\"", 1, "not UTF-8", "UTF-8" },
	/* choice lists */
	{ "\"reasons\": [\n", "\"reasons\": [@7,\n", 1, "a choice is an object", "name" },
	{ " \"choices\": {\n",
		" \"choices\": {\"1x\": @[{\"name\": \"1\", \"label\": {\"zh\": \"甲\","
		" \"en\": \"a\"}}],\n", 1, "1x cannot name a list", "begin with a letter" },
	{ " \"choices\": {\n", " \"choices\": {\"a~/b\": @[],\n", 1,
		"a~/b cannot name a list", "begin with a letter" },
	{ "select_one kinds", "select_one kind", 1, "no choice list kind", "did you mean kinds" },
	{ "\"select_one kinds\"", "@\"select_one\"", 1, "lacks the name of its list", "yes_no" },
	{ "{\"name\": \"2\", \"label\": {\"zh\": \"乙\"",
		"{\"name\": @\"1\", \"label\": {\"zh\": \"乙\"", 2,
		"choice 1 stands twice", "another name" },
	{ "{\"name\": \"2\", \"label\": {\"zh\": \"乙\"",
		"{\"name\": @\"99\", \"label\": {\"zh\": \"乙\"", 2,
		"kept for \"skipped\"", "by itself" },
	{ "{\"name\": \"g\"", "{\"name\": @\"g g\"", 1, "cannot name a choice", "letters" },
	{ "{\"name\": \"g\", ", "@{", 1, "name is missing", "add \"name\"" },
	{ "   {\"name\": \"3\"", "   @{\"name\": \"30\"", 3,
		"out of the scale's order", "without a gap" },
	{ "   {\"name\": \"5\", \"label\": {\"zh\": \"很好\", \"en\": \"5\"}},\n", "", 3,
		"wrong number of levels", "1 to 10" },
	{ "   {\"name\": \"1\", \"label\": {\"zh\": \"甲\"",
		"   @{\"name\": \"98\", \"label\": {\"zh\": \"甲\"", 3,
		"not last", "move it to the end" },
	{ "\"kinds\": [", "\"kinds\": @3, \"rest\": [", 1, "holds no choices", "name" },
	/* rows */
	{ "\"type\": \"text\"", "\"type\": @\"txt\"", 1,
		"type not supported: txt", "did you mean text" },
	{ "\"type\": \"text\"", "\"type\": @\"note\"", 1,
		"type not supported: note", "label or hint" },
	{ "\"type\": \"text\"", "\"type\": @\"integer\"", 1,
		"type not supported: integer", "select_one" },
	{ "\"type\": \"begin_group\", \"name\": \"one\"",
		"\"type\": @\"begin group\", \"name\": \"one\"", 9,
		"type not supported: begin group", "begin_group" },
	{ "\"name\": \"say\"", "\"name\": @\"why\"", 1, "why is used twice", "why_2" },
	{ "\"name\": \"say\"", "\"name\": @\"weight\"", 1, "column of the data", "weight_1" },
	{ "\"name\": \"say\"", "\"name\": @\"_say\"", 1, "cannot name a row",
		"begin with a letter" },
	{ "\"name\": \"say\"", "\"name\": @\"a-b\"", 1, "cannot name a row",
		"begin with a letter" },
	{ "\"name\": \"say\"",
		"\"name\": @\"abcdefghijklmnopqrstuvwxyz123456\"", 1, "cannot name a row", "31" },
	{ "\"name\": \"say\", ",
		"\"hint\": {\"zh\": \"提\", \"en\": \"h\"}, ", 1, "name is missing", "add" },
	{ "\"name\": \"d1\"},", "\"name\": \"d1\", \"label\": @{\"zh\": \"x\"}},", 1,
		"lacks the language en", "all languages" },
	/* groups */
	{ "\"type\": \"end_group\", \"name\": \"one\"",
		"\"type\": @\"end group\", \"name\": \"one\"", 4,
		"type not supported: end group", "end_group" },
	{ "  {\"type\": \"end_group\", \"name\": \"one\"}",
		"  {\"type\": \"end_group\", \"name\": @\"two\"}", 1,
		"the group that ends here is one", "write one" },
	{ "  {\"type\": \"end_group\", \"name\": \"one\"},\n", "", 3,
		"both questions and groups", "of their own" },
	{ "  {\"type\": \"end_group\"}\n ],",
		"  {\"type\": \"end_group\"}, @{\"type\": \"end_group\"}\n ],", 1,
		"one end_group too many", "begin_group" },
	{ "  {\"type\": \"end_group\"}\n ],",
		"  {\"type\": \"begin_group\", \"name\": \"z\"}, {\"type\": \"end_group\"}, "
		"{\"type\": \"end_group\"}\n ],", 1, "group z is empty", "put a question in" },
	{ " \"survey\": [\n  {\"type\": \"begin_group\"",
		" \"survey\": [\n  @{\"type\": \"text\", \"name\": \"t\", \"label\": "
		"{\"zh\": \"问\", \"en\": \"Q\"}}, {\"type\": \"begin_group\"",
		1, "outside any group", "a group is a screen" },
	{ "\"name\": \"one\"},\n", "\"name\": \"one\", \"appearance\": @\"table\"},\n", 1,
		"appearance not supported on a group", "field-list" },
	/* conditions */
	{ "\"${kind} != '98'", "@\"${knd} != '98'", 1, "no question named knd",
		"did you mean kind" },
	{ "\"${kind} != '98'", "@\"${say} != '98'", 1, "no question named say",
		"say is asked later" },
	{ "${kind} != '98'", "${kind} != '97'", 1, "no choice '97'", "98" },
	{ "${kind} != '98'", "${kind} @!! '98'", 1, "expected a comparison", "for example" },
	{ "${kind} = '2'", "${kind} = '2' @&& ${x} = 1", 1,
		"expected and, or or the end", "for example" },
	{ "${kind} = '2'", "${why} < 2", 1, "not numbers", "selected(${why}" },
	{ "\"name\": \"d2\"",
		"\"name\": \"d2\", \"relevant\": @\"${x} > 2\"", 1, "may come later", "randomize" },
	{ "\"parameters\": \"randomize=true\"", "\"parameters\": @\"random=1\"", 1,
		"parameters not supported", "randomize=true" },
	{ "\"name\": \"d1\"}", "\"name\": \"d1\", \"parameters\": @\"randomize=true\"}", 1,
		"holds another", "inner" },
	{ "\"name\": \"one\"},\n", "\"name\": \"one\", \"parameters\": \"randomize=true\"},\n", 2,
		"holds a question directly", "give it a group" },
	/* filters and constraints */
	{ "filter = if(${level} <= 2, 'bad', 'good')", "level = 2", 1,
		"choice_filter not supported", "filter = if(" },
	{ "'bad', 'good')", "'bad', 'fine')", 1,
		"choice g has the filter good", "choice_filter has" },
	{ "if(${level} <= 2", "if(@${levl} <= 2", 1, "no question named levl",
		"did you mean level" },
	{ "\"choice_filter\": \"filter = if(${level} <= 2, 'bad', 'good')\", ", "", 1,
		"no choice_filter", "filter = if(" },
	{ "string-length(.) <= 20", "string-length(.) <= 99999", 1,
		"constraint not supported", "2000" },
	{ "string-length(.) <= 20", "regex(., '[0-9]+')", 1,
		"constraint not supported", "string-length" },
	{ "selected(., 'none')", "selected(., 'nil')", 1,
		"constraint not supported", "count-selected" },
	{ "\"required\": true", "\"constraint\": @\". > 1\"", 1,
		"constraint not supported", "already limits" },
	{ "\"appearance\": \"scale\"},\n  {\"type\": \"end_group\", \"name\": \"one\"}",
		"\"appearance\": @\"scael\"},\n  {\"type\": \"end_group\", \"name\": \"one\"}", 1,
		"appearance not supported", "scale" },
	{ "\"required\": true", "\"appearance\": @\"likert\"", 1,
		"do not begin with ordered levels", "likert" },
	{ "if(${level} <= 2, 'bad', 'good')",
		"if(not(${level} > 2) and (${kind} = '1'), 'bad', 'good')", 0, NULL, NULL },
	{ "if(${level} <= 2, 'bad', 'good')",
		"if(${level} <= 2, \\\"bad\\\" , \\\"good\\\" ) ", 0, NULL, NULL },
	{ "if(${level} <= 2, 'bad', 'good')", "if(${level} <= 2, 'bad', 'good', 'fine')", 1,
		"choice_filter not supported", "if(" },
	{ "if(${level} <= 2, 'bad', 'good')", "if(${level} <= 2, 'bad')", 1,
		"choice_filter not supported", "if(" },
	{ "if(${level} <= 2, 'bad', 'good')", "if(${level} <= 2, bad, good)", 1,
		"choice_filter not supported", "if(" },
	{ "if(${level} <= 2, 'bad', 'good')", "if(${level} <= 2, 'bad', 'good') or 1", 1,
		"choice_filter not supported", "if(" },
	{ "if(${level} <= 2, 'bad', 'good')", "if(${level} <= 2, 'bad', 'good'", 1,
		"choice_filter not supported", "if(" },
	{ "filter = if(${level} <= 2, 'bad', 'good')", "filter = ${level", 1,
		"choice_filter not supported", "if(" },
	{ "\"filter = if(${level} <= 2, 'bad', 'good')", "@\"filter = ${levl}", 1,
		"no question named levl", "mean level" },
	{ "filter = if(${level} <= 2, 'bad', 'good')", "filter = ${level}", 2,
		"choice b has the filter bad", "choice_filter has" },
	{ "string-length(.) <= 20", " string-length( . )<21 ", 0, NULL, NULL },
	{ "string-length(.) <= 20", "string-length(.) <= 20 or true()", 1,
		"constraint not supported", "string-length" },
	{ "string-length(.) <= 20", "string-length(.) < 1", 1,
		"constraint not supported", "string-length" },
	{ "string-length(.) <= 20", "string-length(.) <= -1", 1,
		"constraint not supported", "string-length" },
	{ "string-length(.) <= 20", "string-length(.) <=", 1,
		"constraint not supported", "string-length" },
	{ "and count-selected(.) > 1", "", 1, "constraint not supported", "count-selected" },
	{ "\"constraint\": \"string-length(.) <= 20\"},\n  {\"type\": \"end_group\"},\n "
		" {\"type\": \"begin_group\", \"name\": \"dims\",",
		"\"appearance\": \"callback\"},\n  {\"type\": \"end_group\"},\n "
		" {\"type\": \"begin_group\", \"name\": \"dims\", \"relevant\": @\"${say} != ''\",",
		1, "cannot use the phone question say", "offers the call" },
	{ "string-length(.) <= 20\"}", "string-length(.) <= 20\", \"coding\": @\"unaided\"}", 1,
		"unknown coding rule", "unaided-1" },
	{ "string-length(.) <= 20\"}",
		"string-length(.) <= 20\", \"mask\": \"yes\"}", 0, NULL, NULL },
	{ "string-length(.) <= 20\"}", "string-length(.) <= 20\", \"mask\": @1}", 1,
		"mask is of the wrong type", "true or false" },
	/* indices and variants */
	{ "[\"x\", \"y\"]", "@[]", 1, "wrong number of items", "1 to 8" },
	{ "{\"name\": \"i\"", "{\"name\": @\"i-1\"", 1, "cannot name an index", "letters" },
	{ "\"indices\": [", "\"indices\": [@3, ", 1, "an index is an object", "items" },
	{ "\"indices\": [",
		"\"indices\": [{\"name\": \"i\", \"label\": {\"zh\": \"甲\", \"en\": \"a\"},"
		" \"items\": [\"x\"], \"weights\": [1], \"min_items\": 1, \"person\": false}, ", 1,
		"the index i stands twice", "another name" },
	{ "\"weights\": [1, 2], ", "", 1, "weights is missing", "add" },
	{ "\"variants\": [", "\"variants\": [@null, ", 1, "a variant is an object", "label" },
	{ "\"when\": \"1\", ", "", 1, "when is missing", "add" },
	{ "\"variant_by\": \"kind\"",
		"\"variant_by\": @\"why\"", 1, "why is no select_one", "select_one" },
	{ "\"variants\": [", "\"variants\": @{}, \"rest\": [", 2,
		"variants is of the wrong type", "an array" },
	{ "[\"x\", \"y\"]", "[\"x\", @\"z\"]", 1, "no question named z", "known here" },
	{ "[\"x\", \"y\"]", "[\"x\", @\"kind\"]", 1, "is no scale", "appearance scale" },
	{ "plain-1-5", "acsi-1-10", 2,
		"has not the levels of mapping acsi-1-10", "settings.mapping" },
	{ "[\"x\", \"y\"]", "[\"x\", @\"x\"]", 1, "stands twice in the index", "weight" },
	{ "[1, 2]", "@[1]", 1, "as many weights as items", "write 2" },
	{ "[1, 2]", "[1, @0]", 1, "whole number from 1", "1000" },
	{ "\"min_items\": 1", "\"min_items\": @3", 1, "out of range", "1 to 2" },
	{ ", \"person\": true", "", 1, "person is missing", "add" },
	{ "\"item\": \"level\", \"when\": \"1\"",
		"\"item\": @\"kind\", \"when\": \"1\"", 1, "asked before", "earlier answers" },
	{ "\"item\": \"level\", \"when\": \"1\"",
		"\"item\": \"level\", \"when\": @\"7\"", 1, "has no choice '7'", "1 2 98" },
	{ "\"variants\": [",
		"\"variants\": [{\"item\": \"level\", \"when\": \"1\", \"label\": {\"zh\": \"甲\","
		" \"en\": \"a\"}}, @", 1, "stands twice", "take one out" },
	{ "\"variant_by\": \"kind\"",
		"\"variant_by\": @\"kin\"", 1, "no question named kin", "did you mean kind" },
	{ ", \"variant_by\": \"kind\"", "", 1, "without settings.variant_by", "variant_by" },
	/* odd but right: nothing to complain about */
	{ "\"mapping\": \"plain-1-5\"", "\"mapping\": \"plain\"", 0, NULL, NULL },
	{ "\"mapping\": \"plain-1-5\"", "\"mapping\": \"a1\"", 0, NULL, NULL },
	{ "\"mapping\": \"plain-1-5\"", "\"mapping\": \"plain-2-9\"", 0, NULL, NULL },
	{ "\"required\": true", "\"required\": false", 0, NULL, NULL },
	{ "\"required\": true", "\"required\": \"no\"", 0, NULL, NULL },
	{ "{\"name\": \"g\"", "{\"name\": \"0\"", 0, NULL, NULL },
	{ "{\"name\": \"g\"", "{\"name\": \"007\"", 0, NULL, NULL },
	{ "\"flag\": \"${kind} = '2'\"", "\"flag\": \"${kind} = ''\"", 0, NULL, NULL },
	{ "\"flag\": \"${kind} = '2'\"",
		"\"flag\": \"${kind} = '99' or not(${why} = 99)\"", 0, NULL, NULL },
	{ "\"flag\": \"${kind} = '2'\"", "\"flag\": \"${say} = 'whatever'\"", 0, NULL, NULL },
	{ "\"name\": \"d2\"", "\"name\": \"d2\", \"relevant\": \"${kind} = '1'\"", 0, NULL, NULL },
	{ "\"name\": \"y\", ", "\"name\": \"y\", \"relevant\": \"${level} > 2\", ", 0, NULL, NULL },
	{ "\"name\": \"one\"},\n",
		"\"name\": \"one\", \"parameters\": \"randomize=false\"},\n", 0, NULL, NULL },
	{ "if(${level} <= 2, 'bad', 'good')",
		"if(selected(${kind}, '1'), 'bad', 'good')", 0, NULL, NULL },
	{ "string-length(.) <= 20", "string-length(.) < 2001", 0, NULL, NULL },
	{ "\"label\": {\"zh\": \"很好\", \"en\": \"5\"}",
		"\"label\": {\"zh\": \"5 \", \"en\": \"5 \"}", 0, NULL, NULL },
	{ "\"appearance\": \"scale\"},\n  {\"type\": \"end_group\", \"name\": \"one\"}",
		"\"appearance\": \"likert\"},\n  {\"type\": \"end_group\", \"name\": \"one\"}",
		0, NULL, NULL },
	/* values of another type than asked */
	{ "\"indicators\": \"\"", "\"indicators\": @3", 1,
		"indicators is of the wrong type", "text in quotes" },
	{ "\"flag\": \"${kind} = '2'\"", "\"flag\": @2", 1,
		"flag is of the wrong type", "text in quotes" },
	{ "\"flag\": \"${kind} = '2'\"", "\"work_order\": @[]", 1,
		"work_order is of the wrong type", "text in quotes" },
	{ "\"flag\": \"${kind} = '2'\"", "\"work_order\": @\"\"", 1, "work_order is empty",
		"write some text" },
	{ "\"mapping\": \"plain-1-5\"", "\"mapping\": @\"15\"", 1,
		"mapping is not well formed", "letters" },
	{ "\"seconds\": 30", "\"seconds\": @0", 1, "out of range", "1 to 3600" },
	{ "\"seconds\": 30", "\"seconds\": @-1", 1, "out of range", "1 to 3600" },
	{ "\"seconds\": 30",
		"\"seconds\": 99999999999999999999", 1, "number is too large", "smaller" },
	{ "\"seconds\": 30", "\"seconds\": 1e999", 1, "number is too large", "smaller" },
	{ "\"kinds\": [", "\"kinds\": @[], \"rest\": [", 1, "holds no choices", "name" },
	{ " \"choices\": {\n",
		" \"choices\": {\"\": @[{\"name\": \"1\", \"label\": {\"zh\": \"甲\","
		" \"en\": \"a\"}}],\n", 1, "cannot name a list", "begin with a letter" },
	{ "\"items\": [\"x\", \"y\"]", "\"items\": @3", 1,
		"items is of the wrong type", "an array" },
	{ "[\"x\", \"y\"]", "[\"x\", @3]", 1, "no question named ?", "known here" },
	{ "[\"x\", \"y\"]", "@[\"x\", \"y\", \"x\", \"y\", \"x\", \"y\", \"x\", \"y\", \"x\"]", 1,
		"wrong number of items", "1 to 8" },
	{ "[1, 2]", "[1, @2.5]", 1, "whole number from 1", "1000" },
	{ "[1, 2]", "[1, @1001]", 1, "whole number from 1", "1000" },
	{ "[1, 2]", "[1, @null]", 1, "whole number from 1", "1000" },
	{ "{\"name\": \"i\"", "{\"name\": @7", 1, "name is of the wrong type", "text in quotes" },
	{ "{\"name\": \"i\"", "{\"name\": @\"\"", 1, "name is empty", "write some text" },
	{ "\"type\": \"text\"", "\"type\": @\"text kinds\"", 1,
		"type not supported: text kinds", "mean text" },
	/* conditions that are read, and mean what cannot be */
	{ "\"parameters\": \"randomize=true\"",
		"\"parameters\": \"randomize=true\", \"relevant\": @\"${say} < 2\"", 1,
		"not numbers", "selected(" },
	{ "\"parameters\": \"randomize=true\"",
		"\"parameters\": \"randomize=true\", \"relevant\": @\"${why} > 2\"", 1,
		"not numbers", "selected(" },
	/* a place in a condition is counted in characters, as everywhere */
	{ "\"${kind} != '98'", "\"${kind} = '不清楚' @&& x", 1,
		"expected and, or or the end", "for example" },
	{ "if(${level} <= 2", "if(${kind} != '不' and @${levl} <= 2", 1, "no question named levl",
		"did you mean level" },
	/* choice lists in the wrong order */
	{ "   {\"name\": \"3\", \"label\": {\"zh\": \"中\", \"en\": \"3\"}},\n",
		"   @{\"name\": \"98\", \"label\": {\"zh\": \"不知\", \"en\": \"98\"}},\n", 4,
		"not last", "move it to the end" },
	{ "\"label\": {\"zh\": \"很好\", \"en\": \"5\"}",
		"\"label\": @{\"zh\": \"5 很好\"}", 1, "lacks the language en", "all languages" },
	{ "\"select_one levels\", \"name\": \"level\", \"label\": {\"zh\": \"好吗？\","
		" \"en\": \"Good?\"}, \"appearance\": \"scale\"",
		"\"select_one reasons\", \"name\": \"level\", \"label\": {\"zh\": \"好吗？\","
		" \"en\": \"Good?\"}, \"appearance\": @\"likert\"", 2,
		"do not begin with ordered levels", "likert" },
	/* filters and constraints that nearly are one */
	{ "if(${level} <= 2, 'bad', 'good')", "if(${level} <= 2@), 'bad', 'good')", 1,
		"expected and, or or the end", "for example" },
	{ "if(${level} <= 2, 'bad', 'good')", "if(${level} <= 2, , 'good')", 1,
		"choice_filter not supported", "if(" },
	{ "if(${level} <= 2, 'bad', 'good')", "if(${level} <= 2, '', 'good')", 1,
		"choice_filter not supported", "if(" },
	{ "if(${level} <= 2, 'bad', 'good')", "if(${level} <= 2, 'bad'x, 'good')", 1,
		"choice_filter not supported", "if(" },
	{ "if(${level} <= 2, 'bad', 'good')", "if(${level} <= 2, 'bad', good)", 1,
		"choice_filter not supported", "if(" },
	{ "if(${level} <= 2, 'bad', 'good')", "if(${level} <= 2, 'bad, 'good')", 1,
		"choice_filter not supported", "if(" },
	{ "filter = if(${level} <= 2, 'bad', 'good')", "filter = ${level} or 1", 1,
		"choice_filter not supported", "if(" },
	{ "filter = if(${level} <= 2, 'bad', 'good')", "filter = 3", 1,
		"choice_filter not supported", "if(" },
	{ "filter = if(${level} <= 2, 'bad', 'good')", "filter", 1,
		"choice_filter not supported", "if(" },
	{ "string-length(.) <= 20", "string-length(.) <= x", 1,
		"constraint not supported", "string-length" },
	{ "string-length(.) <= 20", "string-length(.) <= 2001", 1,
		"constraint not supported", "2000" },
	{ "string-length(.) <= 20", "string-length(.) < 0", 1,
		"constraint not supported", "string-length" },
	{ "not(selected(., 'none') and count-selected(.) > 1)", "count-selected(.) < 3", 1,
		"constraint not supported", "count-selected" },
	{ "not(selected(., 'none') and count-selected(.) > 1)", "not(selected(., 'none'", 1,
		"constraint not supported", "count-selected" },
	{ "not(selected(., 'none') and count-selected(.) > 1)",
		"not(selected(., none) and count-selected(.) > 1)", 1,
		"constraint not supported", "count-selected" },
};

/* What must be changed in two places to be odd: the first pair, then the case. */
static const struct pair_case {
	const char *from, *to;
	struct fault_case then;
} pairs[] = {
	/* one choice, or a gap after the first, is no row of levels */
	{ "   {\"name\": \"2\", \"label\": {\"zh\": \"乙\", \"en\": \"B\"}},\n  "
		" {\"name\": \"98\", \"label\": {\"zh\": \"不清楚\", \"en\": \"Don't know\"}}]",
		"   {\"name\": \"4\", \"label\": {\"zh\": \"乙\", \"en\": \"B\"}}]",
		{ "\"required\": true", "\"appearance\": @\"likert\"", 3,
		"do not begin with ordered levels", "likert" } },
	{ ",\n   {\"name\": \"2\", \"label\": {\"zh\": \"乙\", \"en\": \"B\"}},\n  "
		" {\"name\": \"98\", \"label\": {\"zh\": \"不清楚\", \"en\": \"Don't know\"}}]",
		"]", { "\"required\": true", "\"appearance\": @\"likert\"", 3,
		"do not begin with ordered levels", "likert" } },
	{ "{\"name\": \"2\", \"label\": {\"zh\": \"乙\"",
		"{\"name\": \"b\", \"label\": {\"zh\": \"乙\"", { "\"required\": true",
		"\"appearance\": @\"likert\"", 2, "do not begin with ordered levels", "likert" } },
	/* upwards from 1, with a way out: levels all the same */
	{ "{\"name\": \"98\", \"label\": {\"zh\": \"不清楚\"",
		"{\"name\": \"3\", \"label\": {\"zh\": \"丙\", \"en\": \"C\"}},\n  "
		" {\"name\": \"98\", \"label\": {\"zh\": \"不清楚\"",
		{ "\"required\": true", "\"appearance\": \"likert\"", 0, NULL, NULL } },
	/* nothing but a way out is no scale; a long number is a name */
	{ "   {\"name\": \"5\", \"label\": {\"zh\": \"很好\", \"en\": \"5\"}},\n  "
		" {\"name\": \"4\", \"label\": {\"zh\": \"好\", \"en\": \"4\"}},\n"
		"   {\"name\": \"3\", \"label\": {\"zh\": \"中\", \"en\": \"3\"}},\n  "
		" {\"name\": \"2\", \"label\": {\"zh\": \"差\", \"en\": \"2\"}},\n", "",
		{ "{\"name\": \"1\", \"label\": {\"zh\": \"很差\"",
		"{\"name\": \"98\", \"label\": {\"zh\": \"很差\"", 3,
		"wrong number of levels", "1 to 10" } },
	{ "{\"name\": \"g\"", "{\"name\": \"1234567890\"",
		{ "{\"name\": \"b\"", "{\"name\": \"123456789\"", 0, NULL, NULL } },
	/* a list of that name makes a township, which may choose among variants */
	{ "\"kinds\": [", "\"townships\": [",
		{ "select_one kinds", "select_one townships", 0, NULL, NULL } },
	/* within one unit of a random block the order stands */
	{ "\"name\": \"x\", \"label\"",
		"\"name\": \"w\", \"label\": {\"zh\": \"丁？\", \"en\": \"W?\"}},\n  "
		" {\"type\": \"select_one levels\", \"name\": \"x\", \"label\"",
		{ "\"name\": \"x\", ",
		"\"name\": \"x\", \"relevant\": \"${w} > 2\", ", 0, NULL, NULL } },
};

static bool
case_fits(const char *whole, const struct fault_case *c)
{
	struct pool pool = POOL_INIT;
	const struct fault *f;
	size_t n, line, column;
	const char *s = broken_of(whole, c, &line, &column, &pool);
	bool found = false;

	check(s, strlen(s), &f, &n, &pool);
	for (size_t i = 0; i < n; i++)
		found |= c->what != NULL && strstr(f[i].what, c->what) != NULL &&
			strstr(f[i].instead, c->instead) != NULL &&
			(line == 0 || (f[i].line == line && f[i].column == column));
	found = c->what == NULL ? n == 0 : found && n == c->faults;
	if (!found) {
		list_faults(c->to, f, n);
		fprintf(stderr, "# want %zu faults, one \"%s\" at %zu:%zu\n", c->faults, c->what,
			line, column);
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
		misfits += !case_fits(good, &cases[i]);
	lang_set(LANG_ZH);
	assert_int_equal(misfits, 0);
}

static void
two_odd_places_are_judged_together(void **state)
{
	size_t misfits = 0;

	(void)state;
	lang_set(LANG_EN);
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		const struct fault_case first = { .from = pairs[i].from, .to = pairs[i].to };
		struct pool pool = POOL_INIT;
		size_t line, column;

		misfits += !case_fits(broken(&first, &line, &column, &pool), &pairs[i].then);
		pool_clear(&pool);
	}
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
every_fault_has_its_words(void **state)
{
	(void)state;
	for (int id = 0; id < FAULT_MAX; id++)
		for (int lang = 0; lang < LANG_MAX; lang++) {
			assert_non_null(fault_words[id].what.in[lang]);
			assert_non_null(fault_words[id].instead.in[lang]);
		}
}

/* RFC 6901: ~ is ~0, / is ~1. */
static void
a_pointer_grows_by_escaped_keys_and_by_places(void **state)
{
	struct pool pool = POOL_INIT;
	struct fault_list l;

	(void)state;
	fault_init(&l, "{}", &pool);
	assert_string_equal(fault_key(&l, "", "settings"), "/settings");
	assert_string_equal(fault_key(&l, "/a", "b/c~d"), "/a/b~1c~0d");
	assert_string_equal(fault_index(&l, "/survey", 12), "/survey/12");
	assert_string_equal(fault_number(&l, 64), "64");
	pool_clear(&pool);
}

static void
the_nearest_word_is_suggested_or_all_of_them(void **state)
{
	static const char *const known[] = { "title", "minutes", "seconds", "id", "", NULL };
	struct pool pool = POOL_INIT;
	struct fault_list l;

	(void)state;
	lang_set(LANG_EN);
	fault_init(&l, "{}", &pool);
	assert_string_equal(fault_suggest(&l, "titel", known), "did you mean title");
	assert_string_equal(fault_suggest(&l, "SECONDS", known), "did you mean seconds");
	assert_string_equal(fault_suggest(&l, "secnd", known), "did you mean seconds");
	assert_string_equal(fault_suggest(&l, "ix", known), "did you mean id");
	assert_string_equal(fault_suggest(&l, "x", known), "known here: title minutes seconds id");
	assert_string_equal(fault_suggest(&l, "language", known),
		"known here: title minutes seconds id");
	lang_set(LANG_ZH);
	assert_string_equal(fault_suggest(&l, "titel", known), "您是不是想写 title");
	pool_clear(&pool);
}

/* A strange key of any length is told in a few words; the last argument, a list, is told whole. */
static void
long_arguments_are_cut_but_for_the_last(void **state)
{
	struct pool pool = POOL_INIT;
	struct fault_list l;
	char key[301], list[301];

	(void)state;
	memset(key, 'k', 300);
	memset(list, 'l', 300);
	key[300] = list[300] = '\0';
	lang_set(LANG_EN);
	fault_init(&l, "{}", &pool);
	fault_add(&l, "", FAULT_UNKNOWN_KEY, key, NULL, NULL, list);
	lang_set(LANG_ZH);
	assert_int_equal(strlen(l.fault[0].what), strlen("unknown key ") + 160 + strlen("…"));
	assert_non_null(strstr(l.fault[0].what, "kkk…"));
	assert_non_null(strstr(l.fault[0].instead, list));
	pool_clear(&pool);
}

/* Two more than are listed: the last one counts them; the listed ones stand in
 * the order of the file. */
static void
faults_stand_in_file_order_and_a_flood_is_counted(void **state)
{
	static const char source[] = "{\"a\": 1,\n \"b\": 2}";
	struct pool pool = POOL_INIT;
	struct fault_list l;

	(void)state;
	lang_set(LANG_EN);
	fault_init(&l, source, &pool);
	fault_put(&l, "/b", 3, FAULT_UNKNOWN_KEY, (const char *const[4]){ "b" });
	fault_add(&l, "/a", FAULT_UNKNOWN_KEY, "a");
	fault_finish(&l);
	assert_int_equal(l.n, 2);
	assert_int_equal(l.fault[0].line, 1);
	assert_int_equal(l.fault[0].column, 7);
	assert_string_equal(l.fault[0].what, "unknown key a");
	assert_int_equal(l.fault[1].line, 2);
	assert_int_equal(l.fault[1].column, 7 + 3 + 1);	/* behind the quote */
	fault_init(&l, source, &pool);
	for (int i = 0; i < FORM_FAULTS_MAX + 2; i++)
		fault_add(&l, "/a", FAULT_UNKNOWN_KEY, "a");
	fault_finish(&l);
	assert_int_equal(l.n, FORM_FAULTS_MAX + 1);
	assert_int_equal(l.more, 2);
	assert_non_null(strstr(l.fault[FORM_FAULTS_MAX].what, "2"));
	assert_int_equal(l.fault[FORM_FAULTS_MAX].line, 0);
	lang_set(LANG_ZH);
	pool_clear(&pool);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(the_small_form_has_no_fault),
	cmocka_unit_test(each_fault_is_named_at_its_place),
	cmocka_unit_test(two_odd_places_are_judged_together),
	cmocka_unit_test(faults_read_the_same_in_chinese),
	cmocka_unit_test(every_fault_has_its_words),
	cmocka_unit_test(a_pointer_grows_by_escaped_keys_and_by_places),
	cmocka_unit_test(the_nearest_word_is_suggested_or_all_of_them),
	cmocka_unit_test(long_arguments_are_cut_but_for_the_last),
	cmocka_unit_test(faults_stand_in_file_order_and_a_flood_is_counted),
};
CHECK_MAIN(tests)
