"""How dates are written, where Django's own formats for a language are not those of the pages."""
