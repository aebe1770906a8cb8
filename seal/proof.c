/* Anyone with the database, the public key and ledger/leaf.h can do what is done here. */
#include "seal/proof.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/progress.h"
#include "db/survey.h"
#include "ledger/tree.h"
#include "db/row.h"

enum { CHANGED_MAX = 1000 };

static int
add_leaf(const unsigned char leaf[32], void *ctx)
{
	tree_add(ctx, leaf);
	return 0;
}

static struct head
head_of(const struct head_row *row)
{
	struct head h = { .size = (uint64_t)row->size, .minute = row->minute };

	memcpy(h.root, row->root, sizeof(h.root));
	memcpy(h.signature, row->signature, sizeof(h.signature));
	return h;
}

/* The newest stored head covers this very tree. */
static bool
is_covered(const struct head_row *row, size_t rows, const struct head *head)
{
	return rows > 0 && (uint64_t)row[rows - 1].size == head->size &&
		memcmp(row[rows - 1].root, head->root, sizeof(head->root)) == 0;
}

static int
put_head(struct db *db, const struct head *head, struct err *err)
{
	struct head_row row = { .size = (int64_t)head->size, .minute = head->minute };

	memcpy(row.root, head->root, sizeof(row.root));
	memcpy(row.signature, head->signature, sizeof(row.signature));
	return db_put_head(db, &row, err);
}

int
proof_head(struct db *db, const char *key_path, int64_t minute, struct head *head, bool *fresh,
	unsigned char key_public[32], struct err *err)
{
	struct pool pool = POOL_INIT;
	struct tree tree = { .size = 0 };
	struct head_row *row;
	struct head_key key;
	size_t rows;
	int rc = -1;

	if (head_key_load(&key, key_path, err) != 0)
		return -1;
	if (db_list_heads(db, &row, &rows, &pool, err) != 0 ||
			db_each_leaf(db, add_leaf, &tree, err) != 0)
		goto out;
	*head = (struct head){ .size = tree.size, .minute = minute };
	tree_root(head->root, &tree);
	*fresh = !is_covered(row, rows, head);
	if (!*fresh)
		*head = head_of(&row[rows - 1]);
	else
		head_sign(head, &key);
	if (key_public != NULL)
		memcpy(key_public, key.public, sizeof(key.public));
	rc = *fresh ? put_head(db, head, err) : 0;
out:
	head_key_clear(&key);
	pool_clear(&pool);
	return rc;
}

json_t *
proof_head_json(const struct head *head)
{
	char root[65], first[65], second[65], signature[129];

	head_hex(root, head->root);
	head_hex(first, head->signature);
	head_hex(second, head->signature + 32);
	snprintf(signature, sizeof(signature), "%s%s", first, second);
	return json_pack("{s:I, s:s, s:I, s:s}", "size", (json_int_t)head->size, "root", root,
		"minute", (json_int_t)head->minute, "signature", signature);
}

/* ---- verifying ---- */

/* What a row's leaf needs beside the row: names of its wave, form and site. */
struct check {
	const char *wave_name, *form_sha256;
	const struct site *site;
	size_t sites;
	json_t *changed;	/* ids of rows that are not what their leaf says */
	int64_t responses, bad;
	struct progress progress;
};

static const char *
site_code(const struct check *c, int64_t id)
{
	for (size_t i = 0; i < c->sites; i++)
		if (c->site[i].id == id)
			return c->site[i].code;
	return "";
}

static int
check_row(const struct response_row *row, void *ctx)
{
	struct check *c = ctx;
	unsigned char leaf[LEAF_N];

	row_leaf(leaf, row, c->wave_name, c->form_sha256, site_code(c, row->site));
	c->responses++;
	progress_step(&c->progress, 1);
	if (memcmp(leaf, row->leaf, sizeof(leaf)) == 0)
		return 0;
	c->bad++;
	if (json_array_size(c->changed) < CHANGED_MAX)
		json_array_append_new(c->changed, json_integer((json_int_t)row->id));
	return 0;
}

static bool
listed(const int64_t id[], size_t n, int64_t wanted)
{
	for (size_t i = 0; i < n; i++)
		if (id[i] == wanted)
			return true;
	return false;
}

static int
check_wave(struct check *c, struct db *db, const struct wave *wave, struct pool *pool,
	struct err *err)
{
	const struct form *form = db_get_form(db, wave->form_id, wave->form_version, pool, err);

	if (form == NULL)
		return -1;
	c->wave_name = row_wave_name(wave, pool);
	c->form_sha256 = form->sha256;
	return db_each_stored(db, wave->id, 0, check_row, c, err);
}

/* Of the waves wanted (NULL: all). */
static int
check_rows(struct check *c, struct db *db, const int64_t wanted[], size_t n, struct pool *pool,
	struct err *err)
{
	static const struct words what = { { "核对答卷", "checking answers" } };
	struct wave *wave;
	struct site *site;
	size_t waves;

	if (db_list_waves(db, NULL, &wave, &waves, pool, err) != 0 ||
			db_list_sites(db, &site, &c->sites, pool, err) != 0)
		return -1;
	c->site = site;
	progress_begin(&c->progress, what, wanted == NULL ? db_last_response(db) : 0);
	for (size_t i = 0; i < waves; i++)
		if ((wanted == NULL || listed(wanted, n, wave[i].id)) &&
				check_wave(c, db, &wave[i], pool, err) != 0)
			return -1;
	progress_end(&c->progress);
	return 0;
}

int
proof_rows(struct db *db, const int64_t wave[], size_t waves, struct pool *pool, struct err *err)
{
	struct check c = { .changed = json_array() };
	int rc = check_rows(&c, db, wave, waves, pool, err);

	progress_end(&c.progress);
	json_decref(c.changed);
	if (rc != 0 || c.bad == 0)
		return rc;
	return err_set(err, ERR_CONFLICT,
		"有 %lld 份答卷与入库时不符，不能据此签发或导出：运行 manyi ledger verify 查明",
		"%lld answers are not what was stored; nothing is signed or exported from them:"
		" run manyi ledger verify", (long long)c.bad);
}

/* The tree as it grows past the size of each head. */
struct growth {
	struct tree tree;
	const struct head_row *row;
	size_t rows, next;
	json_t *heads;
	unsigned char public[32];
	bool ok;
};

static void
check_heads(struct growth *g)
{
	unsigned char root[32];

	for (; g->next < g->rows && (uint64_t)g->row[g->next].size <= g->tree.size; g->next++) {
		struct head head = head_of(&g->row[g->next]);
		json_t *report = proof_head_json(&head);
		bool root_ok, signature_ok = head_verify(&head, g->public);

		tree_root(root, &g->tree);
		root_ok = head.size == g->tree.size && memcmp(root, head.root, sizeof(root)) == 0;
		json_object_update_new(report, json_pack("{s:b, s:b}", "root_ok", root_ok,
			"signature_ok", signature_ok));
		json_array_append_new(g->heads, report);
		g->ok &= root_ok && signature_ok;
	}
}

static int
grow(const unsigned char leaf[32], void *ctx)
{
	struct growth *g = ctx;

	check_heads(g);
	tree_add(&g->tree, leaf);
	check_heads(g);
	return 0;
}

/* Heads that promise more answers than there are: rows were taken away. */
static void
heads_left(struct growth *g)
{
	check_heads(g);
	for (; g->next < g->rows; g->next++) {
		struct head head = head_of(&g->row[g->next]);
		json_t *report = proof_head_json(&head);

		json_object_update_new(report, json_pack("{s:b, s:b}", "root_ok", 0,
			"signature_ok", head_verify(&head, g->public)));
		json_array_append_new(g->heads, report);
		g->ok = false;
	}
}

static int
public_load(unsigned char key[32], const char *path, struct pool *pool, struct err *err)
{
	const char *bytes;
	char hex[65];
	size_t n;

	if (file_read(&bytes, &n, path, 4096, pool, err) != 0)
		return -1;
	snprintf(hex, sizeof(hex), "%.64s", bytes);
	if (head_unhex(key, hex) != 0)
		return err_set(err, ERR_INPUT, "%s 不是公钥（应是 64 个十六进制数字）",
			"%s is no public key (64 hex digits)", path);
	return 0;
}

json_t *
proof_verify(struct db *db, const char *public_path, struct pool *pool, struct err *err)
{
	struct check c = { .changed = json_array() };
	struct growth g = { .heads = json_array(), .ok = true };
	struct head_row *row;
	unsigned char root[32];
	char hex[65];

	if (public_load(g.public, public_path, pool, err) != 0 ||
			db_list_heads(db, &row, &g.rows, pool, err) != 0 ||
			check_rows(&c, db, NULL, 0, pool, err) != 0)
		goto fail;
	g.row = row;
	if (db_each_leaf(db, grow, &g, err) != 0)
		goto fail;
	heads_left(&g);
	tree_root(root, &g.tree);
	head_hex(hex, root);
	return json_pack("{s:b, s:I, s:s, s:I, s:o, s:o}", "ok", g.ok && c.bad == 0, "responses",
		(json_int_t)c.responses, "root", hex, "changed_rows", (json_int_t)c.bad,
		"changed", c.changed, "heads", g.heads);
fail:
	progress_end(&c.progress);
	json_decref(c.changed);
	json_decref(g.heads);
	return NULL;
}
