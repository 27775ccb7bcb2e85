"""Builds and queries a knowledge graph of government plans."""
