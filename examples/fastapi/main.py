"""An orders API with the permissive CORS settings that many services begin with."""

from fastapi import Cookie, FastAPI, HTTPException, Response
from fastapi.middleware.cors import CORSMiddleware

app = FastAPI()

app.add_middleware(
    CORSMiddleware,
    allow_origins=["*"],
    allow_credentials=True,
    allow_methods=["*"],
    allow_headers=["*"],
)

orders = {1: {"item": "tea"}}


@app.post("/session")
def sign_in(response: Response):
    response.set_cookie("session", "ada", httponly=True, samesite="lax")
    return {"user": "ada"}


@app.get("/orders")
def list_orders():
    return orders


@app.delete("/orders/{number}")
def delete_order(number: int, session: str = Cookie(default="")):
    if session != "ada":
        raise HTTPException(status_code=401, detail="sign in first")
    if orders.pop(number, None) is None:
        raise HTTPException(status_code=404, detail="no such order")
    return {"deleted": number}


@app.get("/error")
def break_down():
    raise RuntimeError("thrown on purpose")
