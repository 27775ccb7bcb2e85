"""Printed names -> what they stand for: regions, public bodies, measures, units; the data are in `extractors/data`."""
