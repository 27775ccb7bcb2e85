from spacy.tokens import Doc


def metadata(doc: Doc) -> Doc:
    return doc
