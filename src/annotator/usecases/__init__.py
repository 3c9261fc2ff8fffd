"""Everything that users can do with the program, independent of a face.

One module for each story: a chain of fetching, extracting, storing and so on.
"""
