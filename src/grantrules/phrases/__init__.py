"""Conditions and figures of the core said in words; one speaker for each language."""
