/* The pen on a thread of its own: it commits one batch while the next is taken in. */
#ifndef STORE_WRITER_H
#define STORE_WRITER_H

#include "store/pen.h"

/* What is to be written together, and what became of it. */
struct batch {
	struct book_entry **entry;	/* entry[n]; the caller's, left alone until the batch is done */
	size_t n;
	bool stored;			/* all of them are on disk; else failed says why none is */
	struct err failed;
};

struct writer;

/* Opens the database, so that a file that cannot be written is known before anything is promised.  The path is not copied. */
struct writer *writer_open(const char *path, struct err *err);
/* Starts the thread: after the sandbox is entered, so that it is inside. */
void writer_start(struct writer *w);
/* Ends the thread after what it has in hand; NULL is fine. */
void writer_close(struct writer *w);

/* A descriptor that can be read when the writer has done what it was given; then call writer_done(). */
int writer_fd(const struct writer *w);
bool writer_busy(const struct writer *w);

/* Give it something to do; only while it is not busy. */
void writer_put(struct writer *w, struct batch *batch);
void writer_tidy(struct writer *w);

/*
 * The batch it has done, or NULL: it tidied, and *more tells whether there is more of that.
 * Waits for the writer if it must; only while it is busy.
 */
struct batch *writer_done(struct writer *w, bool *more);

#endif
