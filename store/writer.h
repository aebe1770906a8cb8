/* The pen on a thread of its own: it commits one batch while the next is taken in. */
#ifndef STORE_WRITER_H
#define STORE_WRITER_H

#include "proc/work.h"
#include "store/pen.h"

/* What is to be written together, and what became of it. */
struct batch {
	struct work_item item;		/* the writer's */
	struct book_entry **entry;	/* entry[n]; the caller's, left alone
					 * until the batch is done */
	size_t n;
	bool stored;			/* all of them are on disk; else failed says why none is */
	struct err failed;
};

/*
 * Called on the loop's thread, inside a batch of events, when the writer has done what it was given
 * and is no longer busy: the batch; or NULL, it tidied, and more tells whether
 * there is more of that.
 */
typedef void writer_done(struct batch *batch, bool more, void *ctx);

struct writer;

/* Opens the database, so that a file that cannot be written is known before anything is promised.
 * The path is not copied. */
struct writer *writer_open(const char *path, struct err *err);
/* Starts the thread beside the loop: after the sandbox is entered, so that it is inside.  -1
 * if it does not start. */
int writer_start(struct writer *w, struct loop *loop, writer_done *done, void *ctx,
	struct err *err);
/* Ends the thread after what it has in hand, of which nobody is told; NULL is fine. */
void writer_close(struct writer *w);

bool writer_busy(const struct writer *w);

/* Give it something to do; only while it is not busy. */
void writer_put(struct writer *w, struct batch *batch);
void writer_tidy(struct writer *w);

#endif
