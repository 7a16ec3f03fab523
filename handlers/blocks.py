"""Block Kit vocabulary; pure."""
