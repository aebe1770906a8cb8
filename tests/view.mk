include tests/view_resident.mk
include tests/view_board.mk
