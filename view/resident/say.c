/* One row per sentence: Chinese first, then English. */
#include "view/resident/say.h"

#include <assert.h>
#include <stddef.h>

#include "forms/stream.h"

static const struct words said[SAY_MAX] = {
	[SAY_SURVEY] = { { "质量满意度调查", "Survey of satisfaction with quality" } },
	[SAY_DEMO] = { { "演示数据，不是真实的调查",
		"Demo data, not a real survey" } },
	[SAY_LARGE] = { { "大字版", "Large print" } },
	[SAY_OTHER_LANGUAGE] = { { "English", "中文" } },
	[SAY_PRIVACY] = { { "个人信息保护说明", "How your information is protected" } },
	[SAY_FRAUD] = { { "本页不收费，不要密码、身份证。",
		"This page is free and never asks for a password or identity card." } },
	[SAY_CLOSE] = { { "现在可以关闭本页了。", "You may close this page now." } },

	[SAY_RATING] = { { "您正在评价", "You are rating" } },
	[SAY_TAKING] = { { "您正在参加", "You are taking part in" } },
	[SAY_SCANNED] = { { "扫码地点：", "Scanned at: " } },
	[SAY_SECTOR] = { { "服务类别：", "Kind of service: " } },
	[SAY_ELSEWHERE] = { { "不是这里？", "Not this place?" } },
	[SAY_STEP] = { { "第 %zu 屏，共 %zu 屏", "Screen %zu of %zu" } },
	[SAY_NEXT] = { { "下一屏", "Next" } },
	[SAY_BACK] = { { "上一屏", "Back" } },
	[SAY_MORE] = { { "再说几句", "Say more" } },
	[SAY_SUBMIT] = { { "提交", "Submit" } },
	[SAY_SENDING] = { { "正在提交，请稍候……", "Sending, please wait…" } },
	[SAY_AGREE] = { { "同意并开始", "Agree and start" } },
	[SAY_DECLINE] = { { "不参加", "Do not take part" } },
	[SAY_QUICK] = { { "自愿、不记名；提交表示您已满 18 周岁，同意这份说明（点开看全文）",
		"Voluntary, no name; submitting means that you are 18 or over and"
		" agree to this notice (open to read)" } },
	[SAY_REST] = { { "下面的问题都可以不答（要回访时需留电话），随时可以提交。",
		"Every question from here on may be left out (but a callback needs a number);"
		" submit whenever you like." } },
	[SAY_SKIP] = { { "跳过", "Skip" } },
	[SAY_MASKS] = { {
		"写了电话、身份证、银行卡一类的号码，保存前会自动遮住；日期、时间、金额不遮。",
		"Telephone, identity and card numbers are masked before anything is stored; dates,"
			" times and sums are not." } },
	[SAY_MASKED] = { {
		"您写的文字里有像电话或证件的号码，保存前已经遮住（变成 *），我们也看不到。",
		"Your words held what looks like a telephone or identity number: it was masked"
			" (with *) before they were stored, and we cannot see it either." } },
	[SAY_LIMIT] = { { "最多 %zu 字。", "At most %zu characters." } },
	[SAY_LEFT] = { { "还可以写 %d 字。", "%d characters left." } },
	[SAY_OVER] = { { "多了 %d 字，请删短。多出的是：“%s”",
		"%d characters too many, please shorten. Too many: “%s”" } },
	[SAY_BLANK] = { { "____", "____" } },
	[SAY_STREETS] = { { "街道", "Subdistricts" } },
	[SAY_TOWNS] = { { "镇", "Towns" } },
	[SAY_COUNTRY] = { { "乡", "Townships" } },

	[SAY_NOT_HERE] = { { "按您前面的回答，这一屏不用填，请点“下一屏”。",
		"After your earlier answers there is nothing"
		" to fill in here: please tap “Next”." } },
	[SAY_ONLY_IF] = { { "（只有", "(Answer only if " } },
	[SAY_ONLY_END] = { { "，才需要回答。）", ".)" } },
	[SAY_IS] = { { "选了", " is " } },
	[SAY_IS_NOT] = { { "没有选", " is not " } },
	[SAY_EMPTY] = { { "没有回答", " is not answered" } },
	[SAY_AND] = { { "，并且", " and " } },
	[SAY_OR] = { { "，或者", " or " } },
	[SAY_NOT] = { { "不属于：", "not: " } },
	[SAY_QUOTE] = { { "“", "“" } },
	[SAY_UNQUOTE] = { { "”", "”" } },
	[SAY_LIST] = { { "、", ", " } },
	[SAY_COLON] = { { "：", ": " } },

	[SAY_MISTAKE] = { { "还没有提交：有 1 处要改，您填的都还在。",
		"Not sent yet: one answer needs a change; all you entered is still here." } },
	[SAY_MISTAKES] = { { "还没有提交：有 %zu 处要改，您填的都还在。",
		"Not sent yet: %zu answers need a change; all you entered is still here." } },
	[SAY_MISTAKE_NEXT] = { { "下一处要改的", "Next change" } },
	[SAY_FROM_ELSEWHERE] = { {
		"没有提交：刚才那份是从另存的网页或别的网站交来的，为防有人替您填写，没有采用。"
			"这是一份空白的，请在这里填。",
		"Not sent: what arrived came from a saved copy or from another site. Somebody else"
			" may have filled it in, so it was not taken. This is"
			" a fresh sheet: please answer here." } },
	[SAY_NO_KEY] = { {
		"还没有提交：这一份的编号在路上丢了，已经补上。您填的都在，请再按一次“提交”。",
		"Not sent yet: the number of this sheet was lost on the way and has been replaced."
			" All you entered is here: please tap “Submit” once more." } },
	[SAY_NOT_SUBMITTED] = { { "还没有提交。您填的都在，填完以后请按“提交”。",
		"Not sent yet. All you entered is here; please tap “Submit” when you are done." } },
	[SAY_DRAFT] = { { "这个页面上有一份没交的回答，不到半小时前填的。是您刚才填的吗？",
		"There are answers on this page that were not submitted,"
		" less than half an hour old. Are they yours?" } },
	[SAY_DRAFT_RESUME] = { { "是我的，接着填", "Mine: go on" } },
	[SAY_DRAFT_ANEW] = { { "重新填一份", "Start anew" } },

	[SAY_FRESH_SHEET] = { { "您刚才那份 %s 已经保存；这是新的一份，再交就算另外一份。",
		"What you handed in was stored at %s. This is a fresh sheet: it"
		" would count as another one." } },
	[SAY_CALLED] = { { "您留的回访电话已经记下，和回答分开存放，15 个工作日内删除。",
		"The telephone number for a callback has been noted. It is stored apart from your"
		" answers and deleted within 15 working days." } },
	[SAY_KEPT] = { { "这份已经交过，回答没有改动",
		"This was handed in before; no answer was changed" } },
	[SAY_KEPT_AT] = { { "它保存于 ", "It was stored at " } },
	[SAY_KEPT_TEXT] = { { "一份只保存第一次交来的回答，刚才交来的回答没有另存；"
		"原来那份还在，原来的回执照样有效。",
		"The answers sent first are kept; those just sent were not stored beside them."
		" The first one stands, and so does its receipt." } },
	[SAY_KEPT_PHONE] = { { "回访电话已经记下。一份只记一个号码，以先留的为准。",
		"The telephone number for a callback has been noted: one for each sheet,"
		" the one that was left first." } },
	[SAY_KEPT_PHONE_NOT] = { { "回访电话没有记下。",
		"The telephone number for a callback has not been noted." } },
	[SAY_KEPT_ANEW] = { { "如果是另一位要评价，或者是为另一次办事，请另填一份。",
		"If somebody else wants to answer, or you mean another visit,"
		" please take a fresh sheet." } },
	[SAY_FRESH] = { { "另填一份", "A fresh sheet" } },
	[SAY_LATE_ANSWERS] = { { "您填的内容（没有保存，可以拍照或复制留着）",
		"What you entered (not stored; you may photograph or copy it)" } },
	[SAY_LATE_OPEN] = { { "填写现在这一轮", "Answer the present round" } },
	[SAY_LATE_SORRY] = { {
		"在那以前打开的问卷，一小时以内还能交；这一份来晚了，没有保存。很抱歉让您白填了。",
		"What was opened before could be handed in for an hour. Yours came after that and"
			" was not stored. We are sorry that you filled it in for nothing." } },
	[SAY_ENDED_AT] = { { "结束时间：", "It ended at: " } },

	[SAY_TITLE_MISTAKE] = { { "有 1 处需要修改", "1 answer needs a change" } },
	[SAY_TITLE_MISTAKES] = { { "有 %zu 处需要修改", "%zu answers need a change" } },
	[SAY_MISTAKE_AT] = { { "去第 %zu 屏", "Go to screen %zu" } },

	[SAY_THANKS] = { { "谢谢您", "Thank you" } },
	[SAY_STORED] = { { "您的回答已经保存。", "Your answers have been stored." } },
	[SAY_STORED_AT] = { { "保存时间：", "Stored at: " } },
	[SAY_USE] = { { "它只用于统计，和许多人的回答合在一起公布，不会提供给被评价的单位。",
		"They are used for statistics only, published together with many others’,"
		" and not given to the unit being rated." } },
	[SAY_SCREENED] = { { "您的情况不在这次调查的范围内，不用再答别的题；我们只记下有这样一份，"
		"用来说明调查的范围。",
		"This survey does not cover your case, so there is nothing more to answer; we only"
		" count that someone like you came, to describe whom it covers." } },
	[SAY_RECEIPT] = { { "您的回执编号", "Your receipt" } },
	[SAY_RECEIPT_WHY] = { { "请拍照或抄下来。以后凭它可以查到：这份回答还在，没有人改过。",
		"Photograph it or write it down. With it you can see later that your answers are"
		" still there and nobody has changed them." } },
	[SAY_CHECK] = { { "现在就查一下", "Check it now" } },
	[SAY_DECLINED] = { { "好的，谢谢您", "All right, thank you" } },
	[SAY_DECLINED_TEXT] = { { "您没有参加，我们没有保存您的任何回答。",
		"You have not taken part, and we have kept no answer of yours." } },
	[SAY_BACK_TO_FORM] = { { "改主意了，回到问卷", "I changed my mind: back to the form" } },

	[SAY_CODE] = { { "输入评价点编号", "Enter the code of a place" } },
	[SAY_CODE_LABEL] = { { "海报二维码下面的编号",
		"The code under the QR code on the poster" } },
	[SAY_CODE_HINT] = { { "编号是网址最后的几个字母和数字，大写小写都可以。",
		"The letters and digits at the end of the address, in capitals or not." } },
	[SAY_CODE_GO] = { { "打开", "Open" } },
	[SAY_CODE_WRONG] = { { "没有这个编号，可能抄错了一位。请对照海报再输一次。",
		"There is no such code; one character may be wrong."
		" Please compare it with the poster." } },
	[SAY_RECEIPT_ASK] = { { "查一份回答", "Check a receipt" } },
	[SAY_RECEIPT_LABEL] = { { "回执编号", "Receipt" } },
	[SAY_RECEIPT_HINT] = { { "提交以后显示的那一串字母和数字，空格可以不输。",
		"The letters and digits shown after you submitted; spaces do not matter." } },
	[SAY_CHECK_GO] = { { "查一下", "Check" } },
	[SAY_RECEIPT_WRONG] = { { "这不是完整的回执编号，可能抄错或漏了一位。请再看一遍。",
		"This is not a whole receipt; a character may be wrong or missing."
		" Please look again." } },

	[SAY_TICKET_ASK] = { { "输入邀请码", "Enter your invitation code" } },
	[SAY_TICKET_LABEL] = { { "纸条或短信上的邀请码", "The code on your slip or message" } },
	[SAY_TICKET_HINT] = { { "12 个字母和数字，大写小写都可以，横线可以不输。",
		"12 letters and digits, in capitals or not; hyphens do not matter." } },
	[SAY_TICKET_WRONG] = { { "这不是完整的邀请码，可能抄错或漏了一位。请再看一遍。",
		"This is not a whole invitation code; a character may be wrong or missing."
		" Please look again." } },
	[SAY_TICKET_GO_ON] = { {
		"您也可以不用邀请码，自愿参加：您的回答单独统计，注明“" STREAM_CAUTION_ZH "”。",
		"You may also take part without a code: your answers are then counted apart, marked"
			" \"" STREAM_CAUTION_EN "\"." } },
	[SAY_TICKET_OPEN] = { { "不用邀请码，自愿参加", "Take part without a code" } },
	[SAY_TICKET_SEND_OPEN] = { { "不用邀请码，提交刚才的回答",
		"Submit what I answered without a code" } },
	[SAY_TICKET_NOTE] = { { "您用的是邀请码：提交时用掉，只能用一次；它和您的回答不相连，"
		"谁也不能由号码查到您答了什么。",
		"You came with an invitation code. It is used up when you submit, and is not linked"
		" to your answers: nobody can tell from the code what you answered." } },
	[SAY_TICKET_OPEN_NOTE] = { { "您没有用邀请码：您的回答单独统计，注明“" STREAM_CAUTION_ZH
		"”。",
		"You answer without an invitation code: your answers are counted apart, marked"
		" \"" STREAM_CAUTION_EN "\"." } },

	[SAY_FOUND] = { { "这份回答还在，没有改动", "This answer is there, unchanged" } },
	[SAY_FOUND_TEXT] = { { "我们重新核对了它的指纹，和提交时记下的一致。",
		"We compared its fingerprint again with the one noted"
		" when it was submitted: they agree." } },
	[SAY_FOUND_LEAF] = { { "公开存证记录里的位置：第 %lld 份",
		"Place in the public ledger: no. %lld" } },
	[SAY_FOUND_HEAD] = { { "已签名的存证记录一共记到第 %lld 份",
		"The signed ledger reaches no. %lld" } },
	[SAY_FOUND_WAIT] = { { "它等待下一次存证签名，之后谁也不能悄悄拿掉。",
		"It awaits the next signing of the ledger; after"
		" that nobody can quietly remove it." } },
	[SAY_LEDGER] = { { "查看公开存证记录", "See the public ledger" } },
	[SAY_LOST] = { { "没有查到这份回答", "This answer was not found" } },
	[SAY_LOST_TEXT] = { { "可能抄错了一位，也可能当时没有提交成功。请对照照片再查一次。",
		"A character may be wrong, or it was never submitted."
		" Please compare with your photograph." } },
	[SAY_CHANGED] = { { "这份回答和提交时不一样",
		"This answer differs from what was submitted" } },
	[SAY_CHANGED_TEXT] = { {
		"编号查到了，但内容的指纹对不上。请把本页拍下来，打电话告诉我们，我们会查清楚。",
		"The receipt is known, but the fingerprint of the answers does not agree. Please"
			" photograph this page and call us; we will find out why." } },
	[SAY_CALL] = { { "联系电话：", "Telephone: " } },
	[SAY_BUSY] = { {
		"现在提交的人比较多，您的回答还没有保存，但都还在这一页上。请点下面的按钮再交一次，"
			"重复提交只算一份。",
		"Many people are submitting just now. Your answers have not been stored yet,"
			" but they are all on this page: please tap the button to send them again."
			" Sending twice counts once." } },
	[SAY_AGAIN] = { { "再试一次", "Try again" } },
	[SAY_OPEN_FORM] = { { "重新打开问卷", "Open the form again" } },
	[SAY_RESEND] = { { "再交一次", "Send again" } },
	[SAY_HOME] = { { "看看公布的结果", "See the published results" } },
};

const char *
say_resident(enum say what, enum lang lang)
{
	assert(what < SAY_MAX && said[what].in[lang] != NULL);
	return said[what].in[lang];
}

const struct words *
say_both(enum say what)
{
	return &said[what];
}
