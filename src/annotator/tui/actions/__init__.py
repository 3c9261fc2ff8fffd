"""Actions on marks and articles, which several screens have."""
