"""The limits of what is read from a file, in one place."""

MAX_FILE_BYTES = 100_000_000
MAX_CHARACTERS = 50_000_000  # of a file of text
MAX_CELL = 131_072  # characters of a cell of a table
MAX_DEPTH = 100  # of brackets in JSON, elements in XML; the deepest real ones have about 20
MAX_DIGITS = 20  # of a number; a time in microseconds has 16
MAX_YAML = 1_000_000  # characters of front matter
MAX_OBJECTS = 400_000  # of JSON, which takes half a KB for each

MAX_ITEMS = 100_000  # of an import, and highlights; more would take a GB of memory
MAX_HIGHLIGHTS = 300_000
MAX_HELD = 300_000_000  # characters of all texts of an import
