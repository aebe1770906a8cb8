/* An analysis plan from anybody, over a small table of answers: results or
 * reasons, never a crash. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "fuzz/fuzz.h"
#include "plan/plan.h"
#include "stats/stats.h"

static char folder[] = "/tmp/manyi-fuzz-XXXXXX";

static void
drop_folder(void)
{
	char path[64];

	snprintf(path, sizeof(path), "%s/a.csv", folder);
	unlink(path);
	rmdir(folder);
}

/* Forty answers in a folder of their own; standard input is nobody's file. */
static void
make_folder(void)
{
	static const char *const town[] = { "N", "S", "E", "W" };
	char path[64];
	FILE *f;

	FUZZ_TRUE(mkdtemp(folder) != NULL && freopen("/dev/null", "r", stdin) != NULL);
	snprintf(path, sizeof(path), "%s/a.csv", folder);
	f = fopen(path, "w");
	FUZZ_TRUE(f != NULL);
	fputs("id,town,site,w,sat,exp,yes\n", f);
	for (int i = 0; i < 40; i++)
		fprintf(f, "%d,%s,%d,%d.5,%d,%d,%d\n", i, town[i % 4], i / 4, 1 + i % 3,
			1 + i * 7 % 10, 1 + i * 3 % 10, i % 2);
	fclose(f);
	stats_init();
	atexit(drop_folder);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static int ready;
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	size_t answered = 0;
	json_t *plan, *said;

	if (!ready++)
		make_folder();
	plan = json_loadb((const char *)bytes, n, JSON_REJECT_DUPLICATES, NULL);
	if (plan == NULL)
		return 0;
	if (json_is_object(plan))
		json_object_set_new(plan, "data", json_string("a.csv"));
	said = plan_run(plan, folder, "0", NULL, &answered, &pool, &err);
	if (said != NULL)
		FUZZ_TRUE(answered <= json_array_size(json_object_get(said, "results")));
	else
		FUZZ_TRUE(err.code != ERR_NONE && err.text[0] != '\0');
	json_decref(said);
	json_decref(plan);
	pool_clear(&pool);
	return 0;
}
