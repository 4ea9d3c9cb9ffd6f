"""The face that texts are set in, cut to the signs that pages need and served by the site itself."""
