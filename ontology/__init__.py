"""The ontology: the model of facts, its declaration in Turtle, and the forms of facts outside of Python."""
