"""What the service offers from the start: agents and workflows."""
