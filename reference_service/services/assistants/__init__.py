"""The deterministic assistant, conversations, and the events of a run: sent, kept and sent again."""
