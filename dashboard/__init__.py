"""The performance dashboard of an English county's children's services."""
