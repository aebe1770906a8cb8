### db: schema, migrations, every SQL statement
noinst_LIBRARIES += libdb.a
libdb_a_SOURCES = db/db.h db/survey.h db/track.h db/people.h db/ticket.h db/ticket.c db/screening.h db/screening.c \
	db/batch.h db/batch.c db/programme.h db/programme.c \
	db/db.c db/copy.c db/copy.h db/migrate.c db/migrate.h db/statement.c db/statement.h db/sql.c db/sql.h db/columns.c db/columns.h db/engine.c db/engine.h \
	db/survey.c db/wave_term.c db/response.c db/response_put.c db/receipt.c db/tally.c db/track.c db/record.c db/row.c db/row.h db/people.c
nodist_libdb_a_SOURCES = db/schema_sql.c db/programme.json.c
libdb_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS) $(SQLITE_CFLAGS)
DB = libdb.a $(SQLITE_LIBS)

BUILT_SOURCES += db/schema_sql.c
CLEANFILES += db/schema_sql.c db/programme.json.c
EXTRA_DIST += db/schema.sql data/programme.json data/seed.txt

db/schema_sql.c: $(srcdir)/db/schema.sql $(srcdir)/build-aux/embed
	$(AM_V_GEN)$(MKDIR_P) db && $(EMBED) $(srcdir)/db/schema.sql schema_sql >$@.tmp && mv $@.tmp $@
db/programme.json.c: $(srcdir)/data/programme.json $(srcdir)/build-aux/embed
	$(AM_V_GEN)$(MKDIR_P) db && $(EMBED) $(srcdir)/data/programme.json programme_json >$@.tmp && mv $@.tmp $@
