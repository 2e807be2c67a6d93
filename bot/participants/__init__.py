"""What a participant can do, one file a capability."""
