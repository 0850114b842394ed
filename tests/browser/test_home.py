"""The home page: its doors on a phone, and examples that are drawn once they are asked for."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def test_three_doors_are_in_the_first_screen_of_a_phone(page: Page, site_url: str) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(site_url)
    doors = page.locator(".doors a")
    assert doors.count() == 3
    for door in (page.locator("#_q"), page.locator(".search .button"), *doors.all()):
        expect(door).to_be_in_viewport(ratio=1)


def test_examples_are_drawn_once_they_are_asked_for(plain_page: Page, site_url: str) -> None:
    """Without a script too, and it is said that they are invented."""
    plain_page.goto(site_url)
    samples = plain_page.locator(".figure-main .figure-samples")
    expect(samples).to_be_hidden()
    plain_page.locator(".preview summary").click()
    expect(samples).to_be_visible()
    expect(plain_page.locator(".preview p")).to_contain_text("fiches inventées")
