"""A programme of several files: what it takes from libraries, and what amendments make of it."""
