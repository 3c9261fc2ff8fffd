"""Articles on disk: their folders, their revisions, and the trash."""
