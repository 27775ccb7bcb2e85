"""Patterns and readers of small parts of a text that several packages share: numbers, dates, quantities, numbers of
headings, labels, and text without white space that keeps the offsets of its characters."""
