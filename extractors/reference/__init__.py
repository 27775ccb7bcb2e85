"""What printed names stand for: regions, public bodies, concepts of indicators, units. The data are in
`extractors/data`."""
