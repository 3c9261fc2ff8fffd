"""The formats of services, a module for each: a file to items."""
