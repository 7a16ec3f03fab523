"""What a handler is."""
