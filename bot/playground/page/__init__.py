"""The page in the browser: Block Kit drawn on the server, and the few scripts that carry clicks back."""
