"""The formats of services that need more than tables of fields: a file to items."""
