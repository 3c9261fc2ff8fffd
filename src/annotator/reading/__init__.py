"""What a reader needs and no terminal: layout, sentences, motions, highlights."""
