"""What the store keeps: dataclasses, one module per area."""
