"""HTML: the parsed tree, what its elements are, and the walk that reads passages from it."""
