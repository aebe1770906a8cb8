/* What anybody may see, and the staff within its own frame: published figures, as they were frozen,
 * and the ledger's heads. */
#include <stdio.h>
#include <string.h>

#include "desk/visit.h"
#include "track/track.h"

static void
show_published(struct visit *visit, const char *indicator, bool public)
{
	struct board_frame frame = visit_frame(visit, public);
	struct published_row *row;
	struct tracker tracker;
	struct db *db = visit_tracker(visit, &tracker);
	size_t n;

	if (db == NULL ||
			db_list_published(db, indicator, &row, &n, visit->pool, &visit->err) != 0)
		return;
	if (indicator != NULL && n == 0) {
		err_set(&visit->err, ERR_MISSING, "第 %s 项没有公布过",
			"indicator %s was never published", indicator);
		return;
	}
	board_public(&visit->reply->body, &frame, &tracker, row, n);
}

void
serve_home(struct route_call *call)
{
	show_published(call->ctx, NULL, true);
}

void
serve_published(struct route_call *call)
{
	show_published(call->ctx, call->arg[0], true);
}

void
serve_desk_published(struct route_call *call)
{
	show_published(call->ctx, NULL, false);
}

void
serve_desk_published_of(struct route_call *call)
{
	show_published(call->ctx, call->arg[0], false);
}

void
serve_to_desk(struct route_call *call)
{
	reply_see_other(call->reply, "/desk/");
}

/* The public half of the ledger's key, as `manyi init` wrote it beside the
 * database; "" without one. */
static const char *
public_key(const struct visit *visit)
{
	char hex[80] = "";
	FILE *f = fopen(visit->desk->key_path, "re");

	if (f == NULL)
		return "";
	if (fgets(hex, sizeof(hex), f) == NULL)
		hex[0] = '\0';
	fclose(f);
	hex[strcspn(hex, "\r\n")] = '\0';
	return pool_strdup(visit->pool, hex);
}

static void
show_ledger(struct visit *visit, bool public)
{
	struct board_frame frame = visit_frame(visit, public);
	struct db *db = visit_read(visit);
	struct head_row *head;
	size_t n;

	if (db != NULL && db_list_heads(db, &head, &n, visit->pool, &visit->err) == 0)
		board_ledger(&visit->reply->body, &frame, head, n, public_key(visit));
}

void
serve_ledger(struct route_call *call)
{
	show_ledger(call->ctx, true);
}

void
serve_desk_ledger(struct route_call *call)
{
	show_ledger(call->ctx, false);
}
