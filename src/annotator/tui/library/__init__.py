"""The library: all articles in a list that can be filtered and sorted."""
