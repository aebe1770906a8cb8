/* What a number of complaints counts. */
#include "figure/definition.h"

#include <stddef.h>
#include <string.h>

static const struct {
	unsigned bit;
	const char *name, *english;
} part[] = {
	{ COUNTS_12315, "12315", "12315" }, { COUNTS_12345, "12345", "12345" },
	{ COUNTS_12365, "12365", "12365" }, { COUNTS_REPORTS, "举报", "reports" },
	{ COUNTS_ENQUIRIES, "咨询", "enquiries" },
};
enum { PARTS = sizeof(part) / sizeof(part[0]),
	CHANNELS = COUNTS_12315 | COUNTS_12345 | COUNTS_12365 };

static unsigned
part_of(const char *s, size_t n)
{
	for (size_t i = 0; i < PARTS; i++)
		if ((strlen(part[i].name) == n && memcmp(part[i].name, s, n) == 0) ||
				(strlen(part[i].english) == n &&
				memcmp(part[i].english, s, n) == 0))
			return part[i].bit;
	return 0;
}

int
definition_read(unsigned *counts, const char *text, struct err *err)
{
	const char *s = text;
	unsigned one;
	size_t n;

	*counts = 0;
	if (text == NULL || text[0] == '\0')
		return 0;
	for (;; s += n + 1) {
		n = strcspn(s, "+");
		one = part_of(s, n);
		if (one == 0 || (*counts & one) != 0)
			return err_set(err, ERR_INPUT,
				"投诉口径“%s”看不懂：用“+”连接 12315、12345、12365、举报、咨询，如"
				" 12315+举报",
				"the definition “%s” is not understood: join 12315, 12345, 12365,"
				" reports, enquiries by “+”, as in 12315+reports", text);
		*counts |= one;
		if (s[n] == '\0')
			break;
	}
	if ((*counts & CHANNELS) == 0)
		return err_set(err, ERR_INPUT, "投诉口径“%s”没有写渠道：12315、12345 或 12365",
			"the definition “%s” names no channel: 12315, 12345 or 12365", text);
	return 0;
}

/* The names of the bits that are among `of`, joined. */
static const char *
join(unsigned counts, unsigned of, const char *with, bool english, struct pool *pool)
{
	const char *out = "";

	for (size_t i = 0; i < PARTS; i++)
		if ((counts & of & part[i].bit) != 0)
			out = pool_fmt(pool, "%s%s%s", out, out[0] == '\0' ? "" : with,
				english ? part[i].english : part[i].name);
	return out;
}

const char *
definition_write(unsigned counts, struct pool *pool)
{
	return join(counts, ~0U, "+", false, pool);
}

struct words
definition_words(unsigned counts, struct pool *pool)
{
	unsigned besides = counts & ~(unsigned)CHANNELS;

	if (counts == 0)
		return (struct words){ { "口径未登记", "definition not on record" } };
	return (struct words){ {
		pool_fmt(pool, "%s 登记的投诉%s%s", join(counts, CHANNELS, "、", false, pool),
			besides == 0 ? "，不含举报" : "，含",
			join(besides, ~0U, "、", false, pool)),
		pool_fmt(pool, "complaints registered by %s%s%s",
			join(counts, CHANNELS, ", ", true, pool), besides == 0 ?
			", reports not counted" : " with ", join(besides, ~0U, ", ", true, pool)),
	} };
}

bool
definition_same(const char *a, const char *b)
{
	struct err none = { 0 };
	unsigned x, y;

	return definition_read(&x, a, &none) == 0 && definition_read(&y, b, &none) == 0 &&
		x != 0 && x == y;
}
