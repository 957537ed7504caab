"""What the service decides: instruments, assessments, suggestions, decisions. No I/O."""
