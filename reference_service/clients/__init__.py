"""What the service calls: mail, webhooks, identity providers, the OpenAI API and a log collector."""
