from spacy.tokens import Doc


def citations(doc: Doc) -> Doc:
    return doc
