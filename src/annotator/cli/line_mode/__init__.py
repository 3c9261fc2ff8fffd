"""Reading and marking line by line: for screen readers, dumb terminals and pipes."""
