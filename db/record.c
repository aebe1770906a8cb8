/* What proves and what was published: evidence, decisions, published figures, heads. */
#include "db/track.h"

#include <string.h>

#include "db/columns.h"
#include "db/statement.h"

int
db_put_evidence(struct db *db, struct evidence_row *r, struct err *err)
{
	int64_t found;
	int rc;

	if (db_enter(db, err) != 0)
		return -1;
	rc = db_number(db, SQL_HAS_INDICATOR, ARGS(TEXT(r->indicator)), 0, &found, err);
	if (rc == 0 && !found)
		rc = err_set(err, ERR_MISSING, "没有编号为 %s 的指标",
			"there is no indicator %s", r->indicator);
	if (rc == 0)
		rc = db_run(db, SQL_PUT_EVIDENCE, ARGS(TEXT(r->indicator), INT(r->subtarget),
			TEXT(r->title), TEXT(r->document_no), TEXT(r->date), TEXT(r->period),
			TEXT(r->sha256), INT(r->pages), TEXT(r->who), INT(r->minute)), err);
	if (rc == 0) {
		r->id = sqlite3_last_insert_rowid(db->sqlite);
		r->state = "uploaded";
	}
	return db_leave(db, rc, err);
}

int
db_set_evidence_state(struct db *db, int64_t id, const char *state, const char *reviewer,
	const char *note, int64_t minute, struct err *err)
{
	int64_t found;
	int rc;

	if (db_enter(db, err) != 0)
		return -1;
	rc = db_number(db, SQL_HAS_EVIDENCE, ARGS(INT(id)), 0, &found, err);
	if (rc == 0 && !found)
		rc = err_set(err, ERR_MISSING, "没有第 %lld 号材料",
			"there is no evidence %lld", (long long)id);
	if (rc == 0)
		rc = db_run(db, SQL_PUT_DECISION, ARGS(INT(id), TEXT(state), TEXT(reviewer),
			TEXT(note != NULL ? note : ""), INT(minute)), err);
	return db_leave(db, rc, err);
}

#define E(member)	COLUMN(struct evidence_row, member)
static const struct columns evidence_columns = COLUMNS(struct evidence_row,
	E(id), E(indicator), E(subtarget), E(title), E(document_no), E(date), E(period), E(sha256),
	E(state), E(reviewer), E(note), E(who), E(pages), E(minute));
#undef E

int
db_list_evidence(struct db *db, const char *indicator, struct evidence_row **row, size_t *n,
	struct pool *pool, struct err *err)
{
	*row = columns_list(db, db_use(db, SQL_LIST_EVIDENCE, ARGS(TEXT(indicator))),
		&evidence_columns, n, pool, err);
	return *row != NULL ? 0 : -1;
}

int
db_put_published(struct db *db, struct published_row *r, struct err *err)
{
	int64_t version;
	int rc;

	if (db_enter(db, err) != 0)
		return -1;
	rc = db_number(db, SQL_NEXT_PUBLISHED, ARGS(TEXT(r->indicator), INT(r->year)), 1,
		&version, err);
	if (rc == 0)
		rc = db_run(db, SQL_PUT_PUBLISHED,
			ARGS(TEXT(r->indicator), INT(r->year), INT(version), TEXT(r->body),
			TEXT(r->provenance), TEXT(r->signed_by), INT(r->minute)), err);
	if (rc == 0) {
		r->id = sqlite3_last_insert_rowid(db->sqlite);
		r->version = (int)version;
	}
	return db_leave(db, rc, err);
}

#define P(member)	COLUMN(struct published_row, member)
static const struct columns published_columns = COLUMNS(struct published_row,
	P(id), P(indicator), P(year), P(version), P(body), P(provenance), P(signed_by), P(minute));
#undef P

int
db_list_published(struct db *db, const char *indicator, struct published_row **row, size_t *n,
	struct pool *pool, struct err *err)
{
	*row = columns_list(db, db_use(db, SQL_LIST_PUBLISHED, ARGS(TEXT(indicator))),
		&published_columns, n, pool, err);
	return *row != NULL ? 0 : -1;
}

/* 1: a head of this size with the same root is there; 0: none of this size; -1:
 * failed or another root. */
static int
compare_head(struct db *db, const struct head_row *r, struct err *err)
{
	sqlite3_stmt *s = db_use(db, SQL_GET_HEAD, ARGS(INT(r->size)));
	unsigned char root[sizeof(r->root)];
	int rc = db_step(db, s, err);

	if (rc <= 0)
		return rc;
	db_blob(s, 0, root, sizeof(root));
	db_stop(s);
	if (memcmp(root, r->root, sizeof(root)) == 0)
		return 1;
	return err_set(err, ERR_CONFLICT,
		"存证记录前 %lld 条的摘要与已签署的不同：答卷被改动过，请从备份核对",
		"the root over the first %lld leaves is not the one signed before: rows"
		" were altered; compare with a backup", (long long)r->size);
}

int
db_put_head(struct db *db, const struct head_row *r, struct err *err)
{
	int rc;

	if (db_enter(db, err) != 0)
		return -1;
	rc = compare_head(db, r, err);
	if (rc == 0)
		rc = db_run(db, SQL_PUT_HEAD, ARGS(INT(r->size), BLOB(r->root, sizeof(r->root)),
			BLOB(r->signature, sizeof(r->signature)), INT(r->minute)), err);
	return db_leave(db, rc < 0 ? -1 : 0, err);
}

#define H(member)	COLUMN(struct head_row, member)
static const struct columns head_columns = COLUMNS(struct head_row,
	H(size), H(root), H(signature), H(minute));
#undef H

int
db_list_heads(struct db *db, struct head_row **row, size_t *n, struct pool *pool, struct err *err)
{
	*row = columns_list(db, db_use(db, SQL_LIST_HEADS, NO_ARGS), &head_columns, n, pool, err);
	return *row != NULL ? 0 : -1;
}
