"""What a scenario has: its calls, what it knows by name, and what is undone when it is over."""
