# tests of track
