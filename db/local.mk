### db
