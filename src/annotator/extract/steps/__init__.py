"""The families of residue, one module each."""
