"""The grounding bench: songs made from word lists, true sentences about them, and planted errors."""
