/* Blocks of a wave's rows in files beside the database: made from the rows, and never believed. */
#ifndef FIGURE_BLOCK_H
#define FIGURE_BLOCK_H

#include "figure/rows.h"

/*
 * derived/NAME-WAVE-SHA-FIRST.blocks beside the database NAME: whole blocks of one wave, from block
 * FIRST, under one form (SHA, the beginning of its digest).  A file is a head, the id and
 * the leaf of every block's last row, the labels that are new in it, and the columns one after the
 * other.  Nothing in it changes a figure: a checksum finds damage, and the leaves are those of the
 * database, or the file is of other rows and is not read.  All may be deleted at any time.  They
 * are read and never mapped: what is cut short under a reader is read again from the rows.
 */

/* Into empty rows what files hold, as far as they are sound. */
void block_load(struct rows *r, struct db *db, int64_t wave);
/* Make the folder, for a process that may make none later; the database's owner has it. */
void block_folder(const char *db_path);
/* Write the whole blocks past the first `had` rows, which files hold already; where that fails the
 * rows are there all the same.  Nothing is written in a transaction, whose rows may never be; and
 * who only reads makes no folder. */
void block_keep(const struct rows *r, struct db *db, int64_t wave, size_t had);

#endif
