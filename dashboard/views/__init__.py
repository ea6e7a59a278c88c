"""What a page says and shows, with every number already a text. No Dash, no Plotly."""
