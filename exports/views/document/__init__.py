"""The page of one plan's text, in which every fact is marked in its place."""

from exports.views.document.data import PlanText, document_of, documents, plan_text
from exports.views.document.page import document_page, page_name

__all__ = ["PlanText", "document_of", "document_page", "documents", "page_name", "plan_text"]
