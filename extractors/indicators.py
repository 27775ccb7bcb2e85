from spacy.tokens import Doc


def indicators(doc: Doc) -> Doc:
    return doc
