### plan: analysis plans: JSON and a data file in, labelled estimates out
noinst_LIBRARIES += libplan.a
libplan_a_SOURCES = plan/plan.c plan/plan.h plan/read.c plan/read.h plan/data.c plan/data.h \
	plan/design.c plan/design.h plan/calibrate.c plan/calibrate.h plan/ask.c plan/ask.h \
	plan/say.c plan/say.h plan/ops.h plan/op_estimate.c plan/op_compare.c plan/op_items.c \
	plan/peers.c plan/peers.h plan/rates.c plan/rates.h plan/areas.c plan/areas.h
libplan_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
PLAN = libplan.a $(STATS)
