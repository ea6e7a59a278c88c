"""Measurements of the dashboard, each against something that a reader can judge it by."""
