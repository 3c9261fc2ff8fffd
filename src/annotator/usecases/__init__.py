"""What a person can do with the program: one module a story, each a chain of stages.

Heavy stages are imported inside the functions that need them, so that listing
and marking cost neither the network nor the parser.
"""
