"""Patterns and readers of small parts of a text that several packages share: numbers, dates, quantities, numbers of
headings, labels of duties, titles of chapters and of notices, and text without white space that keeps the offsets of
its characters."""
