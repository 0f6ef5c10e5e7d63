"""The front page, the health check, and choices that lead back to where one was."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient


def test_the_front_page_offers_the_two_ways_in(client: FlaskClient):
    page = client.get("/")
    assert page.status_code == 200
    assert "/join" in page.text
    assert "/sign-in" in page.text


def test_the_health_check_answers(client: FlaskClient):
    assert client.get("/healthz").text == "ok"


def test_a_choice_leads_back_to_the_page_one_was_on(client: FlaskClient):
    assert client.post("/text-size", data={"back": "/help?x=1"}).headers["Location"] == "/help?x=1"


ELSEWHERE = ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]


@pytest.mark.parametrize("back", [*ELSEWHERE, "", "/sign-out", "/nowhere"])
def test_a_choice_never_leads_elsewhere_or_to_an_address_that_cannot_be_opened(client: FlaskClient, back: str):
    assert client.post("/text-size", data={"back": back}).headers["Location"] == "/"


def test_text_grows_twice_and_is_normal_again(client: FlaskClient):
    sizes = []
    for _ in range(3):
        client.post("/text-size", data={"back": "/"})
        sizes.append(next(s for s in ("largest", "large", "normal") if f"fm-text-{s}" in client.get("/").text))
    assert sizes == ["large", "largest", "normal"]


def test_every_page_carries_the_headers_that_keep_people_safe(client: FlaskClient):
    headers = client.get("/").headers
    assert headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Cookie" in headers["Vary"]


def test_a_form_is_taken_behind_https_although_browsers_send_no_referrer(app: Flask, client: FlaskClient):
    app.config["WTF_CSRF_ENABLED"] = True
    here = "https://folkmoot.example"
    page = client.get("/help", base_url=here)
    assert page.headers["Referrer-Policy"] == "no-referrer"
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text).group(1)
    sent = {"csrf_token": token, "back": "/help"}
    assert client.post("/text-size", data=sent, base_url=here).status_code == 303
    assert client.post("/text-size", data={"back": "/help"}, base_url=here).status_code == 400
