"""The claims screen: all marks of all articles, found, judged and compared."""
