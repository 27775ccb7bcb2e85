"""What all rules are written with: patterns, numbers and dates, numbers of headings, text that knows its place."""
