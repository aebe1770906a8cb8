# tests of the board and charts
