"""The rules of an exchange network: pure functions of what was loaded."""
