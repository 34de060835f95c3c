"""Who calls and what they may do: tokens, roles and the guards of operations."""
