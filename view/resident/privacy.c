/* /privacy: what is kept, why, how long, and what people may ask for. */
#include "view/resident/part.h"

#include "view/html.h"

/* A heading and its paragraphs; {fields} as in the consent. */
struct chapter {
	struct words title, text;
};

/*
 * The points the law asks for (个人信息保护法 art. 17, 35; art. 28-29 for the telephone number):
 * who, what, why, how, how long, the rights and how to use them.
 */
static const struct chapter chapters[] = {
	{ { { "谁在做这项调查", "Who runs this survey" } }, { {
		"本调查由{agency}组织，表号：{table_number}，批准文号：{approval}，有效期至："
			"{valid_until}。个人信息处理者是{processor}，联系电话：{contact}。",
		"The survey is set up by {agency}, form no. {table_number}, approval"
			" {approval}, valid until {valid_until}. Personal information is processed"
			" by {processor}, telephone {contact}." } } },
	{ { { "我们保存什么", "What we keep" } }, { {
		"您选的答案和写的文字；扫码的地点（哪个单位、哪个窗口）；"
			"提交的时间（精确到分钟）；填写过程的几项概况：大约用了多久，看了几屏，"
			"有几题答“不清楚”，重交过几次，用的是手机、平板、电脑还是微信，"
			"当时同一处是不是有很多人同时提交。"
			"这些用来找出机器填写和乱填的，认不出是谁。\n"
			"每份回答有一个随机编号，只为重复提交时算一份，"
			"和您、和您的手机都没有关系。",
		"The answers you choose and the words you write; the place of the code"
			" (which unit, which counter); the time of submission to the minute; and a"
			" few general facts about how it was filled in: roughly how long it took,"
			" how many screens were looked at, how many questions were answered “don’t"
			" know”, how often it was sent again, whether on a phone, tablet, computer"
			" or in WeChat, and whether many were submitting from the same place at"
			" once. They serve to set aside what machines fill in,"
			" and tell nobody who you are.\n"
			"Each answer has a random number, so that sending twice counts once; it has"
			" nothing to do with you or your phone." } } },
	{ { { "我们不收集什么", "What we do not collect" } }, { {
		"没有专门的题目问姓名、身份证号、住址、定位、通讯录和微信账号，"
			"也不要求登录；除了您自己要求回访时留的电话，也不收集手机号。\n"
			"但您写进文字里的会原样保存，只有号码会遮住：电话号码、身份证号、"
			"银行卡号和别的七位以上的号码保存之前自动遮住，日期、时间和金额不遮；"
			"姓名、微信名、住址认不出来，不会遮。请不要写自己或别人的。\n"
			"网络地址（IP）不写入磁盘，也没有识别您这台手机的标记："
			"程序只在内存里用每天更换的密钥把网段算成一个数，"
			"数一数同一处是不是一下子来得太多，太多时慢一点处理，谁也不会被挡在外面。",
		"No question asks for a name, identity number, address, location, contacts"
			" or WeChat account, and there is no login; no telephone number is"
			" collected but the one you leave yourself when you ask for a callback.\n"
			"What you write in your own words is kept as you wrote it, and numbers"
			" alone are masked: telephone, identity and bank card numbers and other"
			" numbers of seven digits or more, before anything is stored; dates,"
			" times and sums are not. Names, WeChat names and addresses cannot be told"
			" from other words and are not masked. Please write none,"
			" your own or another’s.\n"
			"No network (IP) address is written to disk and there is no mark that would"
			" recognise your phone: in memory alone the network is turned into a"
			" number, with a key that changes every day, to see whether too many come"
			" from one place at once; then things go slower,"
			" and nobody is shut out." } } },
	{ { { "还没交的回答", "Answers not yet submitted" } }, { {
		"填到一半的回答只存在您浏览器的这个标签页里，不发给我们，"
			"免得刷新或离开一下就全没了；回访电话栏里的号码和邀请码不存，"
			"您写在文字里的（连同里面的号码）原样存着。交了、选了不参加，"
			"或者过了半小时，就删掉；再打开时先问是不是您的，才显示。"
			"交完以后标签页里只记着那一份的随机编号，半小时内返回时给您一张新的。",
		"What you have filled in but not submitted is kept in this tab of your"
			" browser alone and not sent to us, so that reloading or stepping away does"
			" not lose it; the number in the callback field and invitation codes are"
			" not kept, what you write in words is, with any number in it. It is"
			" deleted when you submit, decline, or after half an hour; whoever opens"
			" the page again is asked before anything is shown. After submitting,"
			" the tab remembers only that sheet’s random number, to give you a fresh"
			" one when you go back within half an hour." } } },
	{ { { "为什么收集，怎么用", "Why, and what for" } }, { {
		"只用于统计本市产品、工程、服务、环境和公共管理的质量满意度。"
			"我们依据您的同意处理这些信息：点“同意并开始”，或在一分钟评价里点“提交”，"
			"就是同意。\n"
			"公布的只是许多人合在一起的结果；人数太少的结果不公布。"
			"被评价的单位看不到任何一份回答，也不知道是谁评的。我们不拿它做自动化决策，"
			"不作广告，不出售，不向境外提供。",
		"Only for statistics on satisfaction with the city’s products,"
			" construction, services, environment and public management. We process"
			" them on the ground of your consent, which you give by tapping “Agree and"
			" start”, or “Submit” in the one-minute form.\n"
			"Only results of many people together are published, and none of too few."
			" The unit being rated sees no single answer and not who gave it. There is"
			" no automated decision, no advertising,"
			" no sale, no transfer abroad." } } },
	{ { { "保存多久", "How long" } }, { {
		"不记名的答案作为统计资料保存，供以后各年比较和第三方机构核算；只能增加，"
			"不能悄悄改动或删去。",
		"Anonymous answers are kept as statistical records, for comparison over the years"
			" and for recomputation by an outside agency; they can be added to,"
			" but not quietly changed or removed." } } },
	{ { { "要回访时留下的电话", "A telephone number left for a callback" } }, { {
		"只有您在一分钟评价里不满意、并且自己选择“需要回访”时，才会请您留电话。"
			"它单独存放，和您的答案之间没有可以对上的编号，只用于这一次回访，15"
			" 个工作日内删除。您可以打 {contact} 要求提前删除。",
		"Only if you are dissatisfied in the one-minute form and choose a callback"
			" are you asked for a number. It is kept apart, with no key that leads to"
			" your answers, used for this one call and deleted within 15 working days."
			" Call {contact} to have it deleted sooner." } } },
	{ { { "您的权利", "Your rights" } }, { {
		"自愿参加，提交之前随时可以退出，退出前的回答不会保存。"
			"每份问卷最多有一题必须答（用来判断您是不是调查对象，或者您满意的程度；"
			"扫的码已经说明是哪类服务的，一题也没有），选了要回访还要留电话；"
			"别的题都可以跳过。不参加、不满意，都不影响您办事。\n"
			"您有权知情、决定，有权查阅、更正、删除自己的个人信息，也有权撤回同意。"
			"答案里没有能认出您的信息，所以提交以后，我们无法从中找出哪一份是您的，"
			"也就无法单独查阅、更正或删除；"
			"凭回执编号可以核对那份回答还在、没有被改动。\n"
			"有人要求您怎么打分，或者对信息处理有疑问、要投诉，请打"
			" {contact}，也可以向网信部门投诉、举报。",
		"Taking part is voluntary; you may leave at any time before submitting,"
			" and nothing is kept then. At most one question of a form must be answered"
			" (whether the survey covers you, or how satisfied you are; none where the"
			" code already says which service it is), and the number if you ask for a"
			" callback; any other may be skipped. Neither refusing nor being"
			" dissatisfied affects how you are served.\n"
			"You have the right to know and to decide, to see, correct and delete"
			" personal information about you and to withdraw consent. As nothing in the"
			" answers tells who you are, we cannot find yours once submitted,"
			" and so cannot show, correct or delete them singly; with the receipt you"
			" can check that they are there and unchanged.\n"
			"If anyone tells you how to rate, or for questions and complaints about"
			" this processing, call {contact}; you may also complain"
			" to the cyberspace administration." } } },
	{ { { "未成年人", "Minors" } },
		{ { "本调查只面向年满 18 周岁的人。未满 18 周岁请不要填写。",
		"The survey is for people of 18 or over. Please do"
		" not fill it in if you are younger." } } },
	{ { { "谨防假冒", "Beware of imitations" } }, { {
		"本调查不收费，不发红包，不要密码、验证码、身份证和银行卡，也不要求转发。"
			"遇到要这些的页面，请马上关掉，并告诉现场工作人员。",
		"This survey costs nothing and gives no reward; it never asks for a"
			" password, a verification code, an identity or bank card, nor to be"
			" forwarded. Close any page that does, and tell the staff." } } },
};

void
resident_privacy(struct text *out, const struct resident_frame *frame)
{
	frame_open(out, frame, say_resident(SAY_PRIVACY, frame->lang));
	for (size_t i = 0; i < sizeof(chapters) / sizeof(chapters[0]); i++) {
		html_lit(out, "<h2>");
		html_words(out, &chapters[i].title, frame->lang);
		html_lit(out, "</h2>\n");
		frame_notice(out, frame, chapters[i].text.in[frame->lang], 0);
	}
	frame_close(out, frame);
}
