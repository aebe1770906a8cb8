/* One public request and what its handlers share. */
#ifndef INTAKE_CALL_H
#define INTAKE_CALL_H

#include <stdbool.h>

#include "cgi/route.h"
#include "intake/intake.h"
#include "intake/shelf.h"
#include "view/resident.h"

struct intake {
	struct shelves shelves;
	int threads;
	struct store_client **client;	/* client[threads] */
};

/* What every handler gets as call->ctx. */
struct intake_call {
	struct intake *intake;
	struct store_client *client;	/* the thread's */
	const struct request *req;
	struct reply *reply;
	struct pool *pool;		/* the request's */
	const struct catalogue *catalogue;	/* NULL: the store was never heard */
	struct shelf *shelf;
	enum lang lang;
	bool elder;
};

/* The frame of a page at path self; wave and catalogue may be NULL. */
struct resident_frame call_frame(const struct intake_call *c, const char *self,
	const struct catalogue_wave *wave);

/* A kind page with a status. */
void call_note(struct intake_call *c, int status, enum resident_note note);

/* "/T/RECEIPT?lang=en&elder=1": a path of ours with what the reader chose. */
const char *call_path(const struct intake_call *c, const char *path, bool screened_out);

/* 1..64 of [A-Za-z0-9_.:-], at least 16 of them so that nobody meets another's by chance. */
bool key_valid(const char *key);
/* A fresh submission key: the second and 93 random bits. */
char *key_fresh(struct pool *pool);

/* Handlers, by file. */
route_serve serve_form, serve_answers, serve_code_form, serve_to_code;
route_serve serve_receipt, serve_receipt_form, serve_thanks, serve_privacy, serve_file, serve_health;

#endif
