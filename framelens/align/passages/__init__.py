"""Passages: what several articles have in common word for word, found exactly."""
