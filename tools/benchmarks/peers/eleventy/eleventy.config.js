// The settings of Eleventy for the benchmark: pages, lists, two taxonomies, one feed, a sitemap.

const byTitle = (a, b) => (a.data.title < b.data.title ? -1 : 1);

// [{key, entries}] for each value that the records bear under a key, in order.
function grouped(records, key) {
  const found = new Map();
  for (const record of records) {
    for (const term of [record.data[key]].flat()) {
      found.set(term, [...(found.get(term) ?? []), record]);
    }
  }
  return [...found.keys()].sort().map((term) => ({ key: term, entries: found.get(term) }));
}

export default function (config) {
  const records = (api) => api.getFilteredByGlob("content/catalyseurs/*.md").sort(byTitle);
  config.addCollection("records", records);
  config.addCollection("newest", (api) =>
    records(api).sort((a, b) => b.date - a.date).slice(0, 100),
  );
  config.addCollection("pratiques", (api) => grouped(records(api), "pratiques"));
  config.addCollection("profils", (api) => grouped(records(api), "profil"));
  config.addFilter("iso", (date) => date.toISOString().slice(0, 10));
  config.addFilter("startswith", (text, start) => text.startsWith(start));
  config.addPassthroughCopy({ assets: "assets" });
  config.amendLibrary("md", (md) => md.set({ html: false }));
  return {
    dir: { input: "content", includes: "../_includes", data: "../_data" },
    markdownTemplateEngine: false,
  };
}
