/* Writes each line it reads in normal form C, for nfc.py to compare. */
#include <stdio.h>
#include <string.h>

#include "base/nfc.h"
#include "base/utf8.h"

int
main(void)
{
	static char line[1 << 16];
	struct pool pool = POOL_INIT;

	while (fgets(line, sizeof(line), stdin) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		if (utf8_valid(line, strlen(line)) != strlen(line))
			return 1;
		puts(nfc(line, strlen(line), &pool));
		pool_reset(&pool);
	}
	pool_clear(&pool);
	return 0;
}
