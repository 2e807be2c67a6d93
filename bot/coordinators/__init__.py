"""What a coordinator can do, one file a capability."""
