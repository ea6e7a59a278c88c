"""What chance alone would do to a number: process charts, funnels, intervals, and why a number moved.

Pure sums on tuples of numbers, with NumPy and SciPy. Nothing here knows of indicators, areas or periods.
"""
