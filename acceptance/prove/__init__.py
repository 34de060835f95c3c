"""The prover: breaks the service one fault at a time and counts what the suite notices."""
