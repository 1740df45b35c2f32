from fastapi import APIRouter

hub = APIRouter()
telescopes = APIRouter(prefix="/telescopes")
