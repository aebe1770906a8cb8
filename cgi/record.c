/* FastCGI's records; what is not in the specification closes the connection. */
#include "cgi/record.h"

#include <assert.h>
#include <string.h>

#include <fastcgi.h>

/* of a record: so many that padding comes out at eight */
enum { STDOUT_MOST = FCGI_MAX_LENGTH - 7 };

void
record_next(struct record_reader *r)
{
	if (r->stage == RECORD_ENDED)
		return;
	r->stage = RECORD_IDLE;
	r->id = 0;
	r->keep = r->too_large = false;
	r->stdin_n = 0;
	text_rest(&r->params);
	text_rest(&r->body);
}

void
record_clear(struct record_reader *r)
{
	text_clear(&r->params);
	text_clear(&r->body);
}

bool
record_is_midway(const struct record_reader *r)
{
	return r->stage == RECORD_PARAMS || r->stage == RECORD_STDIN || r->head_n > 0;
}

static enum record_event
broken(struct record_reader *r)
{
	r->stage = RECORD_ENDED;
	return RECORD_BROKEN;
}

static unsigned
record_id(const struct record_reader *r)
{
	const FCGI_Header *h = (const FCGI_Header *)r->head;

	return (unsigned)h->requestIdB1 << 8 | h->requestIdB0;
}

static int
record_type(const struct record_reader *r)
{
	return ((const FCGI_Header *)r->head)->type;
}

static bool
is_ours(const struct record_reader *r)
{
	return r->stage != RECORD_IDLE && record_id(r) == r->id;
}

/* ---- headers ---- */

/* May this record come now?  Records of requests we refused or never saw begin are passed over. */
static bool
may_come(struct record_reader *r)
{
	switch (record_type(r)) {
	case FCGI_BEGIN_REQUEST:
		return r->content == sizeof(FCGI_BeginRequestBody) && !is_ours(r);
	case FCGI_ABORT_REQUEST:
		return r->content == 0;
	case FCGI_PARAMS:
		return !is_ours(r) || r->stage == RECORD_PARAMS;
	case FCGI_STDIN:
		return !is_ours(r) || r->stage == RECORD_STDIN;
	default:
		return false;
	}
}

/* The header is whole: is it one? */
static enum record_event
take_head(struct record_reader *r)
{
	const FCGI_Header *h = (const FCGI_Header *)r->head;

	r->content = (size_t)h->contentLengthB1 << 8 | h->contentLengthB0;
	r->padding = h->paddingLength;
	r->begin_n = 0;
	if (h->version != FCGI_VERSION_1)
		return broken(r);
	if (!is_ours(r) && record_type(r) != FCGI_BEGIN_REQUEST && ++r->noise > RECORD_NOISE_MAX)
		return broken(r);
	if (record_id(r) != FCGI_NULL_REQUEST_ID && !may_come(r))
		return broken(r);
	return RECORD_MORE;
}

/* ---- contents ---- */

/* The next n bytes of the content.  Whatever is refused is counted, so that it
 * is not sent for ever. */
static enum record_event
take_content(struct record_reader *r, const unsigned char *bytes, size_t n)
{
	r->content -= n;
	if (record_type(r) == FCGI_BEGIN_REQUEST && record_id(r) != FCGI_NULL_REQUEST_ID) {
		memcpy(r->begin + r->begin_n, bytes, n);
		r->begin_n += n;
		return RECORD_MORE;
	}
	if (!is_ours(r))
		return RECORD_MORE;
	if (record_type(r) == FCGI_PARAMS) {
		if (n > RECORD_PARAMS_MAX - r->params.n)
			return broken(r);
		text_add(&r->params, bytes, n);
		return RECORD_MORE;
	}
	r->stdin_n += n;
	if (r->stdin_n > RECORD_STDIN_MAX)
		return broken(r);
	if (r->stdin_n > r->body_max) {
		r->too_large = true;
		text_clear(&r->body);
	} else {
		text_add(&r->body, bytes, n);
	}
	return RECORD_MORE;
}

/* ---- whole records ---- */

static enum record_event
refuse(struct record_reader *r, int why)
{
	if (++r->noise > RECORD_NOISE_MAX)
		return broken(r);
	r->refused_id = record_id(r);
	r->refusal = why;
	return RECORD_REFUSE;
}

static enum record_event
take_begin(struct record_reader *r)
{
	const FCGI_BeginRequestBody *b = (const FCGI_BeginRequestBody *)r->begin;

	if (r->stage != RECORD_IDLE)
		return refuse(r, FCGI_CANT_MPX_CONN);
	if (((unsigned)b->roleB1 << 8 | b->roleB0) != FCGI_RESPONDER)
		return refuse(r, FCGI_UNKNOWN_ROLE);
	r->id = record_id(r);
	r->keep = (b->flags & FCGI_KEEP_CONN) != 0;
	r->stage = RECORD_PARAMS;
	return RECORD_MORE;
}

/* An empty record ends its stream. */
static enum record_event
take_end(struct record_reader *r, bool empty)
{
	if (!empty)
		return RECORD_MORE;
	if (r->stage == RECORD_PARAMS) {
		r->stage = RECORD_STDIN;
		return RECORD_MORE;
	}
	r->stage = RECORD_ANSWERING;
	return RECORD_REQUEST;
}

/* The record is whole, its padding too. */
static enum record_event
take_record(struct record_reader *r)
{
	const FCGI_Header *h = (const FCGI_Header *)r->head;
	bool empty = h->contentLengthB1 == 0 && h->contentLengthB0 == 0;

	r->head_n = 0;
	if (record_id(r) == FCGI_NULL_REQUEST_ID) {
		r->unknown = h->type;
		return RECORD_UNKNOWN;
	}
	if (h->type == FCGI_BEGIN_REQUEST)
		return take_begin(r);
	if (!is_ours(r))
		return RECORD_MORE;
	return h->type == FCGI_ABORT_REQUEST ? RECORD_ABORT : take_end(r, empty);
}

/* ---- the stream ---- */

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* One step of a record: some of its header, of its content or of its padding.
 * Returns the bytes used. */
static size_t
take_some(struct record_reader *r, enum record_event *event, const unsigned char *bytes, size_t n)
{
	size_t used = 0;

	if (r->head_n < FCGI_HEADER_LEN) {
		used = least(n, FCGI_HEADER_LEN - r->head_n);
		memcpy(r->head + r->head_n, bytes, used);
		r->head_n += used;
		if (r->head_n == FCGI_HEADER_LEN)
			*event = take_head(r);
	} else if (r->content > 0) {
		used = least(n, r->content);
		*event = take_content(r, bytes, used);
	} else {
		used = least(n, r->padding);
		r->padding -= used;
	}
	if (*event == RECORD_MORE && r->head_n == FCGI_HEADER_LEN && r->content == 0 &&
			r->padding == 0)
		*event = take_record(r);
	return used;
}

size_t
record_read(struct record_reader *r, enum record_event *event, const void *bytes, size_t n)
{
	size_t at = 0;

	*event = r->stage == RECORD_ENDED ? RECORD_BROKEN : RECORD_MORE;
	while (*event == RECORD_MORE && at < n)
		at += take_some(r, event, (const unsigned char *)bytes + at, n - at);
	return at;
}

/* ---- names and values ---- */

/* What is left of the parameters. */
struct rest {
	const unsigned char *p;
	size_t n;
};

/* A length: one byte, or four with the first bit set.  -1 if it is cut off or leads outside. */
static long
take_length(struct rest *rest)
{
	const unsigned char *p = rest->p;
	size_t used = rest->n > 0 && p[0] >> 7 ? 4 : 1;
	uint32_t length;

	if (rest->n < used)
		return -1;
	length = used == 1 ? p[0] : (uint32_t)(p[0] & 0x7f) << 24 | (uint32_t)p[1] << 16 |
		(uint32_t)p[2] << 8 | p[3];
	rest->p += used;
	rest->n -= used;
	return length <= rest->n ? (long)length : -1;
}

/* The next pair as "NAME=VALUE"; NULL if it is none. */
static char *
take_pair(struct rest *rest, struct pool *pool)
{
	long name = take_length(rest), value = name < 0 ? -1 : take_length(rest);
	const unsigned char *p = rest->p;
	char *pair;

	if (value < 0 || name == 0 || (size_t)name + (size_t)value > rest->n ||
			memchr(p, '\0', (size_t)(name + value)) != NULL ||
			memchr(p, '=', (size_t)name) != NULL)
		return NULL;
	pair = pool_take(pool, (size_t)(name + value) + 2);
	memcpy(pair, p, (size_t)name);
	pair[name] = '=';
	memcpy(pair + name + 1, p + name, (size_t)value);
	rest->p += name + value;
	rest->n -= (size_t)(name + value);
	return pair;
}

static bool
has_name(char *const param[], size_t n, const char *pair)
{
	size_t length = strcspn(pair, "=") + 1;

	for (size_t i = 0; i < n; i++)
		if (param[i][0] == pair[0] && strncmp(param[i], pair, length) == 0)
			return true;
	return false;
}

char **
record_params(const void *bytes, size_t n, struct pool *pool)
{
	struct rest rest = { bytes, n };
	char **param = pool_array(pool, RECORD_NAMES_MAX + 1, sizeof(*param));
	size_t count = 0;

	while (rest.n > 0) {
		char *pair = count < RECORD_NAMES_MAX ? take_pair(&rest, pool) : NULL;

		if (pair == NULL || has_name(param, count, pair))
			return NULL;
		param[count++] = pair;
	}
	return param;
}

/* ---- writing ---- */

static FCGI_Header
head_of(int type, unsigned id, size_t n, size_t padding)
{
	assert(n <= FCGI_MAX_LENGTH);
	return (FCGI_Header){ .version = FCGI_VERSION_1, .type = (unsigned char)type,
		.requestIdB1 = (unsigned char)(id >> 8), .requestIdB0 = (unsigned char)id,
		.contentLengthB1 = (unsigned char)(n >> 8), .contentLengthB0 = (unsigned char)n,
		.paddingLength = (unsigned char)padding };
}

static void
put_head(struct text *out, int type, unsigned id, size_t n, size_t padding)
{
	FCGI_Header h = head_of(type, id, n, padding);

	text_add(out, &h, sizeof(h));
}

static void
put_padding(struct text *out, size_t n)
{
	static const char zeros[8];

	text_add(out, zeros, -n & 7);
}

void
record_put_stdout(struct text *out, unsigned id, const void *bytes, size_t n)
{
	const char *p = bytes;

	for (size_t at = 0, part; at < n; at += part) {
		part = least(n - at, STDOUT_MOST);
		put_head(out, FCGI_STDOUT, id, part, -part & 7);
		text_add(out, p + at, part);
		put_padding(out, part);
	}
}

size_t
record_open_stdout(struct text *out)
{
	size_t begin = out->n;

	put_head(out, FCGI_STDOUT, 0, 0, 0);
	return begin;
}

/* What fits one record gets its header now; of what does not, the rest moves
 * into records of its own. */
void
record_close_stdout(struct text *out, unsigned id, size_t begin)
{
	size_t n = out->n - begin - sizeof(FCGI_Header), first = least(n, STDOUT_MOST);
	FCGI_Header h = head_of(FCGI_STDOUT, id, first, -first & 7);
	struct text rest = TEXT_INIT;

	if (n == 0) {
		out->n = begin;
		return;
	}
	memcpy(out->s + begin, &h, sizeof(h));
	text_add(&rest, out->s + out->n - (n - first), n - first);
	out->n -= n - first;
	put_padding(out, first);
	record_put_stdout(out, id, rest.s, rest.n);
	text_clear(&rest);
}

void
record_put_end(struct text *out, unsigned id, int status)
{
	FCGI_EndRequestBody body = { .protocolStatus = (unsigned char)status };

	put_head(out, FCGI_END_REQUEST, id, sizeof(body), 0);
	text_add(out, &body, sizeof(body));
}

void
record_put_unknown(struct text *out, int type)
{
	FCGI_UnknownTypeBody body = { .type = (unsigned char)type };

	put_head(out, FCGI_UNKNOWN_TYPE, FCGI_NULL_REQUEST_ID, sizeof(body), 0);
	text_add(out, &body, sizeof(body));
}
