# what officials see: board, charts
