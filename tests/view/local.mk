include tests/view/resident.mk
include tests/view/board.mk
