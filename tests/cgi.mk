# tests of cgi
