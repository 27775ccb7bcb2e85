"""Patterns and readers of small parts of a text that several packages share, such as numbers, dates, quantities,
numbers of headings, labels of duties, titles of chapters and of notices, and text without white space."""
