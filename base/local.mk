### base: errors, text, memory pools, dates, UTF-8, CSV and JSON, codes
noinst_LIBRARIES += libbase.a
libbase_a_SOURCES = base/err.c base/err.h base/lang.c base/lang.h \
	base/text.c base/text.h base/pool.c base/pool.h base/utf8.c base/utf8.h base/name.c base/name.h \
	base/date.c base/date.h base/entry.c base/entry.h base/json.c base/json_make.c base/json.h \
	base/csv.c base/csv.h base/csv_bytes.c base/csv_in.h base/csv_put.c base/filekind.c base/filekind.h \
	base/file.c base/file.h base/progress.c base/progress.h base/part.c base/part.h base/code.c base/code.h base/hash.h base/nfc.c base/nfc.h \
	base/sha256.c base/sha256.h base/siphash.c base/siphash.h
libbase_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS) $(UTF8PROC_CFLAGS)
BASE = libbase.a $(JANSSON_LIBS) $(UTF8PROC_LIBS) -lm
