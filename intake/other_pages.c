/* Thank you, receipts, privacy, files, health. */
#include <string.h>

#include "base/code.h"
#include "intake/call.h"

enum { RECEIPT_N_CODE = 16 };

/* The receipt in the address, as printed; -1 with a page to type it again. */
static int
read_receipt(struct intake_call *c, char receipt[], const char *typed)
{
	struct resident_frame frame = call_frame(c, "/r/", NULL);

	if (code_normal(receipt, RECEIPT_N_CODE, typed) == 0)
		return 0;
	c->reply->status = 404;
	resident_receipt_form(&c->reply->body, &frame, typed);
	return -1;
}

/* Ask the store; -1 with the page written when it is away. */
static int
check_receipt(struct intake_call *c, struct store_check *check, const char *receipt)
{
	struct err err = { 0 };

	*check = (struct store_check){ 0 };
	if (store_check_receipt(c->client, check, receipt, &err) == 0)
		return 0;
	call_note(c, 503, NOTE_BUSY);
	return -1;
}

void
serve_receipt(struct route_call *call)
{
	struct intake_call *c = call->ctx;
	char receipt[RECEIPT_N_CODE + 1];
	struct resident_frame frame;
	struct store_check check;

	if (read_receipt(c, receipt, call->arg[0]) != 0 || check_receipt(c, &check, receipt) != 0)
		return;
	frame = call_frame(c, pool_fmt(c->pool, "/r/%s", receipt), NULL);
	if (!check.found)
		call->reply->status = 404;
	resident_receipt(&call->reply->body, &frame, receipt, !check.found ? 0 : check.unchanged ? 1 : -1,
	    check.minute, check.index, check.head_size);
}

/* Where a stored answer leads, by 303: reloading this page sends nothing again. */
void
serve_thanks(struct route_call *call)
{
	struct intake_call *c = call->ctx;
	char receipt[RECEIPT_N_CODE + 1];
	struct resident_frame frame;
	struct store_check check;

	if (read_receipt(c, receipt, call->arg[0]) != 0 || check_receipt(c, &check, receipt) != 0)
		return;
	if (!check.found) {
		frame = call_frame(c, "/r/", NULL);
		call->reply->status = 404;
		resident_receipt_form(&call->reply->body, &frame, receipt);
		return;
	}
	frame = call_frame(c, pool_fmt(c->pool, "/T/%s", receipt), NULL);
	resident_thanks(&call->reply->body, &frame, receipt, check.minute,
	    request_query(call->req, "end") != NULL);
}

void
serve_receipt_form(struct route_call *call)
{
	struct intake_call *c = call->ctx;
	struct resident_frame frame = call_frame(c, "/r/", NULL);
	const char *typed = request_query(call->req, "receipt");
	char receipt[RECEIPT_N_CODE + 1];

	if (typed == NULL || typed[0] == '\0')
		resident_receipt_form(&call->reply->body, &frame, NULL);
	else if (read_receipt(c, receipt, typed) == 0)
		reply_see_other(call->reply, call_path(c, pool_fmt(c->pool, "/r/%s", receipt), false));
}

void
serve_privacy(struct route_call *call)
{
	struct intake_call *c = call->ctx;
	struct resident_frame frame = call_frame(c, "/privacy", NULL);

	resident_privacy(&call->reply->body, &frame);
}

/* A file's name is the digest of its bytes: it may be kept for ever. */
void
serve_file(struct route_call *call)
{
	struct intake_call *c = call->ctx;

	if (resident_file(&call->reply->body, &call->reply->type, call->req->path,
	    c->shelf != NULL ? c->shelf->form : NULL, c->catalogue != NULL ? c->catalogue->waves : 0) != 0) {
		call->reply->type = NULL;
		text_reset(&call->reply->body);
		call_note(c, 404, NOTE_NOT_FOUND);
		return;
	}
	call->reply->cache = "public, max-age=31536000, immutable";
	reply_unchanged(call->reply, call->req, pool_fmt(c->pool, "\"%s\"", call->req->path));
}

/* Through nginx, this process and the store: all of what a resident needs. */
void
serve_health(struct route_call *call)
{
	struct intake_call *c = call->ctx;
	struct err err = { 0 };
	int64_t version;

	call->reply->type = "text/plain; charset=utf-8";
	if (store_version(c->client, &version, &err) == 0) {
		text_puts(&call->reply->body, "ok\n");
		return;
	}
	call->reply->status = 503;
	reply_header(call->reply, "Retry-After", "5");
	text_fmt(&call->reply->body, "%s\n", err.text);
}
