// A record that is pointed at, by the pointer or the keyboard, in the list or on the map, is shown in
// the other: one event of the document, « maille:pointe », says which. Plain functions and one
// listener on the list.

/* Say which records are pointed at: their slugs, and whether this came by the keyboard. */
export const tellPointed = (slugs, { from, byKey = false }) =>
  document.dispatchEvent(new CustomEvent("maille:pointe", { detail: { slugs, from, byKey } }));

/* Call `show` with each event that did not come `from` there itself. */
export const followPointing = (from, show) =>
  document.addEventListener("maille:pointe", ({ detail }) => detail.from !== from && show(detail));

const findSlug = ({ target }) => target.closest?.("[data-fiche]")?.dataset.fiche ?? "";

/* Start the list: `choose` is called with the slug of a row that is clicked beside its links. */
export function watchList(list, choose) {
  let pointed = "";
  function tell(slug, byKey) {
    if (slug === pointed) return;
    pointed = slug;
    tellPointed(slug ? [slug] : [], { from: "list", byKey });
  }
  list.addEventListener("pointerover", (event) => tell(findSlug(event), false));
  list.addEventListener("pointerleave", () => tell("", false));
  list.addEventListener("focusin", (event) =>
    tell(findSlug(event), event.target.matches(":focus-visible")),
  );
  list.addEventListener("focusout", () => tell("", false));
  list.addEventListener("click", (event) => {
    const isPlain = !event.target.closest("a, button, summary") && !String(getSelection());
    if (findSlug(event) && isPlain) choose(findSlug(event));
  });
  followPointing("list", ({ slugs }) => {
    for (const row of list.querySelectorAll("[data-fiche]"))
      row.classList.toggle("is-pointed", slugs.includes(row.dataset.fiche));
  });
}
