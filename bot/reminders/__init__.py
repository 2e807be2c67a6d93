"""What falls due, one file a kind."""
