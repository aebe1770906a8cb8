# tests of stats
