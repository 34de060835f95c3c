"""One package for each PetSage feature, one sub-package for each version of it."""
