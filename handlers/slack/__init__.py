"""Ear and mouth: Slack.

hearing    payloads -> ``Request`` and ``Place``
ear        Bolt's listeners: hear, settle, record, acknowledge
mouth      says a ``Reply`` where it belongs: acknowledgement, response_url, modal
porter     sends what was promised with an event, once
announcer  edits the messages that wait for a reading
clients    the Web API, by workspace
installing tokens of many workspaces, by OAuth
serving    starts and stops all of it
"""
