"""How fast and how exact grantrules is, beside plain Python functions for the same rules."""
