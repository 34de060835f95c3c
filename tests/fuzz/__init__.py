"""Generated requests against the reference service; `make fuzz` runs them, `make test` a few of them."""
