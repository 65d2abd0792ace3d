// Evaluated in the browser while it shows the page as it is printed: what a reader of the paper cannot see.
(() => {
  const right = document.documentElement.clientWidth;
  const faults = [];
  if (document.documentElement.scrollWidth > right) {
    faults.push(`the page is ${document.documentElement.scrollWidth} px wide`);
  }
  for (const table of document.querySelectorAll('table')) {
    if (table.getBoundingClientRect().right > right + 1) {
      faults.push(`table '${table.caption?.textContent}' is cut off`);
    }
  }
  for (const text of document.querySelectorAll('.tile strong')) {
    const tile = text.closest('.tile').getBoundingClientRect();
    const range = document.createRange();
    range.selectNodeContents(text);
    if (range.getBoundingClientRect().right > tile.right) {
      faults.push(`tile '${text.textContent}' is cut off`);
    }
  }
  for (const details of document.querySelectorAll('details:not(.long)')) {
    const content = details.querySelector(':scope > :not(summary)');
    if (!content?.checkVisibility()) {
      faults.push(`what is in '${details.querySelector('summary')?.textContent}' is hidden`);
    }
  }
  return faults;
})();
