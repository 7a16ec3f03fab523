"""The ears and the mouth: what people say to Entente, and how it answers."""
