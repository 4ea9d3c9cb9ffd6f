"""A page for staff with every include of the templates in every state, shown with made-up data."""
