/* Errors as values: the sentence is made where the fault is, in the process's language. */
#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/lang.h"
#include "base/text.h"
#include "base/utf8.h"

static const char *const names[ERR_MAX] = {
	[ERR_NONE] = "none",
	[ERR_USAGE] = "usage",
	[ERR_INPUT] = "input",
	[ERR_MISSING] = "missing",
	[ERR_CONFLICT] = "conflict",
	[ERR_DENIED] = "denied",
	[ERR_REFUSED] = "refused",
	[ERR_IO] = "io",
	[ERR_FULL] = "full",
	[ERR_BUSY] = "busy",
	[ERR_VERSION] = "version",
	[ERR_DB] = "db",
	[ERR_SYSTEM] = "system",
};

/* A character cut in half at the end of the room goes. */
static void
cut(char *s)
{
	size_t n = strlen(s);

	for (size_t back = 1; back <= 3 && back <= n; back++) {
		unsigned char c = (unsigned char)s[n - back];

		if ((c & 0xc0) == 0x80)
			continue;
		if (c >= 0xc0 && utf8_valid(s + n - back, back) != back)
			s[n - back] = '\0';
		break;
	}
}

/* One printable line, whatever it quotes: line ends and tabs become spaces, other bytes that cannot
 * be shown are named. */
static void
tidy(char s[ERR_TEXT])
{
	struct text shown = TEXT_INIT;

	if (strlen(s) == ERR_TEXT - 1)
		cut(s);
	for (char *p = s; *p != '\0'; p++)
		if (*p == '\t' || *p == '\n' || *p == '\r')
			*p = ' ';
	utf8_show(&shown, s);
	snprintf(s, ERR_TEXT, "%s", text_str(&shown));
	cut(s);
	text_clear(&shown);
}

static enum lang
other_lang(void)
{
	return lang_get() == LANG_ZH ? LANG_EN : LANG_ZH;
}

static void
fill(char text[ERR_TEXT], const char *fmt, va_list ap)
{
	va_list own;

	va_copy(own, ap);
	vsnprintf(text, ERR_TEXT, fmt, own);
	va_end(own);
	tidy(text);
}

/* The sentence in both languages. */
static void
say(struct err *err, enum err_code code, const char *zh, const char *en, va_list ap)
{
	err->code = code;
	fill(err->text, LANG_PICK(zh, en), ap);
	fill(err->other, LANG_PICK(en, zh), ap);
}

int
err_set(struct err *err, enum err_code code, const char *zh, const char *en, ...)
{
	va_list ap;

	if (err == NULL || err->code != ERR_NONE)
		return -1;
	va_start(ap, en);
	say(err, code, zh, en, ap);
	va_end(ap);
	return -1;
}

/* The commonest causes in Chinese; the rest as the system words them. */
static const char *
cause(int number, enum lang lang)
{
	static const struct { int number; const char *zh; } known[] = {
		{ ENOENT, "没有这个文件或目录" },
		{ EACCES, "没有权限" },
		{ EPERM, "系统不允许" },
		{ EEXIST, "已经存在" },
		{ EISDIR, "这是一个目录" },
		{ ENOTDIR, "路径中有一段不是目录" },
		{ ENOSPC, "磁盘空间已满" },
		{ EDQUOT, "磁盘配额已用完" },
		{ EFBIG, "超过允许的文件大小" },
		{ EROFS, "文件系统只读" },
		{ EIO, "设备读写错误" },
		{ EMFILE, "打开的文件太多" },
		{ EADDRINUSE, "地址已被占用" },
		{ ECONNREFUSED, "没有程序在监听" },
		{ ECONNRESET, "对方断开了连接" },
		{ EPIPE, "对方断开了连接" },
		{ ETIMEDOUT, "超时" },
		{ ENAMETOOLONG, "路径太长" },
	};

	if (lang == LANG_ZH)
		for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
			if (known[i].number == number)
				return known[i].zh;
	return strerror(number);
}

static void
add_cause(char *text, int number, enum lang lang)
{
	size_t n = strlen(text);

	snprintf(text + n, ERR_TEXT - n, "%s%s", lang == LANG_ZH ? "：" : ": ",
		cause(number, lang));
	tidy(text);
}

int
err_set_errno(struct err *err, enum err_code code, const char *zh, const char *en, ...)
{
	int number = errno;
	va_list ap;

	if (err == NULL || err->code != ERR_NONE)
		return -1;
	if (number == ENOSPC || number == EDQUOT || number == EFBIG)
		code = ERR_FULL;
	va_start(ap, en);
	say(err, code, zh, en, ap);
	va_end(ap);
	add_cause(err->text, number, lang_get());
	add_cause(err->other, number, other_lang());
	return -1;
}

const char *
err_in(const struct err *err, enum lang lang)
{
	return lang == lang_get() || err->other[0] == '\0' ? err->text : err->other;
}

const char *
err_name(enum err_code code)
{
	return (unsigned)code < ERR_MAX ? names[code] : "system";
}

void
err_die(const char *what)
{
	static const char head[] = "manyi: ";

	/* write(2), not stdio: memory may be what has run out. */
	if (write(STDERR_FILENO, head, sizeof(head) - 1) < 0 ||
			write(STDERR_FILENO, what, strlen(what)) < 0 ||
			write(STDERR_FILENO, "\n", 1) < 0)
		abort();
	abort();
}
