"""What a page says of its article, from each place where it says so, and what to believe."""
