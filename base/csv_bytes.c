/* Bytes of a table into UTF-8: what the file is, and in which encoding. */
#include "base/csv_in.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/filekind.h"
#include "base/lang.h"
#include "base/utf8.h"

static size_t
line_at(const char *bytes, size_t offset)
{
	size_t line = 1;

	for (size_t i = 0; i < offset; i++)
		line += bytes[i] == '\n';
	return line;
}

/* From an encoding to UTF-8 in *out; returns n, or where the first bytes stand
 * that are none of it. */
static size_t
convert(struct text *out, const char *from, const char *bytes, size_t n, struct err *err)
{
	iconv_t cd = iconv_open("UTF-8", from);
	char chunk[4096], *in = (char *)(uintptr_t)bytes;
	size_t left = n;

	if (cd == (iconv_t)-1) {
		err_set_errno(err, ERR_SYSTEM, "本机不能转换 %s",
			"this machine cannot convert %s", from);
		return 0;
	}
	while (left > 0) {
		char *to = chunk;
		size_t room = sizeof(chunk);
		size_t got = iconv(cd, &in, &left, &to, &room);

		text_add(out, chunk, (size_t)(to - chunk));
		if (got == (size_t)-1 && errno != E2BIG)
			break;
	}
	iconv_close(cd);
	return n - left;
}

/*
 * Chinese in GB18030, and not something else that happens to decode: nearly every pair of bytes is
 * a character of GB 2312, and no character of UTF-8 stands before the first fault, as it would in
 * UTF-8 that was damaged.
 */
static bool
looks_gb18030(const char *bytes, size_t n, size_t bad)
{
	size_t pairs = 0, common = 0;

	for (size_t i = 0; i < bad; i++)
		if ((unsigned char)bytes[i] >= 0xe0)
			return false;
	for (size_t i = 0; i + 1 < n; i++) {
		unsigned char a = (unsigned char)bytes[i], b = (unsigned char)bytes[i + 1];

		if (a < 0x81)
			continue;
		pairs++;
		common += a >= 0xa1 && a <= 0xf7 && b >= 0xa1 && b <= 0xfe;
		i++;
	}
	return common * 10 >= pairs * 8;
}

static int
keep(struct bytes *b, struct text *utf8, struct pool *pool)
{
	b->s = pool_take(pool, utf8->n + CSV_SLACK);
	if (utf8->n > 0)
		memcpy(b->s, utf8->s, utf8->n);
	b->n = utf8->n;
	text_clear(utf8);
	return 0;
}

/* Read as `from`, which the file must be throughout. */
static int
read_as(struct bytes *b, const char *from, const char *bytes, size_t n, const char *name,
	struct pool *pool, struct err *err)
{
	struct text utf8 = TEXT_INIT;
	size_t good = convert(&utf8, from, bytes, n, err);

	if (good == n && (err == NULL || err->code == ERR_NONE))
		return keep(b, &utf8, pool);
	text_clear(&utf8);
	return err_set(err, ERR_INPUT,
		"%s:%zu：说的是 %s，可这里的字节不是；去掉 --encoding 让程序自己认，仍不行就在"
		" Excel 里另存为“CSV UTF-8”",
		"%s:%zu: not %s as was said; leave out --encoding and let the program tell,"
		" or save it as \"CSV UTF-8\" in Excel", name, line_at(bytes, good), from);
}

static int
not_text(const char *bytes, size_t bad, const char *name, struct err *err)
{
	return err_set(err, ERR_INPUT,
		"%s:%zu：既不是 UTF-8 也不是 GB18030 文本（也许文件损坏了）；请在 Excel 或"
		" WPS 里打开看看，另存为“CSV UTF-8”",
		"%s:%zu: neither UTF-8 nor GB18030 text (it may be damaged); look at it in Excel"
		" or WPS and save it as \"CSV UTF-8\"", name, line_at(bytes, bad));
}

/* Not said: UTF-8 if it is that, GB18030 if it is plainly that. */
static int
guess(struct bytes *b, const char *bytes, size_t n, const char *name, struct pool *pool,
	struct err *err)
{
	size_t bad = utf8_valid(bytes, n);
	struct text utf8 = TEXT_INIT;

	if (bad == n)
		return 0;
	if (looks_gb18030(bytes, n, bad) && convert(&utf8, "GB18030", bytes, n, err) == n) {
		b->note = LANG_PICK("文件是 GB18030（GBK）编码，已按它读",
			"the file is in GB18030 (GBK) and was read as such");
		return keep(b, &utf8, pool);
	}
	text_clear(&utf8);
	return not_text(bytes, bad, name, err);
}

static int
read_utf16(struct bytes *b, const char *bytes, size_t n, const char *name, struct pool *pool,
	struct err *err)
{
	b->note = LANG_PICK("文件是 UTF-16 编码，已按它读",
		"the file is in UTF-16 and was read as such");
	return read_as(b, memcmp(bytes, "\xff\xfe", 2) == 0 ? "UTF-16LE" : "UTF-16BE", bytes + 2,
		n - 2, name, pool, err);
}

static bool
is_utf8_word(const char *encoding)
{
	return strcasecmp(encoding, "utf-8") == 0 || strcasecmp(encoding, "utf8") == 0;
}

static bool
is_gb_word(const char *encoding)
{
	return strcasecmp(encoding, "gb18030") == 0 || strcasecmp(encoding, "gbk") == 0;
}

int
csv_bytes(struct bytes *b, const char *bytes, size_t n, const char *name, const char *encoding,
	struct pool *pool, struct err *err)
{
	size_t bad;

	*b = (struct bytes){ .s = NULL };
	if (encoding != NULL && !is_utf8_word(encoding) && !is_gb_word(encoding))
		return err_set(err, ERR_USAGE, "不认识编码“%s”；可用 utf-8 或 gb18030",
			"unknown encoding \"%s\"; use utf-8 or gb18030", encoding);
	if (filekind_table(bytes, n, name, err) != 0)
		return -1;
	if (n >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0))
		return read_utf16(b, bytes, n, name, pool, err);
	if (encoding == NULL)
		return guess(b, bytes, n, name, pool, err);
	bad = utf8_valid(bytes, n);
	if (is_utf8_word(encoding))
		return bad == n ? 0 : err_set(err, ERR_INPUT, "%s:%zu：不是 UTF-8；%s",
			"%s:%zu: not UTF-8; %s", name, line_at(bytes, bad), looks_gb18030(bytes, n,
			bad) ? LANG_PICK("看来是 gb18030，去掉 --encoding 就行",
			"it looks like gb18030: leave out --encoding") : LANG_PICK(
			"请在 Excel 里另存为“CSV UTF-8”", "save it as \"CSV UTF-8\" in Excel"));
	if (n >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
		return err_set(err, ERR_INPUT, "%s：文件自己写明是 UTF-8；去掉 --encoding",
			"%s: the file says that it is UTF-8;"
			" leave out --encoding", name);
	return read_as(b, "GB18030", bytes, n, name, pool, err);
}
