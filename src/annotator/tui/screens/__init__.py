"""The screens: each decides what to do with what its parts say."""
