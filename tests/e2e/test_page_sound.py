"""The page's player in a real browser."""

from __future__ import annotations

import pytest
from tests.e2e.browser import CHROMIUM, ScriptedHost, opened

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(60),
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt install chromium"),
]

PLAY_PAUSE_AND_GO_ON = """async () => {
  const { Player } = await import("/audio.js");
  const player = new Player();
  player.unlock();
  player.play(new Int16Array(12000).buffer);
  const [node] = player.playing;
  const ended = new Promise((done) => node.addEventListener("ended", done));
  const reached = (state) => new Promise((done) => {
    const look = () => player.context.state === state && done();
    player.context.addEventListener("statechange", look);
    look();
  });
  await reached("running");
  player.pause();
  await reached("suspended");
  const stopped = player.context.currentTime;
  for (let frame = 0; frame < 60; frame++) await new Promise(requestAnimationFrame);
  const still = player.context.currentTime === stopped && player.busy;
  player.resume();
  await ended;
  return { still, over: !player.busy, played: player.context.currentTime >= 0.5 };
}"""

PLAY_PAUSE_AND_DROP = """async () => {
  const { Player } = await import("/audio.js");
  const player = new Player();
  player.unlock();
  player.play(new Int16Array(240000).buffer);
  player.pause();
  player.flush();
  const dropped = !player.busy;
  player.play(new Int16Array(2400).buffer);
  const [node] = player.playing;
  await new Promise((done) => node.addEventListener("ended", done));
  return dropped;
}"""


async def test_a_paused_answer_stands_still_and_goes_on_from_there() -> None:
    host = ScriptedHost()
    async with opened(host.url, host=host) as page:
        seen = await page.evaluate(PLAY_PAUSE_AND_GO_ON)
    assert seen == {"still": True, "over": True, "played": True}


async def test_an_answer_that_is_cut_while_it_is_paused_leaves_the_next_one_audible() -> None:
    host = ScriptedHost()
    async with opened(host.url, host=host) as page:
        assert await page.evaluate(PLAY_PAUSE_AND_DROP)
