// The bar of the map: buttons for parts of the country, pan and zoom. It is one tab stop; arrow
// keys move between its buttons.

const STEP = 0.4; // of the map, at each press of an arrow button

function roveButtons(root) {
  const buttons = [...root.querySelectorAll("button")];
  root.addEventListener("focusin", ({ target }) => {
    for (const button of buttons) button.tabIndex = button === target ? 0 : -1;
    // In a small frame the buttons scroll, and browsers do not scroll to one that is half visible.
    target.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
  root.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement);
    const steps = {
      ArrowRight: at + 1,
      ArrowDown: at + 1,
      ArrowLeft: at - 1,
      ArrowUp: at - 1,
      Home: 0,
      End: buttons.length - 1,
    };
    if (!(event.key in steps)) return;
    event.preventDefault();
    buttons.at(steps[event.key] % buttons.length).focus();
  });
}

/* Start the bar: `show` is called with the part whose button is pressed. Returns a function that
   shows next to each part how many of the given records it has, if any. */
export function addBar(root, map, views, { show }) {
  const bar = root.querySelector("[role=toolbar]");
  const still = map.options.inertia === false;
  const findPart = (anchor) => views.find((view) => view.anchor === anchor);
  roveButtons(bar);
  bar.addEventListener("click", ({ target }) => {
    const { view, zoom, pan } = target.closest("button")?.dataset ?? {};
    if (view) show(findPart(view), target.closest("button").textContent);
    if (zoom) map.setZoom(map.getZoom() + Number(zoom), { animate: !still });
    if (pan)
      map.panBy(
        map
          .getSize()
          .scaleBy(L.point(pan.split(",").map(Number)))
          .multiplyBy(STEP),
        { animate: !still },
      );
  });
  const titles = new Map(
    [...bar.querySelectorAll("[data-view]")].map((button) => [button, button.dataset.titre]),
  );
  return (records) => {
    for (const [button, title] of titles) {
      const { codes } = findPart(button.dataset.view);
      const here = ({ example, code }) => !example && codes.includes(code);
      const number = records.filter(here).length;
      button.textContent = number ? `${title} (${number})` : title;
    }
  };
}
