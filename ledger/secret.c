/* Passwords, tokens and randomness, all libsodium's. */
#include "ledger/secret.h"

#include <pthread.h>
#include <string.h>

#include <sodium.h>

#include "base/err.h"
#include "base/sha256.h"

static char unknown[SECRET_HASH_N];	/* what an unknown user's password is compared with */
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_once_t unknown_once = PTHREAD_ONCE_INIT;

static void
init(void)
{
	if (sodium_init() < 0)
		err_die("libsodium cannot start: no source of randomness");
}

void
secret_init(void)
{
	pthread_once(&once, init);
}

void
secret_random(void *bytes, size_t n)
{
	secret_init();
	randombytes_buf(bytes, n);
}

static void
random_base64(char *out, size_t room, size_t bits)
{
	unsigned char raw[32];

	secret_random(raw, bits / 8);
	sodium_bin2base64(out, room, raw, bits / 8, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	sodium_memzero(raw, sizeof(raw));
}

void
secret_token(char token[SECRET_TOKEN_N + 1])
{
	random_base64(token, SECRET_TOKEN_N + 1, 256);
}

void
secret_key(char key[SECRET_KEY_N + 1])
{
	random_base64(key, SECRET_KEY_N + 1, 128);
}

void
secret_password(char password[SECRET_PASSWORD_N + 1])
{
	/* 31: no 0 1 i l o */
	static const char alphabet[] = "23456789abcdefghjkmnpqrstuvwxyz";

	secret_init();
	for (int i = 0; i < SECRET_PASSWORD_N; i++)
		password[i] = i % 5 == 4 ? '-' :
			alphabet[randombytes_uniform(sizeof(alphabet) - 1)];
	password[SECRET_PASSWORD_N] = '\0';
}

void
secret_token_hash(unsigned char hash[32], const char *token)
{
	sha256(hash, token, strlen(token));
}

int
secret_password_hash(char hash[SECRET_HASH_N], const char *password)
{
	secret_init();
	return crypto_pwhash_str(hash, password, strlen(password),
		crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE);
}

static void
init_unknown(void)
{
	char password[SECRET_PASSWORD_N + 1];

	secret_password(password);
	if (secret_password_hash(unknown, password) != 0)
		err_die("no memory to hash a password");
}

bool
secret_password_right(const char *hash, const char *password)
{
	bool right;

	secret_init();
	pthread_once(&unknown_once, init_unknown);
	right = crypto_pwhash_str_verify(hash != NULL ? hash : unknown, password,
		strlen(password)) == 0;
	return right && hash != NULL;
}

bool
secret_same(const char *a, const char *b)
{
	size_t n = strlen(a);

	return n == strlen(b) && sodium_memcmp(a, b, n) == 0;
}
