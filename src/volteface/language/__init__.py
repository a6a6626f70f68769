"""Language: from text to statements, as a spaCy pipeline of our own components. Pure."""
