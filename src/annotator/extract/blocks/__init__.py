"""From the tree to passages: the walk, and a reader for each kind of block."""
