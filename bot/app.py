"""The doorway: the only module that sees all three rooms; it wires and starts them."""
