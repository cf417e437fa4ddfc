"""The version of the package, the same as in `pyproject.toml`; every decision record names it."""

VERSION = "0.1.0"
