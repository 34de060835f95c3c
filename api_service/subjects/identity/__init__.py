"""Sign-up, sign-in, sessions, passwords, second factors and service accounts."""
