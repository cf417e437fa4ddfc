"""Property-based testing of programmes: applications aimed at their own figures, promises, mutants."""
