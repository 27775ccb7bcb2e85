"""The model that all packages share: sources, facts, corrections, derived facts, texts, stores and errors."""
