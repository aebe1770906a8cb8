/* The ledger over a database: its head signed, every answer compared with its leaf. */
#ifndef SEAL_PROOF_H
#define SEAL_PROOF_H

#include "base/json.h"
#include "db/db.h"
#include "db/track.h"
#include "ledger/head.h"

/*
 * The head of everything stored so far: the newest signed one if nothing came
 * since, else a new one, signed with the key at key_path and stored.  *fresh
 * tells which; public key in *key_public if not NULL.
 */
int proof_head(struct db *db, const char *key_path, int64_t minute, struct head *head, bool *fresh,
	unsigned char key_public[32], struct err *err);

/* A head as JSON: {"size","root","minute","signature"}. */
json_t *proof_head_json(const struct head *head);

/*
 * Recompute the leaf of every row of these waves, as proof_verify() does: ERR_CONFLICT with how
 * many are not what was stored.  Before anything is signed or exported from them.
 */
int proof_rows(struct db *db, const int64_t wave[], size_t waves, struct pool *pool,
	struct err *err);

/*
 * Recompute every leaf from its row, the tree from the leaves, and compare with
 * every signed head.  public_path: file with the public key, "ledger.key.pub".
 * Returns the report, {"ok","responses","changed":[ids],"heads":[...]}, or NULL with *err.
 */
json_t *proof_verify(struct db *db, const char *public_path, struct pool *pool, struct err *err);

#endif
