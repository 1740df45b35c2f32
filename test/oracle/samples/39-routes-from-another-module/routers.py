from fastapi import APIRouter

vehicles = APIRouter(prefix="/vehicles")
