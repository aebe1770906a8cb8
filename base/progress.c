/* The bar is redrawn in place; a log or a pipe never sees it. */
#include "base/progress.h"

#include <stdio.h>
#include <unistd.h>

enum { BAR_WIDTH = 30 };

void
progress_begin(struct progress *p, struct words what, int64_t total)
{
	*p = (struct progress){ .what = what, .total = total > 0 ? total : 1, .shown = -1,
		.terminal = isatty(STDERR_FILENO) };
	progress_step(p, 0);
}

static void
draw(const struct progress *p)
{
	int full = p->shown * BAR_WIDTH / 1000;

	fprintf(stderr, "\r%s [", p->what.in[lang_get()]);
	for (int i = 0; i < BAR_WIDTH; i++)
		fputs(i < full ? "#" : "·", stderr);
	fprintf(stderr, "] %3d%%", p->shown / 10);
	fflush(stderr);
}

void
progress_step(struct progress *p, int64_t n)
{
	int mille;

	p->done += n;
	if (!p->terminal)
		return;
	mille = p->done >= p->total ? 1000 : (int)(p->done * 1000 / p->total);
	if (mille == p->shown)
		return;
	p->shown = mille;
	draw(p);
}

void
progress_end(struct progress *p)
{
	if (p->terminal)
		fputs("\r\033[K", stderr);
}
