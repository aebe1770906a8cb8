/* Signed heads with libsodium's Ed25519. */
#include "ledger/head.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

#include "base/file.h"
#include "base/pool.h"
#include "ledger/secret.h"

void
head_hex(char out[65], const unsigned char bytes[32])
{
	sodium_bin2hex(out, 65, bytes, 32);
}

int
head_unhex(unsigned char bytes[32], const char *hex)
{
	size_t n;
	const char *end;

	if (sodium_hex2bin(bytes, 32, hex, strlen(hex), NULL, &n, &end) != 0)
		return -1;
	return n == 32 && *end == '\0' ? 0 : -1;
}

static int
write_hex(const char *path, const unsigned char bytes[32], int mode, struct err *err)
{
	char line[66];
	int rc;

	head_hex(line, bytes);
	line[64] = '\n';
	rc = file_write(path, line, 65, mode, err);
	sodium_memzero(line, sizeof(line));
	return rc;
}

int
head_key_make(const char *path, struct err *err)
{
	struct head_key key;
	struct pool pool = POOL_INIT;
	unsigned char seed[32];
	int rc = -1;

	secret_init();
	if (access(path, F_OK) == 0)
		return err_set(err, ERR_CONFLICT, "%s：已有签名私钥，不会覆盖；要换钥请先移走它",
			"%s: a signing key is already there and is not overwritten;"
			" move it away first", path);
	randombytes_buf(seed, sizeof(seed));
	crypto_sign_seed_keypair(key.public, key.secret, seed);
	if (write_hex(path, seed, 0600, err) != 0)
		goto out;
	if (write_hex(pool_fmt(&pool, "%s.pub", path), key.public, 0644, err) != 0) {
		unlink(path);
		goto out;
	}
	rc = 0;
out:
	sodium_memzero(seed, sizeof(seed));
	head_key_clear(&key);
	pool_clear(&pool);
	return rc;
}

int
head_key_load(struct head_key *key, const char *path, struct err *err)
{
	struct pool pool = POOL_INIT;
	unsigned char seed[32];
	char hex[65];
	const char *bytes;
	struct stat st;
	size_t n;
	int rc = -1;

	secret_init();
	if (stat(path, &st) != 0)
		return err_set_errno(err, ERR_IO, "%s：读不到签名私钥",
			"%s: cannot read the signing key", path);
	if (st.st_mode & 077)
		return err_set(err, ERR_DENIED, "%1$s：私钥不能让别人读到；请运行 chmod 600 %1$s",
			"%1$s: others can read the signing key; run chmod 600 %1$s", path);
	if (file_read(&bytes, &n, path, 256, &pool, err) != 0)
		goto out;
	if (n < 64 || n > 65 || (n == 65 && bytes[64] != '\n')) {
		err_set(err, ERR_INPUT, "%s：不是签名私钥（应为 64 位十六进制）",
			"%s: not a signing key (64 hex digits expected)", path);
		goto out;
	}
	memcpy(hex, bytes, 64);
	hex[64] = '\0';
	sodium_memzero((void *)(uintptr_t)bytes, n);
	if (head_unhex(seed, hex) != 0) {
		err_set(err, ERR_INPUT, "%s：不是签名私钥（应为 64 位十六进制）",
			"%s: not a signing key (64 hex digits expected)", path);
		goto out;
	}
	crypto_sign_seed_keypair(key->public, key->secret, seed);
	rc = 0;
out:
	sodium_memzero(seed, sizeof(seed));
	sodium_memzero(hex, sizeof(hex));
	pool_clear(&pool);
	return rc;
}

void
head_key_clear(struct head_key *key)
{
	sodium_memzero(key, sizeof(*key));
}

static void
put_be64(unsigned char out[8], uint64_t x)
{
	for (int i = 0; i < 8; i++)
		out[i] = (unsigned char)(x >> (8 * (7 - i)));
}

enum { MESSAGE_N = 12 + 8 + 32 + 8 };

static void
message(unsigned char out[MESSAGE_N], const struct head *head)
{
	memcpy(out, "manyi-head-1", 12);
	put_be64(out + 12, head->size);
	memcpy(out + 20, head->root, 32);
	put_be64(out + 52, (uint64_t)head->minute);
}

void
head_sign(struct head *head, const struct head_key *key)
{
	unsigned char m[MESSAGE_N];

	message(m, head);
	crypto_sign_detached(head->signature, NULL, m, sizeof(m), key->secret);
}

bool
head_verify(const struct head *head, const unsigned char public[32])
{
	unsigned char m[MESSAGE_N];

	message(m, head);
	return crypto_sign_verify_detached(head->signature, m, sizeof(m), public) == 0;
}
