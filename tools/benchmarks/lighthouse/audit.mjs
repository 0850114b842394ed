// Audit pages with Lighthouse (a simulated phone), and grade them with EcoIndex.
//
//     node audit.mjs CHROMIUM < pages.json
//
// In: a list of pages, each `{url, elements, requests, kilobytes}`. Out: a line of JSON for each.
// It is copied beside the `node_modules` that it imports from.

import {readFileSync} from 'node:fs';
import {launch} from 'chrome-launcher';
import {computeEcoIndex, getEcoIndexGrade} from 'ecoindex';
import lighthouse from 'lighthouse';

const CATEGORIES = ['accessibility', 'best-practices', 'performance'];

const chrome = await launch({chromePath: process.argv[2], chromeFlags: ['--headless', '--no-sandbox']});
for (const page of JSON.parse(readFileSync(0, 'utf-8'))) {
  const {lhr} = await lighthouse(page.url, {port: chrome.port, onlyCategories: CATEGORIES, logLevel: 'error'});
  const {categories, audits} = lhr;
  const index = computeEcoIndex(page.elements, page.requests, page.kilobytes);
  const failed = CATEGORIES.slice(0, 2).flatMap((name) =>
    categories[name].auditRefs.filter(({id, weight}) => weight && audits[id].score !== null && audits[id].score < 1),
  );
  console.log(
    JSON.stringify({
      ...Object.fromEntries(CATEGORIES.map((name) => [name, Math.round(categories[name].score * 100)])),
      lcp: audits['largest-contentful-paint'].numericValue / 1000,
      shift: audits['cumulative-layout-shift'].numericValue,
      failed: failed.map(({id}) => id),
      ecoindex: index,
      grade: getEcoIndexGrade(index),
    }),
  );
}
await chrome.kill();
