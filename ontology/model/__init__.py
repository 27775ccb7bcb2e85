"""The fact model: what a source is, what a fact is, what an error is."""
