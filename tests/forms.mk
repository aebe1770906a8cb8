# tests of forms
