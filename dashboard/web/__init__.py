"""The pages in a browser. The only package that imports Dash."""
