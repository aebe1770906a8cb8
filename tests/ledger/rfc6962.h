/* RFC 6962's vectors: what goes in, and the roots of the first so many. */
#ifndef TESTS_LEDGER_RFC6962_H
#define TESTS_LEDGER_RFC6962_H

#include "base/sha256.h"
#include "tests/support/check.h"

/* Leaves and roots of the reference implementation of Certificate Transparency
 * (merkletree/merkle_tree_test.cc), which RFC 6962 implementations share. */
static const struct { const char *hex; size_t n; } INPUT[8] = {
	{ "", 0 }, { "\x00", 1 }, { "\x10", 1 }, { "\x20\x21", 2 }, { "\x30\x31", 2 },
	{ "\x40\x41\x42\x43", 4 }, { "\x50\x51\x52\x53\x54\x55\x56\x57", 8 },
	{ "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f", 16 },
};
static const char *ROOT[9] = {
	"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
	"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
	"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
	"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
	"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
	"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
	"76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
	"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
	"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
};

/* The same as a leaf's hash: SHA-256 of 0 and the bytes. */
static inline void
input_leaf(unsigned char leaf[32], size_t i)
{
	unsigned char bytes[17] = { 0 };

	memcpy(bytes + 1, INPUT[i].hex, INPUT[i].n);
	sha256(leaf, bytes, INPUT[i].n + 1);
}

#endif
