# What makes a mistake cost less: hardened programs, sandboxes, units.
dist_check_SCRIPTS += tests/hardened.sh
TESTS += tests/hardened.sh
