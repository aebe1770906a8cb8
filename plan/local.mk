### plan: pre-registered plans and models: JSON and a data file in, labelled estimates out
noinst_LIBRARIES += libplan.a
libplan_a_SOURCES = plan/areas.c plan/areas.h plan/ask.c plan/ask.h plan/calibrate.c \
	plan/calibrate.h plan/data.c plan/data.h plan/design.c plan/design.h plan/many.c \
	plan/many.h plan/model/data.c plan/model/in.h plan/model/model.c plan/model/model.h \
	plan/model/ready.c plan/model/say.c plan/model/shape.c plan/model/warn.c \
	plan/op/compare.c plan/op/estimate.c plan/op/items.c plan/op/ops.h \
	plan/op/trend.c plan/overlap.c plan/peers.c plan/peers.h plan/plan.c plan/plan.h \
	plan/rates.c plan/rates.h plan/read.c plan/read.h plan/say.c plan/say.h plan/stored.c \
	plan/stored.h plan/versions.c plan/wave.c plan/waves.c plan/waves.h
nodist_libplan_a_SOURCES = $(MODEL_SOURCES)
libplan_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
PLAN = libplan.a $(STATS)

# Ready models: installed to be read and changed, and embedded to need no path.
MODEL_FILES = plan/models/ecsi.json plan/models/acsi.json plan/models/ccsi.json
MODEL_SOURCES = plan/models/acsi.c plan/models/ccsi.c plan/models/ecsi.c
modelsdir = $(pkgdatadir)/models
dist_models_DATA = $(MODEL_FILES)
CLEANFILES += $(MODEL_SOURCES)

plan/models/ecsi.c: plan/models/ecsi.json build-aux/embed
	$(AM_V_GEN)$(MKDIR_P) plan/models && $(EMBED) $(srcdir)/plan/models/ecsi.json model_ecsi >$@.tmp && mv $@.tmp $@
plan/models/acsi.c: plan/models/acsi.json build-aux/embed
	$(AM_V_GEN)$(MKDIR_P) plan/models && $(EMBED) $(srcdir)/plan/models/acsi.json model_acsi >$@.tmp && mv $@.tmp $@
plan/models/ccsi.c: plan/models/ccsi.json build-aux/embed
	$(AM_V_GEN)$(MKDIR_P) plan/models && $(EMBED) $(srcdir)/plan/models/ccsi.json model_ccsi >$@.tmp && mv $@.tmp $@
dist_man_MANS += plan/plan.5 plan/model.5
