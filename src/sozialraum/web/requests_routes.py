"""Routes of the traffic with those who deliver: queries, requests and gaps, catalogue."""

from __future__ import annotations

from fastapi import APIRouter

from sozialraum.web import catalogue_routes, gaps_routes, queries_routes

router = APIRouter()
router.include_router(queries_routes.router)  # before requests: /requests/queries/… is no request
router.include_router(gaps_routes.router)
router.include_router(catalogue_routes.router)
