from spacy.tokens import Doc


def outline(doc: Doc) -> Doc:
    return doc
