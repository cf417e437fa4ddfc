"""The explanation of a decision: what was computed, told as a tree, and laid out as text, Markdown, HTML or JSON."""
