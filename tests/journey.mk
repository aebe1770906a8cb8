# tests of journey
