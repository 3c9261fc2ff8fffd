"""HTML: the parsed tree, what its elements are, where its links lead."""
