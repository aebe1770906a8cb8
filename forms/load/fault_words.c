/* The words of every fault: what is wrong, what to write instead, in both languages. */
#include "forms/load/fault.h"

const struct fault_words fault_words[FAULT_MAX] = {
	/* the file */
	[FAULT_SYNTAX] = {
		{ { "JSON 写法不对", "this is not JSON" } },
		{ { "请检查逗号、引号和括号", "look at commas, quotes and brackets" } } },
	[FAULT_UTF8] = {
		{ { "不是 UTF-8 编码", "not UTF-8" } },
		{ { "另存为 UTF-8", "save the file as UTF-8" } } },
	[FAULT_BROKEN_OFF] = {
		{ { "文件到这里就断了", "the file breaks off here" } },
		{ { "补上右括号或右引号", "close the brackets and quotes" } } },
	[FAULT_AFTER_END] = {
		{ { "这里之后不应再有内容", "nothing should follow here" } },
		{ { "删去后面的内容", "take the rest out" } } },
	[FAULT_KEY_TWICE] = {
		{ { "同一个对象里有重复的字段", "a key stands twice in one object" } },
		{ { "删去其中一个", "take one out" } } },
	[FAULT_NESTED] = {
		{ { "括号套得太深", "nested too deeply" } },
		{ { "减少层数", "use fewer levels" } } },
	[FAULT_NUMBER] = {
		{ { "数太大", "a number is too large" } },
		{ { "改用小一些的数", "write a smaller one" } } },
	[FAULT_ROOT] = {
		{ { "文件应是一个 JSON 对象", "the file should be one JSON object" } },
		{ { "{\"settings\": {…}, \"choices\": {…}, \"survey\": […]}",
			"{\"settings\": {...}, \"choices\": {...}, \"survey\": [...]}" } } },
	[FAULT_MORE] = {
		{ { "还有 %1 处问题没有列出", "%1 more faults are not listed" } },
		{ { "先改正以上各处，再检查一次", "mend these first, then check again" } } },

	/* values */
	[FAULT_UNKNOWN_KEY] = {
		{ { "不认识的字段 %1", "unknown key %1" } },
		{ { "%4", "%4" } } },
	[FAULT_NO_KEY] = {
		{ { "缺少 %1", "%1 is missing" } },
		{ { "补上 \"%1\": …", "add \"%1\": ..." } } },
	[FAULT_TYPE] = {
		{ { "%1 的值类型不对", "the value of %1 is of the wrong type" } },
		{ { "这里应写%2", "write %2 here" } } },
	[FAULT_EMPTY] = {
		{ { "%1 是空的", "%1 is empty" } },
		{ { "写上文字，或者删去 %1", "write some text, or take %1 out" } } },
	[FAULT_LONG] = {
		{ { "%1 太长", "%1 is too long" } },
		{ { "最多 %2 个字节", "at most %2 bytes" } } },
	[FAULT_CONTROL] = {
		{ { "%1 里有控制字符", "%1 holds a control character" } },
		{ { "删去它；换行请写 \\n", "take it out; a line break is \\n" } } },
	[FAULT_LANGUAGE] = {
		{ { "%1 缺少语言 %2", "%1 lacks the language %2" } },
		{ { "补上 \"%2\": \"…\"：每处文字都要有问卷的各种语言",
			"add \"%2\": \"...\"; every text is"
			" given in all languages of the form" } } },
	[FAULT_RANGE] = {
		{ { "%1 超出范围", "%1 is out of range" } },
		{ { "写 %2 到 %3 之间的整数", "write a whole number from %2 to %3" } } },
	[FAULT_WORD] = {
		{ { "%1 不认识 %2", "%1 does not know %2" } },
		{ { "%4", "%4" } } },

	/* settings */
	[FAULT_SETTINGS] = {
		{ { "缺少 settings", "settings is missing" } },
		{ { "\"settings\": {\"form_id\": \"A\", \"version\": \"2024-1\", …}",
			"\"settings\": {\"form_id\": \"A\", \"version\": \"2024-1\", ...}" } } },
	[FAULT_ID] = {
		{ { "%1 写法不对：%2", "%1 is not well formed: %2" } },
		{ { "只用字母、数字、_ 和 -，最多 %3 个字符",
			"use letters, digits, _ and - only, at most %3 characters" } } },
	[FAULT_CONSENT] = {
		{ { "知情同意里不认识的 {%1}", "unknown {%1} in the consent text" } },
		{ { "%4", "%4" } } },
	[FAULT_LANGUAGES] = {
		{ { "languages 应逐个列出问卷的语言",
			"languages should list the form's languages" } },
		{ { "如 [{\"tag\": \"zh\"}, {\"tag\": \"ug\", \"name\": \"ئۇيغۇرچە\","
			" \"direction\": \"rtl\", \"frame\": \"zh\"}]",
			"such as [{\"tag\": \"zh\"}, {\"tag\": \"ug\", \"name\": \"ئۇيغۇرچە\","
			" \"direction\": \"rtl\", \"frame\": \"zh\"}]" } } },
	[FAULT_TAG] = {
		{ { "%1 不是语言代码", "%1 is no language tag" } },
		{ { "写 BCP 47 代码，如 zh、en、ug、ko、zh-Hant",
			"write a tag of BCP 47: zh, en, ug, ko, zh-Hant" } } },
	[FAULT_TAG_TWICE] = {
		{ { "语言 %1 列了两次", "the language %1 stands twice" } },
		{ { "删去其中一个", "take one out" } } },

	/* choice lists */
	[FAULT_LISTS] = {
		{ { "choices 应是一个对象", "choices is an object" } },
		{ { "{\"yes_no\": [{\"name\": \"1\", …}]}",
			"{\"yes_no\": [{\"name\": \"1\", ...}]}" } } },
	[FAULT_LIST_NAME] = {
		{ { "选项表名 %1 写法不对", "%1 cannot name a list" } },
		{ { "以字母开头，只用字母、数字、_ 和 -，最多 %2 个字符",
			"begin with a letter; letters, digits,"
			" _ and - only, at most %2 characters" } } },
	[FAULT_LIST_EMPTY] = {
		{ { "选项表 %1 里没有选项", "list %1 holds no choices" } },
		{ { "[{\"name\": \"1\", \"label\": {\"zh\": \"…\", \"en\": \"…\"}}]",
			"[{\"name\": \"1\", \"label\": {\"zh\": \"...\", \"en\": \"...\"}}]" } } },
	[FAULT_LIST_MANY] = {
		{ { "选项表 %1 的选项太多", "list %1 holds too many choices" } },
		{ { "最多 %2 个", "at most %2" } } },
	[FAULT_CHOICE] = {
		{ { "选项应是一个对象", "a choice is an object" } },
		{ { "{\"name\": \"1\", \"label\": {\"zh\": \"…\", \"en\": \"…\"}}",
			"{\"name\": \"1\", \"label\": {\"zh\": \"...\", \"en\": \"...\"}}" } } },
	[FAULT_CHOICE_NAME] = {
		{ { "选项代码 %1 写法不对", "%1 cannot name a choice" } },
		{ { "只用字母、数字、_ 和 -，最多 %2 个字符",
			"use letters, digits, _ and - only, at most %2 characters" } } },
	[FAULT_CHOICE_TWICE] = {
		{ { "选项 %1 在选项表 %2 里重复", "choice %1 stands twice in list %2" } },
		{ { "换一个代码，或删去其中一个", "give it another name, or take one out" } } },
	[FAULT_CHOICE_99] = {
		{ { "选项代码 99 留作“跳过”", "choice 99 is kept for \"skipped\"" } },
		{ { "删去它：跳过的题自动记为 99",
			"take it out: a skipped question is stored as 99 by itself" } } },
	[FAULT_CHOICE_98] = {
		{ { "98（不清楚）不在选项表 %1 的最后",
			"98 (don't know) is not last in list %1" } },
		{ { "把它移到最后", "move it to the end" } } },

	/* rows and groups */
	[FAULT_ROW] = {
		{ { "每一行应是一个对象", "a row is an object" } },
		{ { "{\"type\": \"select_one yes_no\", \"name\": \"…\", \"label\": {…}}",
			"{\"type\": \"select_one yes_no\", \"name\": \"...\","
			" \"label\": {...}}" } } },
	[FAULT_ROW_TYPE] = {
		{ { "不支持的题型：%1", "type not supported: %1" } },
		{ { "%4", "%4" } } },
	[FAULT_ROW_NAME] = {
		{ { "名字 %1 写法不对", "%1 cannot name a row" } },
		{ { "以字母开头，只用字母、数字和 _，最多 %2 个字符",
			"begin with a letter; letters, digits and _ only,"
			" at most %2 characters" } } },
	[FAULT_ROW_TAKEN] = {
		{ { "名字 %1 已用作数据列", "the name %1 is a column of the data already" } },
		{ { "换一个名字，例如 %1_1", "take another, for example %1_1" } } },
	[FAULT_ROW_TWICE] = {
		{ { "名字 %1 重复", "the name %1 is used twice" } },
		{ { "换一个名字，例如 %1_2", "take another, for example %1_2" } } },
	[FAULT_ROWS_MANY] = {
		{ { "survey 行数太多", "survey has too many rows" } },
		{ { "最多 %1 行", "at most %1" } } },
	[FAULT_GROUP_MIXED] = {
		{ { "组 %1 里既有题目又有组", "group %1 holds both questions and groups" } },
		{ { "一屏一组：把这些题目也放进自己的组",
			"a screen is one group: give these questions a group of their own" } } },
	[FAULT_GROUP_DEEP] = {
		{ { "组套得太深", "groups are nested too deeply" } },
		{ { "最多 %1 层", "at most %1 deep" } } },
	[FAULT_GROUP_LOOK] = {
		{ { "组不支持 appearance：%1", "appearance not supported on a group: %1" } },
		{ { "field-list", "field-list" } } },
	[FAULT_GROUP_EXTRA] = {
		{ { "多出一个 end_group", "one end_group too many" } },
		{ { "删去它，或在前面补上 begin_group",
			"take it out, or add its begin_group before" } } },
	[FAULT_GROUP_OTHER] = {
		{ { "这里结束的是组 %1", "the group that ends here is %1" } },
		{ { "写 %1，或检查前面的组有没有结束",
			"write %1, or see whether an earlier group was closed" } } },
	[FAULT_GROUP_EMPTY] = {
		{ { "组 %1 是空的", "group %1 is empty" } },
		{ { "放进题目，或删去这个组", "put a question in, or take the group out" } } },
	[FAULT_GROUP_OPEN] = {
		{ { "组 %1 没有结束", "group %1 is not closed" } },
		{ { "补上 {\"type\": \"end_group\"}", "add {\"type\": \"end_group\"}" } } },
	[FAULT_PARAMETERS] = {
		{ { "不支持的 parameters：%1", "parameters not supported: %1" } },
		{ { "randomize=true", "randomize=true" } } },
	[FAULT_RANDOM_NESTED] = {
		{ { "随机块 %1 里不能再有随机块", "random block %1 holds another" } },
		{ { "去掉里面的 randomize", "take the inner randomize out" } } },
	[FAULT_RANDOM_ITEM] = {
		{ { "随机块 %1 里直接放了题目", "random block %1 holds a question directly" } },
		{ { "randomize 打乱的是组：给题目加一个组",
			"randomize shuffles groups: give it a group" } } },

	/* questions */
	[FAULT_ITEM_NONE] = {
		{ { "问卷里没有题目", "the form asks nothing" } },
		{ { "可以写：select_one select_multiple text",
			"known here: select_one select_multiple text" } } },
	[FAULT_ITEM_MANY] = {
		{ { "题目太多", "too many questions" } },
		{ { "一份问卷最多 %1 题", "a form holds at most %1" } } },
	[FAULT_ITEM_OUTSIDE] = {
		{ { "题目不在任何组里", "a question outside any group" } },
		{ { "前面加 begin_group，后面加 end_group：一组就是一屏",
			"put begin_group before it and end_group"
			" after it: a group is a screen" } } },
	[FAULT_ITEM_LIST] = {
		{ { "%1 后面缺选项表名", "%1 lacks the name of its list" } },
		{ { "例如 \"%1 yes_no\"", "for example \"%1 yes_no\"" } } },
	[FAULT_NO_LIST] = {
		{ { "没有名叫 %1 的选项表", "there is no choice list %1" } },
		{ { "%4", "%4" } } },
	[FAULT_LOOK] = {
		{ { "不支持的 appearance：%1", "appearance not supported here: %1" } },
		{ { "%4", "%4" } } },
	[FAULT_SCALE_ORDER] = {
		{ { "选项 %1 不按量表次序", "choice %1 is out of the scale's order" } },
		{ { "量表写 1–10 或 5–1（1–5），连续不缺，98 在最后（题目 %2）",
			"a scale runs 1 to 10 or 5 to 1 (1 to 5) without a gap,"
			" 98 last (question %2)" } } },
	[FAULT_SCALE_LEVELS] = {
		{ { "选项表 %1 的级数不对", "list %1 has a wrong number of levels" } },
		{ { "量表写 1–10 或 5–1（1–5），连续不缺，98 在最后（题目 %2）",
			"a scale runs 1 to 10 or 5 to 1 (1 to 5) without a gap,"
			" 98 last (question %2)" } } },
	[FAULT_LIKERT] = {
		{ { "题目 %1 的选项不是有次序的等级",
			"the choices of %1 do not begin with ordered levels" } },
		{ { "前几个选项写成 5、4、3、2、1，或去掉 likert",
			"let them begin 5, 4, 3, 2, 1, or take likert out" } } },
	[FAULT_CODING] = {
		{ { "不认识的编码规则 %1", "unknown coding rule %1" } },
		{ { "%4", "%4" } } },
	[FAULT_CONSTRAINT] = {
		{ { "不支持的 constraint：%1", "constraint not supported: %1" } },
		{ { "%4", "%4" } } },
	[FAULT_FILTER] = {
		{ { "不支持的 choice_filter：%1", "choice_filter not supported: %1" } },
		{ { "filter = if(${level} <= 2, 'bad', 'good')",
			"filter = if(${level} <= 2, 'bad', 'good')" } } },
	[FAULT_FILTER_NEVER] = {
		{ { "选项 %1 的 filter 值 %2 永远选不中",
			"choice %1 has the filter %2, which never holds" } },
		{ { "把 filter 改成 choice_filter 里有的值",
			"use a value that choice_filter has" } } },
	[FAULT_FILTER_NONE] = {
		{ { "选项表 %1 有 filter，题目却没有 choice_filter",
			"list %1 has filters, the question no choice_filter" } },
		{ { "choice_filter: filter = if(${level} <= 2, 'bad', 'good')",
			"choice_filter: filter = if(${level} <= 2, 'bad', 'good')" } } },

	/* conditions */
	[FAULT_CONDITION] = {
		{ { "条件写法不对：%1", "bad condition: %1" } },
		{ { "例如 ${sector} != '98' and ${level} <= 2",
			"for example ${sector} != '98' and ${level} <= 2" } } },
	[FAULT_NO_ITEM] = {
		{ { "没有名叫 %1 的题目可以引用", "no question named %1 to refer to" } },
		{ { "%4", "%4" } } },
	[FAULT_NO_CHOICE] = {
		{ { "题目 %1 没有选项 '%2'", "question %1 has no choice '%2'" } },
		{ { "%4", "%4" } } },
	[FAULT_NO_NUMBER] = {
		{ { "题目 %1 的回答不是数，不能用 < <= > >=",
			"answers to %1 are not numbers: < <= > >= cannot compare them" } },
		{ { "用 selected(${%1}, '…') 或 =", "use selected(${%1}, '...') or =" } } },
	[FAULT_PHONE] = {
		{ { "条件不能引用电话题 %1：电话不进入回答",
			"a condition cannot use the phone question %1: the"
			" number is no part of the answers" } },
		{ { "引用问“要不要回访”的题目", "refer to the question that offers the call" } } },
	[FAULT_RANDOM_ORDER] = {
		{ { "题目 %1 在同一个随机块的另一屏里，可能后问",
			"question %1 is on another screen of the same"
			" random block and may come later" } },
		{ { "把它移到随机块之前，或去掉 randomize",
			"move it before the block, or take randomize out" } } },

	/* indices and variants */
	[FAULT_INDEX] = {
		{ { "指数应是一个对象", "an index is an object" } },
		{ { "{\"name\": \"csi\", \"label\": {…}, \"items\": […], \"weights\": […]}",
			"{\"name\": \"csi\", \"label\": {...}, \"items\": [...],"
			" \"weights\": [...]}" } } },
	[FAULT_INDEX_NAME] = {
		{ { "指数名 %1 写法不对", "%1 cannot name an index" } },
		{ { "以字母开头，只用字母、数字和 _",
			"begin with a letter; letters, digits and _ only" } } },
	[FAULT_INDEX_TWICE] = {
		{ { "指数名 %1 重复", "the index %1 stands twice" } },
		{ { "换一个名字", "take another name" } } },
	[FAULT_INDEX_SIZE] = {
		{ { "指数的题目个数不对", "an index with a wrong number of items" } },
		{ { "写 1 到 %1 个", "write 1 to %1" } } },
	[FAULT_INDEX_SCALE] = {
		{ { "题目 %1 不是量表题，不能进指数",
			"question %1 is no scale and cannot be in an index" } },
		{ { "只用 appearance 为 scale 的题目",
			"use questions with appearance scale only" } } },
	[FAULT_INDEX_LEVELS] = {
		{ { "题目 %1 的级数和前面的不同", "question %1 has another number of levels" } },
		{ { "五级题和十分题不能放进同一个指数",
			"never mix 5 levels and 10 points in one index" } } },
	[FAULT_INDEX_MAPPING] = {
		{ { "题目 %1 的级数和口径 %2 不符",
			"question %1 has not the levels of mapping %2" } },
		{ { "改 settings.mapping，或换题目",
			"change settings.mapping, or the question" } } },
	[FAULT_INDEX_ITEM_TWICE] = {
		{ { "题目 %1 在指数里重复", "question %1 stands twice in the index" } },
		{ { "只留一个，用权重表示轻重", "keep one and say its part by the weight" } } },
	[FAULT_WEIGHTS] = {
		{ { "权重个数和题目个数不同", "as many weights as items are needed" } },
		{ { "写 %1 个", "write %1" } } },
	[FAULT_WEIGHT] = {
		{ { "权重要是正整数", "a weight is a whole number from 1" } },
		{ { "写 1 到 %1；权重会印在结果旁边",
			"write 1 to %1; weights are printed beside the result" } } },
	[FAULT_VARIANT] = {
		{ { "措辞应是一个对象", "a variant is an object" } },
		{ { "{\"item\": \"q_s1\", \"when\": \"S01\", \"label\": {…}}",
			"{\"item\": \"q_s1\", \"when\": \"S01\", \"label\": {...}}" } } },
	[FAULT_VARIANT_BY] = {
		{ { "题目 %1 不是单选题", "question %1 is no select_one" } },
		{ { "用单选题", "use a select_one" } } },
	[FAULT_VARIANT_ALONE] = {
		{ { "有 variants 却没有 settings.variant_by",
			"variants without settings.variant_by" } },
		{ { "在 settings 里写 \"variant_by\": \"sector\"",
			"write \"variant_by\": \"sector\" in settings" } } },
	[FAULT_VARIANT_EARLY] = {
		{ { "题目 %1 在 %2 之前就问了", "question %1 is asked before %2" } },
		{ { "措辞只能随前面的回答变化", "wording can follow earlier answers only" } } },
	[FAULT_VARIANT_TWICE] = {
		{ { "%1 在 %2 时的措辞写了两次", "the wording of %1 for %2 stands twice" } },
		{ { "删去其中一个", "take one out" } } },
	[FAULT_MANY] = {
		{ { "%1 太多", "too many %1" } },
		{ { "最多 %2 个", "at most %2" } } },
};
