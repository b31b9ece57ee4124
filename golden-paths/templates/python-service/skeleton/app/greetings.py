"""An example to replace: one module for each noun, with its routes and their models."""

from fastapi import APIRouter, Path
from pydantic import BaseModel

router = APIRouter(prefix="/v1")


class Greeting(BaseModel):
    message: str


@router.get("/greetings/{name}")
async def greet(name: str = Path(min_length=1, max_length=50)) -> Greeting:
    return Greeting(message=f"Hello, {name}!")
