"""Released figures in forms that others can use: CSV, a workbook, and JSON. Nothing here knows of the web."""
