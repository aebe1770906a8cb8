/* Inner loops compiled for wider vectors too; the machine's are taken when the program starts. */
#ifndef STATS_WIDE_H
#define STATS_WIDE_H

/*
 * Before a function: AVX2 where the processor has it.  Only for loops whose sums keep their order:
 * without fused multiplication the digits are the same either way.  Not under sanitizers, whose own
 * start comes after the choice is made and would find nothing ready.
 */
#if defined(__x86_64__) && defined(__gnu_linux__) && \
	!defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define WIDE __attribute__((target_clones("avx2", "default")))
#else
#define WIDE
#endif

#endif
