"""A Slack-blind answer: what a handler is."""
