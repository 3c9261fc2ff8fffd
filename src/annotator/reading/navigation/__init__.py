"""Find a place in an article: by unit, motion, landmark, link, search, or mark."""
