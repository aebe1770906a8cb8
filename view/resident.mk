# what residents see: form pages, posters, codes
