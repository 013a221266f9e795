"""Routes of the traffic with those who deliver: queries, requests and gaps, catalogue."""

from __future__ import annotations

from fastapi import APIRouter

from sozialraum.web import queries_routes

router = APIRouter()
router.include_router(queries_routes.router)
