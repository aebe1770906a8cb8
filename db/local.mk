### db: schema, migrations, every SQL statement
noinst_LIBRARIES += libdb.a
libdb_a_SOURCES = db/batch.c db/batch.h db/columns.c db/columns.h db/copy.c db/copy.h db/db.c \
	db/db.h db/engine.c db/engine.h db/margin.c db/migrate.c db/migrate.h db/people.c db/people.h \
	db/programme.c db/programme.h db/receipt.c db/record.c db/response.c db/response_put.c \
	db/row.c db/row.h db/screening.c db/screening.h db/sql.c db/sql.h db/statement.c \
	db/statement.h db/survey.c db/survey.h db/ticket.c db/ticket.h db/track.c \
	db/track.h db/wave_term.c
nodist_libdb_a_SOURCES = db/programme.json.c db/schema_sql.c
libdb_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS) $(SQLITE_CFLAGS)
DB = libdb.a $(SQLITE_LIBS)

BUILT_SOURCES += db/schema_sql.c
CLEANFILES += db/schema_sql.c db/programme.json.c
EXTRA_DIST += db/schema.sql data/programme.json data/seed.txt

db/schema_sql.c: $(srcdir)/db/schema.sql $(srcdir)/build-aux/embed
	$(AM_V_GEN)$(MKDIR_P) db && $(EMBED) $(srcdir)/db/schema.sql schema_sql >$@.tmp && mv $@.tmp $@
db/programme.json.c: $(srcdir)/data/programme.json $(srcdir)/build-aux/embed
	$(AM_V_GEN)$(MKDIR_P) db && $(EMBED) $(srcdir)/data/programme.json programme_json >$@.tmp && mv $@.tmp $@
