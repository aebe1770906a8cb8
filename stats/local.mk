### stats
