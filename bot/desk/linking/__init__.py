"""What linking is made of: words, forms of names, what stands around them, and their worth."""
