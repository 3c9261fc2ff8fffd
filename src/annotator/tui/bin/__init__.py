"""The bin: deleted articles in a list, from which they are restored or deleted for good."""
