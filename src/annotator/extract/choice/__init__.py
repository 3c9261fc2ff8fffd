"""The choice of the passages that make up the article."""
