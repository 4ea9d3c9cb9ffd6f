"""The specimens by the part of the site that they belong to, a module a room."""
