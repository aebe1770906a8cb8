### cgi
