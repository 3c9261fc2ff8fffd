"""All tags and speakers of the library in a list, from which they are renamed, merged, deleted."""
