/* The intake as a program of its own, linked without database and keys:
 * intake_alone SOCKET STORE_SOCKET */
#include <stdio.h>

#include "intake/intake.h"

int
main(int argc, char *argv[])
{
	struct err err = { 0 };

	if (argc != 3)
		return 2;
	if (intake_run(argv[1], -1, argv[2], &err) == 0)
		return 0;
	fprintf(stderr, "%s\n", err.text);
	return 3;
}
