"""Finding the same question in other words."""
