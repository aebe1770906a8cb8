/* One thread, one thing to do at a time. */
#include "store/writer.h"

#include <stddef.h>
#include <stdlib.h>

struct writer {
	struct pen pen;			/* the thread's while busy */
	struct work *work;
	struct work_item tidy;		/* what is no batch */
	bool busy;			/* given something, not yet told what came of it */
	bool more;			/* to tidy */
	writer_done *done;
	void *ctx;
};

static struct batch *
batch_of(struct work_item *item)
{
	return (struct batch *)((char *)item - offsetof(struct batch, item));
}

static void
put(struct writer *w, struct batch *b)
{
	b->failed = (struct err){ 0 };
	b->stored = pen_write(&w->pen, b->entry, b->n, &b->failed) == 0;
}

static void
do_it(struct work_item *item, int thread, void *ctx)
{
	struct writer *w = ctx;

	(void)thread;
	if (item == &w->tidy)
		w->more = pen_tidy(&w->pen);
	else
		put(w, batch_of(item));
}

static void
finished(struct work_item *item, void *ctx)
{
	struct writer *w = ctx;

	w->busy = false;
	if (item == &w->tidy)
		w->done(NULL, w->more, w->ctx);
	else
		w->done(batch_of(item), false, w->ctx);
}

static void
give(struct writer *w, struct work_item *item)
{
	w->busy = true;
	work_add(w->work, item);
}

void
writer_put(struct writer *w, struct batch *batch)
{
	give(w, &batch->item);
}

void
writer_tidy(struct writer *w)
{
	give(w, &w->tidy);
}

bool
writer_busy(const struct writer *w)
{
	return w->busy;
}

struct writer *
writer_open(const char *path, struct err *err)
{
	struct writer *w = calloc(1, sizeof(*w));

	if (w == NULL)
		err_die("out of memory");
	if (pen_open(&w->pen, path, err) != 0) {
		free(w);
		return NULL;
	}
	return w;
}

int
writer_start(struct writer *w, struct loop *loop, writer_done *done, void *ctx, struct err *err)
{
	w->done = done;
	w->ctx = ctx;
	w->work = work_open(loop, 1, do_it, finished, w, err);
	return w->work != NULL ? 0 : -1;
}

void
writer_close(struct writer *w)
{
	if (w == NULL)
		return;
	work_close(w->work);
	pen_close(&w->pen);
	free(w);
}
