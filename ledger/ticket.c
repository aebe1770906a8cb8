/* Tickets with libsodium's BLAKE2b. */
#include "ledger/ticket.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

#include "base/code.h"
#include "base/file.h"
#include "ledger/head.h"
#include "ledger/secret.h"

const char *
ticket_key_path(const char *db_path, struct pool *pool)
{
	const char *slash = strrchr(db_path, '/');

	return slash == NULL ? "ticket.key" :
		pool_fmt(pool, "%.*s/ticket.key", (int)(slash - db_path), db_path);
}

static int
check_file(const char *path, struct err *err)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return err_set_errno(err, errno == ENOENT ? ERR_MISSING : ERR_IO,
			"%s：读不到邀请码密钥", "%s: cannot read the tickets' key", path);
	if (st.st_mode & 077)
		return err_set(err, ERR_DENIED, "%1$s：密钥不能让别人读到；请运行 chmod 600 %1$s",
			"%1$s: others can read the tickets' key; run chmod 600 %1$s", path);
	return 0;
}

int
ticket_key_load(struct ticket_key *key, const char *path, struct err *err)
{
	struct pool pool = POOL_INIT;
	const char *bytes;
	char hex[65];
	size_t n;
	int rc = -1;

	if (check_file(path, err) != 0 || file_read(&bytes, &n, path, 256, &pool, err) != 0)
		goto out;
	if (n == 65 && bytes[64] == '\n') {
		memcpy(hex, bytes, 64);
		hex[64] = '\0';
		rc = head_unhex(key->bytes, hex);
		sodium_memzero(hex, sizeof(hex));
	}
	sodium_memzero((void *)(uintptr_t)bytes, n);
	if (rc != 0)
		err_set(err, ERR_INPUT, "%s：不是邀请码密钥（应为 64 位十六进制）",
			"%s: not a tickets' key (64 hex digits expected)", path);
out:
	pool_clear(&pool);
	return rc;
}

static int
make_key(const char *path, const char *db_path, struct err *err)
{
	struct ticket_key key;
	struct stat st;
	char line[66];
	int rc;

	secret_random(key.bytes, sizeof(key.bytes));
	head_hex(line, key.bytes);
	line[64] = '\n';
	rc = file_write(path, line, 65, 0600, err);
	sodium_memzero(line, sizeof(line));
	ticket_key_clear(&key);
	if (rc == 0 && geteuid() == 0 && stat(db_path, &st) == 0 &&
			chown(path, st.st_uid, st.st_gid) != 0)
		rc = err_set_errno(err, ERR_IO, "%s：不能交给数据库的属主",
			"%s: cannot be given to the database's owner", path);
	return rc;
}

int
ticket_key_ready(struct ticket_key *key, const char *path, const char *db_path, struct err *err)
{
	if (access(path, F_OK) != 0 && errno == ENOENT && make_key(path, db_path, err) != 0)
		return -1;
	return ticket_key_load(key, path, err);
}

void
ticket_key_clear(struct ticket_key *key)
{
	sodium_memzero(key, sizeof(*key));
}

void
ticket_code(char code[TICKET_CODE_N + 1])
{
	unsigned char bytes[8];

	secret_random(bytes, sizeof(bytes));
	code_from_bytes(code, TICKET_CODE_N, bytes, sizeof(bytes));
	sodium_memzero(bytes, sizeof(bytes));
}

void
ticket_print(char out[TICKET_CODE_N + 3], const char *code)
{
	size_t n = 0;

	for (size_t i = 0; i < TICKET_CODE_N; i++) {
		if (i > 0 && i % 4 == 0)
			out[n++] = '-';
		out[n++] = code[i];
	}
	out[n] = '\0';
}

void
ticket_hash(unsigned char hash[TICKET_BYTES], const struct ticket_key *key, const char *code)
{
	secret_init();
	crypto_generichash(hash, TICKET_BYTES, (const unsigned char *)code, strlen(code),
		key->bytes, sizeof(key->bytes));
}
