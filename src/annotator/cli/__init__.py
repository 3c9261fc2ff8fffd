"""The command line: one module a command; standard output is data, all else is on standard error.

Commands import what is heavy inside their functions, so that listing costs
neither the screens nor the network nor the parser.
"""

from annotator.cli.main import main

__all__ = ["main"]
