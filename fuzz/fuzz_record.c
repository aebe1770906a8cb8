/* FastCGI's records from a hostile peer: however the bytes are cut, the same events; every
 * request can be loaded. */
#include <string.h>

#include "cgi/http.h"
#include "cgi/record.h"
#include "fuzz/fuzz.h"

enum { BODY_MAX = 4096, EVENTS_MAX = 4096 };

/* A digest of what was heard, so that two readings can be compared. */
struct heard {
	uint64_t digest;
	size_t events;
};

static void
hear(struct heard *h, const void *bytes, size_t n)
{
	const unsigned char *p = bytes;

	for (size_t i = 0; i < n; i++)
		h->digest = (h->digest ^ p[i]) * 1099511628211u;
}

static void
load(struct record_reader *r)
{
	struct pool pool = POOL_INIT;
	char **param = record_params(r->params.s, r->params.n, &pool);
	struct request req;
	struct text out = TEXT_INIT;
	struct reply reply = { .status = 200 };

	if (param != NULL) {
		request_load(&req, param, &pool);
		request_take_body(&req, param, text_str(&r->body), r->body.n, r->too_large);
		FUZZ_TRUE(req.path[0] == '/' && req.query != NULL && req.body[req.body_n] == '\0');
		(void)request_query(&req, "code");
		(void)request_cookie(&req, "session");
		(void)request_is_form(&req);
		(void)request_same_site(&req);
		reply_see_other(&reply, request_lang(&req) == LANG_ZH ? "/Q/" : "/Q/?lang=en");
		reply_write(&out, &req, &reply);
		reply_clear(&reply);
	}
	text_clear(&out);
	pool_clear(&pool);
}

static void
answer(struct record_reader *r, struct heard *h, enum record_event event)
{
	struct text out = TEXT_INIT;

	hear(h, &event, sizeof(event));
	switch (event) {
	case RECORD_REQUEST:
		hear(h, &r->id, sizeof(r->id));
		hear(h, r->params.s, r->params.n);
		hear(h, r->body.s, r->body.n);
		FUZZ_TRUE(r->body.n <= BODY_MAX && r->params.n <= RECORD_PARAMS_MAX);
		load(r);
		record_put_stdout(&out, r->id, r->body.s, r->body.n);
		record_put_end(&out, r->id, 0);
		record_next(r);
		break;
	case RECORD_ABORT:
		record_next(r);
		break;
	case RECORD_REFUSE:
		record_put_end(&out, r->refused_id, r->refusal);
		break;
	case RECORD_UNKNOWN:
		record_put_unknown(&out, r->unknown);
		break;
	case RECORD_MORE:
	case RECORD_BROKEN:
		break;
	}
	text_clear(&out);
}

/* Read it all in pieces of a size. */
static struct heard
listen_to(const uint8_t *bytes, size_t n, size_t piece)
{
	struct record_reader r = { .body_max = BODY_MAX };
	struct heard h = { 14695981039346656037u, 0 };
	enum record_event event = RECORD_MORE;
	size_t at = 0, end, used;

	while (at < n && event != RECORD_BROKEN && h.events < EVENTS_MAX) {
		end = piece < n - at ? at + piece : n;
		do {
			used = record_read(&r, &event, bytes + at, end - at);
			FUZZ_TRUE(used <= end - at && (event != RECORD_MORE || used == end - at));
			at += used;
			if (event != RECORD_MORE) {
				h.events++;
				answer(&r, &h, event);
			}
		} while (event != RECORD_MORE && event != RECORD_BROKEN && h.events < EVENTS_MAX);
	}
	record_clear(&r);
	return h;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct heard whole, pieces;

	if (n < 1)
		return 0;
	whole = listen_to(bytes + 1, n - 1, n);
	pieces = listen_to(bytes + 1, n - 1, 1 + bytes[0] % 31u);
	FUZZ_TRUE(whole.events == pieces.events && whole.digest == pieces.digest);
	return 0;
}
