"""The parts that all rules are written with: patterns, numbers and dates, numbers of headings, and text that keeps
the offsets of its characters."""
