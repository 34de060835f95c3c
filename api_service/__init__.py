"""Everything that knows the api-service: its people, seed, rules, access table and subjects."""
