"""What was configured: settings, gates and limits."""
