### base: errors, text, memory pools, dates, UTF-8, CSV and JSON, codes
noinst_LIBRARIES += libbase.a
libbase_a_SOURCES = base/code.c base/code.h base/csv.c base/csv.h base/csv_bytes.c base/csv_in.h \
	base/csv_put.c base/date.c base/date.h base/entry.c base/entry.h base/err.c base/err.h \
	base/file.c base/file.h base/filekind.c base/filekind.h base/hash.h base/json.c \
	base/json.h base/json_make.c base/lang.c base/lang.h base/name.c base/name.h base/nfc.c \
	base/nfc.h base/part.c base/part.h base/pool.c base/pool.h base/progress.c \
	base/progress.h base/sha256.c base/sha256.h base/siphash.c base/siphash.h base/text.c \
	base/text.h base/utf8.c base/utf8.h
libbase_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS) $(UTF8PROC_CFLAGS)
BASE = libbase.a $(JANSSON_LIBS) $(UTF8PROC_LIBS) -lm
