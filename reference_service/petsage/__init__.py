"""PetSage: feature modules that the service mounts beside its own API."""
