/* What every test includes: cmocka with TAP output and near-equality of numbers. */
#ifndef TESTS_SUPPORT_CHECK_H
#define TESTS_SUPPORT_CHECK_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Where the sources are, for reference data: "tests/reference/x.csv" -> a path. */
static inline const char *
check_path(const char *name)
{
	static char path[4][1024];
	static int turn;
	const char *dir = getenv("srcdir");
	char *p = path[turn++ & 3];

	snprintf(p, sizeof(path[0]), "%s/%s", dir != NULL ? dir : ".", name);
	return p;
}

/* |got - want| <= relative * max(|want|, tiny); NAN equals NAN only. */
static inline int
check_close(double got, double want, double relative)
{
	if (isnan(got) || isnan(want))
		return isnan(got) && isnan(want);
	if (isinf(got) || isinf(want))
		return got == want;
	return fabs(got - want) <= relative * fmax(fabs(want), 1e-300);
}

#define assert_close(got, want, relative) do {						\
	double got_ = (got), want_ = (want);						\
	if (!check_close(got_, want_, (relative)))					\
		fail_msg("%s: got %.17g, want %.17g (relative %g, allowed %g)", #got,	\
			got_, want_, fabs(got_ - want_) / fmax(fabs(want_), 1e-300),	\
			(double)(relative));						\
} while (0)

/* fontconfig keeps what it read about fonts until the process ends; that is not ours to free. */
#ifdef __SANITIZE_ADDRESS__
const char *__lsan_default_suppressions(void);
__attribute__((weak)) const char *
__lsan_default_suppressions(void)
{
	return "leak:libfontconfig\n";
}
const char *__lsan_default_options(void);
__attribute__((weak)) const char *
__lsan_default_options(void)
{
	return "print_suppressions=0";
}
#endif

#define CHECK_MAIN(tests) int main(void) {						\
	cmocka_set_message_output(CM_OUTPUT_TAP);					\
	return cmocka_run_group_tests(tests, NULL, NULL); }

#endif
