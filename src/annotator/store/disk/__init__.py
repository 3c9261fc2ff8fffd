"""Files and folders of the disk: atomic and durable, with errors in sentences."""
