"""The application of hosts/application.ts on Starlette, with its CORSMiddleware."""

import asyncio
import os

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Mount, Route

ANY_ORIGIN = os.environ.get("ANY_ORIGIN") == "1"
PREFIX = os.environ.get("PREFIX", "")
TIMES = int(os.environ.get("TIMES", "1"))


class Teapot(Exception):
    pass


def text(body="ok", status=200, headers=None):
    async def endpoint(request):
        return PlainTextResponse(body, status_code=status, headers=headers)

    return endpoint


async def thrown(request):
    raise RuntimeError("thrown")


async def rejected(request):
    await asyncio.sleep(0.005)
    raise RuntimeError("rejected")


async def refused(request):
    raise HTTPException(403)


async def teapot(request):
    raise Teapot()


async def late(request):
    await asyncio.sleep(0.005)
    raise HTTPException(504)


async def checked(request):
    body = await request.body()
    if len(body) > 1024:
        raise HTTPException(413)
    value = await request.json()
    if not isinstance(value.get("n"), int):
        raise HTTPException(400)
    return PlainTextResponse("checked")


async def stream(request):
    async def chunks():
        yield "first"
        await asyncio.sleep(0.005)
        yield "last"

    return StreamingResponse(chunks())


async def aborted(request):
    async def chunks():
        yield "first"
        raise RuntimeError("cut")

    return StreamingResponse(chunks())


async def lines(request):
    response = PlainTextResponse("varies")
    response.headers.append("Vary", "Accept")
    response.headers.append("Vary", "Cookie")
    return response


async def moved(request):
    return RedirectResponse("/elsewhere", status_code=302)


class Bare:
    """An ASGI application of its own, past Starlette's responses."""

    async def __call__(self, scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"bare"})


OWN_CORS = {
    "Access-Control-Allow-Origin": "https://other.example",
    "Access-Control-Allow-Credentials": "true",
    "Access-Control-Allow-Methods": "PATCH",
}

ROUTES = [
    Route("/ok", text(), methods=["GET", "POST", "PUT", "DELETE", "PATCH"]),
    Route("/thrown", thrown),
    Route("/rejected", rejected),
    Route("/refused", refused),
    Route("/teapot", teapot),
    Route("/gone", text("gone", 404)),
    Route("/checked", checked, methods=["POST"]),
    Route("/late", late),
    Route("/private", text("", 401), methods=["GET", "OPTIONS"]),
    Route("/stream", stream),
    Route("/aborted", aborted),
    Route("/moved", moved),
    Route("/bare", Bare()),
    Route("/own-cors", text("mine", 200, OWN_CORS)),
    Route("/vary/lines", lines),
    Route("/mine", text("mine", 200, {"Allow": "GET, OPTIONS"}), methods=["OPTIONS"]),
]

CORS = [
    Middleware(
        CORSMiddleware,
        allow_origins=["*"] if ANY_ORIGIN else ["https://app.example.com"],
        allow_credentials=True,
        allow_methods=["PUT", "DELETE"],
        allow_headers=["Content-Type", "X-A"],
        expose_headers=["X-Request-Id"],
        max_age=600,
    )
] * TIMES


async def on_teapot(request, error):
    return PlainTextResponse("teapot", status_code=418)


HANDLERS = {Teapot: on_teapot}

if PREFIX:
    inner = Starlette(routes=ROUTES, middleware=CORS, exception_handlers=HANDLERS)
    app = Starlette(routes=[Route("/ok", text()), Mount(PREFIX, app=inner)])
else:
    app = Starlette(routes=ROUTES, middleware=CORS, exception_handlers=HANDLERS)
