/* Read-only JSON: what the command line says with --json, for who may see it. */
#include "base/json.h"
#include "desk/visit.h"
#include "track/track.h"
#include "view/fact.h"

static void
send_json(struct visit *visit, json_t *value)
{
	visit->reply->type = "application/json";
	json_put(&visit->reply->body, value, 0);
	json_decref(value);
}

void
serve_api_tracker(struct route_call *call)
{
	struct visit *visit = call->ctx;
	struct tracker tracker;
	json_t *list;

	if (visit_tracker(visit, &tracker) == NULL)
		return;
	list = json_array();
	for (size_t i = 0; i < tracker.rows; i++)
		json_array_append_new(list, fact_row(&tracker.row[i]));
	send_json(visit, list);
}

void
serve_api_departments(struct route_call *call)
{
	struct visit *visit = call->ctx;
	struct tracker tracker;

	if (visit_tracker(visit, &tracker) != NULL)
		send_json(visit, fact_departments(&tracker));
}

void
serve_api_indicator(struct route_call *call)
{
	struct visit *visit = call->ctx;
	const struct track_row *row;
	struct tracker tracker;

	if (visit_tracker(visit, &tracker) == NULL)
		return;
	row = track_find(&tracker, call->arg[0]);
	if (row != NULL)
		send_json(visit, fact_indicator(&tracker, row));
	else
		err_set(&visit->err, ERR_MISSING, "没有第 %s 项", "no indicator %s", call->arg[0]);
}

void
serve_api_published(struct route_call *call)
{
	struct visit *visit = call->ctx;
	struct db *db = visit_read(visit);
	struct published_row *row;
	json_t *list;
	size_t n;

	if (db == NULL || db_list_published(db, NULL, &row, &n, visit->pool, &visit->err) != 0)
		return;
	list = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, fact_published(&row[i]));
	send_json(visit, list);
}
