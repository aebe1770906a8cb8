# tests of intake
