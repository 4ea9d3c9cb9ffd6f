"""The door: who comes in, how often, and whether what they bring is shown at once. Knows nothing of what is inside."""
