"""What is remembered: one named function a query, grouped by noun."""
