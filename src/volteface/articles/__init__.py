"""Articles: which entries are in scope, what a page says, which version and origin it is. Pure."""
