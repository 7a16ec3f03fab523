"""Saved text and Markdown, block by block."""
