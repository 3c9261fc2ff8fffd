"""The face for other programs on this computer: HTTP on the loopback address.

`http` reads requests as values, `walls` refuses those of strangers, `door` answers the rest by a
table of routes. What is in the table is up to the modules beside these.
"""
