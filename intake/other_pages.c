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

	if (code_find(receipt, RECEIPT_N_CODE, typed) == 0)
		return 0;
	c->reply->status = 404;
	resident_receipt_form(&c->reply->body, &frame, typed);
	return -1;
}

/* A look for a receipt on its way. */
struct look {
	struct link_ask ask;
	struct intake_call *call;
	char receipt[RECEIPT_N_CODE + 1];
	void (*show)(struct intake_call *c, const char *receipt, const struct store_check *check);
};

static void
take_look(struct link_ask *ask, struct wire *reply)
{
	struct look *look = (struct look *)ask;
	struct intake_call *c = look->call;
	struct store_check check = { 0 };

	if (reply == NULL || store_check_get(&check, reply, NULL) != 0)
		call_note(c, 503, NOTE_BUSY);
	else
		look->show(c, look->receipt, &check);
	call_end(c);
}

/* Ask the store about the receipt in the address. */
static void
look_up(struct route_call *call,
	void (*show)(struct intake_call *c, const char *receipt, const struct store_check *check))
{
	struct intake_call *c = call->ctx;
	struct look *look = pool_take(c->pool, sizeof(*look));

	look->call = c;
	look->show = show;
	if (read_receipt(c, look->receipt, call->arg[0]) != 0)
		return;
	store_look_put(&c->frame, look->receipt);
	call_ask(c, c->intake->looks, &look->ask, 0, take_look);
}

static void
show_receipt(struct intake_call *c, const char *receipt, const struct store_check *check)
{
	struct resident_frame frame = call_frame(c, pool_fmt(c->pool, "/r/%s", receipt), NULL);

	if (!check->found)
		c->reply->status = 404;
	resident_receipt(&c->reply->body, &frame, receipt, !check->found ? 0 :
		check->unchanged ? 1 : -1, check->minute, check->index, check->head_size);
}

void
serve_receipt(struct route_call *call)
{
	look_up(call, show_receipt);
}

static void
show_thanks(struct intake_call *c, const char *receipt, const struct store_check *check)
{
	struct resident_end end = { .screened_out = request_query(c->req, "end") != NULL,
		.masked = request_query(c->req, "masked") != NULL,
		.called = request_query(c->req, "called") != NULL };
	struct resident_frame frame = call_frame(c, thanks_path(c->pool, receipt, end), NULL);

	if (check->found) {
		resident_thanks(&c->reply->body, &frame, receipt, check->minute, end);
		return;
	}
	frame.self = "/r/";
	c->reply->status = 404;
	resident_receipt_form(&c->reply->body, &frame, receipt);
}

/* Where a stored answer leads, by 303: reloading this page sends nothing again. */
void
serve_thanks(struct route_call *call)
{
	look_up(call, show_thanks);
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
		reply_see_other(call->reply, call_path(c, pool_fmt(c->pool, "/r/%s", receipt)));
}

/* "/R/…", "/r": to the address as printed. */
void
serve_to_receipt(struct route_call *call)
{
	struct intake_call *c = call->ctx;
	char receipt[RECEIPT_N_CODE + 1];

	if (call->arg[0] == NULL)
		reply_see_other(call->reply, call_path(c, "/r/"));
	else if (read_receipt(c, receipt, call->arg[0]) == 0)
		reply_see_other(call->reply, call_path(c, pool_fmt(c->pool, "/r/%s", receipt)));
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
			c->shelf != NULL ? c->shelf->form : NULL,
			c->catalogue != NULL ? c->catalogue->waves : 0) != 0) {
		call->reply->type = NULL;
		text_reset(&call->reply->body);
		call_note(c, 404, NOTE_NOT_FOUND);
		return;
	}
	call->reply->cache = "public, max-age=31536000, immutable";
	reply_unchanged(call->reply, call->req, pool_fmt(c->pool, "\"%s\"", call->req->path));
}

/* A question after the store's health on its way. */
struct pulse {
	struct link_ask ask;
	struct intake_call *call;
};

static void
take_pulse(struct link_ask *ask, struct wire *reply)
{
	struct intake_call *c = ((struct pulse *)ask)->call;
	struct err err = { 0 };
	int64_t version;

	c->reply->type = "text/plain; charset=utf-8";
	if (reply == NULL || c->catalogue == NULL)
		store_away(&err);
	if (err.code == ERR_NONE && store_version_get(&version, reply, &err) == 0 &&
			shelves_failing(&c->intake->shelves))
		err_set(&err, ERR_BUSY, "stale：问卷和点位的目录已经过时，新的取不到，请看日志",
			"stale: the catalogue of forms and sites is out of date and a newer"
			" one cannot be had; see the log");
	if (err.code == ERR_NONE) {
		text_puts(&c->reply->body, "ok\n");
		if (c->catalogue->left_out[0] != '\0')
			text_fmt(&c->reply->body, "left out: %s\n", c->catalogue->left_out);
	} else {
		c->reply->status = 503;
		reply_header(c->reply, "Retry-After", "5");
		text_fmt(&c->reply->body, "%s\n", err.text);
	}
	call_end(c);
}

/* Through nginx, this process and the store: all of what a resident needs. */
void
serve_health(struct route_call *call)
{
	struct intake_call *c = call->ctx;
	struct pulse *pulse = pool_take(c->pool, sizeof(*pulse));

	pulse->call = c;
	store_version_put(&c->frame);
	call_ask(c, c->intake->looks, &pulse->ask, 0, take_pulse);
}
