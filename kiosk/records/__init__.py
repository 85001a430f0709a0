"""What is remembered: tables, statements and plain functions that take a connection."""
